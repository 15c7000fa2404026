/** The commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK, in whatever form they are written. */
import type { Span } from '../../text/span.js';
import { parseExecForm } from '../shell/exec.js';
import { isPosixShell } from '../shell/nested.js';
import { parseShell } from '../shell/parse.js';
import { baseName } from '../shell/wrappers.js';
import type {
  DockerfileInstruction,
  DockerfileTree,
  DockerfileWord,
  ShellKind,
  ShellScript,
} from './tree.js';

export interface RunScript {
  readonly script: ShellScript;
  /**
   * 'heredoc': the body of one here-document is the whole command. Heredocs that are input of a command belong to
   * 'shell': their text is the `input` of that command.
   */
  readonly form: 'shell' | 'exec' | 'heredoc';
}

const NO_SCRIPT: ShellScript = { commands: [], complete: true };

/**
 * Reads the commands of an instruction; ONBUILD and HEALTHCHECK stand for what is behind them. `shell` is what SHELL
 * says at this place; the text of a shell that is not understood gives no commands. Other instructions give none. `parse`
 * stands for `parseShell`: it may have the answer already.
 */
export function runScript(
  text: string,
  tree: Pick<DockerfileTree, 'escape'>,
  instruction: DockerfileInstruction,
  shell: { readonly kind: ShellKind; readonly parse?: typeof parseShell },
): RunScript {
  const { keyword, trigger, json, heredocs, argumentSpan, span } = instruction;
  const { parse = parseShell } = shell;
  if (keyword === 'ONBUILD' || keyword === 'HEALTHCHECK') {
    return trigger ? runScript(text, tree, trigger, shell) : { script: NO_SCRIPT, form: 'shell' };
  }
  if (keyword !== 'RUN' && keyword !== 'CMD' && keyword !== 'ENTRYPOINT') {
    return { script: NO_SCRIPT, form: 'shell' };
  }
  if (json) return { script: parseExecForm(json), form: 'exec' };
  const body = wholeCommand(instruction);
  if (body) {
    const kind = interpreterKind(text, body) ?? shell.kind;
    return { script: kind === 'posix' ? parse(text, body) : NO_SCRIPT, form: 'heredoc' };
  }
  if (shell.kind !== 'posix') return { script: NO_SCRIPT, form: 'shell' };
  const region = heredocs.length > 0 ? { start: argumentSpan.start, end: span.end } : argumentSpan;
  return { script: parse(text, region, { escape: tree.escape, dockerfile: true }), form: 'shell' };
}

/** The body that is run as a script of its own: the only heredoc, and nothing else on the line. */
function wholeCommand({ heredocs, argumentSpan }: DockerfileInstruction): Span | undefined {
  const [only] = heredocs;
  const isAlone = only?.opener.start === argumentSpan.start && only.opener.end === argumentSpan.end;
  return isAlone && heredocs.length === 1 ? only.body : undefined;
}

/** What the `#!` line of a body asks for; undefined without one. */
function interpreterKind(text: string, body: Span): ShellKind | undefined {
  // The tabs in front are gone when BuildKit looks at the text, if the heredoc is one of `<<-`.
  const line = /^\t*#!([^\n]*)/.exec(text.slice(body.start, Math.min(body.end, body.start + 200)))?.[1];
  if (line === undefined) return undefined;
  const [program = '', ...args] = line.trim().split(/\s+/);
  const name = baseName(program) === 'env' ? args.find((arg) => !arg.startsWith('-')) : program;
  return kindOfProgram(name ?? '');
}

/**
 * Which shell the JSON words of SHELL name; `conda run -n x bash -c` is bash. Without SHELL: what Docker takes by
 * default, `cmd` for Windows. A backtick as escape character means Windows too, but not for certain.
 */
export function shellKindOf(
  words: readonly Pick<DockerfileWord, 'value'>[] | undefined,
  hint: { readonly escape?: '\\' | '`'; readonly platform?: string } = {},
): ShellKind {
  if (words) {
    const kinds = words.map(({ value }) => kindOfProgram(value));
    return kinds.find((kind) => kind !== 'unknown') ?? 'unknown';
  }
  if (hint.platform !== undefined) return /^windows/i.test(hint.platform) ? 'cmd' : 'posix';
  return hint.escape === '`' ? 'unknown' : 'posix';
}

function kindOfProgram(path: string): ShellKind {
  const name = baseName(path.replaceAll('\\', '/'))
    .toLowerCase()
    .replace(/\.exe$/, '');
  if (isPosixShell(name) || name === 'busybox') return 'posix';
  if (name === 'pwsh' || name === 'powershell') return 'powershell';
  return name === 'cmd' ? 'cmd' : 'unknown';
}
