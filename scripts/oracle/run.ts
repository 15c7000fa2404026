/** The command line tool inside this process, in a folder. */
import { runCli } from '../../server/src/cli/run.js';
import { rules } from '../../server/src/rules/index.js';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function run(cwd: string, words: readonly string[]): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const sink = (parts: string[]) => ({
    write: (text: string) => void parts.push(text),
    isTerminal: false,
    columns: undefined,
  });
  const code = await runCli(
    words,
    {
      stdout: sink(out),
      stderr: sink(err),
      cwd,
      env: {},
      today: '2026-11-24',
      version: '0.0.0',
      readStdin: async () => new Uint8Array(),
      startServer: () => undefined,
    },
    async () => rules,
  );
  return { code, out: out.join(''), err: err.join('') };
}
