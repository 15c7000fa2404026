/** What the services of a project build: which Dockerfile, which stage of it, with which arguments. */
import { type Message, say } from '../../../l10n/message.js';
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
import { type Load, type LoadedFile, wanted } from './load.js';
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

/** A build of which nothing can be said. */
export interface UnreadBuild {
  readonly service: string;
  readonly at: Place;
  readonly reason: Message;
}

export interface Builds {
  readonly known: readonly BuildUse[];
  readonly unread: readonly UnreadBuild[];
}

/** `folder` is the project's. */
export function buildsOf(config: ConfigMap, folder: string, variables: Variables): Builds {
  const all = entriesOf(child(config, 'services')).flatMap(({ key, value }) => {
    const build = value.kind === 'map' ? value.entries.get('build') : undefined;
    return build === undefined || isNull(build.value) ? [] : [readBuild(key, build, folder, variables)];
  });
  return {
    known: all.filter((one): one is BuildUse => !('reason' in one)),
    unread: all.filter((one): one is UnreadBuild => 'reason' in one),
  };
}

/** With a reason where its files lie elsewhere or cannot be told. */
function readBuild(
  service: string,
  { keyPlace, value: build }: ConfigEntry,
  folder: string,
  variables: Variables,
): BuildUse | UnreadBuild {
  const part = (key: string) => child(build, key);
  const unread = (reason: Message): UnreadBuild => ({ service, at: keyPlace, reason });
  const contextNode = build.kind === 'map' ? part('context') : build;
  const [target, inline, path] = [part('target'), part('dockerfile_inline'), part('dockerfile')];
  const isInline = inline !== undefined && !isNull(inline);
  for (const node of [contextNode, target, isInline ? inline : path])
    if (isDoubtful(node))
      return unread(
        (node?.kind === 'scalar' ? node.unknown : undefined) ?? say`a single value is expected here`,
      );
  const contextText = textOf(contextNode) ?? '.';
  if (isRemote(contextText)) return unread(say`\`${contextText}\` lies elsewhere and is not fetched`);
  const context = resolvePath(contextNode?.folder ?? build.folder ?? folder, contextText);
  if (context === undefined) return unread(say`\`${contextText}\` lies outside the project`);
  const common = {
    service,
    at: keyPlace,
    context,
    target: textOf(target) || undefined,
    args: readArguments(part('args'), variables),
    contexts: readContexts(part('additional_contexts')),
  };
  if (isInline) return { ...common, dockerfile: { text: textOf(inline) ?? '' } };
  const name = textOf(path) || 'Dockerfile';
  const uri = resolvePath(context, name);
  return uri === undefined
    ? unread(say`\`${name}\` lies outside the project`)
    : { ...common, dockerfile: { uri } };
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

/**
 * The build with the file that BuildKit takes: where no `Dockerfile` lies in its folder, one in lower case. It is looked
 * for only then.
 */
export function withFileThere(use: BuildUse, load: Load): BuildUse {
  const uri = 'uri' in use.dockerfile ? use.dockerfile.uri : '';
  if (!uri.endsWith('/Dockerfile') || !isAbsent(wanted(load, uri))) return use;
  const lower = uri.replace(/Dockerfile$/, 'dockerfile');
  const file = wanted(load, lower);
  return file === undefined || isAbsent(file) ? use : { ...use, dockerfile: { uri: lower } };
}

function isAbsent(file: LoadedFile | undefined): boolean {
  return file !== undefined && 'absent' in file;
}

/** The files that tell what is left out of the context; the first one that is there counts. */
export function ignoreFiles({ dockerfile, context }: BuildUse): readonly string[] {
  const own = 'uri' in dockerfile ? [`${dockerfile.uri}.dockerignore`] : [];
  return [...own, `${context.replace(/\/$/, '')}/.dockerignore`];
}
