/** Health checks that facts know for an image, as words for fixes. */
import type { HealthCheck } from '../../facts/images.js';

/** The facts write `$` as Compose wants it. */
export function checkWords(test: readonly string[]): readonly string[] {
  return test.map((word) => word.replaceAll('$$', '$'));
}

export function checkTitle(words: readonly string[], known: HealthCheck | undefined): string {
  const price = known?.adapt ? 'adapt path and port; dependants wait for it' : 'dependants wait for it';
  return `Add a health check: \`${short(words.join(' '))}\` (${price})`;
}

function short(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
