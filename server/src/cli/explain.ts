/** `bulkhead explain RULE`: the page of a rule, for a terminal. */

import { didYouMean } from '../engine/near.js';
import { kindsOf } from '../engine/rule-kinds.js';
import { rulePage } from '../engine/rule-page.js';
import { type Style, wrap } from '../report/plain-text.js';
import { practices } from '../rules/practices.js';
import type { AnyRule, Applicability, OptionSpecs } from '../rules/rule.js';
import type { Arguments } from './arguments.js';
import { type CliIo, complain, EXIT } from './io.js';
import { severityWord } from './reporters/text.js';
import { outputStyle, outputWidth } from './terminal.js';

export function explain(args: Arguments, io: CliIo, rules: readonly AnyRule[]): number {
  const [word, ...more] = args.words;
  if (word === undefined || more.length > 0) {
    complain(io, 'name one rule: `bulkhead explain RULE`. `bulkhead rules` lists all.');
    return EXIT.failed;
  }
  const own = rules.filter((rule) => rule.meta.id === word);
  const found =
    own.length > 0 ? own : rules.filter((rule) => rule.meta.equivalents.some((one) => isCalled(one, word)));
  if (found.length === 0) {
    const ids = rules.map((rule) => rule.meta.id);
    complain(io, `there is no rule \`${word}\`.${didYouMean(word, ids)} \`bulkhead rules\` lists all.`);
    return EXIT.failed;
  }
  const style = outputStyle(args, io);
  const width = Math.min(outputWidth(io.stdout), 90);
  if (own.length === 0) {
    const names = found.map((rule) => `\`${rule.meta.id}\``).join(', ');
    io.stdout.write(`${style.code(wrap(`\`${word}\` is covered by ${names}.`, width))}\n\n`);
  }
  io.stdout.write(
    found.map((rule) => page(rule, style, width)).join(`\n${style.dim('-'.repeat(width))}\n\n`),
  );
  return EXIT.clean;
}

/** `hadolint:DL3002` is called by its full name or by what stands behind the colon, in any case. */
function isCalled(equivalent: string, word: string): boolean {
  const [name, wanted] = [equivalent.toLowerCase(), word.toLowerCase()];
  return name === wanted || name.slice(name.indexOf(':') + 1) === wanted;
}

const GRADES: Readonly<Record<Applicability, string>> = {
  safe: 'safe: `bulkhead fix` applies them, a working container keeps working',
  unsafe: 'unsafe: `bulkhead fix --unsafe` applies them, behaviour may change',
  manual: 'by hand: the editor inserts them with a place to type',
};

function page(rule: AnyRule, style: Style, width: number): string {
  const { meta } = rule;
  const practice = practices.find(({ slug }) => slug === meta.practice);
  const indent = '  ';
  const paragraph = (text: string) => indent + style.code(wrap(text, width - 2, indent));
  const items = (lines: readonly string[]) =>
    lines.map((line) => `${indent}- ${style.code(wrap(line, width - 4, `${indent}  `))}`);
  const section = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', style.bold(name), ...lines];
  const facts = [
    severityWord(meta.severity, style),
    kindsOf(rule).join(', '),
    `profile ${meta.profile}`,
    ...(meta.presence === 'absence' ? ['absence'] : []),
    `since ${meta.since}`,
  ];
  return [
    `${style.bold(meta.id)}: ${style.code(meta.title)}`,
    facts.join(style.dim(' | ')),
    ...(practice ? [style.dim(`Practice ${practice.number}: ${practice.title}`)] : []),
    ...section('Why', [paragraph(meta.why)]),
    ...section('What to do', [paragraph(meta.advice)]),
    ...section('Fixes', items(meta.fixes.map((grade) => GRADES[grade]))),
    ...section('Options', items(optionLines(rule))),
    ...section('Accept a finding', [
      paragraph(
        `\`# bulkhead-ignore ${meta.id}: reason\` on the line or above it, \`until 2030-12-31\` before the colon if it is for a time.`,
      ),
      paragraph(`For a whole project: \`rules: { ${meta.id}: off }\` in \`.bulkhead.yaml\`.`),
    ]),
    ...section(
      'References',
      items(meta.references.map(({ title, url }) => (url ? `${title} ${url}` : title))),
    ),
    ...section(
      'Same check elsewhere',
      meta.equivalents.length > 0 ? [paragraph(meta.equivalents.join(', '))] : [],
    ),
    '',
    style.dim(rulePage(meta.id)),
    '',
  ].join('\n');
}

function optionLines({ meta }: AnyRule): readonly string[] {
  const specs: OptionSpecs = meta.options ?? {};
  return Object.entries(specs).map(
    ([name, { default: value, description }]) =>
      `\`${name}\` (default \`${JSON.stringify(value)}\`): ${description}`,
  );
}
