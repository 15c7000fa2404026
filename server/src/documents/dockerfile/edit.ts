/** StageEditor: whole instructions in and out, words replaced, in the file's own line breaks and indentation. */
import type { StageEditor, Step } from '../../model/build.js';
import { oncePer } from '../../model/once-per.js';
import type { DockerfileTree } from '../../syntax/dockerfile/tree.js';
import type { Edit } from '../../text/edit.js';
import { once } from '../../text/once.js';
import type { SourceText } from '../../text/source-text.js';
import { contains, type Span } from '../../text/span.js';
import { appendCommand, joinRuns } from './run-edit.js';

/** `end`: the offset behind the stage's last instruction; `from`: the span of its FROM. */
export function stageEditor(
  source: SourceText,
  tree: DockerfileTree,
  from: Span,
  end: () => number,
): StageEditor {
  const commentLines = once(() => new Set(tree.comments.map(({ span }) => source.lineAt(span.start))));
  const after = (offset: number, indent: string, instructions: readonly string[]): Edit => {
    const line = source.lineSpan(source.lineAt(Math.max(0, offset - 1)));
    const at = Math.max(line.end, offset);
    return {
      span: { start: at, end: at },
      text: instructions.map((one) => source.eol + indent + one).join(''),
    };
  };
  return {
    insertBefore(step, instructions) {
      const line = firstCommentLine(source, commentLines(), source.lineAt(step.span.start));
      const at = source.lineStarts[line] ?? 0;
      return [
        {
          span: { start: at, end: at },
          text: instructions.map((one) => indentOf(source, step) + one + source.eol).join(''),
        },
      ];
    },
    insertAfter: (step, instructions) => [after(step.span.end, indentOf(source, step), instructions)],
    append: (instructions) => [after(end(), '', instructions)],
    prepend: (instructions) => [after(from.end, '', instructions)],
    remove: (step) => [removeLines(source, step.span)],
    removeStage() {
      const whole = { start: from.start, end: end() };
      // Comments in there would go too; what they are worth, only the user knows.
      if (tree.comments.some(({ span }) => contains(whole, span))) return [];
      return [removeLines(source, withBlankLines(source, whole))];
    },
    replace: (at, text) => [{ span: at, text }],
    removeWord(at) {
      const listed = jsonItem(tree, at);
      if (listed !== undefined) return [{ span: listed, text: '' }];
      let start = at.start;
      while (start > 0 && /[ \t]/.test(source.text[start - 1] ?? '')) start--;
      const atLineStart = start === source.lineSpan(source.lineAt(start)).start;
      if (!atLineStart) return [{ span: { start, end: at.end }, text: '' }];
      // First word of a continuation line: the blanks behind it go, its indentation stays.
      let next = at.end;
      while (/[ \t]/.test(source.text[next] ?? '')) next++;
      const behind = continuationBefore(source, start);
      if (behind !== undefined && /^(?:[\r\n]|$)/.test(source.text.slice(next, next + 1)))
        return [{ span: { start: behind, end: at.end }, text: '' }];
      return /[\r\n\\`]/.test(source.text[next] ?? '\n') && isOnlyContinuation(source, at, next)
        ? [removeLines(source, at)]
        : [{ span: { start: at.start, end: next }, text: '' }];
    },
    appendCommand: (step, command) => appendCommand(source, tree, step, command),
    joinRuns: (first, second) => joinRuns(source, tree, first, second),
    addWord: (word, text) => [{ span: { start: word.end, end: word.end }, text: ` ${text}` }],
  };
}

/** What goes with a string of the JSON form: the comma before it, or the one behind the first. */
function jsonItem(tree: DockerfileTree, at: Span): Span | undefined {
  const found = jsonItems(tree).get(at.start);
  if (found === undefined || found.item.end !== at.end) return undefined;
  const { before, after } = found;
  if (before) return { start: before.end, end: at.end };
  return { start: at.start, end: after?.start ?? at.end };
}

interface JsonItem {
  readonly item: Span;
  readonly before: Span | undefined;
  readonly after: Span | undefined;
}

/** The strings of all JSON forms by the offset where they begin. */
const jsonItems = oncePer(
  ({ instructions }: DockerfileTree): ReadonlyMap<number, JsonItem> =>
    new Map(
      instructions.flatMap(({ json, trigger }) => {
        const items = json ?? trigger?.json ?? [];
        return items.map(({ span: item }, index) => [
          item.start,
          { item, before: items[index - 1]?.span, after: items[index + 1]?.span },
        ]);
      }),
    ),
);

/** Where the continuation mark at the end of the line above begins, with the blanks before it. */
function continuationBefore(source: SourceText, lineStart: number): number | undefined {
  const line = source.lineAt(lineStart);
  if (line === 0) return undefined;
  const above = source.lineSpan(line - 1);
  const text = source.text.slice(above.start, above.end);
  const mark = /[ \t]*[\\`][ \t]*$/.exec(text);
  return mark === null || text.trimStart().startsWith('#') ? undefined : above.start + mark.index;
}

function isOnlyContinuation(source: SourceText, at: Span, next: number): boolean {
  const line = source.lineSpan(source.lineAt(at.start));
  return /^[\\`][ \t]*$/.test(source.text.slice(next, line.end));
}

/** The comments directly above an instruction speak about it: new instructions go above them. */
function firstCommentLine(source: SourceText, comments: ReadonlySet<number>, line: number): number {
  let first = line;
  while (
    first > 0 &&
    comments.has(first - 1) &&
    source
      .slice(source.lineSpan(first - 1))
      .trimStart()
      .startsWith('#')
  )
    first--;
  return first;
}

function indentOf(source: SourceText, step: Step): string {
  const line = source.lineSpan(source.lineAt(step.span.start));
  return /^[ \t]*/.exec(source.text.slice(line.start, step.span.start))?.[0] ?? '';
}

/** The span and the blank lines behind it. */
function withBlankLines(source: SourceText, { start, end }: Span): Span {
  let line = source.lineAt(end);
  while (line + 1 < source.lineStarts.length - 1 && source.slice(source.lineSpan(line + 1)).trim() === '')
    line++;
  return { start, end: source.lineSpan(line).end };
}

/** Whole lines of a span with their line break; at the end of the text the break before them. */
function removeLines(source: SourceText, at: Span): Edit {
  const first = source.lineAt(at.start);
  const start = source.lineStarts[first] ?? 0;
  const last = source.lineAt(Math.max(at.start, at.end - 1));
  const next = source.lineStarts[last + 1];
  if (next !== undefined) return { span: { start, end: next }, text: '' };
  return {
    span: { start: first === 0 ? 0 : source.lineSpan(first - 1).end, end: source.text.length },
    text: '',
  };
}
