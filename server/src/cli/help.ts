/** Help texts, made from the tables of the command line. */

import { pad, wrap } from '../report/plain-text.js';
import { type Command, commands, type Option } from './commands.js';
import type { CliIo } from './io.js';
import { outputWidth } from './terminal.js';

/** The overview when no command was named, otherwise the page of the command. */
export function helpFor(command: Command, words: readonly string[], io: CliIo): string {
  const width = outputWidth(io.stdout);
  const isNamed = words.includes(command.name);
  return isNamed ? commandHelp(command, width) : overview(command, width);
}

function overview(lint: Command, width: number): string {
  const list = commands.map(
    ({ name, summary }) => `  ${pad(name, 11)}${wrap(summary, width - 13, ' '.repeat(13))}`,
  );
  return [
    'Bulkhead finds what makes containers insecure, in Dockerfiles and Compose files.',
    '',
    `Usage: ${lint.usage}`,
    '       bulkhead COMMAND [OPTION…] [ARGUMENT…]',
    '',
    'Commands:',
    ...list,
    '',
    '`bulkhead COMMAND --help` shows the options of a command.',
    '',
  ].join('\n');
}

function commandHelp({ usage, summary, options, notes }: Command, width: number): string {
  const names = options.map(nameOf);
  const column = Math.min(30, Math.max(...names.map((name) => name.length)) + 4);
  const lines = options.map((option, i) => {
    const name = `  ${names[i]}`;
    const text = wrap(option.help, width - column, ' '.repeat(column));
    return name.length < column ? pad(name, column) + text : `${name}\n${' '.repeat(column)}${text}`;
  });
  return [
    summary,
    '',
    `Usage: ${usage}`,
    '',
    'Options:',
    ...lines,
    ...notes.flatMap((note) => ['', wrap(note, width)]),
    '',
  ].join('\n');
}

function nameOf({ name, short, value }: Option): string {
  return `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
}
