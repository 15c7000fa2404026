/** Loads small Compose projects that live in a test. */
import { canonicalProject } from '../../server/src/documents/compose/effective/canonical/project.js';
import { checkProject } from '../../server/src/documents/compose/effective/checks.js';
import type {
  EffectiveProject,
  ProjectRequest,
} from '../../server/src/documents/compose/effective/project.js';
import type { ConfigNode } from '../../server/src/documents/compose/config-node.js';
import { loadProject } from '../../server/src/engine/project.js';
import { english } from '../../server/src/l10n/message.js';

export const ROOT = 'file:///work/app';

/** Texts by path below the project's folder. */
export type Texts = Readonly<Record<string, string>>;

export interface Outcome {
  readonly project: EffectiveProject;
  /** As `bulkhead effective` prints it. */
  readonly config: unknown;
  readonly disabled: readonly string[];
  /** `kind: message`, in no order. */
  readonly problems: readonly string[];
  /** The same, of what Compose would refuse. */
  readonly errors: readonly string[];
}

export type LoadOptions = Omit<ProjectRequest, 'entry' | 'named' | 'parse'> & {
  readonly entry?: string;
  /** Files given with `-f`; those called `f1.yml`, `f2.yml` … when left out and there is no entry. */
  readonly named?: readonly string[];
};

export async function load(texts: Texts, options: LoadOptions = {}): Promise<Outcome> {
  const { entry, named, ...rest } = options;
  const files =
    entry === undefined ? (named ?? Object.keys(texts).filter((path) => /^f\d\.yml$/.test(path))) : undefined;
  const uri = (path: string) => `${ROOT}/${path}`;
  const { project } = await loadProject(
    { read: async (one) => texts[decodeURIComponent(one.slice(ROOT.length + 1))] },
    {
      entry: uri(entry ?? files?.[0] ?? ''),
      serviceFiles: true,
      ...rest,
      ...(files && { named: files.map(uri) }),
    },
    { roots: [ROOT] },
  );
  const { config, disabled, problems } = canonicalProject(project);
  const all = [...project.problems, ...problems, ...checkProject(project)];
  return {
    project,
    config: toPlain(config),
    disabled,
    problems: all.map(({ kind, message }) => `${kind}: ${english(message)}`),
    errors: all
      .filter(({ kind }) => kind === 'error' || kind === 'check')
      .map(({ message }) => english(message)),
  };
}

export function toPlain(node: ConfigNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [key, toPlain(value)]));
}

/** Keys that `expected` names; `undefined` there means that the key must be missing. Lists are compared whole. */
export function picked(actual: unknown, expected: unknown): unknown {
  if (!isObject(actual) || !isObject(expected)) return actual;
  return Object.fromEntries(Object.entries(expected).map(([key, part]) => [key, picked(actual[key], part)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
