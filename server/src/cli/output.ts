/** Where a report goes: standard output, or the file that `--output` names. */
import { statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Arguments } from './arguments.js';
import type { CliIo } from './io.js';
import { reasonOf } from './read-file.js';
import { optionValue } from './selection.js';
import { createFile, replaceFile } from './write-file.js';

export interface Output {
  /** As given, but with a standard output that has the colours and the width of the place where the report goes. */
  readonly io: CliIo;
  /** Writes the whole report; what went wrong, or undefined. */
  finish(text: string): string | undefined;
}

export function openOutput(args: Arguments, io: CliIo): Output {
  const path = optionValue(args, 'output');
  if (path === undefined || path === '-') {
    return { io, finish: (text) => void io.stdout.write(text) };
  }
  const absolute = resolve(io.cwd, path);
  return {
    io: { ...io, stdout: { ...io.stdout, isTerminal: false, columns: undefined } },
    finish(text) {
      try {
        write(absolute, text);
        return undefined;
      } catch (error) {
        return `the report could not be written: ${path} ${reasonOf(error)}.`;
      }
    },
  };
}

/** Throws. A device or a pipe (`/dev/null`) is written to; only a real file is replaced. */
function write(path: string, text: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined) createFile(path, text);
  else if (there.isFile()) replaceFile(path, text);
  else writeFileSync(path, text);
}
