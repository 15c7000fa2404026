/** The command line tool as a function: words in, exit code out, everything else through `io`. */
import type { AnyRule } from '../rules/rule.js';
import { type Arguments, parseArguments } from './arguments.js';
import { helpFor } from './help.js';
import { type CliIo, complain, EXIT } from './io.js';

/** Runs a command. Commands are loaded when they are called: linting one file must start fast. */
export async function runCli(
  words: readonly string[],
  io: CliIo,
  loadRules: () => Promise<readonly AnyRule[]>,
): Promise<number> {
  const args = parseArguments(words);
  if ('error' in args) {
    complain(io, args.error);
    return EXIT.failed;
  }
  if (args.options.has('version')) {
    io.stdout.write(`${io.version}\n`);
    return EXIT.clean;
  }
  if (args.options.has('help')) {
    io.stdout.write(helpFor(args.command, words, io));
    return EXIT.clean;
  }
  try {
    return await runCommand(args, io, loadRules);
  } catch (error) {
    complain(io, `this should not have happened, please report it: ${describe(error)}`);
    return EXIT.failed;
  }
}

async function runCommand(
  args: Arguments,
  io: CliIo,
  loadRules: () => Promise<readonly AnyRule[]>,
): Promise<number> {
  switch (args.command.name) {
    case 'fix':
      return (await import('./fix.js')).fix(args, io, await loadRules());
    case 'effective':
      return (await import('./effective.js')).effective(args, io);
    case 'baseline':
      return (await import('./baseline.js')).baseline(args, io, await loadRules());
    case 'init':
      return (await import('./init.js')).init(args, io, await loadRules());
    case 'explain':
      return (await import('./explain.js')).explain(args, io, await loadRules());
    case 'rules':
      return (await import('./list-rules.js')).listRules(args, io, await loadRules());
    case 'lsp':
      return startServer(args, io);
    default:
      return (await import('./lint.js')).lint(args, io, await loadRules());
  }
}

/** The server keeps the process alive; the exit code counts when it ends by itself. */
function startServer({ options }: Arguments, io: CliIo): number {
  if (!options.has('stdio')) {
    complain(io, 'the language server speaks over standard input and output: `bulkhead lsp --stdio`.');
    return EXIT.failed;
  }
  try {
    io.startServer();
    return EXIT.clean;
  } catch (error) {
    complain(io, `the language server could not start: ${describe(error)}`);
    return EXIT.failed;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
