/** `l10n/bundle.l10n.json`: every sentence that the extension and its server say, as translators get it. */
import { HARDEN_STEPS } from '../../server/src/engine/harden-set.js';
import { practices } from '../../server/src/rules/practices.js';
import type { AnyRule, OptionSpecs } from '../../server/src/rules/rule.js';
import { factsTexts } from './facts-texts.js';
import { templatesIn } from './templates.js';

/** Where sentences are written. */
const SOURCES = ['server/src', 'client/src', 'scripts/generate/settings.ts'];

/** Sorted; each once. */
export function messageKeys(root: string, rules: readonly AnyRule[]): readonly string[] {
  const keys = new Set([
    ...templatesIn(root, SOURCES),
    ...rules.flatMap(ruleTexts),
    ...practices.flatMap(({ title, short, summary }) => [title, short, summary]),
    ...HARDEN_STEPS.map(({ title }) => title),
    ...factsTexts(),
  ]);
  return [...keys].sort(byLetters);
}

/** The same on every machine, whatever its language. */
export function byLetters(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left !== right) return left < right ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function bundleText(keys: readonly string[]): string {
  return `${JSON.stringify(Object.fromEntries(keys.map((key) => [key, key])), undefined, 2)}\n`;
}

function ruleTexts({ meta }: AnyRule): readonly string[] {
  const options: OptionSpecs = meta.options ?? {};
  return [meta.title, meta.why, meta.advice, ...Object.values(options).map(({ description }) => description)];
}
