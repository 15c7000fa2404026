/** Messages in another language than English. */
import { capitalised, english, keyOf, type Message } from './message.js';

/** English sentences with the same in another language; gaps are `{0}`. What is not in it stays English. */
export type Bundle = Readonly<Record<string, string>>;

/** Puts a message into the words of one language. */
export type Tell = (message: Message) => string;

/** Text, and numbers of arguments, in the order of the other language. */
type Pieces = readonly (string | number)[];

/** Without a bundle: English. Sentences are looked up when they are first told. */
export function teller(bundle: Bundle | undefined): Tell {
  if (bundle === undefined) return english;
  const known = new WeakMap<Message['parts'], Pieces>();
  const piecesOf = (message: Message): Pieces => {
    const key = keyOf(message);
    const text = Object.hasOwn(bundle, key) ? bundle[key] : undefined;
    const pieces = piecesIn(text ?? key, message.args.length);
    known.set(message.parts, pieces);
    return pieces;
  };
  const tell: Tell = (message) => {
    let text = '';
    for (const piece of known.get(message.parts) ?? piecesOf(message)) {
      const told = typeof piece === 'number' ? message.args[piece] : piece;
      text += typeof told === 'object' ? tell(told) : told;
    }
    return message.start === 'capital' ? capitalised(text) : text;
  };
  return tell;
}

/** Numbers beyond the arguments are text: code may hold braces. */
function piecesIn(text: string, gaps: number): Pieces {
  return text.split(/(\{\d+\})/).map((piece) => {
    const gap = /^\{(\d+)\}$/.exec(piece)?.[1];
    return gap !== undefined && Number(gap) < gaps ? Number(gap) : piece;
  });
}
