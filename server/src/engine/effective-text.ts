/** The effective configuration of a project as text: what would start, where each value is written, what is not known. */
import { leavesOf, printYaml, toPlain } from '../documents/compose/effective/canonical/print.js';
import { canonicalProject } from '../documents/compose/effective/canonical/project.js';
import { checkProject } from '../documents/compose/effective/checks.js';
import type { LoadProblem } from '../documents/compose/effective/load.js';
import { isWritten, type Locate, locator, originNote } from '../documents/compose/effective/origin.js';
import { relativePath } from '../documents/compose/effective/uri.js';
import { child, type ConfigNode, entriesOf } from '../documents/compose/config-node.js';
import { english, isSame, type Message, say } from '../l10n/message.js';
import type { Tell } from '../l10n/translate.js';
import type { LoadedProject } from './project.js';

export interface EffectiveText {
  /** What Compose would refuse, and what was not read; each once. */
  readonly problems: readonly LoadProblem[];
  /** Names of services whose profiles are not active. */
  readonly disabled: readonly string[];
  readonly locate: Locate;
  /** Values and parts that cannot be told. */
  readonly unknown: readonly UnknownPart[];
  /** In the form of `docker compose config`. */
  yaml(options: { readonly origins: boolean }, tell?: Tell): string;
  plain(): unknown;
  /** Place by way to the value, `services.web.image`. */
  origins(): Readonly<Record<string, string>>;
}

export interface UnknownPart {
  readonly path: string;
  readonly reason: Message;
  readonly at: string;
}

/** Wants a project that was loaded with `serviceFiles` and `buildFiles`. */
export function effectiveText(loaded: LoadedProject): EffectiveText {
  const { project } = loaded;
  const { config, disabled, problems } = canonicalProject(project);
  const locate = locator(project, (uri) => {
    const file = loaded.files.get(uri);
    return file && 'text' in file ? file.text : undefined;
  });
  return {
    problems: withoutRepeats([...project.problems, ...problems, ...checkProject(project)]),
    disabled,
    locate,
    unknown: [
      ...unknownValues(config, locate),
      ...unreadServices(loaded, locate),
      ...unreadBuilds(loaded, config, locate),
    ],
    yaml: ({ origins }, tell) =>
      printYaml(config, origins ? { note: (node) => originNote(node, locate, tell) } : {}),
    plain: () => toPlain(config),
    origins: () =>
      Object.fromEntries(
        leavesOf(config).flatMap(({ path, node }) =>
          isWritten(node) ? [[path.join('.'), locate(node.place)]] : [],
        ),
      ),
  };
}

function unknownValues(config: ConfigNode, locate: Locate): readonly UnknownPart[] {
  return leavesOf(config).flatMap(({ path, node }) =>
    node.unknown === undefined
      ? []
      : [{ path: path.join('.'), reason: node.unknown, at: locate(node.place) }],
  );
}

/** Services of which a part lies in something that was not read. */
function unreadServices({ project }: LoadedProject, locate: Locate): readonly UnknownPart[] {
  const services = entriesOf(child(project.config, 'services'));
  return services.flatMap(({ key, keyPlace, value }) =>
    value.kind === 'map'
      ? value.incomplete.map((reason) => ({ path: `services.${key}`, reason, at: locate(keyPlace) }))
      : [],
  );
}

/** Services whose image is built from something that was not read: who it runs as, for one, cannot be told. */
function unreadBuilds(
  { project, files }: LoadedProject,
  config: ConfigNode,
  locate: Locate,
): readonly UnknownPart[] {
  const part = (service: string, reason: Message, at: string): readonly UnknownPart[] =>
    child(child(child(config, 'services'), service), 'build') === undefined
      ? []
      : [{ path: `services.${service}.build`, reason, at }];
  const missing = project.builds.flatMap(({ service, at, dockerfile }) => {
    const file = 'uri' in dockerfile ? files.get(dockerfile.uri) : undefined;
    if (!('uri' in dockerfile) || file === undefined || 'text' in file) return [];
    const path = relativePath(project.folder, dockerfile.uri);
    return part(service, say`\`${path}\` ${file.problem}`, locate(at));
  });
  const elsewhere = project.unreadBuilds.flatMap(({ service, at, reason }) =>
    part(service, reason, locate(at)),
  );
  return [...missing, ...elsewhere];
}

function withoutRepeats(problems: readonly LoadProblem[]): readonly LoadProblem[] {
  return problems.filter(
    ({ at, message }, index) =>
      index ===
      problems.findIndex(
        (one) => one.at?.file === at?.file && one.at?.start === at?.start && isSame(one.message, message),
      ),
  );
}

/** `compose.yaml:3: the required variable `X` has no value`. */
export function describeProblem({ at, message }: LoadProblem, locate: Locate, tell: Tell = english): string {
  return at === undefined ? tell(message) : `${locate(at)}: ${tell(message)}`;
}
