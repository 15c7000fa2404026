/** Credentials that stand on command lines. No function here hands out the credential itself. */
import { secretArguments } from '../../facts/secret-arguments.js';
import { secretValue } from '../../facts/secret-values.js';
import { tokenIn } from '../../facts/secrets.js';
import { type Message, say } from '../../l10n/message.js';
import type { ShellCommand, ShellWord } from '../../model/build.js';
import type { CommandWord } from '../../model/container.js';
import type { Place, Span } from '../../text/span.js';
import { writesFile } from './words.js';

export interface FoundSecret {
  readonly at: Span;
  /** What it is, for messages: "`docker` gets a secret in its arguments". */
  readonly what: Message;
  /** It has the shape of a credential of a known service. */
  readonly token: boolean;
}

/** Words of a shell that are no literal text. */
const HIDDEN = /\$[\w{(]|`/;

/** The secrets of one command of a script; `commands` are all of that script. */
export function secretsOfCommand(
  command: ShellCommand,
  commands: readonly ShellCommand[],
): readonly FoundSecret[] {
  const found = new Map<number, FoundSecret>();
  const add = (word: ShellWord, secret: FoundSecret | undefined) => {
    if (secret !== undefined && !found.has(word.span.start)) found.set(word.span.start, secret);
  };
  const { program, args, assignments } = command;
  for (const word of [...assignments, ...command.words]) add(word, tokenOf(word.value, word.span));
  const exported = /^(?:export|declare|typeset|readonly|local)$/.test(program) ? args : [];
  // `env NAME=value program` is no assignment of the shell.
  const given = command.words.filter(({ span }) => span.start < (command.programWord?.span.start ?? 0));
  for (const word of [...assignments, ...given, ...exported])
    add(word, assignedSecret(word.value, word.span));
  for (const { index, start } of secretArguments(
    program,
    args.map(({ value }) => value),
  )) {
    const word = args[index];
    if (word && isSecret(word.value.slice(start))) add(word, onCommandLine(program, word.span));
  }
  if (writesFile(command, commands)) {
    if (/^(?:echo|printf)$/.test(program))
      for (const word of args) add(word, writtenSecret(word.value, word.span));
    const at = command.programWord;
    if (command.input !== undefined && at) {
      const token = tokenOf(command.input, at.span);
      add(at, token ?? writtenSecret(command.input, at.span));
    }
  }
  return [...found.values()];
}

/** The same for the words that start a container, or check its health. */
export function secretsOfWords(
  words: readonly CommandWord[],
): readonly (FoundSecret & { readonly at: Place })[] {
  const texts = words.map(({ literal }) => literal.text);
  // Arguments alone are those of the image's own program.
  const skip = (texts[0] ?? '').startsWith('-') ? 0 : 1;
  const first = skip === 0 ? '' : baseName(texts[0] ?? '');
  const listed = words.length > 1 ? secretArguments(first, texts.slice(skip)) : [];
  return words.flatMap(({ literal, place }, index) => {
    const token = tokenOf(literal.text, place);
    if (token) return [{ ...token, at: place }];
    const own = listed.find((one) => one.index === index - skip);
    if (own)
      return isSecret(literal.text.slice(own.start)) ? [{ ...onCommandLine(first, place), at: place }] : [];
    return /\s/.test(literal.text) || words.length === 1 ? inText(literal.text, literal.partial, place) : [];
  });
}

/** A command line in one string, perhaps with several commands. */
function inText(
  text: string,
  partial: boolean,
  at: Place,
): readonly (FoundSecret & { readonly at: Place })[] {
  for (const line of text.split(/&&|\|\||[;|\n]/)) {
    const words = line.trim().split(/\s+/);
    const first = words.findIndex((word) => !/^\w+=/.test(word) && !/^(?:env|exec|export)$/.test(word));
    const assigned = words
      .slice(0, first < 0 ? words.length : first)
      .flatMap((word) => assignedSecret(word, at) ?? [])[0];
    if (assigned) return [{ ...assigned, at }];
    const [start = '', ...rest] = first < 0 ? [] : words.slice(first);
    const isFlag = start.startsWith('-');
    const args = (isFlag ? [start, ...rest] : rest).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
    const program = isFlag ? '' : baseName(start);
    // Where a variable was left out, the next word is another one than it seems.
    const secret = secretArguments(program, args).find(
      (one) => isSecret((args[one.index] ?? '').slice(one.start)) && (one.start > 0 || !partial),
    );
    if (secret) return [{ ...onCommandLine(program, at), at }];
  }
  return [];
}

function tokenOf(text: string, at: Span): FoundSecret | undefined {
  const token = tokenIn(text);
  if (token === undefined || token.confidence === 'low') return undefined;
  return { at, what: say`what looks like a \`${token.id}\` stands here`, token: true };
}

/** `NAME=value`; a dummy lives only as long as the command. */
function assignedSecret(text: string, at: Span): FoundSecret | undefined {
  const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === '' || HIDDEN.test(value)) return undefined;
  return secretValue(name, value)?.kind === 'plain'
    ? { at, what: say`the value of \`${name}\` stands here`, token: false }
    : undefined;
}

/** Lines of configuration files: `DB_PASSWORD=…`, `password: …`, `machine … password …`. */
function writtenSecret(text: string, at: Span): FoundSecret | undefined {
  for (const line of text.split(/\\n|\n/)) {
    const [, name = '', value = ''] =
      /^\s*(?:export\s+)?["']?([\w.-]{2,60})["']?\s*[=:]\s*["']?([^\s"']+)["']?\s*,?\s*$/.exec(line) ?? [];
    const login = /^machine\s+\S+.*\spassword\s+(\S+)/.exec(line.trim())?.[1] ?? '';
    const isNamed = name !== '' && !HIDDEN.test(value) && secretValue(name, value)?.kind === 'plain';
    if (isNamed || (login !== '' && isSecret(login)))
      return {
        at,
        what: isNamed
          ? say`the value of \`${name}\` is written to a file here`
          : say`a password is written to a file here`,
        token: false,
      };
  }
  return undefined;
}

function onCommandLine(program: string, at: Span): FoundSecret {
  return {
    at,
    what:
      program === ''
        ? say`the program gets a secret in its arguments`
        : say`\`${program}\` gets a secret in its arguments`,
    token: false,
  };
}

function isSecret(value: string): boolean {
  if (HIDDEN.test(value)) return false;
  const kind = secretValue('PASSWORD', value)?.kind;
  return kind !== undefined && kind !== 'template';
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
