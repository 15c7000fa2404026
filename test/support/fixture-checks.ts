/** What must hold for every fixture. Each check returns texts for people; no text means that it holds. */
import { createTwoFilesPatch } from 'diff';
import type { Analysis } from '../../server/src/engine/analyse.js';
import type { Finding } from '../../server/src/engine/finding.js';
import { editsByFile, type FixResult, fixText, preferredFix } from '../../server/src/engine/fix.js';
import { UNUSED_IGNORE } from '../../server/src/engine/suppress/comments.js';
import { english } from '../../server/src/l10n/message.js';
import type { AnyRule, Applicability, Problem, Severity } from '../../server/src/rules/rule.js';
import { applyEdits, type Edit, type NewFile } from '../../server/src/text/edit.js';
import { sourceText } from '../../server/src/text/source-text.js';
import { analyseAs, BUILD_FILE, BUILD_NAME, createdName, type Fixture, wholeText } from './fixtures.js';
import { compareMarkers, describeDifference, markersOf } from './marker-report.js';
import { cutTexts, variantsOf } from './variants.js';

const SAFE: ReadonlySet<Applicability> = new Set(['safe']);
const UP_TO_UNSAFE: ReadonlySet<Applicability> = new Set(['safe', 'unsafe']);
const WEIGHT: Readonly<Record<Severity, number>> = { error: 4, warning: 3, info: 2, hint: 1 };

/** Everything that is wrong with a fixture, in the order in which it is best mended. */
export function checkFixture(fixture: Fixture, rules: readonly AnyRule[]): readonly string[] {
  const first = [...checkFindings(fixture, rules), ...checkPlaces(fixture, rules)];
  // What follows would only repeat the same slip in other words.
  if (first.length > 0) return first;
  return [
    ...checkFixed(fixture, rules),
    ...checkEachFix(fixture, rules),
    ...checkAllFixes(fixture, rules),
    ...checkVariants(fixture, rules),
    ...checkCutTexts(fixture, rules),
  ];
}

/** Findings that nothing suppresses. */
export function visible(analysis: Analysis): readonly Finding[] {
  return analysis.findings.filter((finding) => finding.suppressed === undefined);
}

/** The text and the created files after all fixes up to unsafe. */
export function fixAll(
  fixture: Fixture,
  rules: readonly AnyRule[],
  text = fixture.text,
  allowed = UP_TO_UNSAFE,
): FixResult {
  return fixIn(fixture, rules, text, allowed, []);
}

/** The Dockerfile of the fixture's services, when fixes change it, is handed out like a file that they create. */
function fixIn(
  fixture: Fixture,
  rules: readonly AnyRule[],
  text: string,
  allowed: ReadonlySet<Applicability>,
  created: readonly NewFile[],
): FixResult {
  const buildFile = created.find(({ path }) => path === BUILD_NAME)?.text ?? fixture.buildFile;
  const result = fixText({
    text,
    allowed,
    analyse: (next, others) =>
      analyseAs(fixture, rules, next, [...built(others.get(BUILD_FILE)), ...created]),
    otherText: (uri) => (uri === BUILD_FILE ? buildFile : undefined),
  });
  return { ...result, creates: [...result.creates, ...built(result.others.get(BUILD_FILE))] };
}

function built(text: string | undefined): readonly NewFile[] {
  return text === undefined ? [] : [{ path: BUILD_NAME, text }];
}

function checkFindings(fixture: Fixture, rules: readonly AnyRule[]): readonly string[] {
  const analysis = analyseAs(fixture, rules, fixture.text);
  const reported = markersOf(visible(analysis), analysis.document.source);
  const difference = compareMarkers(fixture.markers, reported);
  const crashes = analysis.crashes.map(
    (crash) => `${crash.rule} crashed: ${crash.error instanceof Error ? crash.error.stack : crash.error}`,
  );
  return difference === undefined
    ? crashes
    : [...crashes, describeDifference(difference, analysis.document.source)];
}

/** The engine cuts long places at the end of their line; here the rule's own ones are looked at. */
function checkPlaces(fixture: Fixture, rules: readonly AnyRule[]): readonly string[] {
  const seen: { rule: string; problem: Problem }[] = [];
  const spies = rules.map((rule) => spyOn(rule, (problem) => seen.push({ rule: rule.meta.id, problem })));
  const { source } = analyseAs(fixture, spies, fixture.text).document;
  return seen.flatMap(({ rule, problem }) => {
    const { at } = problem;
    const where = `${rule}, "${english(problem.message)}"`;
    if (at.file !== undefined) return [`${where}: reported in another file, ${at.file}`];
    if (at.end <= at.start) return [`${where}: its place is empty (offset ${at.start})`];
    const [from, to] = [source.positionAt(at.start).line + 1, source.positionAt(at.end).line + 1];
    return from === to
      ? []
      : [`${where}: its place goes from line ${from} to line ${to}; one line is wanted`];
  });
}

function spyOn(rule: AnyRule, see: (problem: Problem) => void): AnyRule {
  const check: Record<string, unknown> = {};
  for (const [kind, handler] of Object.entries(rule.check)) {
    const run = handler as (subject: unknown, context: unknown) => Iterable<Problem>;
    check[kind] = function* (subject: unknown, context: unknown) {
      for (const problem of run(subject, context)) {
        see(problem);
        yield problem;
      }
    };
  }
  return { meta: rule.meta, check };
}

function checkFixed(fixture: Fixture, rules: readonly AnyRule[]): readonly string[] {
  const result = fixAll(fixture, rules);
  const expected = fixture.fixed ?? fixture.text;
  const failures: string[] = [];
  if (fixture.fixed === fixture.text)
    failures.push(`${fixture.fixedPath} is the same as the fixture: remove it`);
  if (result.text !== expected) {
    const patch = createTwoFilesPatch(
      fixture.fixed === undefined ? 'expected (no fixed file)' : 'expected',
      'fixed',
      expected,
      result.text,
    );
    failures.push(`the fixed text differs:\n${patch}`);
  }
  const created = new Map(result.creates.map((file) => [createdName(fixture, file.path), wholeText(file)]));
  for (const [path, text] of created) {
    const wanted = fixture.created.get(path.slice(fixture.folder.length + 1));
    if (wanted !== text)
      failures.push(
        `${path}: the created file differs:\n${createTwoFilesPatch('expected', 'created', wanted ?? '', text)}`,
      );
  }
  return failures;
}

/** Each offered fix by itself: it applies, the file stays readable, and what it is for becomes less. */
function checkEachFix(fixture: Fixture, rules: readonly AnyRule[]): readonly string[] {
  const before = analyseAs(fixture, rules, fixture.text);
  return visible(before).flatMap((finding) =>
    finding.fixes().flatMap((fix) => {
      const where = `the fix "${english(fix.title)}"`;
      const { own, elsewhere } = editsByFile(fix.edits);
      const strange = [...elsewhere.keys()].find((uri) => uri !== BUILD_FILE);
      if (strange !== undefined) return [`${where} edits another file: ${strange}`];
      if (fix.edits.length === 0 && (fix.creates ?? []).length === 0) return [`${where} changes nothing`];
      const text = tryEdits(fixture.text, own);
      const buildFile = tryEdits(fixture.buildFile ?? '', elsewhere.get(BUILD_FILE) ?? []);
      if (text === undefined || buildFile === undefined) return [`${where} has edits that overlap`];
      const changed = elsewhere.size === 0 ? [] : built(buildFile);
      const after = analyseAs(fixture, rules, text, [...(fix.creates ?? []), ...changed]);
      const broken = newProblems(before, after);
      if (broken.length > 0) return [`${where} breaks the file: ${broken.join('; ')}\n${text}`];
      const id = finding.rule.id;
      if (fix.applicability !== 'manual' && weight(after, id) >= weight(before, id))
        return [`${where} leaves ${id} as grave as before:\n${text}`];
      return [];
    }),
  );
}

function tryEdits(text: string, edits: readonly Edit[]): string | undefined {
  try {
    return applyEdits(text, edits);
  } catch {
    return undefined;
  }
}

function checkAllFixes(fixture: Fixture, rules: readonly AnyRule[]): readonly string[] {
  const before = analyseAs(fixture, rules, fixture.text);
  const fixable = visible(before).filter((finding) => preferredFix(finding, UP_TO_UNSAFE) !== undefined);
  if (fixable.length === 0) return [];
  const result = fixAll(fixture, rules);
  const after = analyseAs(fixture, rules, result.text, result.creates);
  const failures: string[] = [];
  const broken = newProblems(before, after);
  if (broken.length > 0) failures.push(`the fixed text has new problems: ${broken.join('; ')}`);
  const left = visible(after).filter((finding) => preferredFix(finding, UP_TO_UNSAFE) !== undefined);
  if (left.length > 0)
    failures.push(`after fixing, ${left.map((one) => one.rule.id).join(', ')} still offers a fix`);
  if (fixture.rule !== undefined && weight(after) > weight(before) - fixable.length)
    failures.push('after fixing, the rule is not silent about what it fixed');
  const second = fixIn(fixture, rules, result.text, UP_TO_UNSAFE, result.creates);
  if (second.text !== result.text || second.others.size > 0)
    failures.push(
      `fixing again changes more:\n${createTwoFilesPatch('once', 'twice', result.text, second.text)}`,
    );
  return [...failures, ...checkComments(fixture, rules, before)];
}

function checkComments(fixture: Fixture, rules: readonly AnyRule[], before: Analysis): readonly string[] {
  // What that rule finds are comments.
  if (fixture.rule === UNUSED_IGNORE) return [];
  const safe = fixAll(fixture, rules, fixture.text, SAFE);
  const kept = commentsOf(analyseAs(fixture, rules, safe.text));
  return commentsOf(before).flatMap((comment) => {
    const index = kept.indexOf(comment);
    if (index < 0) return [`a safe fix loses the comment "${comment}"`];
    kept.splice(index, 1);
    return [];
  });
}

function commentsOf({ document }: Analysis): string[] {
  return document.comments.map((comment) => document.source.slice(comment).trim());
}

function checkVariants(fixture: Fixture, rules: readonly AnyRule[]): readonly string[] {
  const plainFix = fixAll(fixture, rules).text;
  const analysis = analyseAs(fixture, rules, fixture.text);
  return variantsOf(fixture, analysis.document, visible(analysis)).flatMap((variant) => {
    const again = analyseAs(fixture, rules, variant.text);
    const reported = markersOf(visible(again), again.document.source);
    const strip = variant.withTitles ? reported : reported.map((marker) => ({ ...marker, titles: '' }));
    const difference = compareMarkers(variant.markers, strip);
    if (difference)
      return [
        `${variant.name}: ${describeDifference(difference, sourceText(variant.text.replace(/\r/g, '')))}`,
      ];
    if (variant.transform === undefined) return [];
    const expected = variant.transform(plainFix);
    const fixed = fixAll(fixture, rules, variant.text).text;
    if (fixed === expected) return [];
    const [a, b] = [expected, fixed].map((text) => text.replaceAll('\r', '␍'));
    return [
      `${variant.name}: fixed text differs:\n${createTwoFilesPatch('expected', 'fixed', a ?? '', b ?? '')}`,
    ];
  });
}

/** A file that is being typed ends anywhere: no rule and no fix may crash on the beginning of a file. */
function checkCutTexts(fixture: Fixture, rules: readonly AnyRule[]): readonly string[] {
  for (const text of cutTexts(fixture.text)) {
    const analysis = analyseAs(fixture, rules, text);
    for (const finding of analysis.findings) finding.fixes();
    const [crash] = analysis.crashes;
    if (crash) {
      const reason = crash.error instanceof Error ? crash.error.stack : crash.error;
      return [`${crash.rule} crashes when the file ends after "${text.slice(-40)}": ${reason}`];
    }
  }
  return [];
}

/** Messages of problems that were not there before. */
function newProblems(before: Analysis, after: Analysis): readonly string[] {
  const old = before.problems.map((problem) => english(problem.message));
  return after.problems.flatMap((problem) => {
    const message = english(problem.message);
    const index = old.indexOf(message);
    if (index < 0) return [message];
    old.splice(index, 1);
    return [];
  });
}

function weight(analysis: Analysis, rule?: string): number {
  return visible(analysis)
    .filter((finding) => rule === undefined || finding.rule.id === rule)
    .reduce((sum, finding) => sum + WEIGHT[finding.severity], 0);
}
