/**
 * Texts of package.json in package.nls.json and its translations. Whoever writes a command or a setting writes English
 * into package.json; the generator moves it to package.nls.json and leaves a `%key%` behind, made of where it stands.
 */

/** Texts by key. */
export type Texts = Readonly<Record<string, string>>;

/** Properties below `contributes` that users read, and lists of such texts. */
const SHOWN =
  /^(?:title|shortTitle|description|markdownDescription|deprecationMessage|markdownDeprecationMessage|errorMessage|patternErrorMessage|name|contextualTitle|contents|label|altText|enumDescriptions|markdownEnumDescriptions|enumItemLabels)$/;
/** What holds texts at the top of the manifest. */
const TOP = new Set(['displayName', 'description', 'contributes', 'capabilities']);
/** Where a `name` or `label` is no text. */
const NO_TEXT = new Set(['languages', 'grammars', 'problemMatchers', 'menus', 'colors', 'icons']);
/** What elements of a list are told apart by. */
const NAMES = ['command', 'id', 'view', 'when'] as const;
/** The product's name is the same in each language. */
const PRODUCT = 'Bulkhead';

/** The manifest with keys for texts. `known` are the texts of keys that stand there already. */
export function externalise<M extends object>(manifest: M, known: Texts): { manifest: M; texts: Texts } {
  const texts: Record<string, string> = {};
  const toKey = (text: string, path: readonly string[]): string => {
    if (text === PRODUCT || text === '') return text;
    const present = /^%(.+)%$/.exec(text)?.[1];
    const key = present ?? unusedKey(keyFor(path), texts);
    texts[key] = present === undefined ? text : (known[present] ?? '');
    return `%${key}%`;
  };
  const walk = (value: unknown, path: readonly string[], shown: boolean): unknown => {
    if (typeof value === 'string') return shown ? toKey(value, path) : value;
    if (Array.isArray(value))
      return value.map((item, index) =>
        walk(item, [...path, nameOf(item) ?? String(index)], shown && typeof item === 'string'),
      );
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        if (path.length === 1 && NO_TEXT.has(name)) return [name, item];
        const isText = SHOWN.test(name) && (typeof item === 'string' || isTexts(item));
        return [name, walk(item, [...path, name], isText)];
      }),
    );
  };
  const entries = Object.entries(manifest).map(([name, value]) => [
    name,
    TOP.has(name) ? walk(value, [name], typeof value === 'string') : value,
  ]);
  return { manifest: Object.fromEntries(entries) as M, texts };
}

/** Places that cannot be told apart by name get numbers. */
function unusedKey(key: string, texts: Texts): string {
  let found = key;
  for (let count = 2; found in texts; count++) found = `${key}-${count}`;
  return found;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const named = item as Readonly<Record<string, unknown>>;
  const order = 'order' in named && 'properties' in named ? `section${named.order}` : undefined;
  return order ?? NAMES.map((name) => named[name]).find((name) => typeof name === 'string');
}

/** `contributes.commands.bulkhead.showLog.title` as `commands.showLog.title`. */
function keyFor(path: readonly string[]): string {
  return path
    .filter((part) => !/^(?:contributes|properties|configuration)$/.test(part))
    .map((part) => part.replace(/^_?bulkhead\./, ''))
    .filter((part, index, all) => !(/^section\d+$/.test(part) && index < all.length - 2))
    .join('.')
    .replace(/[^\w.-]+/g, '-');
}

/** The same texts with their keys put back, for who reads the manifest without an editor. */
export function resolved<T>(value: T, texts: Texts): T {
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) => {
      const key = typeof item === 'string' ? /^%(.+)%$/.exec(item)?.[1] : undefined;
      return key === undefined ? item : (texts[key] ?? item);
    }),
  ) as T;
}

export function nlsText(texts: Texts): string {
  return `${JSON.stringify(texts, undefined, 2)}\n`;
}
