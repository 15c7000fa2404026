/** `bulkhead rules`: the catalogue, for people and for programs. */
import { kindsOf } from '../engine/rule-kinds.js';
import { count, displayWidth, pad, type Style, wrap } from '../report/plain-text.js';
import { practices } from '../rules/practices.js';
import type { AnyRule, OptionSpecs } from '../rules/rule.js';
import type { Arguments } from './arguments.js';
import { type CliIo, complain, EXIT } from './io.js';
import { severityWord } from './reporters/text.js';
import { optionValue } from './selection.js';
import { outputStyle, outputWidth } from './terminal.js';

export function listRules(args: Arguments, io: CliIo, rules: readonly AnyRule[]): number {
  if (args.words.length > 0) {
    complain(
      io,
      `\`bulkhead rules\` takes no path or name; \`bulkhead explain ${args.words[0]}\` explains a rule.`,
    );
    return EXIT.failed;
  }
  const text =
    optionValue(args, 'format') === 'json'
      ? `${JSON.stringify(rules.map(toJson), undefined, 2)}\n`
      : table(rules, outputStyle(args, io), outputWidth(io.stdout));
  io.stdout.write(text);
  return EXIT.clean;
}

function toJson(rule: AnyRule) {
  const { id, practice, severity, title, presence, fixes, equivalents, references, profile, options, since } =
    rule.meta;
  const specs: OptionSpecs = options ?? {};
  return {
    id,
    practice,
    severity,
    title,
    presence,
    kinds: kindsOf(rule),
    fixes,
    equivalents,
    references,
    profile,
    options: specs,
    since,
  };
}

/** By practice, in the order of the registry. */
function table(rules: readonly AnyRule[], style: Style, width: number): string {
  const column = Math.max(0, ...rules.map(({ meta }) => displayWidth(meta.id)));
  const parts = practices.flatMap((practice) => {
    const own = rules.filter(({ meta }) => meta.practice === practice.slug);
    if (own.length === 0) return [];
    return [
      `${style.bold(`${practice.number}. ${practice.title}`)}`,
      ...own.map((rule) => row(rule, column, style, width)),
      '',
    ];
  });
  return [
    ...parts,
    style.code(
      `${count(rules.length, 'rule')}; \`bulkhead explain RULE\` tells more. A * marks what only the profile strict runs.`,
    ),
    '',
  ].join('\n');
}

function row({ meta }: AnyRule, column: number, style: Style, width: number): string {
  const start = column + 14;
  const severity = severityWord(meta.severity, style) + ' '.repeat(8 - meta.severity.length);
  const title = meta.profile === 'strict' ? `${meta.title} *` : meta.title;
  return `  ${pad(meta.id, column)}  ${severity}  ${style.code(wrap(title, width - start, ' '.repeat(start)))}`;
}
