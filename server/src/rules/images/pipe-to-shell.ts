import { say } from '../../l10n/message.js';
import type { ShellCommand, ShellScript } from '../../model/build.js';
import { pipelineOf } from '../../model/pipelines.js';
import { defineRule, dockerDocs, owasp } from '../rule.js';

const DOWNLOADERS = new Set(['curl', 'wget', 'fetch', 'aria2c', 'http', 'https']);
const INTERPRETERS = new Set([
  'sh',
  'bash',
  'dash',
  'ash',
  'zsh',
  'ksh',
  'fish',
  'python',
  'python2',
  'python3',
  'perl',
  'ruby',
  'node',
  'php',
  'source',
  '.',
  'eval',
]);

export default defineRule({
  meta: {
    id: 'pipe-to-shell',
    practice: 'images',
    severity: 'warning',
    title: 'Downloaded script is run unseen',
    why: 'Whoever controls the server, or the way to it, runs any code in the build; a download that breaks off runs half a script.',
    advice:
      'Download to a file, compare it with a checksum or signature you know, then run it; or install a signed package.',
    presence: 'presence',
    profile: 'essential',
    fixes: [],
    references: [owasp(10), dockerDocs('building best practices', '/build/building/best-practices/')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind !== 'run' && step.kind !== 'cmd' && step.kind !== 'entrypoint') continue;
        for (const { download, runner } of unseenScripts(step.script)) {
          yield {
            at: download.programWord?.span ?? download.span,
            message: say`What \`${download.program}\` downloads is run by \`${runner}\` unseen: the server decides what happens here`,
          };
        }
      }
    },
  },
});

interface Unseen {
  readonly download: ShellCommand;
  readonly runner: string;
}

function* unseenScripts({ commands }: ShellScript): Iterable<Unseen> {
  for (const command of commands) {
    if (!DOWNLOADERS.has(command.program)) continue;
    const runner = pipedInto(commands, command) ?? substitutedInto(commands, command);
    if (runner !== undefined) yield { download: command, runner };
  }
}

/** `curl … | sudo tee x | bash`: an interpreter that reads the pipe, not a file of its own. */
function pipedInto(commands: readonly ShellCommand[], download: ShellCommand): string | undefined {
  const pipeline = pipelineOf(commands, download);
  return pipeline
    .slice(pipeline.indexOf(download) + 1)
    .find((one) => INTERPRETERS.has(one.program) && readsInput(one))?.program;
}

/** `bash`, `bash -s -- args`, `python3 -`; not `python3 -c '…'` or `bash script.sh`, which only take it as data. */
function readsInput(command: ShellCommand): boolean {
  const values = command.args.map((word) => word.value);
  if (values.some((value) => /^-[a-z]*[ce]$/.test(value) || value === '-m')) return false;
  if (values.some((value) => /^-[a-z]*s$/.test(value) || value === '-' || value === '/dev/stdin'))
    return true;
  return values.every((value) => value.startsWith('-'));
}

/** `sh -c "$(curl …)"`, `bash <(curl …)`, `eval "$(wget …)"`, `. <(curl …)`. */
function substitutedInto(commands: readonly ShellCommand[], download: ShellCommand): string | undefined {
  if (download.context !== 'substitution' || download.parent === undefined) return undefined;
  const outer = commands[download.parent];
  return outer && INTERPRETERS.has(outer.program) ? outer.program : undefined;
}
