/**
 * Forms that Compose gives to values when it writes a configuration out: the type of each key, lists for single
 * values, mappings for lists of `K=V`. A form takes a node and gives the canonical one; undefined leaves the key out.
 */
import { say } from '../../../../l10n/message.js';
import type { Message } from '../../../../l10n/message.js';
import type { LoadProblem } from '../load.js';
import {
  type ConfigEntry,
  type ConfigNode,
  type ConfigScalar,
  entriesOf,
  isNull,
} from '../../config-node.js';
import { parseBoolean, parseBytes, parseNumber } from '../../values.js';
import { readKeyValues } from '../key-values.js';
import { listOf, mapOf, scalarOf } from '../nodes.js';
import { pathOf, resolvePath } from '../uri.js';
import type { Variables } from '../variables.js';
import { goDuration, goFloat } from './go-text.js';

export interface Canon {
  /** URI of the project's folder. */
  readonly folder: string;
  readonly name: string;
  readonly variables: Variables;
  readonly problem: (problem: LoadProblem) => void;
  /** Counts a node; false when there have been too many, which only aliases of aliases reach. */
  readonly visit: (node: ConfigNode) => boolean;
}

export type Form = (canon: Canon, node: ConfigNode) => ConfigNode | undefined;

/** The value as text, in the way Compose turns numbers into text; undefined for what is no single value. */
export function goText(node: ConfigNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || isNull(node)) return undefined;
  if (typeof node.value !== 'number') return node.text;
  const isFloat = /[.eE]/.test(node.written) && !/^[-+]?0x/i.test(node.written);
  return isFloat ? goFloat(node.value) : String(node.value);
}

export const text: Form = (canon, node) => {
  if (isNull(node)) return undefined;
  const value = goText(node);
  return value === undefined ? wrong(canon, node, say`a single value is expected here`) : typed(node, value);
};

function cast(parse: (text: string) => string | number | boolean | undefined, wanted: Message): Form {
  return (canon, node) => {
    if (isNull(node)) return undefined;
    const written = goText(node);
    const value = written === undefined ? undefined : parse(written);
    // What a variable from the shell would give is nobody's fault.
    const doubtful = node.kind === 'scalar' && node.unknown !== undefined && !node.invalid;
    if (value === undefined && !doubtful) return wrong(canon, node, wanted);
    return typed(node, value ?? written ?? '');
  };
}

export const boolean = cast(parseBoolean, say`true or false is expected here`);
export const integer = cast(parseNumber, say`a number is expected here`);
export const float = cast(parseNumber, say`a number is expected here`);
/** Compose writes sizes as text. */
export const bytes = cast((size) => parseBytes(size)?.toString(), say`a size is expected here`);
export const duration = cast(goDuration, say`a duration is expected here`);

/** One value, or a list of them. */
export const words: Form = (canon, node) => {
  if (isNull(node)) return undefined;
  if (node.kind === 'scalar') return listOf(node, [typed(node, goText(node) ?? '')]);
  return list(text)(canon, node);
};

export function list(form: Form): Form {
  return (canon, node) => {
    if (isNull(node)) return undefined;
    if (node.kind !== 'list') return wrong(canon, node, say`a list is expected here`);
    const items = node.items.flatMap((item) => (canon.visit(item) ? (form(canon, item) ?? []) : []));
    return items.length === 0 ? undefined : listOf(node, items);
  };
}

/** Keys that are not named keep the type that YAML gives them. */
export function object(fields: Readonly<Record<string, Form>>, keepEmpty = false): Form {
  return (canon, node) => {
    if (isNull(node)) return undefined;
    if (node.kind !== 'map') return wrong(canon, node, say`a mapping is expected here`);
    const entries = formEntries(canon, entriesOf(node), (key) => fields[key] ?? formOfOther(key));
    return entries.length === 0 && !keepEmpty ? undefined : mapOf(node.place, entries);
  };
}

export function formEntries(
  canon: Canon,
  entries: readonly ConfigEntry[],
  formOf: (key: string) => Form,
): readonly ConfigEntry[] {
  return entries.flatMap((entry) => {
    const value = canon.visit(entry.value) ? formOf(entry.key)(canon, entry.value) : undefined;
    return value === undefined ? [] : [{ ...entry, value }];
  });
}

/** Every value of a mapping in one form; `null` stays. */
export function named(form: Form): Form {
  return (canon, node) => {
    if (isNull(node)) return undefined;
    if (node.kind !== 'map') return wrong(canon, node, say`a mapping is expected here`);
    return mapOf(
      node.place,
      entriesOf(node).map((entry) => ({
        ...entry,
        value: form(canon, entry.value) ?? scalarOf(entry.value, null),
      })),
    );
  };
}

/** The form of a key that no table names. */
export function formOfOther(key: string): Form {
  return key.startsWith('x-') ? extension : plain;
}

/** What Compose passes on as it is written, empty values too. */
export const extension: Form = (canon, node) => {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list')
    return listOf(
      node,
      node.items.flatMap((item) => (canon.visit(item) ? (extension(canon, item) ?? []) : [])),
    );
  return mapOf(
    node.place,
    formEntries(canon, entriesOf(node), () => extension),
  );
};

/** As YAML reads it, deeply. */
export const plain: Form = (canon, node) => {
  if (node.kind === 'scalar') return isNull(node) ? undefined : node;
  if (node.kind === 'list') return list(plain)(canon, node);
  const entries = formEntries(canon, entriesOf(node), () => plain);
  return mapOf(node.place, entries);
};

type Missing = 'drop' | 'empty' | 'null';

/**
 * `NAME: value` and `NAME=value` as a mapping of texts. `missing` says what becomes of a name alone that no variable
 * gives a value.
 */
export function keyValues(missing: Missing, fromVariables: boolean): Form {
  return (canon, node) => {
    if (isNull(node)) return undefined;
    if (node.kind === 'scalar') return wrong(canon, node, say`a mapping is expected here`);
    const entries = readKeyValues(node).flatMap((entry): ConfigEntry[] => {
      const value = goText(entry.value);
      if (value !== undefined) return [{ ...entry, value: typed(entry.value, value) }];
      const given = fromVariables ? canon.variables.get(entry.key) : undefined;
      if (given !== undefined) return [{ ...entry, value: scalarOf(entry.value, given) }];
      if (missing === 'drop') return [];
      return [{ ...entry, value: scalarOf(entry.value, missing === 'null' ? null : '') }];
    });
    return entries.length === 0 ? undefined : mapOf(node.place, entries);
  };
}

/** A path of the host, absolute. What starts with `~` depends on who runs Compose. */
export const path: Form = (canon, node) => {
  const value = goText(node);
  return value === undefined ? text(canon, node) : typed(node, absolutePath(canon, node, value));
};

export function absolutePath(canon: Canon, node: ConfigNode, value: string): string {
  // Compose tidies up only what it joins: `/a/` stays.
  if (value.startsWith('/')) return value;
  const uri = resolvePath(node.folder ?? canon.folder, value);
  return uri === undefined ? value : pathOf(uri);
}

/** The node with another value, in its place. */
export function typed(node: ConfigNode, value: string | number | boolean): ConfigScalar {
  return scalarOf(node, value, node.kind === 'scalar' ? node.written : undefined);
}

export function wrong(canon: Canon, node: ConfigNode, message: Message): undefined {
  canon.problem({ at: node.place, message, kind: 'error' });
  return undefined;
}
