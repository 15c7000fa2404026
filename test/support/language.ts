/** Bundles of sentences for tests. */
import { readFileSync } from 'node:fs';
import type { Bundle } from '../../server/src/l10n/translate.js';

/** A bundle of the repository; without a language the English one, which holds all keys. */
export function bundle(language?: string): Bundle {
  const name = language === undefined ? 'bundle.l10n.json' : `bundle.l10n.${language}.json`;
  return JSON.parse(readFileSync(`l10n/${name}`, 'utf8')) as Bundle;
}

const LETTER = 'ẋ';

/** Every key with its letters replaced, except in code: what is still readable was not looked up. */
export function pseudoBundle(): Bundle {
  const disguise = (key: string) =>
    key
      .split(/(`[^`]*`|\{\d+\})/)
      .map((part, index) => (index % 2 === 0 ? part.replace(/\p{L}/gu, LETTER) : part))
      .join('');
  return Object.fromEntries(Object.keys(bundle()).map((key) => [key, disguise(key)]));
}

/** Words of English that are left in a text, without its code, quotes and addresses. */
export function plainEnglish(text: string): readonly string[] {
  const rest = text
    // Names of rules are translated, titles of other people's pages are not.
    .replace(/\[([^\]]*)\]\(https:[^)]*\/docs\/rules\/[^)]*\)/g, '$1')
    .replace(/\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/```[\s\S]*?```|`[^`]*`|'[^']*'/g, '');
  return rest.match(/\b[a-z]{3,} [a-z]{2,}\b/g) ?? [];
}
