// Takes a tag apart: version in front, words behind dashes. Shared by the tables that depend on tags.

export interface TagShape {
  /** The parts between dashes, lower case: `3.7-slim-buster` -> 3.7, slim, buster. Empty for no tag. */
  readonly tokens: readonly string[];
  /** The version the tag starts with, a leading `v` taken off: [3, 7]; undefined when it starts otherwise. */
  readonly version: readonly number[] | undefined;
}

/** Never fails: an empty or strange tag has no version. */
export function tagShape(tag: string): TagShape {
  const tokens = tag === '' ? [] : tag.toLowerCase().split('-');
  return { tokens, version: readVersion(tokens[0] ?? '') };
}

/** `18.20.1`, `v3`, `2.0` -> numbers; undefined for everything else (`8u202`, `latest`, `3.11rc1`). */
export function readVersion(text: string): readonly number[] | undefined {
  if (!/^v?\d{1,8}(?:\.\d{1,8}){0,4}$/.test(text)) return undefined;
  return text.replace(/^v/, '').split('.').map(Number);
}

/** Negative, zero, positive as in sorting; missing parts count as 0. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Whether all parts of a condition hold. `alpine`: a token of that name, with or without a version behind it; `!fpm`: no
 * such token; `<8`, `>=2.4`: the version of the tag, false when it has none; `self`: the caller says so.
 */
export function tagMatches(condition: string, tag: TagShape, self: boolean): boolean {
  return condition
    .split(' ')
    .filter((part) => part !== '')
    .every((part) => {
      if (part === 'self') return self;
      if (part.startsWith('!')) return !hasToken(tag, part.slice(1));
      const limit = /^(<|>=)(.+)$/.exec(part);
      if (limit === null) return hasToken(tag, part);
      const bound = readVersion(limit[2] ?? '');
      if (tag.version === undefined || bound === undefined) return false;
      const order = compareVersions(tag.version, bound);
      return limit[1] === '<' ? order < 0 : order >= 0;
    });
}

/** `alpine` is found in `3.12-alpine` and in `3.12-alpine3.20`, not in `alpinefoo`. */
function hasToken(tag: TagShape, word: string): boolean {
  return tag.tokens.some(
    (token) => token === word || (token.startsWith(word) && /^[\d.]+$/.test(token.slice(word.length))),
  );
}
