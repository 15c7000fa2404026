/** Which commands and options there are: the parser and the help texts follow these tables. */
import { oneOf } from '../engine/near.js';
import { formats } from './reporters/index.js';

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
      'A fix can bring up another finding, which is repaired too: there may be more fixes than `bulkhead lint` counts.',
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
