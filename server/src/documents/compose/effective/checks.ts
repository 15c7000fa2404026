/**
 * What Compose refuses beyond the texts themselves: broken templates, names that are defined nowhere, keys that
 * exclude each other. Looks at the whole project, so it is run where the whole project is wanted, not on each key.
 */
import { say } from '../../../l10n/message.js';
import type { Message } from '../../../l10n/message.js';
import type { Place } from '../../../text/span.js';
import { child, type ConfigEntry, type ConfigNode, entriesOf, isNull, itemsOf } from '../config-node.js';
import { readLimits } from '../limits.js';
import { unset } from '../../../model/setting.js';
import { impliedDependencies } from './canonical/service.js';
import { cleanPath, refusesRepeats, textOf } from './identity.js';
import type { LoadProblem } from './load.js';
import { named, shortDependency } from './special.js';
import { isEnabled } from './profiles.js';
import type { EffectiveProject } from './project.js';
import { structureProblems } from './structure.js';

export function checkProject(project: EffectiveProject): readonly LoadProblem[] {
  const problems = [...project.members].flatMap(([uri, member]) =>
    structureProblems(member, uri === project.document ? undefined : uri),
  );
  // Where a part was not read, what seems to be missing may be in there.
  if (project.problems.some((problem) => problem.kind === 'incomplete')) return problems;
  const { active } = project;
  const services = entriesOf(child(project.config, 'services'));
  const enabled = new Set(services.filter(({ value }) => isEnabled(value, active)).map(({ key }) => key));
  const scope: Scope = { project, enabled, all: new Set(services.map(({ key }) => key)) };
  for (const entry of services)
    problems.push(...schemaProblems(entry), ...(enabled.has(entry.key) ? serviceProblems(entry, scope) : []));
  problems.push(...cycles(services.filter(({ key }) => enabled.has(key))), ...resourceProblems(project));
  if (entriesOf(project.config).length === 0)
    problems.push({ at: undefined, message: say`there is nothing in this project`, kind: 'check' });
  return problems;
}

interface Scope {
  readonly project: EffectiveProject;
  readonly enabled: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

function check(at: Place, message: Message): LoadProblem {
  return { at, message, kind: 'check' };
}

function schemaProblems({ value }: ConfigEntry): readonly LoadProblem[] {
  return entriesOf(value).flatMap(({ key, keyPlace, value: node }): LoadProblem[] => {
    if (key === 'user' && node.kind === 'scalar' && typeof node.value === 'number')
      return [check(node.place, say`\`user\` must be text: put the number in quotes`)];
    if (key === 'build' && isNull(node)) return [check(keyPlace, say`\`build\` must not be empty`)];
    if (key === 'healthcheck' && isNull(child(node, 'test')) && child(node, 'test') !== undefined)
      return [check(keyPlace, say`\`test\` must not be empty`)];
    if (node.kind !== 'list' || !refusesRepeats(['services', '', key])) return [];
    const words = node.items.map(textOf);
    const repeated = node.items.find((item, at) => words.indexOf(textOf(item)) < at);
    return repeated ? [check(repeated.place, say`\`${textOf(repeated) ?? ''}\` is in \`${key}\` twice`)] : [];
  });
}

function serviceProblems(entry: ConfigEntry, scope: Scope): readonly LoadProblem[] {
  const { key: name, value, keyPlace } = entry;
  const problems: LoadProblem[] = [];
  const has = (key: string) => !isNull(child(value, key));
  if (!has('image') && !has('build') && !has('provider'))
    problems.push(check(keyPlace, say`\`${name}\` has neither an image nor a build`));
  problems.push(...dependencyProblems(entry, scope));
  if (has('network_mode') && has('networks'))
    problems.push(check(keyPlace, say`\`${name}\` has \`network_mode\` beside \`networks\``));
  const defined = (section: string, key: string) =>
    child(child(scope.project.config, section), key) !== undefined;
  for (const { key, keyPlace: at } of entriesOf(named(child(value, 'networks') ?? value)))
    if (has('networks') && key !== 'default' && !defined('networks', key))
      problems.push(check(at, say`\`${name}\` refers to the undefined network \`${key}\``));
  for (const item of itemsOf(child(value, 'volumes'))) {
    const source = volumeName(item);
    if (source !== undefined && !defined('volumes', source))
      problems.push(check(item.place, say`\`${name}\` refers to the undefined volume \`${source}\``));
  }
  for (const section of ['secrets', 'configs'])
    for (const item of itemsOf(child(value, section))) {
      const source = textOf(item.kind === 'map' ? child(item, 'source') : item);
      if (source !== undefined && !defined(section, source))
        problems.push(
          check(item.place, say`\`${name}\` refers to \`${source}\`, which is not in \`${section}\``),
        );
    }
  for (const { names, place } of readLimits(value, unset(keyPlace)).limitConflicts)
    problems.push(check(place, say`\`${names[0]}\` and \`${names[1]}\` do not agree`));
  return [...problems, ...scaleProblems(entry), ...buildProblems(value), ...tmpfsProblems(value)];
}

/** How often a service runs can be said in two places, which must agree, and a name can be given only once. */
function scaleProblems({ key: name, value, keyPlace }: ConfigEntry): readonly LoadProblem[] {
  const [scale, replicas] = [child(value, 'scale'), child(child(value, 'deploy'), 'replicas')];
  const [a, b] = [numberIn(scale), numberIn(replicas)];
  const problems: LoadProblem[] = [];
  if (scale && a !== undefined && b !== undefined && a !== b)
    problems.push(check(scale.place, say`\`scale\` and \`deploy.replicas\` do not agree`));
  if (!isNull(child(value, 'container_name')) && (a ?? b ?? 1) > 1)
    problems.push(check(keyPlace, say`\`${name}\` has a \`container_name\`, so it can run only once`));
  return problems;
}

function numberIn(node: ConfigNode | undefined): number | undefined {
  const text = textOf(node);
  const isKnown = node?.kind === 'scalar' && node.unknown === undefined && text !== undefined;
  return isKnown && /^\d+$/.test(text) ? Number(text) : undefined;
}

function buildProblems(service: ConfigNode): readonly LoadProblem[] {
  const [file, inline] = ['dockerfile', 'dockerfile_inline'].map((key) =>
    child(child(service, 'build'), key),
  );
  return file === undefined || inline === undefined || isNull(file) || isNull(inline)
    ? []
    : [check(inline.place, say`\`dockerfile\` and \`dockerfile_inline\` exclude each other`)];
}

function dependencyProblems(
  { key: name, value }: ConfigEntry,
  { enabled, all }: Scope,
): readonly LoadProblem[] {
  const written = entriesOf(named(child(value, 'depends_on') ?? value, shortDependency));
  const named_ = child(value, 'depends_on') === undefined ? [] : written;
  const implied = impliedDependencies(value).map((key) => ({ key, keyPlace: value.place, value }));
  return [...named_, ...implied].flatMap((one): LoadProblem[] => {
    if (!all.has(one.key))
      return [check(one.keyPlace, say`\`${name}\` depends on the undefined service \`${one.key}\``)];
    const optional = textOf(child(one.value, 'required')) === 'false';
    return enabled.has(one.key) || optional
      ? []
      : [check(one.keyPlace, say`\`${name}\` depends on \`${one.key}\`, whose profiles are not active`)];
  });
}

function volumeName(item: ConfigNode): string | undefined {
  if (item.kind === 'map')
    return textOf(child(item, 'type')) === 'volume' ? textOf(child(item, 'source')) : undefined;
  if (item.kind !== 'scalar' || item.unknown !== undefined) return undefined;
  const [source, target] = item.text.split(':');
  return target === undefined || source === undefined || /^[./~\\]|^[A-Za-z]$|^$/.test(source)
    ? undefined
    : source;
}

/** Nothing can be mounted at one path twice. */
function tmpfsProblems(service: ConfigNode): readonly LoadProblem[] {
  const seen = new Map<string, string>();
  return itemsOf(child(service, 'tmpfs')).flatMap((item): LoadProblem[] => {
    const text = textOf(item) ?? '';
    const target = cleanPath(text.split(':', 1)[0] ?? '');
    const before = seen.get(target);
    seen.set(target, text);
    return before === undefined || before.split('=', 1)[0] === text.split('=', 1)[0]
      ? []
      : [check(item.place, say`\`${target}\` is mounted twice`)];
  });
}

function cycles(services: readonly ConfigEntry[]): readonly LoadProblem[] {
  const next = new Map(
    services.map(({ key, value }) => [
      key,
      [
        ...entriesOf(named(child(value, 'depends_on') ?? value)).map((one) => one.key),
        ...impliedDependencies(value),
      ].filter((one) => child(value, 'depends_on') !== undefined || impliedDependencies(value).includes(one)),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const circular = (name: string, depth: number): boolean => {
    if (state.get(name) === 'open') return true;
    if (state.get(name) === 'done' || depth > 1000) return false;
    state.set(name, 'open');
    const found = (next.get(name) ?? []).some((one) => circular(one, depth + 1));
    state.set(name, 'done');
    return found;
  };
  const first = services.find(({ key }) => circular(key, 0));
  return first ? [check(first.keyPlace, say`\`${first.key}\` depends on itself, by way of others`)] : [];
}

function resourceProblems({ config }: EffectiveProject): readonly LoadProblem[] {
  const sources = ['secrets', 'configs'].flatMap((section) =>
    entriesOf(child(config, section)).flatMap((entry): LoadProblem[] => {
      const given = ['file', 'environment', 'content', 'external'].filter(
        (key) => !isNull(child(entry.value, key)),
      );
      return given.length > 1
        ? [
            check(
              entry.keyPlace,
              say`\`${entry.key}\` has both \`${given[0] ?? ''}\` and \`${given[1] ?? ''}\``,
            ),
          ]
        : [];
    }),
  );
  const volumes = entriesOf(child(config, 'volumes')).flatMap((entry): LoadProblem[] => {
    const external = textOf(child(entry.value, 'external')) === 'true';
    const extra = ['driver', 'driver_opts', 'labels'].find((key) => !isNull(child(entry.value, key)));
    return external && extra !== undefined
      ? [check(entry.keyPlace, say`the external volume \`${entry.key}\` cannot have \`${extra}\``)]
      : [];
  });
  return [...sources, ...volumes];
}
