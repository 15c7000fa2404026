/**
 * Proof on real input: npm run soak -- FOLDER [--kind dockerfile|compose] [--rule ID] [--limit N] [--harden]
 *
 * Lints every file below FOLDER with all rules. Applies each fix of each finding alone, and all safe ones together, and
 * checks what is left: the text still parses, the finding is gone, no new error or warning appears, comments survive,
 * and a second run changes nothing. With --harden, hardens every service and image instead. Failures are listed by rule and file; exit code 1 when there is one.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { detectKind } from '../server/src/documents/detect.js';
import { openDocument } from '../server/src/documents/open.js';
import { type Analysis, analyse } from '../server/src/engine/analyse.js';
import { type Config, defaultConfig } from '../server/src/engine/config.js';
import type { Finding } from '../server/src/engine/finding.js';
import { fixText } from '../server/src/engine/fix.js';
import { english, say } from '../server/src/l10n/message.js';
import type { DocumentKind } from '../server/src/model/document.js';
import { rules } from '../server/src/rules/index.js';
import type { Fix } from '../server/src/rules/rule.js';
import { applyEdits } from '../server/src/text/edit.js';
import { type HardenTotals, soakHarden } from './soak-harden.js';

const TODAY = '2026-11-24';
const everything: Config = { ...defaultConfig, profile: 'strict' };

interface Failure {
  readonly rule: string;
  readonly file: string;
  readonly what: string;
}

const words = process.argv.slice(2).filter((word) => word !== '--');
const isHarden = words.includes('--harden');
const [folder, ...options] = words.filter((word) => word !== '--harden');
const option = (name: string) => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
if (folder === undefined) {
  console.error(
    'usage: npm run soak -- FOLDER [--kind dockerfile|compose] [--rule ID] [--limit N] [--harden]',
  );
  process.exit(2);
}
const onlyRule = option('--rule');
const kinds: readonly DocumentKind[] = ['dockerfile', 'compose'];
const forcedKind = kinds.find((kind) => kind === option('--kind'));
const limit = Number(option('--limit') ?? Number.POSITIVE_INFINITY);

const failures: Failure[] = [];
const totals = { files: 0, findings: 0, fixes: 0, safeRuns: 0 };
const hardened: HardenTotals = { subjects: 0, changes: 0, together: 0, shared: 0 };

function soakFile(file: string, text: string, kind: DocumentKind): void {
  const run = (one: string) =>
    analyse({ document: openDocument(one, kind), rules, config: everything, today: TODAY });
  const before = run(text);
  const fail = (rule: string, what: string) => {
    failures.push({ rule, file, what });
  };
  if (isHarden) {
    soakHarden({ text, kind, run, fail, broken, totals: hardened });
    return;
  }
  for (const finding of before.findings) {
    if (onlyRule !== undefined && finding.rule.id !== onlyRule) continue;
    totals.findings++;
    if (finding.at.end < finding.at.start || finding.at.end > text.length)
      fail(finding.rule.id, 'a place outside the text');
    for (const fix of finding.fixes()) {
      totals.fixes++;
      for (const what of tryFix(text, before, finding, fix, run))
        fail(finding.rule.id, `${what} — ${english(fix.title)}`);
    }
  }
  for (const crash of before.crashes) fail(crash.rule, `crashed: ${String(crash.error)}`);
  soakSafeFixes(text, before, run, fail);
}

function* tryFix(
  text: string,
  before: Analysis,
  finding: Finding,
  fix: Fix,
  run: (text: string) => Analysis,
): Iterable<string> {
  const edits = fix.edits.filter((edit) => edit.span.file === undefined);
  if (edits.length === 0) return;
  let fixed: string;
  try {
    fixed = applyEdits(text, edits);
  } catch (error) {
    yield `edits overlap: ${String(error)}`;
    return;
  }
  if (fixed === text) yield 'changes nothing';
  const after = run(fixed);
  yield* broken(before, after);
  // A manual fix has a gap that nobody filled here: what the rules say about that means nothing.
  if (fix.applicability === 'manual') return;
  yield* graver(before, after, finding);
  // Another finding of the rule may come to light; this one must be gone or milder.
  const same = ({ findings }: Analysis) => findings.filter((one) => nameOf(one) === nameOf(finding)).length;
  const weighsLess = weight(after, finding.rule.id) < weight(before, finding.rule.id);
  if (!weighsLess && same(after) >= same(before)) yield 'the finding is still there';
}

/** What no change may do to a file. */
function* broken(before: Analysis, after: Analysis): Iterable<string> {
  if (after.problems.length > before.problems.length)
    yield `does not parse: ${english(after.problems.at(-1)?.message ?? say`nothing`)}`;
  if (after.crashes.length > before.crashes.length) yield `a rule crashes: ${after.crashes.at(-1)?.rule}`;
  const comments = counted(commentsOf(after));
  for (const comment of commentsOf(before)) {
    const left = comments.get(comment) ?? 0;
    comments.set(comment, left - 1);
    if (left <= 0) yield `lost a comment: ${comment}`;
  }
}

/** Errors and warnings that were not there before. A milder finding may take the place of the one that was mended. */
function* graver(before: Analysis, after: Analysis, mended: Finding | undefined): Iterable<string> {
  const known = counted(before.findings.filter(isGrave).map(nameOf));
  for (const finding of withoutKept(before, after, known)) {
    const name = nameOf(finding);
    const left = known.get(name) ?? 0;
    known.set(name, left - 1);
    if (left > 0 || finding.rule.id === mended?.rule.id) continue;
    const milder =
      mended?.severity === 'error' && finding.severity === 'warning' && finding.at.start === mended.at.start;
    if (!milder) yield `new ${finding.severity} ${finding.rule.id}: ${english(finding.message)}`;
  }
}

/** Those that say something else than before; what is said as before is taken out of the count first. */
function withoutKept(before: Analysis, after: Analysis, known: Map<string, number>): readonly Finding[] {
  const sentence = (finding: Finding) => `${nameOf(finding)} ${english(finding.message)}`;
  const said = counted(before.findings.filter(isGrave).map(sentence));
  return after.findings.filter(isGrave).filter((finding) => {
    const left = said.get(sentence(finding)) ?? 0;
    if (left <= 0) return true;
    said.set(sentence(finding), left - 1);
    known.set(nameOf(finding), (known.get(nameOf(finding)) ?? 0) - 1);
    return false;
  });
}

function soakSafeFixes(
  text: string,
  before: Analysis,
  run: (text: string) => Analysis,
  fail: (rule: string, what: string) => void,
): void {
  if (onlyRule !== undefined) return;
  totals.safeRuns++;
  const allowed = new Set(['safe'] as const);
  const once = fixText({ text, analyse: run, allowed });
  const after = run(once.text);
  for (const what of [...broken(before, after), ...graver(before, after, undefined)])
    fail('(all safe fixes)', what);
  const again = fixText({ text: once.text, analyse: run, allowed });
  if (again.text !== once.text)
    fail('(all safe fixes)', `a second run changes the text: ${again.applied[0]?.rule}`);
}

function isGrave(finding: Finding): boolean {
  return finding.severity === 'error' || finding.severity === 'warning';
}

function nameOf(finding: Finding): string {
  return `${finding.rule.id} ${finding.section?.name ?? ''}`;
}

const GRAVITY = { error: 1000, warning: 100, info: 10, hint: 1 } as const;

/** How much a rule has to say about a file: fewer findings or milder ones weigh less. */
function weight(analysis: Analysis, rule: string): number {
  return analysis.findings
    .filter((finding) => finding.rule.id === rule)
    .reduce((sum, finding) => sum + GRAVITY[finding.severity], 0);
}

function commentsOf({ document }: Analysis): readonly string[] {
  return document.comments.map((span) => document.source.slice(span).trim());
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== '.git' && entry.name !== 'node_modules')
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesBelow(join(path, entry.name))
        : entry.isFile()
          ? [join(path, entry.name)]
          : [],
    )
    .sort();
}

function report(): void {
  const byRule = new Map<string, Failure[]>();
  for (const failure of failures) byRule.set(failure.rule, [...(byRule.get(failure.rule) ?? []), failure]);
  for (const [rule, list] of [...byRule].sort()) {
    console.log(`\n${rule}: ${list.length}`);
    for (const { file, what } of list.slice(0, 12)) console.log(`  ${file}: ${what}`);
    if (list.length > 12) console.log(`  … and ${list.length - 12} more`);
  }
  if (isHarden)
    console.log(
      `\n${totals.files} files, ${hardened.subjects} services and images hardened alone with ${hardened.changes} changes, ${hardened.together} files as a whole, ${hardened.shared} of them with a common part`,
    );
  else
    console.log(
      `\n${totals.files} files, ${totals.findings} findings, ${totals.fixes} fixes applied alone, ${totals.safeRuns} files with all safe fixes`,
    );
  console.log(`${failures.length} failures`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

for (const path of filesBelow(folder).slice(0, limit)) {
  const text = readFileSync(path, 'utf8');
  const kind = forcedKind ?? detectKind({ path, text: () => text });
  if (kind === undefined) continue;
  totals.files++;
  soakFile(relative(folder, path), text, kind);
}

report();
