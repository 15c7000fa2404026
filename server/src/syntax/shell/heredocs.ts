/** The here-documents of the shell: bodies that follow the line with their `<<NAME`. */
import { type JoinedText, joiner } from '../joined-text.js';
import { readExpansions } from './expansions.js';
import { readNested, scriptPlace } from './nested.js';
import { innerReader, type PendingHeredoc, type Reader } from './reader.js';

/** Reads the bodies that are due, from the start of a line on. */
export function readHeredocs(reader: Reader): void {
  for (const pending of reader.heredocs.splice(0)) readBody(reader, pending);
}

function readBody(reader: Reader, pending: PendingHeredoc): void {
  const { text, source, output } = reader;
  const body = joiner();
  let isClosed = false;
  while (reader.pos < text.length && !isClosed) {
    const found = text.indexOf('\n', reader.pos);
    const stop = found < 0 ? text.length : found;
    let from = reader.pos;
    if (pending.stripTabs) while (text[from] === '\t') from++;
    isClosed = stop - from === pending.delimiter.length && text.startsWith(pending.delimiter, from);
    const next = Math.min(stop + 1, text.length);
    if (!isClosed) body.add(source, from, next);
    reader.pos = next;
  }
  if (!isClosed) output.complete = false;
  useBody(reader, pending, body.done());
}

function useBody(reader: Reader, { command, quoted, isInput }: PendingHeredoc, body: JoinedText): void {
  const { output, current } = reader;
  reader.current = command;
  if (!quoted && /[$`]/.test(body.text)) {
    const inner = innerReader(reader, body, reader.context);
    readExpansions(inner, body.text.length);
  }
  reader.current = current;
  const draft = command === undefined ? undefined : output.commands[command];
  if (!draft || !isInput) return;
  draft.input = body.text;
  if (scriptPlace(draft.program, draft.args) === 'input') {
    readNested(reader, quoted ? body : withoutEscapes(body), command);
  }
}

/** What the program receives of an unquoted body: `\$` is `$`. */
function withoutEscapes(body: JoinedText): JoinedText {
  if (!body.text.includes('\\')) return body;
  const joined = joiner();
  let from = 0;
  for (const { index } of body.text.matchAll(/\\[$`\\\n]/g)) {
    joined.add(body, from, index);
    from = body.text[index + 1] === '\n' ? index + 2 : index + 1;
  }
  joined.add(body, from, body.text.length);
  return joined.done();
}
