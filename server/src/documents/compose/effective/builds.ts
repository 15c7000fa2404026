/** What the services of a project build: which Dockerfile, which stage of it, with which arguments. */
import type { Place } from '../../../text/span.js';
import {
  child,
  type ConfigEntry,
  type ConfigMap,
  type ConfigNode,
  entriesOf,
  isNull,
} from '../config-node.js';
import { textOf } from './identity.js';
import { readKeyValues } from './key-values.js';
import { isRemote, resolvePath } from './uri.js';
import type { Variables } from './variables.js';

export interface BuildUse {
  readonly service: string;
  /** The service's `build` key. */
  readonly at: Place;
  /** The URI of the Dockerfile, or the text that stands in its place (`dockerfile_inline`). */
  readonly dockerfile: { readonly uri: string } | { readonly text: string };
  /** URI of the folder that is sent to the build. */
  readonly context: string;
  /** Undefined: the last stage. */
  readonly target: string | undefined;
  /** Undefined for a value that cannot be told. */
  readonly args: ReadonlyMap<string, string | undefined>;
  /** Images that take the place of a name in FROM; undefined for contexts of another kind. */
  readonly contexts: ReadonlyMap<string, string | undefined>;
}

/** `folder` is the project's. Builds whose files lie elsewhere, or cannot be told, are left out. */
export function buildsOf(config: ConfigMap, folder: string, variables: Variables): readonly BuildUse[] {
  return entriesOf(child(config, 'services')).flatMap(({ key, value }) => {
    const build = value.kind === 'map' ? value.entries.get('build') : undefined;
    return build === undefined || isNull(build.value) ? [] : (readBuild(key, build, folder, variables) ?? []);
  });
}

function readBuild(
  service: string,
  { keyPlace, value: build }: ConfigEntry,
  folder: string,
  variables: Variables,
): BuildUse | undefined {
  const part = (key: string) => child(build, key);
  const contextNode = build.kind === 'map' ? part('context') : build;
  const contextText = textOf(contextNode) ?? '.';
  if (isDoubtful(contextNode) || isRemote(contextText)) return undefined;
  const context = resolvePath(contextNode?.folder ?? build.folder ?? folder, contextText);
  const target = part('target');
  if (context === undefined || isDoubtful(target)) return undefined;
  const common = {
    service,
    at: keyPlace,
    context,
    target: textOf(target) || undefined,
    args: readArguments(part('args'), variables),
    contexts: readContexts(part('additional_contexts')),
  };
  const inline = part('dockerfile_inline');
  if (inline !== undefined && !isNull(inline))
    return isDoubtful(inline) ? undefined : { ...common, dockerfile: { text: textOf(inline) ?? '' } };
  const path = part('dockerfile');
  if (isDoubtful(path)) return undefined;
  const uri = resolvePath(context, textOf(path) || 'Dockerfile');
  return uri === undefined ? undefined : { ...common, dockerfile: { uri } };
}

function readArguments(
  node: ConfigNode | undefined,
  variables: Variables,
): ReadonlyMap<string, string | undefined> {
  const args = new Map<string, string | undefined>();
  for (const { key, value } of node ? readKeyValues(node) : []) {
    if (isDoubtful(value)) args.set(key, undefined);
    else if (!isNull(value)) args.set(key, textOf(value));
    else if (variables.has(key)) args.set(key, variables.get(key));
  }
  return args;
}

function readContexts(node: ConfigNode | undefined): ReadonlyMap<string, string | undefined> {
  const contexts = new Map<string, string | undefined>();
  for (const { key, value } of node ? readKeyValues(node) : []) {
    const [, image] = /^docker-image:\/\/(.+)$/.exec(textOf(value) ?? '') ?? [];
    contexts.set(key, isDoubtful(value) ? undefined : image);
  }
  return contexts;
}

function isDoubtful(node: ConfigNode | undefined): boolean {
  return node !== undefined && (node.kind !== 'scalar' ? node.kind === 'list' : node.unknown !== undefined);
}

/** The files that tell what is left out of the context; the first one that is there counts. */
export function ignoreFiles({ dockerfile, context }: BuildUse): readonly string[] {
  const own = 'uri' in dockerfile ? [`${dockerfile.uri}.dockerignore`] : [];
  return [...own, `${context.replace(/\/$/, '')}/.dockerignore`];
}
