/** Connects the command line tool to its process. Nothing else happens here, so that tests never need this file. */
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { version } from '../../../package.json';
import { type CliIo, EXIT, type Sink } from './io.js';
import { runCli } from './run.js';

const { stdout, stderr } = process;

for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `bulkhead lint | head`: the reader has had enough, which is no failure.
    process.exit(error.code === 'EPIPE' ? process.exitCode : EXIT.failed);
  });
}

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const words = process.argv.slice(2);
    return await runCli(words, connect(), async () => {
      optimiseLate();
      return (await import('../rules/index.js')).rules;
    });
  } catch (error) {
    // For one, the current folder may have been deleted.
    stderr.write(`bulkhead: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.failed;
  }
}

/**
 * A run is over after a second or two, in which V8 would spend as much time on optimising functions as on running them,
 * most of them for nothing. The budget is how many bytes of code a function runs through before that is considered.
 */
function optimiseLate(): void {
  setFlagsFromString('--interrupt-budget=1000000');
}

function connect(): CliIo {
  return {
    stdout: sink(stdout),
    stderr: sink(stderr),
    cwd: process.cwd(),
    env: process.env,
    today: localDay(new Date()),
    version,
    readStdin,
    // The server is a bundle of its own beside this one, so that linting does not load it.
    startServer: () => void createRequire(import.meta.url)('./server.cjs'),
  };
}

function sink(stream: NodeJS.WriteStream): Sink {
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    columns: stream.columns,
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function localDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
