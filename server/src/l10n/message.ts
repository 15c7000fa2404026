/**
 * Words for people: an English sentence with gaps, and what fills them. Kept apart until somebody shows it, because only
 * an editor has a language; everything that runs on the way handles messages without reading them.
 */

/** Made by `say`. The sentence is `parts` with `args` between them. */
export interface Message {
  readonly parts: readonly string[];
  readonly args: readonly Argument[];
  /** Its first letter: it begins a sentence, or goes on in one, which only English writes small. */
  readonly start?: 'capital' | 'small';
}

/** Names and code that are the same in each language, or words of their own: a sentence within the sentence. */
export type Argument = string | number | Message;

/**
 * ``say`Port ${port} of \`${name}\` is open` ``: a sentence that translators get as "Port {0} of `{1}` is open". Whole
 * sentences only: what is glued together from pieces cannot be said in another order.
 */
export function say(parts: TemplateStringsArray, ...args: readonly Argument[]): Message {
  return { parts, args };
}

/** Words that are data: the title of a rule, a fact. They are looked up whole. */
export function words(text: string): Message {
  return { parts: [text], args: [] };
}

/** The same with a capital letter at its start, whatever the language. */
export function sentence(message: Message): Message {
  return { ...message, start: 'capital' };
}

/** The same behind a colon or in the middle of a sentence. */
export function continued(message: Message): Message {
  return { ...message, start: 'small' };
}

/** `a, b, c`, which is the same in each language. */
export function listed(items: readonly Argument[]): Message {
  return { parts: items.length === 0 ? [''] : ['', ...items.slice(1).map(() => ', '), ''], args: items };
}

/** `a, b and c`. */
export function enumerated(items: readonly Argument[]): Message {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return listed(items);
  const [first = ''] = items;
  return say`${items.length === 2 ? first : listed(items.slice(0, -1))} and ${last}`;
}

/** `a, b and c`, and `a, b and 4 more` when there are more than `most`. */
export function shortened(items: readonly Argument[], most: number): Message {
  const rest = items.length - most + 1;
  return rest < 2 ? enumerated(items) : say`${listed(items.slice(0, most - 1))} and ${rest} more`;
}

/** `a, b or c`. */
export function either(items: readonly Argument[]): Message {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return listed(items);
  const [first = ''] = items;
  return say`${items.length === 2 ? first : listed(items.slice(0, -1))} or ${last}`;
}

/** As it is written, for the command line, reports and editors without a language of their own. */
export function english({ parts, args, start }: Message): string {
  let text = parts[0] ?? '';
  for (let index = 0; index < args.length; index++) {
    const argument = args[index];
    text += typeof argument === 'object' ? english(argument) : argument;
    text += parts[index + 1] ?? '';
  }
  if (start === 'small') return text.charAt(0).toLowerCase() + text.slice(1);
  return start === 'capital' ? capitalised(text) : text;
}

/** With a capital letter at its start; code stays as it is. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What translators find it under: `Port {0} of {1} is open`. */
export function keyOf({ parts }: Pick<Message, 'parts'>): string {
  return parts.reduce((key, part, index) => `${key}{${index - 1}}${part}`);
}

/** Whether two say the same, without putting them together. */
export function isSame(a: Message, b: Message): boolean {
  return (
    a === b ||
    (a.parts.length === b.parts.length &&
      a.parts.every((part, index) => part === b.parts[index]) &&
      a.args.every((one, index) => isSameArgument(one, b.args[index])))
  );
}

function isSameArgument(a: Argument, b: Argument | undefined): boolean {
  return typeof a === 'object' && typeof b === 'object' ? isSame(a, b) : a === b;
}
