/** Document -> findings. The one place that runs rules, and the border at which a rule's crash ends. */
import type { Stage } from '../model/build.js';
import type { ContainerSpec } from '../model/container.js';
import type { ContainerDocument, DocumentProblem, Section } from '../model/document.js';
import type { AnyRule, Fix, Problem, RuleContext, Subjects } from '../rules/rule.js';
import type { SourceText } from '../text/source-text.js';
import { contains, type Place } from '../text/span.js';
import { type Config, type RuleRun, ruleRun } from './config.js';
import type { Crash, Finding } from './finding.js';
import { readSuppressions } from './suppress.js';

export interface AnalyseInput {
  readonly document: ContainerDocument;
  readonly rules: readonly AnyRule[];
  readonly config: Config;
  /** `2026-11-24` */
  readonly today: string;
  /** The stage that makes a container's image, when the host has loaded its Dockerfile. */
  readonly stageOf?: (container: ContainerSpec) => Stage | undefined;
}

export interface Analysis {
  readonly document: ContainerDocument;
  /** Sorted by place, then by rule; suppressed ones included. */
  readonly findings: readonly Finding[];
  readonly problems: readonly DocumentProblem[];
  /** Grows when a fix that is asked for later fails. */
  readonly crashes: readonly Crash[];
  /** Everything was read and every rule ran: only then can an empty list be called clean. */
  readonly complete: boolean;
}

export function analyse(input: AnalyseInput): Analysis {
  const { document } = input;
  const crashes: Crash[] = [];
  const suppress = readSuppressions(document, input.today);
  const findings: Finding[] = [];
  for (const rule of input.rules) {
    const run = ruleRun(rule, input.config);
    if (run === undefined) continue;
    for (const problem of runRule(rule, run, input, crashes)) {
      const finding = toFinding(rule, run, problem, document, crashes);
      findings.push({ ...finding, suppressed: suppress(finding) });
    }
  }
  const unique = withoutRepeats(findings);
  return {
    document,
    findings: unique,
    problems: document.problems,
    crashes,
    complete: document.problems.length === 0 && crashes.length === 0,
  };
}

const SUBJECTS = ['container', 'stage', 'build', 'project', 'daemon'] as const;

function subjectsOf(document: ContainerDocument): { readonly [K in keyof Subjects]: readonly Subjects[K][] } {
  return {
    container: document.containers.filter((container) => container.provider.state !== 'set'),
    stage: document.builds.flatMap((build) => build.stages),
    build: document.builds,
    project: document.project ? [document.project] : [],
    daemon: document.daemon ? [document.daemon] : [],
  };
}

function runRule(rule: AnyRule, run: RuleRun, input: AnalyseInput, crashes: Crash[]): readonly Problem[] {
  const context: RuleContext<Readonly<Record<string, unknown>>> = {
    options: run.options,
    today: input.today,
    project: input.document.project,
    allowedRegistries: input.config.allowedRegistries,
    stageOf: input.stageOf ?? (() => undefined),
  };
  const subjects = subjectsOf(input.document);
  const problems: Problem[] = [];
  try {
    for (const kind of SUBJECTS) {
      const check = rule.check[kind] as
        | ((subject: unknown, context: unknown) => Iterable<Problem>)
        | undefined;
      if (check)
        for (const subject of subjects[kind])
          for (const problem of check(subject, context)) problems.push(problem);
    }
    return problems;
  } catch (error) {
    crashes.push({ rule: rule.meta.id, error });
    return [];
  }
}

function toFinding(
  rule: AnyRule,
  run: RuleRun,
  problem: Problem,
  document: ContainerDocument,
  crashes: Crash[],
): Finding {
  let fixes: readonly Fix[] | undefined;
  const at = onOneLine(problem.at, document.source);
  return {
    rule: rule.meta,
    severity: run.severity ?? problem.severity ?? rule.meta.severity,
    at,
    message: problem.message,
    related: problem.related ?? [],
    missing: problem.missing,
    section: sectionAt(document.sections, at),
    suppressed: undefined,
    fixes() {
      try {
        fixes ??= problem.fixes?.() ?? [];
      } catch (error) {
        crashes.push({ rule: rule.meta.id, error });
        fixes = [];
      }
      return fixes;
    },
  };
}

/** The part of a place on its first line: a block is never underlined as a whole. */
function onOneLine(at: Place, source: SourceText): Place {
  if (at.file !== undefined) return at;
  const line = source.lineSpan(source.lineAt(at.start));
  return at.end <= line.end ? at : { start: at.start, end: Math.max(line.end, at.start) };
}

export function sectionAt(sections: readonly Section[], at: Place): Section | undefined {
  return at.file === undefined ? sections.find((section) => contains(section.span, at)) : undefined;
}

/**
 * What several services take from one anchor is found once for each of them, at the same place outside all services:
 * one is enough. Sorted by place, then rule.
 */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings
    .filter(({ rule, at, section, message }) => {
      const key = `${rule.id} ${at.file ?? ''} ${at.start} ${at.end} ${section === undefined ? '' : message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end || compare(a.rule.id, b.rule.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
