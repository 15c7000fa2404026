/**
 * What a rule is. One file in `rules/<practice>/<id>.ts` default-exports one rule; everything that users see about it
 * (registry, pages, settings, schema, SARIF, hover) derives from `meta`. This file imports no rule.
 */
import type { BuildSpec, Stage } from '../model/build.js';
import type { ContainerChange, ContainerSpec } from '../model/container.js';
import type { DaemonSpec } from '../model/daemon.js';
import type { IgnoreComment } from '../model/ignore-comment.js';
import type { ProjectSpec } from '../model/project.js';
import type { Edit, NewFile } from '../text/edit.js';
import type { Place } from '../text/span.js';
import { type Message, say } from '../l10n/message.js';
import type { PracticeSlug } from './practices.js';

/**
 * - error: a direct way to root on the host or to the daemon
 * - warning: one more flaw away from that, or a credential in plain sight
 * - info: hardening that is absent, hygiene
 * - hint: only where a user chose it; editors hide hints from lists, so no rule has it by itself
 */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/**
 * - safe: a working container keeps working the same way and comments survive; part of fix-all and `fix`
 * - unsafe: the hardening that is meant, but behaviour may change; one light bulb at a time and `fix --unsafe`
 * - manual: holds a value that only the user knows; in the editor only, with a place to type
 */
export type Applicability = 'safe' | 'unsafe' | 'manual';

/** The lowest profile that runs a rule: essential ⊂ recommended ⊂ strict. */
export type Profile = 'essential' | 'recommended' | 'strict';

export interface Fix {
  /** Imperative, names the result and, for unsafe ones, the price: "Add `cap_drop: [ALL]` (keeps CHOWN for redis)". */
  readonly title: Message;
  readonly applicability: Applicability;
  readonly edits: readonly Edit[];
  readonly creates?: readonly NewFile[];
  /** What the edits mean to a container, so that several fixes of it can be combined into one set of edits. */
  readonly change?: {
    readonly container: ContainerSpec;
    readonly changes: readonly ContainerChange[];
    /** Names of other containers that change as well. */
    readonly alsoChanges: readonly string[];
  };
  /** Other fixes may take its reason away: made with them, it waits until none of them is left. */
  readonly waits?: true;
  /** Changes several services, and how depends on what each of them is like: no part of hardening one of them. */
  readonly acrossServices?: true;
  /** Where that comes from which it takes for granted about an image. */
  readonly basis?: FixBasis;
}

export interface FixBasis {
  /** Short name: `postgres`. */
  readonly image: string;
  /** `owner/repository:path` or an address. */
  readonly source: string;
  /** How sure it is, a phrase. */
  readonly origin: Message;
  /** Day on which it was read there, `2026-11-24`. */
  readonly date: string;
}

export interface Related {
  readonly at: Place;
  readonly message: Message;
  /** Good to know, not needed to understand the finding: left out where room is short. */
  readonly background?: true;
}

/** What a rule yields; the engine adds the rule's id, its severity and the link to its page. */
export interface Problem {
  /** On one line: the value, flag, keyword or name to change. */
  readonly at: Place;
  /** One sentence without full stop: what is wrong here and what it costs. Code in backquotes. */
  readonly message: Message;
  /** When this case is graver or milder than the rule's own severity. */
  readonly severity?: Severity;
  /** Asked for only when somebody wants the fixes: most findings are looked at, few are fixed. */
  readonly fixes?: () => readonly Fix[];
  /** At most three places that explain why. */
  readonly related?: readonly Related[];
  /** Absence rules: what is missing, for the grouped message: "memory limit". */
  readonly missing?: Message;
}

/** Subjects a rule can look at; the engine calls the matching handler once per subject. */
export interface Subjects {
  container: ContainerSpec;
  stage: Stage;
  build: BuildSpec;
  project: ProjectSpec;
  daemon: DaemonSpec;
  /** Seen when all rules that look at something else have run. */
  ignore: IgnoreComment;
}

export interface RuleContext<O> {
  readonly options: O;
  /** Day of the analysis, `2026-11-24`; never read from a clock in a rule. */
  readonly today: string;
  /** What the container under judgement is started together with; undefined where a file says nothing about others. */
  readonly project: ProjectSpec | undefined;
  /** Registries (host or host/path) that the project allows; empty = nothing configured. */
  readonly allowedRegistries: readonly string[];
  /** The build that makes the container's image, and the stage that ships in it, when the host has loaded them. */
  stageOf(container: ContainerSpec): Stage | undefined;
}

export type Check<S, O> = (subject: S, context: RuleContext<O>) => Iterable<Problem>;

export interface OptionSpec<T> {
  readonly default: T;
  /** One sentence for settings and rule pages. */
  readonly description: string;
}
// biome-ignore lint/suspicious/noExplicitAny: the option's own type is inferred by each rule
export type OptionSpecs = Readonly<Record<string, OptionSpec<any>>>;
/** A literal default stands for its type: `default: 5` allows every number. */
export type OptionValues<S extends OptionSpecs> = { readonly [K in keyof S]: Widen<S[K]['default']> };
type Widen<T> = T extends number ? number : T extends string ? string : T extends boolean ? boolean : T;

export interface RuleMeta<S extends OptionSpecs = OptionSpecs> {
  /** Names the smell, kebab-case: `memory-limit-missing`. Same as the file's name. */
  readonly id: string;
  readonly practice: PracticeSlug;
  readonly severity: Exclude<Severity, 'hint'>;
  /** One line without full stop, at most 70 characters. */
  readonly title: string;
  /** What an attacker or an accident gains. */
  readonly why: string;
  /** What to do, also where no fix is offered. */
  readonly advice: string;
  /** 'absence': something is not there; such findings of one container are shown as one. */
  readonly presence: 'presence' | 'absence';
  /** The lowest profile that runs it. */
  readonly profile: Profile;
  /** Every applicability that its fixes can have. */
  readonly fixes: readonly Applicability[];
  readonly options?: S;
  readonly references: readonly Reference[];
  /** The same check in other linters, `hadolint:DL3002`. */
  readonly equivalents: readonly string[];
  /** First version with this rule. */
  readonly since: string;
}

export interface Reference {
  /** "CIS Docker Benchmark 5.11", "OWASP Docker Security Cheat Sheet, rule 7". */
  readonly title: string;
  readonly url?: string;
}

export interface Rule<S extends OptionSpecs = OptionSpecs> {
  readonly meta: RuleMeta<S>;
  /**
   * What it says of a stage depends on others of the build that the stage neither starts nor copies from, or on
   * directives: it asks for `stage.build`, beyond whether the stage is in an image and what that is for. Such a rule runs
   * with each key; what others say of a stage is kept while the stage stays as it is.
   */
  readonly looksAround?: true;
  readonly check: { readonly [K in keyof Subjects]?: Check<Subjects[K], OptionValues<S>> };
}

/** A rule whatever its options are: what the registry and the engine handle. */
// biome-ignore lint/suspicious/noExplicitAny: options differ from rule to rule; the engine passes each its own
export type AnyRule = Rule<any>;

export function defineRule<S extends OptionSpecs = Record<never, never>>(rule: Rule<S>): Rule<S> {
  return rule;
}

/**
 * A fix by changes to a container, or nothing when the container's file cannot express them exactly.
 * `fixes: () => containerFix(spec, 'Remove `privileged`', 'unsafe', [{ remove: spec.privileged.span }])`
 */
export function containerFix(
  container: ContainerSpec,
  title: Message,
  applicability: Applicability,
  changes: readonly ContainerChange[],
): readonly Fix[] {
  const result = container.edit.apply(changes);
  if (result === undefined || result.edits.length === 0) return [];
  return [
    {
      title: withOthers(title, [...result.alsoChanges, ...result.alsoIn.map((file) => `\`${file}\``)]),
      applicability,
      edits: result.edits,
      change: { container, changes, alsoChanges: result.alsoChanges },
    },
  ];
}

function withOthers(title: Message, names: readonly string[]): Message {
  const [one, two, third] = names;
  if (one === undefined) return title;
  if (two === undefined) return say`${title} (also changes ${one})`;
  return third === undefined
    ? say`${title} (also changes ${one} and ${two})`
    : say`${title} (also changes ${names.length} services)`;
}

const CIS = 'CIS Docker Benchmark 1.6';
export const cis = (section: string): Reference => ({ title: `${CIS}, section ${section}` });

const OWASP = 'OWASP Docker Security Cheat Sheet';
const OWASP_PAGE = 'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html';
export const owasp = (rule: number): Reference => ({
  title: `${OWASP}, rule ${rule}`,
  url: OWASP_PAGE,
});

const DOCKER_DOCS = 'Docker documentation';
/** A page of docs.docker.com, by its path: `/reference/dockerfile/#user`. */
export const dockerDocs = (title: string, path: string): Reference => ({
  title: `${DOCKER_DOCS}: ${title}`,
  url: `https://docs.docker.com${path}`,
});

/** The title of a reference where room is short: "CIS 5.32", "OWASP rule 1", "Docker docs: daemon attack surface". */
export function shortTitle({ title }: Reference): string {
  return title
    .replace(`${CIS}, section`, 'CIS')
    .replace(`${OWASP}, rule`, 'OWASP rule')
    .replace(`${DOCKER_DOCS}:`, 'Docker docs:');
}
