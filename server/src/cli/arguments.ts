/**
 * Turns the words of the command line into a command and its options. Own parser, because every error has to say what is
 * wrong and what to do.
 */
import { didYouMean, oneOf } from '../engine/near.js';
import { type Command, commands, type Option } from './commands.js';

export interface Arguments {
  readonly command: Command;
  /** Values by option name; a switch that was given has an empty list. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly words: readonly string[];
}

/** The command and its options, or what is wrong and what to do about it. */
export function parseArguments(args: readonly string[]): Arguments | { readonly error: string } {
  const [lint] = commands;
  if (args[0] === 'help') return parseArguments([...args.slice(1, 2), '--help']);
  const at = commandIndex(args);
  const command = commands.find(({ name }) => name === args[at]) ?? lint;
  if (command === undefined) return { error: 'no command is known.' };
  const isNamed = command.name === args[at];
  return parseOptions(command, isNamed ? [...args.slice(0, at), ...args.slice(at + 1)] : args);
}

function parseOptions(command: Command, args: readonly string[]): Arguments | { readonly error: string } {
  const options = new Map<string, string[]>();
  const words: string[] = [];
  const end = args.indexOf('--');
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (i === end) continue;
    if (isWord(word) || (end >= 0 && i > end)) {
      words.push(word);
      continue;
    }
    const { name, inline } = splitOption(word);
    const option = command.options.find((one) => `--${one.name}` === name || `-${one.short}` === name);
    if (option === undefined) return { error: unknownOption(name, command) };
    if (option.value === undefined) {
      if (inline !== undefined) return { error: `\`${name}\` takes no value; write it alone.` };
      options.set(option.name, []);
      continue;
    }
    const value = inline ?? args[++i];
    const problem = valueProblem(option, value);
    if (value === undefined || problem !== undefined) return { error: problem ?? '' };
    options.set(option.name, option.repeat ? [...(options.get(option.name) ?? []), value] : [value]);
  }
  return { command, options, words };
}

/** Index of the first word that is neither an option nor the value of one; -1 when there is none. */
function commandIndex(args: readonly string[]): number {
  const takesValue = new Set(
    commands.flatMap(({ options }) =>
      options
        .filter(({ value }) => value)
        .flatMap(({ name, short }) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]),
    ),
  );
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (word === '--') return -1;
    if (isWord(word)) return i;
    if (takesValue.has(word)) i++;
  }
  return -1;
}

const isWord = (argument: string) => argument === '-' || !argument.startsWith('-');

/** `--name=value` -> name and value. */
function splitOption(argument: string): { readonly name: string; readonly inline: string | undefined } {
  const equals = argument.indexOf('=');
  return equals < 0
    ? { name: argument, inline: undefined }
    : { name: argument.slice(0, equals), inline: argument.slice(equals + 1) };
}

function valueProblem(option: Option, value: string | undefined): string | undefined {
  const name = `\`--${option.name}\``;
  const { choices } = option;
  if (value === undefined || value === '')
    return `${name} needs a value: ${choices ? oneOf(choices) : (option.value ?? '')}.`;
  if (choices === undefined || choices.includes(value)) return undefined;
  return `${name} cannot be \`${value}\`; it is ${oneOf(choices)}.${didYouMean(value, choices)}`;
}

function unknownOption(name: string, command: Command): string {
  const near = didYouMean(
    name,
    command.options.map((option) => `--${option.name}`),
  );
  const others = commands.filter(({ options }) => options.some((option) => `--${option.name}` === name));
  const elsewhere =
    near === '' && others.length > 0
      ? ` It belongs to ${oneOf(others.map((one) => `\`bulkhead ${one.name}\``))}.`
      : '';
  return `\`bulkhead ${command.name}\` has no option \`${name}\`.${near}${elsewhere} See \`bulkhead ${command.name} --help\`.`;
}
