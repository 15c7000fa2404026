/** The words of health checks: of those that facts know for an image, and of requests by curl and wget. */
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

/** Flags that change nothing about what is asked. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  curl: /^(?:-[fsSLgi46]+|--fail|--silent|--show-error|--location|-o|--output|\/dev\/null|-m|--max-time|\d+)$/,
  wget: /^(?:-q|-nv|-qO-?|-O-?|--quiet|--no-verbose|--spider|-|\/dev\/null|-t|-T|--t(?:ries|imeout)=\d+|--output-document=\S+|\d+)$/,
};

/** The one address that curl or wget is to ask for, when nothing but that is asked. */
export function addressIn(program: string, words: readonly string[]): string | undefined {
  const addresses = words.filter((word) => /^(?:https?:\/\/|localhost\b|127\.)/.test(word));
  const [only] = addresses;
  const rest = words.filter((word) => word !== only);
  if (only === undefined || rest.some((word) => HARMLESS[program]?.test(word) !== true)) return undefined;
  return /^[\w:/.?=%-]+$/.test(only) ? only : undefined;
}

/** Asks for the address and fails when that fails; `isRead`: the answer goes to the next command. */
export function requestBy(tool: 'curl' | 'wget', address: string, isRead: boolean): readonly string[] {
  return tool === 'wget'
    ? ['wget', '-q', '-O', isRead ? '-' : '/dev/null', address]
    : ['curl', '-fsS', ...(isRead ? [] : ['-o', '/dev/null']), address];
}

/** The address of a known check, written as a whole or put together with a port, replaced by the one that was asked. */
export function withAddress(word: string, address: string): string {
  if (!address.startsWith('http')) return word;
  return word.replace(
    /(["'])http:\/\/127\.0\.0\.1(?::\1\+\([^()]*\)|[\w:/.-]*\1)/,
    (_, quote: string) => quote + address + quote,
  );
}

export function useInstead(tool: string): Message {
  return say`Use \`${tool}\`, which the image has (the check runs then, and dependants wait for it)`;
}
