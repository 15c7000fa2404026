/** Health checks that facts know for an image, as words for fixes. */
import type { HealthCheck } from '../../facts/images.js';
import { type Message, say } from '../../l10n/message.js';

/** The facts write `$` as Compose wants it. */
export function checkWords(test: readonly string[]): readonly string[] {
  return test.map((word) => word.replaceAll('$$', '$'));
}

export function checkTitle(words: readonly string[], known: HealthCheck | undefined): Message {
  const command = short(words.join(' '));
  return known?.adapt
    ? say`Add a health check: \`${command}\` (adapt path and port; dependants wait for it)`
    : say`Add a health check: \`${command}\` (dependants wait for it)`;
}

function short(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
