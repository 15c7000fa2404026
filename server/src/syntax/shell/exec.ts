/** The exec form: words without a shell, `["nginx", "-g", "daemon off;"]`. */
import { type JoinedText, joiner, textOfSpan } from '../joined-text.js';
import { readList } from './lists.js';
import { readNested, scriptPlace } from './nested.js';
import { inOrder } from './parse.js';
import { newReader } from './reader.js';
import type { ShellScript, ShellWord } from './tree.js';
import { resolveProgram } from './wrappers.js';
import type { Span } from '../../text/span.js';

/** A word of the exec form; a `DockerfileWord` of the JSON form is one. */
export interface ExecWord {
  readonly span: Span;
  readonly value: string;
  /** As written, with its quotes. */
  readonly raw: string;
}

/**
 * One command, as nothing but its words is known to the kernel: `$HOME` and `*` are literal. `["sh", "-c", "…"]` gives
 * the commands of the script too. No command for no words.
 */
export function parseExecForm(words: readonly ExecWord[]): ShellScript {
  const first = words[0];
  const last = words.at(-1);
  if (!first || !last) return { commands: [], complete: true };
  const shellWords: ShellWord[] = words.map(({ span, value }) => ({
    span,
    value,
    literal: true,
    quoted: true,
  }));
  const { program, index, wrappers } = resolveProgram(shellWords);
  const args = index < 0 ? [] : shellWords.slice(index + 1);
  const reader = newReader({ text: '', starts: [0], origins: [first.span.start] }, readList);
  reader.output.commands.push({
    span: { start: first.span.start, end: last.span.end },
    assignments: [],
    words: shellWords,
    program,
    programWord: shellWords[index],
    args,
    wrappers,
    redirects: [],
    join: 'first',
    pipeline: ++reader.output.pipelines,
    context: 'list',
    parent: undefined,
    input: undefined,
  });
  // Without a shell, `eval` and `trap` are no commands, whatever a file of that name does.
  const place = program === 'eval' || program === 'trap' ? undefined : scriptPlace(program, args);
  const script = place && place !== 'input' ? words[index + 1 + place.from] : undefined;
  if (script) {
    reader.output.lookahead += 4 * script.value.length;
    readNested(reader, textOfWord(script), 0);
  }
  const { commands, complete } = reader.output;
  return { commands: inOrder(commands.filter((command) => command !== undefined)), complete };
}

const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|.)/g;

/** The value of the word with the place of each character, as far as escapes are what differs from the raw text. */
function textOfWord({ raw, span, value }: ExecWord): JoinedText {
  const isWhole = raw.length === span.end - span.start && raw.length >= 2;
  if (!isWhole) return textOfSpan(value, span);
  const content: JoinedText = { text: raw, starts: [0], origins: [span.start] };
  const joined = joiner();
  let from = 1;
  for (const found of raw.matchAll(ESCAPE)) {
    joined.add(content, from, found.index);
    // One escape is one UTF-16 unit, so the lengths read so far tell which one.
    const at = joined.length();
    joined.addText(value.slice(at, at + 1), span.start + found.index);
    from = found.index + found[0].length;
  }
  joined.add(content, from, raw.length - 1);
  const result = joined.done();
  return result.text === value ? result : textOfSpan(value, span);
}
