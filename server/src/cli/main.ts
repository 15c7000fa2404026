/** Connects the command line tool to its process. Nothing else happens here, so that tests never need this file. */
import { createRequire } from 'node:module';
import { version } from '../../../package.json';
import type { CliIo, Sink } from './io.js';
import { runCli } from './run.js';

const { stdout, stderr } = process;

// `bulkhead lint | head`: the reader has had enough, which is no error.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

const sink = (stream: NodeJS.WriteStream): Sink => ({
  write: (text) => void stream.write(text),
  isTerminal: stream.isTTY === true,
  columns: stream.columns,
});

const io: CliIo = {
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

process.exitCode = await runCli(
  process.argv.slice(2),
  io,
  async () => (await import('../rules/index.js')).rules,
);

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function localDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
