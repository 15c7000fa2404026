/** Document -> findings. The one place that runs rules, and the border at which a rule's crash ends. */
import { fitted } from '../l10n/fit.js';
import { type Message, isSame, say } from '../l10n/message.js';
import type { Stage } from '../model/build.js';
import type { ContainerSpec } from '../model/container.js';
import type { ContainerDocument, DocumentProblem, Section } from '../model/document.js';
import { oncePer } from '../model/once-per.js';
import type { AnyRule, Fix, Problem, Related, RuleContext, Subjects } from '../rules/rule.js';
import type { SourceText } from '../text/source-text.js';
import { contains, type Place } from '../text/span.js';
import { spanIndex } from '../text/span-index.js';
import { withAccepted } from './accept.js';
import { withBaseline } from './baseline.js';
import { type Config, type RuleRun, ruleRun } from './config.js';
import type { Crash, Finding } from './finding.js';
import { type Exceptions, readExceptions } from './suppress/match.js';
import type { StageMemory, StageRecall } from './stage-memory.js';
import { ignoreComments } from './suppress/unused.js';

export interface AnalyseInput {
  readonly document: ContainerDocument;
  readonly rules: readonly AnyRule[];
  /** All rules that there are, when `rules` holds some of them: what ignore comments may name. */
  readonly known?: readonly AnyRule[];
  readonly config: Config;
  /** Fingerprints of the document's findings that the project's baseline holds. */
  readonly baseline?: ReadonlySet<string>;
  /** `2026-11-24` */
  readonly today: string;
  /** The stage that makes a container's image, when the host has loaded its Dockerfile. */
  readonly stageOf?: (container: ContainerSpec) => Stage | undefined;
  /** Of the looks at earlier versions of the document. */
  readonly memory?: StageMemory | undefined;
}

export interface Analysis {
  readonly document: ContainerDocument;
  /**
   * Those that stand in the document itself, sorted by place, then gravity, then rule; suppressed ones included. What the other
   * files of a project say is found when those are analysed.
   */
  readonly findings: readonly Finding[];
  readonly problems: readonly DocumentProblem[];
  /** Grows when a fix that is asked for later fails. */
  readonly crashes: readonly Crash[];
  /** Everything was read and every rule ran: only then can an empty list be called clean. */
  readonly complete: boolean;
  /** The rules that are on and did not fail, whether they found something or not. */
  readonly ran: readonly AnyRule[];
  /** The stage that makes a container's image, as far as the host has loaded it. */
  stageOf(container: ContainerSpec): Stage | undefined;
}

export function analyse(input: AnalyseInput): Analysis {
  const { document } = input;
  const crashes: Crash[] = [];
  const exceptions = readExceptions(document, input.today);
  const findings: Finding[] = [];
  const settled = new Set<string>();
  const ran: AnyRule[] = [];
  const recall = input.memory?.look(input.config, input.today);
  const look = (rule: AnyRule, subjects: SomeSubjects) => {
    const run = ruleRun(rule, input.config);
    if (run === undefined) return;
    const before = crashes.length;
    const { problems, complete } = runRule(rule, run, subjects, input, crashes, recall);
    if (crashes.length === before) ran.push(rule);
    if (complete) settled.add(rule.meta.id);
    for (const problem of problems) {
      if (problem.at.file !== undefined) continue;
      const finding = toFinding(rule, run, problem, document, crashes);
      findings.push(exceptions ? judged(finding, exceptions) : finding);
    }
  };
  const subjects = subjectsOf(document);
  for (const rule of input.rules) look(rule, subjects);
  const about = input.rules.filter(({ check }) => check.ignore !== undefined);
  if (exceptions && exceptions.own.length > 0 && about.length > 0) {
    // Only now is it known which comments are of use.
    const outcome = { document, rules: input.known ?? input.rules, settled };
    const ignore = ignoreComments(exceptions.own, outcome);
    for (const rule of about) look(rule, { ignore });
  }
  const found = withAccepted(withoutRepeats(findings), input.config);
  return {
    document,
    findings: input.baseline ? withBaseline(found, input.baseline, document.source) : found,
    problems: document.problems,
    crashes,
    complete: document.problems.length === 0 && crashes.length === 0,
    ran,
    stageOf: (container) => input.stageOf?.(container),
  };
}

function judged(finding: Finding, exceptions: Exceptions): Finding {
  const { suppressed, expired } = exceptions.judge(finding);
  if (expired === undefined) return { ...finding, suppressed };
  return {
    ...finding,
    expired,
    message: say`${finding.message} (its exception expired on ${expired.until ?? ''})`,
    related: [
      { at: expired.at, message: say`Was accepted until ${expired.until ?? ''}` },
      ...finding.related,
    ],
  };
}

const SUBJECTS = ['container', 'stage', 'build', 'project', 'daemon', 'ignore'] as const;

type SomeSubjects = { readonly [K in keyof Subjects]?: readonly Subjects[K][] };

interface KindCheck {
  readonly kind: keyof Subjects;
  readonly check: (subject: unknown, context: unknown) => Iterable<Problem>;
}

/** What a rule looks at. Most rules look at one kind of subject, and most documents have none of it. */
const checksOf = oncePer(({ check }: AnyRule) =>
  SUBJECTS.flatMap((kind): readonly KindCheck[] => {
    const one = check[kind] as KindCheck['check'] | undefined;
    return one === undefined ? [] : [{ kind, check: one }];
  }),
);

function subjectsOf(document: ContainerDocument): SomeSubjects {
  return {
    // What other files of the project say of containers of their own is found when those are analysed.
    container: document.containers.filter(
      ({ provider, outside }) => provider.state !== 'set' && outside !== true,
    ),
    stage: document.builds.flatMap((build) => build.stages),
    build: document.builds,
    project: document.project ? [document.project] : [],
    daemon: document.daemon ? [document.daemon] : [],
  };
}

const NOTHING: readonly Problem[] = [];

interface RuleResult {
  readonly problems: readonly Problem[];
  /** It ran to its end and had what it asked for: where it found nothing, there is nothing. */
  readonly complete: boolean;
}

function runRule(
  rule: AnyRule,
  run: RuleRun,
  subjects: SomeSubjects,
  input: AnalyseInput,
  crashes: Crash[],
  recall: StageRecall | undefined,
): RuleResult {
  const { builds, project } = input.document;
  let complete =
    rule.check.build === undefined || builds.every(({ context }) => context.dockerignore !== undefined);
  const context: RuleContext<Readonly<Record<string, unknown>>> = {
    options: run.options,
    today: input.today,
    project,
    allowedRegistries: input.config.allowedRegistries,
    stageOf(container) {
      const stage = input.stageOf?.(container);
      if (stage === undefined && container.build !== undefined) complete = false;
      return stage;
    },
  };
  const problems: Found[] = [];
  try {
    for (const { kind, check } of checksOf(rule)) {
      const ask = (subject: unknown) => check(subject, context);
      for (const subject of subjects[kind] ?? []) {
        const found =
          kind === 'stage' && recall ? recall.problemsOf(rule, subject as Stage, ask) : ask(subject);
        for (const problem of found)
          problems.push({
            subject,
            problem: kind === 'container' ? withOrigin(problem, subject as ContainerSpec) : problem,
          });
      }
    }
    return { problems: problems.length === 0 ? NOTHING : byOwner(problems, input.document), complete };
  } catch (error) {
    crashes.push({ rule: rule.meta.id, error });
    return { problems: [], complete: false };
  }
}

/** A service that starts in another file is looked up there: here stands only what is wrong with it. */
function withOrigin(problem: Problem, { name, namePlace }: ContainerSpec): Problem {
  if (namePlace.file === undefined || problem.at.file !== undefined) return problem;
  const defined: Related = { at: namePlace, message: say`\`${name}\` is defined here`, background: true };
  return { ...problem, related: [...(problem.related ?? []), defined] };
}

/**
 * What a service takes from one that it extends is found for both, at one place. It is said once: of the service in
 * which it is written, or, when that is not among the subjects, of the first one.
 */
function byOwner(found: readonly Found[], document: ContainerDocument): readonly Problem[] {
  const { sections } = document;
  const bases = basesIn(document);
  if (bases.size === 0) return found.map(({ problem }) => problem);
  const inherits = ({ subject, problem: { at } }: Found) =>
    bases.get(subject)?.some((base) => base.file === at.file && contains(base, at)) === true;
  const key = ({ at }: Problem) => `${at.file ?? ''} ${at.start} ${at.end}`;
  const said = new Set<string>();
  for (const one of found)
    if (!inherits(one) && sectionAt(sections, one.problem.at)) said.add(key(one.problem));
  const first = new Map<string, unknown>();
  return found
    .filter((one) => {
      if (!inherits(one)) return true;
      const at = key(one.problem);
      if (!first.has(at)) first.set(at, one.subject);
      return !said.has(at) && first.get(at) === one.subject;
    })
    .map(({ problem }) => problem);
}

const basesIn = oncePer(
  ({ containers }: ContainerDocument) =>
    new Map<unknown, readonly Place[]>(
      containers.flatMap((one) => (one.madeOf && one.madeOf.length > 0 ? [[one, one.madeOf]] : [])),
    ),
);

interface Found {
  readonly subject: unknown;
  readonly problem: Problem;
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
  const section = sectionAt(document.sections, at);
  return {
    rule: rule.meta,
    severity: run.severity ?? problem.severity ?? rule.meta.severity,
    at,
    message: fitted(problem.message),
    related: [...(problem.related ?? []), ...usesOf(section)],
    missing: problem.missing,
    section,
    suppressed: undefined,
    expired: undefined,
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

/** For whom a stage is built. */
function usesOf(section: Section | undefined): readonly Related[] {
  return (section?.usedBy ?? []).map(({ service, at }) => ({
    at,
    message: say`The image of \`${service}\` is built from this`,
    background: true,
  }));
}

/** The part of a place on its first line: a block is never underlined as a whole. */
function onOneLine(at: Place, source: SourceText): Place {
  if (at.file !== undefined) return at;
  const line = source.lineSpan(source.lineAt(at.start));
  return at.end <= line.end ? at : { start: at.start, end: Math.max(line.end, at.start) };
}

export function sectionAt(sections: readonly Section[], at: Place): Section | undefined {
  return at.file === undefined ? sectionsAt(sections)(at)[0] : undefined;
}

const sectionsAt = oncePer((sections: readonly Section[]) => spanIndex(sections, ({ span }) => span));

/**
 * What several services take from one anchor is found once for each of them, at the same place outside all services:
 * one is enough. Sorted by place, then gravity, then rule.
 */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Message[]>();
  return findings
    .filter(({ rule, at, section, message }) => {
      const key = `${rule.id} ${at.file ?? ''} ${at.start} ${at.end}`;
      const said = seen.get(key);
      if (said === undefined) seen.set(key, [message]);
      else if (section === undefined || said.some((one) => isSame(one, message))) return false;
      else said.push(message);
      return true;
    })
    .sort(
      (a, b) =>
        a.at.start - b.at.start ||
        GRAVITY[a.severity] - GRAVITY[b.severity] ||
        a.at.end - b.at.end ||
        compare(a.rule.id, b.rule.id),
    );
}

/** At one place the gravest comes first: lists and light bulbs show it on top. */
const GRAVITY = { error: 0, warning: 1, info: 2, hint: 3 } as const;

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
