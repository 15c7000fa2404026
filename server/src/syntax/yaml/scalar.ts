/** What scalars and keys mean to Compose, whose parser knows YAML 1.2 and some old habits. */
import type { YamlMap, YamlNode, YamlPair, YamlScalar } from './tree.js';

const WORDS: ReadonlyMap<string, number | boolean | null> = new Map<string, number | boolean | null>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

const TYPED_TAGS = new Set(['!!int', '!!float', '!!bool', '!!null']);
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)|0([0-7]+)|(\d+))$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/**
 * The value Compose gives to a scalar: `yes` and `22:22` are strings, `010`, `0o10` and `1_000` are numbers, whatever
 * is quoted or tagged `!!str` is a string. Dates stay as written. Integers beyond 2^53 lose precision.
 */
export function coreScalar(scalar: YamlScalar): string | number | boolean | null {
  const tag = scalar.tag?.name;
  if (tag === '!!str' || tag === '!!binary') return scalar.value;
  const typed = scalar.style === 'plain' || (tag !== undefined && TYPED_TAGS.has(tag));
  if (!typed) return scalar.value;
  const word = WORDS.get(scalar.value);
  if (word !== undefined) return word;
  return readNumber(scalar.value) ?? scalar.value;
}

function readNumber(value: string): number | undefined {
  if (!/^[-+.\d]/.test(value)) return undefined;
  const digits = value.startsWith('.') ? value : value.replaceAll('_', '');
  const integer = INTEGER.exec(digits);
  if (integer) {
    const [, sign, hex, octal, binary, oldOctal, decimal] = integer;
    const size =
      hex !== undefined
        ? Number.parseInt(hex, 16)
        : binary !== undefined
          ? Number.parseInt(binary, 2)
          : decimal !== undefined
            ? Number(decimal)
            : Number.parseInt(octal ?? oldOctal ?? '', 8);
    return sign === '-' && size !== 0 ? -size : size;
  }
  // `08` is no octal number: Compose reads it as the float 8.
  return FLOAT.test(digits) ? Number(digits) : undefined;
}

/** The text of a key or another scalar, an alias of one included; undefined for collections and unknown aliases. */
export function keyText(node: YamlNode): string | undefined {
  const target = node.kind === 'alias' ? node.target : node;
  return target?.kind === 'scalar' ? target.value : undefined;
}

/** The first pair with this key; what merge keys bring in is not looked at. */
export function mapGet(map: YamlMap, key: string): YamlPair | undefined {
  return map.pairs.find((pair) => keyText(pair.key) === key);
}
