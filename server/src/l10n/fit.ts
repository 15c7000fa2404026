/** Messages that fit into one line of a list of problems: long names in them lose their middle. */
import type { Argument, Message } from './message.js';

/** Characters that a message of a finding has room for, as lists of problems show it. */
export const LINE = 100;
/** Names up to this length stay whole. */
export const NAME = 32;
const DIGEST = /\b([0-9a-f]{7})[0-9a-f]{25,}\b/g;

/**
 * The same message, with names shortened where it is longer than a line: image references, addresses, paths. They stand
 * whole at the place of the finding. What is long by its own words stays long.
 */
export function fitted(message: Message): Message {
  const excess = lengthOf(message) - LINE;
  if (excess <= 0) return message;
  const names = namesIn(message);
  if (names.length === 0) return message;
  const written = names.reduce((sum, name) => sum + name.length, 0);
  const most = Math.max(NAME, Math.floor((written - excess) / names.length));
  return withNames(message, most);
}

/** The first that fits into a line; the last when none does. They say the same, with less and less beside it. */
export function fullest(first: Message, ...shorter: readonly Message[]): Message {
  return [first, ...shorter].find((one) => lengthOf(one) <= LINE) ?? shorter.at(-1) ?? first;
}

/** Digests lose all but their start; what is still longer than `most` loses its middle, and keeps the end, where tags are. */
export function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const text = name.replace(DIGEST, '$1…');
  if (text.length <= most) return text;
  const end = Math.ceil(((most - 1) * 3) / 5);
  const tail = text.slice(text.length - end).replace(/^[\uDC00-\uDFFF]/, '');
  return `${text.slice(0, most - 1 - end).replace(/[\uD800-\uDBFF]$/, '')}…${tail}`;
}

/** In English. */
function lengthOf({ parts, args }: Message): number {
  const own = parts.reduce((sum, part) => sum + part.length, 0);
  return args.reduce<number>(
    (sum, one) => sum + (typeof one === 'object' ? lengthOf(one) : String(one).length),
    own,
  );
}

function namesIn({ args }: Message): readonly string[] {
  return args.flatMap((one) => (typeof one === 'object' ? namesIn(one) : isLongName(one) ? [one] : []));
}

function withNames(message: Message, most: number): Message {
  const args = message.args.map((one) => {
    if (typeof one === 'object') return withNames(one, most);
    return isLongName(one) ? shortened(one, most) : one;
  });
  return { ...message, args };
}

function isLongName(one: Argument): one is string {
  return typeof one === 'string' && one.length > NAME && !/\s/.test(one);
}
