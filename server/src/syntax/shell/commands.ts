/** Simple commands: assignments, words and redirects up to the next operator. */
import { spanIn } from '../joined-text.js';
import { readNested, scriptPlace, scriptText } from './nested.js';
import { type CommandDraft, isShellBlank, type Reader, skipComment, skipShellBlanks } from './reader.js';
import type { ShellJoin, ShellRedirect, ShellWord } from './tree.js';
import { isAssignment, type RawWord, readWord, shellWord } from './words.js';
import { resolveProgram } from './wrappers.js';

const REDIRECT = /(?:\d+|\{[A-Za-z_]\w*\})?(?:<<<|<<-|<<|<>|<&|<|>>|>\||>&|>)|&>>|&>/y;

/** The redirect operator at `pos`, or undefined; `<(` and `>(` are none. */
function redirectAt({ text }: Reader, pos: number): string | undefined {
  REDIRECT.lastIndex = pos;
  const found = REDIRECT.exec(text)?.[0];
  return found !== undefined && /^[<>]$/.test(found) && text[pos + 1] === '(' ? undefined : found;
}

const MAY_REDIRECT = /[\d{<>&]/;

interface ReadRedirect {
  readonly redirect: ShellRedirect;
  readonly target: RawWord | undefined;
  /** Where it ends in the text being read. */
  readonly end: number;
}

/** Reads a redirect with its target; undefined when there is none at the place. */
export function readRedirect(reader: Reader): ReadRedirect | undefined {
  const { text, source, pos: start, output } = reader;
  if (!MAY_REDIRECT.test(text[start] ?? '')) return undefined;
  const operator = redirectAt(reader, start);
  if (operator === undefined) return undefined;
  reader.pos += operator.length;
  const behind = spanIn(source, start, reader.pos).end;
  skipShellBlanks(reader);
  const raw = isWordStart(reader) ? readWord(reader) : undefined;
  if (!raw) output.complete = false;
  const target = raw
    ? shellWord(reader, raw)
    : { span: { start: behind, end: behind }, value: '', literal: false, quoted: false };
  const heredoc = /(?<!<)<<-?$/.exec(operator)?.[0];
  if (raw && heredoc) {
    reader.heredocs.push({
      command: output.muted > 0 ? undefined : reader.current,
      delimiter: raw.value,
      quoted: raw.marked,
      stripTabs: heredoc === '<<-',
      isInput: /^0?</.test(operator),
    });
  }
  const end = raw?.end ?? start + operator.length;
  return { redirect: { operator, target, span: spanIn(source, start, end) }, target: raw, end };
}

/** Whether a word starts here, not a blank, an operator or the end. */
export function isWordStart({ text, pos }: Reader): boolean {
  const char = text[pos];
  if (char === undefined || char === '\n' || isShellBlank(char.charCodeAt(0))) return false;
  if (char === '<' || char === '>') return text[pos + 1] === '(';
  return !';&|()'.includes(char);
}

/** Reads a command of at least one word or redirect and lists it, then the scripts in its words. */
export function readCommand(reader: Reader, join: ShellJoin, pipeline: number): void {
  const { output, source, parent } = reader;
  const start = reader.pos;
  const isListed = output.muted === 0;
  const number = isListed ? output.commands.push(undefined) - 1 : undefined;
  const outer = reader.current;
  reader.current = number;
  const assignments: ShellWord[] = [];
  const raws: RawWord[] = [];
  const redirects: ShellRedirect[] = [];
  let hereString: RawWord | undefined;
  let end = start;
  for (;;) {
    skipShellBlanks(reader);
    const found = readRedirect(reader);
    if (found) {
      redirects.push(found.redirect);
      if (found.redirect.operator === '<<<') hereString = found.target;
      end = found.end;
    } else if (reader.text[reader.pos] === '#') {
      skipComment(reader);
      break;
    } else if (isWordStart(reader)) {
      const word = readWord(reader);
      if (raws.length === 0 && isAssignment(reader, word)) {
        assignments.push({ ...shellWord(reader, word), literal: !word.variable });
      } else raws.push(word);
      end = word.end;
    } else break;
  }
  reader.current = outer;
  const words = raws.map((word) => shellWord(reader, word));
  const { program, index, wrappers } = resolveProgram(words);
  const args = index < 0 ? [] : words.slice(index + 1);
  const place = scriptPlace(program, args);
  if (number !== undefined) {
    output.commands[number] = {
      span: spanIn(source, start, end),
      assignments,
      words,
      program,
      programWord: words[index],
      args,
      wrappers,
      redirects,
      join,
      pipeline,
      context: reader.context,
      parent,
      input: hereString?.value,
    } satisfies CommandDraft;
  }
  if (place === 'input') {
    if (hereString) readNested(reader, scriptText(reader, [hereString]), number);
  } else if (place) {
    readNested(reader, scriptText(reader, raws.slice(index + 1 + place.from, index + 1 + place.to)), number);
  }
}
