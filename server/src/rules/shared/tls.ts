/** Commands that are told to accept any TLS certificate. */
import {
  someReader,
  tlsConfigLine,
  tlsFlags,
  tlsOffBy,
  tlsSettings,
  tlsShortFlags,
} from '../../facts/tls-switches.js';
import { type Message, say } from '../../l10n/message.js';
import type { ShellCommand, ShellWord, Stage } from '../../model/build.js';
import type { Edit } from '../../text/edit.js';
import type { Span } from '../../text/span.js';
import { hostOf, isLoopbackHost } from './hosts.js';
import { partOfWord, writesFile } from './words.js';

export interface TlsSwitch {
  /** The word that does it. */
  readonly at: Span;
  /** What no longer checks: `curl`, `Node.js`, or words for it. */
  readonly who: string;
  /** The way back, when it is a small edit. */
  readonly undo?: { readonly title: Message; edits(stage: Stage): readonly Edit[] };
}

/** What in this command switches the check off. `commands` are all of the script it belongs to. */
export function tlsSwitches(command: ShellCommand, commands: readonly ShellCommand[]): readonly TlsSwitch[] {
  if (staysHere(command)) return [];
  return [
    ...variableSwitches(command),
    ...flagSwitches(command),
    ...shortSwitches(command),
    ...settingSwitches(command),
    ...fileSwitches(command, commands),
  ];
}

/** Everything it talks to is this machine: a check of a server with a certificate of its own. */
function staysHere({ args }: ShellCommand): boolean {
  const hosts = args.filter(({ value }) => /^[a-z]+:\/\//i.test(value)).map(({ value }) => hostOf(value));
  return hosts.length > 0 && hosts.every((host) => host !== undefined && isLoopbackHost(host));
}

/** `NAME=value command`, `export NAME=value`. */
function variableSwitches({ assignments, program, args }: ShellCommand): readonly TlsSwitch[] {
  const exported = /^(?:export|declare|typeset|readonly|local)$/.test(program) ? args : [];
  return [...assignments, ...exported].flatMap((word) => {
    const [, name = '', value = ''] = /^(\w+)=([\s\S]*)$/.exec(word.value) ?? [];
    const who = name === '' ? undefined : tlsOffBy(name, value);
    return who === undefined ? [] : [{ at: word.span, who, undo: remove(name, [word]) }];
  });
}

function flagSwitches({ program, args }: ShellCommand): readonly TlsSwitch[] {
  const flags = tlsFlags.filter(({ programs }) => programs.test(program));
  if (flags.length === 0) return [];
  return args.flatMap((word, index) => {
    const next = args[index + 1];
    const known = flags.find(
      (one) =>
        one.flag.test(word.value) &&
        (one.next === undefined || (next !== undefined && one.next.test(next.value))),
    );
    if (known === undefined) return [];
    const words = known.next === undefined || next === undefined ? [word] : [word, next];
    // Of `-c http.sslVerify=false` the setting tells more than the flag.
    const [at, name] =
      /^-.$/.test(word.value) && next !== undefined
        ? [next.span, `${word.value} ${next.value}`]
        : [word.span, word.value.replace(/=.*$/, '')];
    return [{ at, who: program, undo: remove(name, words) }];
  });
}

/** `-k`, `-fsSLk`; a letter that takes a value ends the switches. */
function shortSwitches({ program, args }: ShellCommand): readonly TlsSwitch[] {
  const known = tlsShortFlags.get(program);
  if (known === undefined) return [];
  return args.flatMap((word, index) => {
    const before = args[index - 1]?.value ?? '';
    const isValue = /^-\w+$/.test(before) && known.withValue.includes(before.slice(-1));
    const letters = /^-\w+/.test(word.value) && !isValue ? word.value.slice(1) : '';
    const end = [...letters].findIndex((letter) => known.withValue.includes(letter));
    const at = (end < 0 ? letters : letters.slice(0, end)).indexOf(known.letter);
    if (at < 0) return [];
    const rest = `-${letters.slice(0, at)}${letters.slice(at + 1)}`;
    const place = partOfWord(word, 0, word.value.length);
    const undo =
      rest === '-'
        ? remove(word.value, [word])
        : place && {
            title: say`Write \`${rest}\``,
            edits: (stage: Stage) => stage.edit.replace(place, rest),
          };
    return [{ at: word.span, who: program, ...(undo && { undo }) }];
  });
}

function settingSwitches({ program, args }: ShellCommand): readonly TlsSwitch[] {
  return tlsSettings.flatMap(({ programs, verbs, setting, on }) => {
    if (!programs.test(program)) return [];
    const verb = args.findIndex(({ value }) => verbs.test(value));
    if (verb < 0) return [];
    return args.flatMap((word, index): readonly TlsSwitch[] => {
      if (index <= verb) return [];
      const next = args[index + 1];
      if (next !== undefined && setting.test(`${word.value} ${next.value}`))
        return [{ at: word.span, who: program, ...turnOn(word.value, next, next.value, on) }];
      if (!setting.test(word.value)) return [];
      const value = word.value.slice(word.value.indexOf('=') + 1);
      return [{ at: word.span, who: program, ...turnOn(word.value, word, value, on) }];
    });
  });
}

/** The value is at the end of the word. */
function turnOn(
  name: string,
  word: ShellWord,
  value: string,
  on: string,
): Pick<TlsSwitch, 'undo'> | undefined {
  const place = partOfWord(word, word.value.length - value.length, word.value.length);
  if (on === '' || place === undefined) return undefined;
  const title = say`Set \`${name.replace(/=.*$/, '')}\` to \`${on}\``;
  return { undo: { title, edits: (stage) => stage.edit.replace(place, on) } };
}

/** `echo sslverify=0 >> /etc/yum.conf`, `cat <<EOF > .npmrc`. */
function fileSwitches(command: ShellCommand, commands: readonly ShellCommand[]): readonly TlsSwitch[] {
  if (command.program === 'sed') return rewrittenSwitches(command);
  if (!writesFile(command, commands)) return [];
  const target = command.redirects.find(({ operator }) => operator.includes('>'))?.target.value ?? '';
  const isConfig = (text: string) =>
    tlsConfigLine.test(text) || (target.endsWith('.curlrc') && /(?:^|\n)\s*-?-?(?:insecure|k)\b/.test(text));
  const who = someReader;
  const word = /^(?:echo|printf)$/.test(command.program)
    ? command.args.find(({ value }) => isConfig(value))
    : undefined;
  if (word) return [{ at: word.span, who }];
  if (command.input === undefined || !isConfig(command.input)) return [];
  return [{ at: command.programWord?.span ?? command.span, who }];
}

/** `sed -i s/sslverify=1/sslverify=0/`: what is put in counts, not what is looked for. */
function rewrittenSwitches({ args }: ShellCommand): readonly TlsSwitch[] {
  if (!args.some(({ value }) => /^(?:-[a-zA-Z]*i|--in-place)/.test(value))) return [];
  return args
    .filter(({ value }) => {
      const [, sign = '', rest = ''] = /^s([/|#,@!])(.*)$/s.exec(value) ?? [];
      return sign !== '' && tlsConfigLine.test(rest.split(sign)[1] ?? '');
    })
    .map((word) => ({ at: word.span, who: 'whatever reads this file' }));
}

function remove(name: string, words: readonly ShellWord[]): NonNullable<TlsSwitch['undo']> {
  return {
    title: say`Remove \`${name}\``,
    edits: (stage) => words.flatMap((word) => stage.edit.removeWord(word.span)),
  };
}
