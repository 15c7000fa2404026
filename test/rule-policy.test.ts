/**
 * What every rule owes its readers. No exceptions: a rule that does not fit is changed, or the policy is.
 * RULE=<id> looks at one rule.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listRuleFiles } from '../scripts/generate/listing.js';
import { openDocument } from '../server/src/documents/open.js';
import { defaultConfig, ruleRun } from '../server/src/engine/config.js';
import type { Finding } from '../server/src/engine/finding.js';
import { LINE, NAME } from '../server/src/l10n/fit.js';
import { english, type Message } from '../server/src/l10n/message.js';
import type { Stage } from '../server/src/model/build.js';
import type { AnyRule, OptionSpecs } from '../server/src/rules/rule.js';
import { inImage } from '../server/src/rules/shared/layers.js';
import { isForDevelopers } from '../server/src/rules/shared/purpose.js';
import { visible } from './support/fixture-checks.js';
import { analyseAs, type Fixture, listRuleFixtures } from './support/fixtures.js';
import { loadRulesForTests } from './support/load-rules.js';

const PEERS = [
  'buildkit',
  'checkov',
  'compose-lint',
  'datadog',
  'dclint',
  'hadolint',
  'kics',
  'semgrep',
  'sonar',
  'tally',
  'trivy',
];

const only = process.env.RULE;
const { rules: known } = await loadRulesForTests(only);
const rules = known.filter(({ meta }) => only === undefined || meta.id === only);
const { fixtures } = listRuleFixtures();
const cases = rules.map((rule) => readCase(rule));

interface RuleCase {
  readonly rule: AnyRule;
  readonly fixtures: readonly Fixture[];
  readonly findings: readonly Finding[];
}

function readCase(rule: AnyRule): RuleCase {
  const own = fixtures.filter((fixture) => fixture.rule === rule.meta.id);
  const findings = own.flatMap((fixture) => visible(analyseAs(fixture, known, fixture.text)));
  return { rule, fixtures: own, findings };
}

/** One test: everything that `complaints` yields for a rule breaks the policy. */
function policy(name: string, complaints: (one: RuleCase) => Iterable<string>): void {
  test(name, () => {
    const wrong = cases.flatMap((one) =>
      [...complaints(one)].map((complaint) => `${one.rule.meta.id}: ${complaint}`),
    );
    assert.deepEqual([...new Set(wrong)], []);
  });
}

/** What is said of a stage is kept while the stage stays as it is, see engine/stage-memory.ts. */
test('a rule that asks for the build of a stage says so with `looksAround`', () => {
  const builds = fixtures
    .filter(({ kind }) => kind === 'dockerfile')
    .map(({ text }) => openDocument(text, 'dockerfile', { dockerignore: null }).builds[0]);
  const stages = builds.flatMap((build) => build?.stages ?? []);
  for (const stage of stages) {
    // These two are a part of what the memory knows a stage by.
    inImage(stage);
    isForDevelopers(stage);
  }
  const asked = new Set<Stage>();
  for (const stage of stages) {
    const { build } = stage;
    Object.defineProperty(stage, 'build', {
      get() {
        asked.add(stage);
        return build;
      },
    });
  }
  const context = {
    today: '2026-11-28',
    project: undefined,
    allowedRegistries: [],
    stageOf: () => undefined,
  };
  const wrong = rules.flatMap((rule) => {
    asked.clear();
    const options = ruleRun(rule, { ...defaultConfig, profile: 'strict' })?.options ?? {};
    for (const stage of stages) for (const _ of rule.check.stage?.(stage, { ...context, options }) ?? []);
    return asked.size > 0 === (rule.looksAround === true) ? [] : [rule.meta.id];
  });
  assert.deepEqual(wrong, []);
});

test('ids are unique', () => {
  const ids = listRuleFiles(process.cwd()).map((file) => file.id);
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
});

policy('ids are lower-case words joined by hyphens', function* ({ rule: { meta } }) {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(meta.id)) yield 'not kebab-case';
});

policy('titles are one short line without full stop', function* ({ rule: { meta } }) {
  if (meta.title.length > 70) yield `title has ${meta.title.length} characters, 70 at most`;
  if (!/^[A-Z`].*[^.!\s]$/.test(meta.title)) yield `"${meta.title}"`;
});

policy('why and advice are whole, calm sentences', function* ({ rule: { meta } }) {
  for (const [name, text] of [
    ['why', meta.why],
    ['advice', meta.advice],
  ] as const) {
    if (!/^[A-Z`].*\.$/.test(text)) yield `${name} must start with a capital and end with a full stop`;
    if (/\n| {2}/.test(text)) yield `${name} must be one line with single spaces`;
    // Code may hold one: `!reset`, `#!/bin/sh`.
    if (text.replace(/`[^`]*`/g, '').includes('!')) yield `${name} has an exclamation mark`;
    if (/^you should/i.test(text)) yield `${name}: say what to do, not "You should"`;
    if (!balanced(text)) yield `${name}: a backquote is missing`;
  }
});

policy(
  'severity is error, warning or info, and essential rules are not infos',
  function* ({ rule: { meta } }) {
    if (!['error', 'warning', 'info'].includes(meta.severity)) yield `severity is ${meta.severity}`;
    if (meta.profile === 'essential' && meta.severity === 'info') yield 'an info in the profile essential';
  },
);

policy('a rule looks at something', function* ({ rule }) {
  if (Object.keys(rule.check).length === 0) yield 'no handler';
});

policy('references are there and can be opened', function* ({ rule: { meta } }) {
  if (meta.references.length === 0)
    yield 'no reference: a CIS section, an OWASP rule or a page of documentation';
  for (const { title, url } of meta.references) {
    if (title.trim() === '') yield 'a reference without title';
    if (url !== undefined && !/^https:\/\/[^/\s]+\/\S*$/.test(url)) yield `not a https address: ${url}`;
  }
});

policy('equivalents name a known peer and its rule', function* ({ rule: { meta } }) {
  for (const one of meta.equivalents) {
    const [peer = '', ...name] = one.split(':');
    if (!PEERS.includes(peer)) yield `"${one}": the peer is none of ${PEERS.join(', ')}`;
    if (!/^\S+$/.test(name.join(':'))) yield `"${one}" names no rule`;
  }
  if (new Set(meta.equivalents).size < meta.equivalents.length) yield 'an equivalent is named twice';
});

policy('since is a version', function* ({ rule: { meta } }) {
  if (!/^\d+\.\d+\.\d+$/.test(meta.since)) yield `since is "${meta.since}"`;
});

policy('options have a default of a plain type and a described meaning', function* ({ rule: { meta } }) {
  for (const [name, spec] of Object.entries((meta.options ?? {}) as OptionSpecs)) {
    const value: unknown = spec.default;
    const plain = (one: unknown) => ['string', 'number', 'boolean'].includes(typeof one);
    if (!/^[a-z][A-Za-z0-9]*$/.test(name) || name === 'severity' || name === 'options')
      yield `option name "${name}"`;
    if (Array.isArray(value) ? !value.every(plain) : !plain(value))
      yield `default of ${name} is no plain value`;
    if (!/^[A-Z`].*\.$/.test(spec.description)) yield `description of ${name} is no sentence`;
  }
});

policy('every rule has a doc fixture, a bad case and a good case', function* ({ fixtures }) {
  const doc = fixtures.filter((fixture) => fixture.idea === 'doc');
  if (doc.length === 0) yield 'no doc.compose.yaml or doc.Dockerfile';
  if (doc.some((fixture) => fixture.markers.length === 0)) yield 'the doc fixture shows no finding';
  if (fixtures.every((fixture) => fixture.markers.length === 0)) yield 'no bad case: a fixture with markers';
  if (fixtures.every((fixture) => fixture.markers.length > 0))
    yield 'no good case: a fixture without markers';
});

policy('fixtures show every declared applicability and no other', function* ({ rule: { meta }, findings }) {
  const seen = new Set(findings.flatMap((finding) => finding.fixes().map((fix) => fix.applicability)));
  for (const grade of meta.fixes) if (!seen.has(grade)) yield `declares ${grade} fixes, no fixture shows one`;
  for (const grade of seen)
    if (!meta.fixes.includes(grade)) yield `offers ${grade} fixes and does not declare them`;
  if (new Set(meta.fixes).size < meta.fixes.length) yield 'an applicability is declared twice';
});

policy('absence rules say what is missing, others do not', function* ({ rule: { meta }, findings }) {
  if (meta.presence === 'absence' && findings.every(({ missing }) => missing === undefined))
    yield 'missing is never set';
  for (const { missing, message, at, section } of findings) {
    if (meta.presence === 'presence' && missing !== undefined) yield `sets missing: "${english(message)}"`;
    // A value that is as good as none is shown at the value, by itself.
    const atName = section?.namePlace.start === at.start;
    if (meta.presence === 'absence' && atName && (missing === undefined || english(missing).trim() === ''))
      yield `does not set missing: "${english(message)}"`;
  }
});

policy('messages are one sentence without full stop', function* ({ findings }) {
  for (const message of findings.map((finding) => english(finding.message))) {
    if (!/^[A-Z`][^\n]*[^.!\s]$/.test(message)) yield `"${message}"`;
    if (!balanced(message)) yield `a backquote is missing: "${message}"`;
    if (/undefined|\[object|NaN/.test(message)) yield `a value leaked: "${message}"`;
  }
});

policy('messages fit into a line of a list, also where names are a little longer', function* ({ findings }) {
  for (const { message } of findings) {
    const length = roomFor(message);
    if (length > LINE) yield `${length} characters, ${LINE} at most: "${english(message)}"`;
  }
});

/** The length of a message in which no name is shorter than ten characters, as names in fixtures often are. */
function roomFor({ parts, args }: Message): number {
  const own = parts.reduce((sum, part) => sum + part.length, 0);
  return args.reduce<number>((sum, one, index) => {
    if (typeof one === 'object') return sum + roomFor(one);
    const isName = parts[index]?.endsWith('`') && parts[index + 1]?.startsWith('`');
    return sum + (isName ? Math.max(10, Math.min(String(one).length, NAME)) : String(one).length);
  }, own);
}

policy('titles of fixes are imperatives on one line', function* ({ findings }) {
  for (const { applicability, title } of findings.flatMap(readFixes)) {
    if (!/^[A-Z][^\n]*[^.!\s]$/.test(title)) yield `"${title}"`;
    if ((applicability === 'manual') !== title.endsWith('…'))
      yield `"…" at the end is for manual fixes, and for all of them: "${title}"`;
    if (!balanced(title)) yield `a backquote is missing: "${title}"`;
    if (/undefined|\[object|NaN/.test(title)) yield `a value leaked: "${title}"`;
  }
});

function readFixes(finding: Finding) {
  return finding.fixes().map(({ applicability, title }) => ({ applicability, title: english(title) }));
}

policy('at most three related places explain a finding', function* ({ findings }) {
  for (const { related, message } of findings)
    if (related.length > 3) yield `${related.length} related places: "${english(message)}"`;
});

function balanced(text: string): boolean {
  return text.split('`').length % 2 === 1;
}
