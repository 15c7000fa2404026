/** The whole project as Compose writes it out: long forms, absolute paths, only what is used by services that run. */
import { isServiceKey } from '../../../../facts/compose-keys.js';
import { say } from '../../../../l10n/message.js';
import { child, type ConfigEntry, type ConfigNode, entriesOf, itemsOf } from '../../config-node.js';
import { textOf } from '../identity.js';
import { type LoadProblem, MAX_VISITS } from '../load.js';
import { entryOf, mapOf, scalarOf } from '../nodes.js';
import { isEnabled } from '../profiles.js';
import type { EffectiveProject } from '../project.js';
import {
  boolean,
  type Canon,
  type Form,
  formEntries,
  formOfOther,
  keyValues,
  object,
  path,
  plain,
  text,
} from './forms.js';
import { canonicalService } from './service.js';

export interface Canonical {
  readonly config: ConfigNode;
  /** Services whose profiles are not active. */
  readonly disabled: readonly string[];
  readonly problems: readonly LoadProblem[];
}

export interface CanonicalOptions {
  /** Also resources that no running service uses. */
  readonly allResources?: boolean;
  /** Also services whose profiles are not active. */
  readonly allServices?: boolean;
}

export function canonicalProject(project: EffectiveProject, options: CanonicalOptions = {}): Canonical {
  const problems: LoadProblem[] = [];
  let left = MAX_VISITS;
  const canon: Canon = {
    folder: project.folder,
    name: project.name,
    variables: project.variables,
    problem: (problem) => problems.push(problem),
    visit({ place }) {
      if (left === 0)
        problems.push({
          at: place,
          message: say`this project is too large to be shown whole`,
          kind: 'incomplete',
        });
      return left-- > 0;
    },
  };
  const all = entriesOf(child(project.config, 'services'));
  for (const entry of all) reportUnknownKeys(entry, problems);
  const { active } = project;
  const formed = all.map((entry) => ({ ...entry, value: canonicalService(canon, entry) }));
  const services = options.allServices ? formed : formed.filter((entry) => isEnabled(entry.value, active));
  const used = usedNames(options.allResources ? formed : services);
  const top = { start: 0, end: 0 };
  const nowhere = mapOf(top, []);
  const sections = Object.entries(SECTIONS).flatMap(([section, form]) => {
    const entries = entriesOf(child(project.config, section)).filter(
      ({ key }) => options.allResources || used[section]?.has(key),
    );
    const resources: ConfigEntry[] = entries.map((entry) => ({
      ...entry,
      value: withName(canon, entry, section, form),
    }));
    const missing =
      section === 'networks' &&
      used[section]?.has('default') &&
      !entries.some(({ key }) => key === 'default');
    if (missing) {
      const name = entryOf('name', top, scalarOf(nowhere, `${project.name}_default`));
      resources.push(entryOf('default', top, mapOf(top, [name])));
    }
    return resources.length === 0 ? [] : [entryOf(section, top, mapOf(top, resources))];
  });
  const extensions = formEntries(
    canon,
    entriesOf(project.config).filter(({ key }) => key.startsWith('x-')),
    formOfOther,
  );
  const config = mapOf(top, [
    entryOf('name', top, scalarOf(nowhere, project.name)),
    entryOf('services', top, mapOf(top, services)),
    ...sections,
    ...extensions,
  ]);
  return {
    config,
    disabled: all.map(({ key }) => key).filter((key) => !services.some((one) => one.key === key)),
    problems,
  };
}

function reportUnknownKeys({ value }: ConfigEntry, problems: LoadProblem[]): void {
  for (const { key, keyPlace } of entriesOf(value))
    if (!isServiceKey(key))
      problems.push({ at: keyPlace, message: say`\`${key}\` is not a key of a service`, kind: 'error' });
}

const external: Form = (canon, node) => (node.kind === 'map' ? scalarOf(node, true) : boolean(canon, node));

const SECTIONS: Readonly<Record<string, Form>> = {
  networks: object({
    driver: text,
    driver_opts: keyValues('empty', false),
    external,
    internal: boolean,
    attachable: boolean,
    enable_ipv4: boolean,
    enable_ipv6: boolean,
    labels: keyValues('empty', false),
    name: text,
  }),
  volumes: object({
    driver: text,
    driver_opts: keyValues('empty', false),
    external,
    labels: keyValues('empty', false),
    name: text,
  }),
  secrets: object({ file: path, environment: text, external, name: text }),
  configs: object({ file: path, environment: text, content: text, external, name: text }),
  models: plain,
};

/** Every resource has a name in the engine: its own, or one made of the project's. */
function withName(canon: Canon, entry: ConfigEntry, section: string, form: Form): ConfigNode {
  const { key, keyPlace, value } = entry;
  const formed = form(canon, value) ?? mapOf(value.place, []);
  const given = child(child(value, 'external'), 'name') ?? child(formed, 'name');
  const isExternal = child(formed, 'external') !== undefined && textOf(child(formed, 'external')) === 'true';
  const fallback =
    section === 'models' ? undefined : scalarOf(value, isExternal ? key : `${canon.name}_${key}`);
  const name = textOf(given) === '' ? undefined : (given ?? fallback);
  const rest = entriesOf(formed).filter(
    ({ key: part }) => part !== 'name' && !(part === 'external' && !isExternal),
  );
  return mapOf(value.place, [...rest, ...(name ? [entryOf('name', keyPlace, name)] : [])]);
}

function usedNames(services: readonly ConfigEntry[]): Readonly<Record<string, ReadonlySet<string>>> {
  const values = services.map((entry) => entry.value);
  const keys = (key: string) =>
    new Set(values.flatMap((one) => entriesOf(child(one, key)).map((entry) => entry.key)));
  const sources = (key: string, below?: string) =>
    values.flatMap((one) =>
      itemsOf(child(below === undefined ? one : child(one, below), key)).flatMap(
        (item) => textOf(child(item, 'source')) ?? [],
      ),
    );
  const volumes = values.flatMap((one) =>
    itemsOf(child(one, 'volumes')).flatMap((item) =>
      textOf(child(item, 'type')) === 'volume' ? (textOf(child(item, 'source')) ?? []) : [],
    ),
  );
  return {
    networks: keys('networks'),
    models: keys('models'),
    volumes: new Set(volumes),
    secrets: new Set([...sources('secrets'), ...sources('secrets', 'build')]),
    configs: new Set(sources('configs')),
  };
}
