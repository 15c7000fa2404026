/** Finds the sentences that the source holds: templates of `say` and texts of `l10n.t`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyOf } from '../../server/src/l10n/message.js';

/** In files and folders below the root; what is not there holds none. */
export function templatesIn(root: string, paths: readonly string[]): readonly string[] {
  return paths
    .flatMap((path) => listSources(join(root, path)))
    .flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      return [...sayTemplates(text), ...l10nTexts(text)];
    });
}

function listSources(path: string): readonly string[] {
  try {
    if (path.endsWith('.ts')) return existsSync(path) ? [path] : [];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(path, name));
  } catch {
    return [];
  }
}

/** ``say`…` `` as the key that translators get. Throws where code in a gap holds what this cannot read. */
export function sayTemplates(source: string): readonly string[] {
  return [...source.matchAll(/\bsay`/g)].flatMap(({ index }) => {
    const parts = templateParts(source, index + 'say`'.length);
    const key = keyOf({ parts });
    // Gaps with a comma or a colon between them are the same in each language; in a comment stands an example.
    return /\p{L}/u.test(parts.join('')) && !isInComment(source, index) ? [key] : [];
  });
}

function isInComment(source: string, index: number): boolean {
  const line = source.slice(source.lastIndexOf('\n', index) + 1, index);
  return /^\s*(?:\/\/|\/?\*)/.test(line);
}

/** The literal parts of a template that starts here, as they are at run time. */
function templateParts(source: string, start: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (let at = start; at < source.length; at++) {
    const char = source[at] ?? '';
    if (char === '`') return [...parts, part];
    if (char === '\\') part += unescaped(source[++at] ?? '');
    else if (char === '$' && source[at + 1] === '{') {
      parts.push(part);
      part = '';
      at = endOfCode(source, at + 2);
    } else part += char;
  }
  throw new Error(`A template does not end: ${source.slice(start, start + 60)}`);
}

function unescaped(char: string): string {
  if (char === 'n') return '\n';
  if (/[`$\\{]/.test(char)) return char;
  throw new Error(`Write this character itself in a template of say: \\${char}`);
}

/** The closing brace of a gap; strings and templates inside it may hold braces. */
function endOfCode(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const char = source[at];
    if (char === '{') depth++;
    else if (char === '}') {
      if (depth === 0) return at;
      depth--;
    } else if (char === "'" || char === '"') {
      at++;
      while (at < source.length && source[at] !== char) at += source[at] === '\\' ? 2 : 1;
    } else if (char === '`') {
      at++;
      while (at < source.length && source[at] !== '`') {
        if (source[at] === '$' && source[at + 1] === '{') at = endOfCode(source, at + 2) + 1;
        else at += source[at] === '\\' ? 2 : 1;
      }
    }
  }
  throw new Error(`A gap does not end: ${source.slice(start, start + 60)}`);
}

/** `l10n.t('…')` of the client. Throws where the text is not written out as one literal. */
export function l10nTexts(source: string): readonly string[] {
  return [...source.matchAll(/\bl10n\.t\(\s*/g)].map(({ 0: call, index }) => {
    const start = index + call.length;
    const literal = /^'((?:[^'\\\n]|\\.)*)'|^"((?:[^"\\\n]|\\.)*)"/.exec(source.slice(start));
    const text = literal?.[1] ?? literal?.[2];
    if (text === undefined)
      throw new Error(`l10n.t wants its text as one literal: ${source.slice(index, start + 40)}`);
    return text.replace(/\\(.)/g, '$1');
  });
}
