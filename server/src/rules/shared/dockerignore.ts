/** Which paths of a build context a .dockerignore keeps out. */

/** Whether the path, relative to the context and without a slash in front, gets into the build. */
export function isLetThrough(text: string, path: string): boolean {
  let excluded = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const trimmed = line.trim();
    const isException = trimmed.startsWith('!');
    const pattern = cleaned(isException ? trimmed.slice(1) : trimmed);
    if (pattern === '') continue;
    if (matches(pattern, path)) excluded = !isException;
  }
  return !excluded;
}

function cleaned(pattern: string): string {
  return pattern
    .trim()
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '');
}

/** The pattern names the path or a folder above it. */
function matches(pattern: string, path: string): boolean {
  return matchParts(pattern.split('/'), path.split('/'));
}

function matchParts(pattern: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  // What is left of the path lies below the folder that is named.
  if (first === undefined) return true;
  if (first === '**') {
    for (let skip = 0; skip <= path.length; skip++) {
      if (rest.length === 0 ? path.length > 0 : matchParts(rest, path.slice(skip))) return true;
    }
    return false;
  }
  const [name, ...below] = path;
  return name !== undefined && matchName(first, name) && matchParts(rest, below);
}

/** `*`, `?` and `[a-z]` within one name. */
function matchName(pattern: string, name: string): boolean {
  const source = pattern.replace(/\[[^\]]*\]|[\\^$.|+(){}*?[\]]/g, (part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (/^\[\^?[\w-]+\]$/.test(part) && isClass(part)) return part;
    return part.replace(/[\\^$.|+(){}*?[\]]/g, '\\$&');
  });
  // Neighbouring stars would make the search slow without saying more.
  return new RegExp(`^${source.replace(/(?:\[\^\/\]\*)+/g, '[^/]*')}$`).test(name);
}

/** Ranges that run backwards are no class. */
function isClass(text: string): boolean {
  return [...text.matchAll(/(\w)-(\w)/g)].every(([, from = '', to = '']) => from <= to);
}
