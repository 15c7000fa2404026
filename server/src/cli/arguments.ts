/**
 * The command line: which commands and options there are, and turning words into them. Own parser, because every
 * error has to say what is wrong and what to do; help texts derive from the same tables.
 */
import { formats } from './reporters/index.js';
import { didYouMean, oneOf } from '../engine/near.js';

export interface Option {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** Placeholder of its value for help texts; an option without one is a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly repeat?: boolean;
  readonly help: string;
}

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly Option[];
  /** Paragraphs below the options. */
  readonly notes: readonly string[];
}

export interface Arguments {
  readonly command: Command;
  /** Values by option name; a switch that was given has an empty list. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly words: readonly string[];
}

const GENERAL: readonly Option[] = [
  { name: 'help', short: 'h', help: 'Show this help.' },
  { name: 'version', short: 'V', help: 'Show the version.' },
];

const COLOR: Option = {
  name: 'color',
  value: 'WHEN',
  choices: ['auto', 'always', 'never'],
  help: 'Colours: auto (on a terminal, unless NO_COLOR is set), always or never.',
};

const CONFIG: readonly Option[] = [
  {
    name: 'config',
    value: 'FILE',
    help: 'Use this configuration for all files, instead of the .bulkhead.yaml nearest to each.',
  },
  { name: 'no-config', help: 'Ignore configuration files and the baseline.' },
];

const PROFILE: Option = {
  name: 'profile',
  value: 'PROFILE',
  choices: ['essential', 'recommended', 'strict'],
  help: 'Which rules run: essential (errors and warnings), recommended (default) or strict (all).',
};

const KIND: Option = {
  name: 'kind',
  value: 'KIND',
  choices: ['dockerfile', 'compose'],
  help: 'Read the named files as dockerfile or compose, whatever they are called; in folders, take files of this kind only.',
};

const SELECTION: readonly Option[] = [
  PROFILE,
  { name: 'all-rules', help: 'Run every rule, also those that are off by default.' },
  { name: 'rule', value: 'RULE', repeat: true, help: 'Run this rule only; may be given several times.' },
  ...CONFIG,
  KIND,
  {
    name: 'stdin-filename',
    value: 'NAME',
    help: 'Read standard input (also written `-`) and treat it as a file of this name.',
  },
];

const COMPOSE_FILE: Option = {
  name: 'file',
  short: 'f',
  value: 'FILE',
  repeat: true,
  help: 'A Compose file of one project; given several times, each overrides those before it.',
};

const PATHS =
  'Without PATH the current folder is read. In folders, Dockerfiles and Compose files are found by their names, other YAML files by their content; what .gitignore or `exclude` in .bulkhead.yaml leaves out, node_modules and .git are skipped. A file that is named is always read. `-` is standard input.';

export const commands: readonly Command[] = [
  {
    name: 'lint',
    usage: 'bulkhead [lint] [OPTION…] [PATH…]',
    summary: 'Check Dockerfiles and Compose files (the default command).',
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        choices: formats,
        help: `Output: ${oneOf(formats)} (default text).`,
      },
      {
        name: 'output',
        short: 'o',
        value: 'FILE',
        help: 'Write the report to this file instead of standard output.',
      },
      {
        name: 'fail-on',
        value: 'LEVEL',
        choices: ['error', 'warning', 'info', 'never'],
        help: 'Exit with 1 when a finding is at least this grave: error, warning (default), info; or never.',
      },
      ...SELECTION,
      COMPOSE_FILE,
      {
        name: 'absence',
        value: 'HOW',
        choices: ['grouped', 'separate', 'off'],
        help: 'Hardening settings that a service lacks, in reports for people: grouped (default), separate or off.',
      },
      { name: 'quiet', help: 'One line per finding, and nothing when there are none.' },
      COLOR,
      ...GENERAL,
    ],
    notes: [
      PATHS,
      'Exit code: 0 clean, 1 findings at or above the threshold or a file that could not be read completely, 2 the work could not be done; the reason is on standard error.',
    ],
  },
  {
    name: 'fix',
    usage: 'bulkhead fix [OPTION…] [PATH…]',
    summary: 'Repair what can be repaired: shows a diff, or writes the files.',
    options: [
      { name: 'write', help: 'Change the files instead of showing a diff.' },
      { name: 'unsafe', help: 'Also apply fixes that may change how a container behaves.' },
      ...SELECTION,
      COMPOSE_FILE,
      { name: 'quiet', help: 'Do not say what was fixed.' },
      COLOR,
      ...GENERAL,
    ],
    notes: [
      PATHS,
      'The diff can be given to `git apply` or `patch -p1`. For standard input, --write prints the repaired text.',
      'Exit code: 0 nothing to fix, or everything was written; 1 the diff is not empty, or a file with syntax errors was left alone; 2 the work could not be done; the reason is on standard error.',
    ],
  },
  {
    name: 'effective',
    usage: 'bulkhead effective [OPTION…] [PATH]',
    summary: 'Show the configuration that Compose would start, from all files of a project.',
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        choices: ['yaml', 'json'],
        help: 'Output: yaml or json (default yaml).',
      },
      { name: 'origins', help: 'Say behind each value in which file and line it is written.' },
      { name: 'unknown', help: 'List the values that cannot be told, and why.' },
      {
        name: 'profile',
        value: 'NAME',
        repeat: true,
        help: 'Activate a profile of the project; `*` activates all.',
      },
      COMPOSE_FILE,
      ...GENERAL,
    ],
    notes: [
      'PATH is a folder or one of its Compose files; without it, the current folder and those above are searched, as Compose does. Values come from the files alone: variables of the shell are never read.',
      'Exit code: 0 done, 1 Compose would refuse the project or a part of it was not read, 2 the work could not be done; the reasons are on standard error.',
    ],
  },
  {
    name: 'baseline',
    usage: 'bulkhead baseline [OPTION…] [PATH…]',
    summary: 'Accept what is found today, so that only new findings are shown.',
    options: [
      { name: 'update', help: 'Only take out what is no longer found; accept nothing new.' },
      ...CONFIG,
      KIND,
      ...GENERAL,
    ],
    notes: [
      PATHS,
      'The findings are written to the file that `baseline` in .bulkhead.yaml names, otherwise to .bulkhead-baseline.json beside the configuration or in the folder of the repository. A finding is known again by the text of its line, wherever that moves. Put the file under version control.',
      'Exit code: 0 written, 1 written although a file could not be read completely, 2 the work could not be done; the reason is on standard error.',
    ],
  },
  {
    name: 'init',
    usage: 'bulkhead init [OPTION…]',
    summary: 'Write a .bulkhead.yaml for the current folder.',
    options: [
      PROFILE,
      {
        name: 'from-hadolint',
        value: 'FILE',
        help: 'Carry over what a configuration of hadolint says: ignored rules, severities, trusted registries.',
      },
      ...GENERAL,
    ],
    notes: ['A file that exists is never overwritten.'],
  },
  {
    name: 'explain',
    usage: 'bulkhead explain RULE',
    summary: 'Explain a rule: why it matters, what to do, how to switch it off.',
    options: [COLOR, ...GENERAL],
    notes: ['RULE may also be the name of a check of another linter: `bulkhead explain DL3002`.'],
  },
  {
    name: 'rules',
    usage: 'bulkhead rules [--format text|json]',
    summary: 'List all rules by practice.',
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        choices: ['text', 'json'],
        help: 'Output: text or json (default text).',
      },
      COLOR,
      ...GENERAL,
    ],
    notes: [],
  },
  {
    name: 'lsp',
    usage: 'bulkhead lsp --stdio',
    summary: 'Run the language server for an editor.',
    options: [{ name: 'stdio', help: 'Speak over standard input and output.' }, ...GENERAL],
    notes: [],
  },
];

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
