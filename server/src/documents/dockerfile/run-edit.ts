/**
 * Edits of shell text in RUN: a command behind the last one, two RUNs made one. They follow the layout of what is
 * there; where the end of the script cannot be told for certain (comments, background jobs, heredocs) there is no edit.
 */
import type { RunStep, ShellCommand } from '../../model/build.js';
import { oncePer } from '../../model/once-per.js';
import type { DockerfileInstruction, DockerfileTree } from '../../syntax/dockerfile/tree.js';
import type { Edit } from '../../text/edit.js';
import type { SourceText } from '../../text/source-text.js';

/** What stands between two commands on different lines. */
interface Layout {
  readonly before: string;
  readonly indent: string;
  readonly after: string;
}

/** `&& command` at the end of a RUN: on a line of its own when the RUN has several. */
export function appendCommand(
  source: SourceText,
  tree: DockerfileTree,
  step: RunStep,
  command: string,
): readonly Edit[] | undefined {
  const run = runOf(tree, step);
  const at = run && endOfScript(source, step, run);
  if (at === undefined || run === undefined) return undefined;
  const isMultiLine = source.lineAt(step.span.start) !== source.lineAt(at);
  let text = ` && ${command}`;
  if (step.form === 'heredoc') {
    const line = source.slice(source.lineSpan(source.lineAt(at)));
    if (stopsAtErrors(step)) text = source.eol + (/^[ \t]*/.exec(line)?.[0] ?? '') + command;
  } else if (isMultiLine && run.heredocs.length === 0) {
    const { before, indent, after } = layoutOf(source, tree, step);
    text = before + source.eol + indent + after + command;
  }
  return [{ span: { start: at, end: at }, text }];
}

/** Two neighbours as one RUN; comments between them stay where they are. */
export function joinRuns(
  source: SourceText,
  tree: DockerfileTree,
  first: RunStep,
  second: RunStep,
): readonly Edit[] | undefined {
  const [a, b] = [runOf(tree, first), runOf(tree, second)];
  if (a === undefined || b === undefined || [first, second].some((step) => step.form !== 'shell'))
    return undefined;
  if (a.flags.length + b.flags.length + a.heredocs.length + b.heredocs.length > 0) return undefined;
  const at = endOfScript(source, first, a);
  // Something behind the last command would end up in the middle.
  if (at === undefined || at !== a.span.end || !second.script.complete) return undefined;
  const lines = source.text.slice(at, b.span.start).split(/\r?\n/).slice(1, -1);
  if (lines.some((line) => !/^\s*(?:#.*)?$/.test(line))) return undefined;
  const { before, indent, after } = layoutOf(source, tree, first);
  const comments = lines.filter((line) => line.trim() !== '');
  return [
    {
      span: { start: at, end: b.argumentSpan.start },
      text: [before, ...comments, indent + after].join(source.eol),
    },
  ];
}

/** The RUN itself, also behind ONBUILD. */
function runOf(tree: DockerfileTree, step: RunStep): DockerfileInstruction | undefined {
  const found = instructionsAt(tree).get(step.span.start);
  return step.onbuild ? found?.trigger : found;
}

/** By the offset where an instruction begins, and where the one behind its ONBUILD does. */
const instructionsAt = oncePer(
  ({ instructions }: DockerfileTree) =>
    new Map(
      instructions.flatMap((one) => [
        [one.span.start, one] as const,
        ...(one.trigger ? [[one.trigger.span.start, one] as const] : []),
      ]),
    ),
);

const CLOSERS = /^(?:(?:\s|;|[\\`][ \t]*\r?\n)*(?:\b(?:fi|done|esac)\b|[})]))*/;

/** The offset behind the last command or the bracket or keyword that closes it; undefined when that is not certain. */
function endOfScript(source: SourceText, step: RunStep, run: DockerfileInstruction): number | undefined {
  if (step.shell !== 'posix' || step.form === 'exec' || !step.script.complete) return undefined;
  const { commands } = step.script;
  const last = Math.max(0, ...commands.map((command) => command.span.end));
  if (last === 0 || commands.some(({ span, program }) => span.end === last && program === 'exit'))
    return undefined;
  const [body] = run.heredocs;
  const end =
    step.form === 'heredoc' ? body?.body.end : run.heredocs.length > 0 ? run.argumentSpan.end : run.span.end;
  if (end === undefined || last > end) return undefined;
  const tail = source.text.slice(last, end);
  const closed = last + (CLOSERS.exec(tail)?.[0].length ?? 0);
  const rest = source.text.slice(closed, end);
  return /^(?:[ \t]*;?\s*|[ \t]+#[^\n]*\s*)$/.test(rest) ? closed : undefined;
}

/** How the lines of this RUN are joined: `&&` at their end or at their beginning. */
function layoutOf(source: SourceText, tree: DockerfileTree, step: RunStep): Layout {
  const layouts = separators(step.script.commands).flatMap(([start, end]): Layout[] => {
    const found = SEPARATOR.exec(source.text.slice(start, end));
    if (found === null) return [];
    const [, before = '', lead = '', indent = '', after = ''] = found;
    if ((before === '') === (after === '')) return [];
    // Without `set -e` a `;` would go on after a failure that ends the build today.
    const join = (before || after) === ';' && stopsAtErrors(step) ? ';' : '&&';
    const gap = join === ';' ? '' : ' ';
    return before === ''
      ? [{ before: `${lead === '' ? ' ' : lead}${tree.escape}`, indent, after: `${join} ` }]
      : [{ before: `${gap}${join} ${tree.escape}`, indent, after: '' }];
  });
  const narrowest = Math.min(...layouts.map((layout) => layout.indent.length));
  const own = layouts.findLast((layout) => layout.indent.length === narrowest);
  if (own !== undefined) return own;
  const first = source.lineAt(step.span.start);
  const next = source.lineSpan(first + 1);
  const isMultiLine = next.end > next.start && next.start < step.span.end;
  const indent = isMultiLine ? (/^[ \t]*/.exec(source.slice(next))?.[0] ?? '') : '    ';
  return { before: ` ${tree.escape}`, indent: indent === '' ? '    ' : indent, after: '&& ' };
}

const SEPARATOR = /^[ \t]*(&&|;|)([ \t]*)[\\`][ \t]*\r?\n([ \t]*)(&&|;|)[ \t]*$/;

/** The texts between neighbouring commands of the script itself. */
function separators(commands: readonly ShellCommand[]): readonly (readonly [number, number])[] {
  const own = commands.filter((command) => command.context === 'list');
  return own.flatMap((command, i) => {
    const previous = own[i - 1];
    return previous && previous.span.end <= command.span.start
      ? [[previous.span.end, command.span.start] as const]
      : [];
  });
}

function stopsAtErrors(step: RunStep): boolean {
  const [first] = step.script.commands;
  return (
    first?.program === 'set' &&
    first.args.some(
      ({ value }, i) =>
        /^-[a-z]*e/.test(value) || (value === 'errexit' && /^-[a-z]*o$/.test(first.args[i - 1]?.value ?? '')),
    )
  );
}
