/** Several fixes at once: combining them into edits that do not collide, and repeating until nothing is left to fix. */
import type { Message } from '../l10n/message.js';
import type { ContainerChange, ContainerSpec } from '../model/container.js';
import type { ContainerDocument } from '../model/document.js';
import type { Applicability, Fix } from '../rules/rule.js';
import { applyEdits, type Edit, type NewFile } from '../text/edit.js';
import { editSet } from '../text/edit-set.js';
import type { Analysis } from './analyse.js';
import { BY_BASELINE } from './baseline.js';
import type { Finding } from './finding.js';

export interface CombinedFixes {
  /** Edits that can be applied together; of every document concerned. */
  readonly edits: readonly Edit[];
  readonly creates: readonly NewFile[];
  readonly applied: readonly Fix[];
}

/**
 * The edits of several fixes. Fixes of one container become one set of edits; a fix that collides with an earlier one
 * is left out, whole.
 */
export function combineFixes(fixes: readonly Fix[]): CombinedFixes {
  const accepted = editSet();
  const creates: NewFile[] = [];
  const applied: Fix[] = [];
  const accept = (group: readonly Fix[], wanted: readonly Edit[]) => {
    if (wanted.some((edit) => accepted.collides(edit))) return false;
    accepted.add(wanted);
    applied.push(...group);
    for (const fix of group)
      creates.push(...(fix.creates ?? []).filter((file) => !creates.some((one) => one.path === file.path)));
    return true;
  };
  for (const [container, group] of byContainer(fixes)) {
    const together = appliedTogether(container, group) ?? largestTogether(container, group);
    if (accept(together.fixes, together.edits)) {
      const made = new Set(together.fixes);
      for (const fix of group) if (!made.has(fix)) accept([fix], fix.edits);
      continue;
    }
    for (const fix of group) accept([fix], fix.edits);
  }
  for (const fix of fixes) if (fix.change === undefined) accept([fix], fix.edits);
  return { edits: accepted.edits, creates, applied };
}

interface Together {
  readonly fixes: readonly Fix[];
  readonly edits: readonly Edit[];
}

/** Undefined where they cannot be made at once: two of them write another value at one place. */
function appliedTogether(container: ContainerSpec, fixes: readonly Fix[]): Together | undefined {
  const changes = withoutRepeats(fixes.flatMap((fix) => fix.change?.changes ?? []));
  const edits = container.edit.apply(changes)?.edits;
  const made = editSet();
  for (const edit of edits ?? []) {
    if (made.overlaps(edit)) return undefined;
    made.add([edit]);
  }
  return edits && { fixes, edits };
}

/** Those that can be made at once, the first ones first. Most can: they are tried half by half, not one by one. */
function largestTogether(container: ContainerSpec, fixes: readonly Fix[]): Together {
  const withMore = (kept: Together, more: readonly Fix[]): Together => {
    const all = more.length === 0 ? kept : appliedTogether(container, [...kept.fixes, ...more]);
    if (all !== undefined) return all;
    if (more.length === 1) return kept;
    const middle = more.length >> 1;
    return withMore(withMore(kept, more.slice(0, middle)), more.slice(middle));
  };
  return withMore({ fixes: [], edits: [] }, fixes);
}

function byContainer(fixes: readonly Fix[]): ReadonlyMap<ContainerSpec, readonly Fix[]> {
  const groups = new Map<ContainerSpec, Fix[]>();
  for (const fix of fixes) {
    if (fix.change === undefined) continue;
    const group = groups.get(fix.change.container);
    if (group) group.push(fix);
    else groups.set(fix.change.container, [fix]);
  }
  return groups;
}

/** The same wish of two rules counts once: setting one field, removing one place. */
function withoutRepeats(changes: readonly ContainerChange[]): readonly ContainerChange[] {
  const seen = new Set<string>();
  return changes.filter((change) => {
    const key =
      'set' in change
        ? `set ${change.set}`
        : 'remove' in change
          ? `remove ${change.remove.start}`
          : JSON.stringify(change);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The fix to take when nobody chooses: the first allowed one. Manual fixes hold a gap and are never taken. */
export function preferredFix(finding: Finding, allowed: ReadonlySet<Applicability>): Fix | undefined {
  return finding.fixes().find((fix) => allowed.has(fix.applicability) && fix.applicability !== 'manual');
}

/** Whether nobody accepted it. A baseline does not count: it is there to become smaller. */
export function isToMend({ suppressed }: Finding): boolean {
  return suppressed === undefined || suppressed.by === BY_BASELINE;
}

export interface FixRequest {
  readonly text: string;
  /** Opens and analyses a text as the file under repair. `others` are other files that fixes have changed, by URI. */
  analyse(text: string, others: ReadonlyMap<string, string>): Analysis;
  readonly allowed: ReadonlySet<Applicability>;
  /** Which findings to repair; all when left out. */
  wants?(finding: Finding): boolean;
  /**
   * The text of another file that a fix may change too; undefined for one that must stay as it is. When left out, no
   * fix that concerns other files is made.
   */
  otherText?(uri: string): string | undefined;
}

export interface FixResult {
  readonly text: string;
  /** New texts of other files, by URI. */
  readonly others: ReadonlyMap<string, string>;
  readonly creates: readonly NewFile[];
  readonly applied: readonly { readonly rule: string; readonly title: Message }[];
  /** How the text came about, for those who tell the user change by change. */
  readonly rounds: readonly FixRound[];
}

/** Fixes that were combined in one text. */
export interface FixRound {
  /** Of the text before this round. */
  readonly document: ContainerDocument;
  /** Texts of the other files that rounds before this one have changed, by URI. */
  readonly others: ReadonlyMap<string, string>;
  readonly fixes: readonly { readonly finding: Finding; readonly fix: Fix }[];
}

/** A fix may make room for another one; real files are done after two or three rounds. */
const MAX_ROUNDS = 20;

/** Repairs a text until no wanted fix is left. */
export function fixText(request: FixRequest): FixResult {
  let { text } = request;
  const others = new Map<string, string>();
  const creates: NewFile[] = [];
  const applied: { rule: string; title: Message }[] = [];
  const rounds: FixRound[] = [];
  const given = new Set<string | undefined>();
  const otherText = (uri: string) => others.get(uri) ?? request.otherText?.(uri);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const findings = new Map<Fix, Finding>();
    const analysis = request.analyse(text, others);
    for (const finding of analysis.findings) {
      if (!isToMend(finding) || request.wants?.(finding) === false) continue;
      const fix = preferredFix(finding, request.allowed);
      const outOfReach = fix?.edits.some(
        ({ span: { file } }) => file !== undefined && otherText(file) === undefined,
      );
      const known =
        fix?.creates?.every((file) => creates.some((one) => one.path === file.path)) &&
        fix.edits.length === 0 &&
        fix.creates.length > 0;
      if (fix && !outOfReach && !known && !given.has(settingOf(finding, fix))) findings.set(fix, finding);
    }
    for (const fix of [...madeByOthers(findings), ...tooEarly(findings)]) findings.delete(fix);
    const combined = combineFixes([...findings.keys()]);
    if (combined.applied.length === 0) break;
    const fixes = [...findings].map(([fix, finding]) => ({ finding, fix }));
    rounds.push({ document: analysis.document, others: new Map(others), fixes });
    const { own, elsewhere } = editsByFile(combined.edits);
    const next = applyEdits(text, own);
    for (const [uri, edits] of elsewhere) others.set(uri, applyEdits(otherText(uri) ?? '', edits));
    creates.push(...combined.creates.filter((file) => !creates.some((one) => one.path === file.path)));
    applied.push(
      ...combined.applied.map((fix) => ({ rule: findings.get(fix)?.rule.id ?? '', title: fix.title })),
    );
    for (const fix of combined.applied) given.add(settingOf(findings.get(fix), fix));
    given.delete(undefined);
    if (next === text && combined.creates.length === 0 && elsewhere.size === 0) break;
    text = next;
  }
  return { text, others, creates, applied, rounds };
}

/**
 * The setting that a container lacks. When it still lacks it after it was given, the text is broken there, and nobody
 * reads what is added: it is given once.
 */
function settingOf(finding: Finding | undefined, { change }: Fix): string | undefined {
  return change === undefined || finding?.missing === undefined
    ? undefined
    : `${finding.rule.id} ${change.container.name}`;
}

/**
 * Fixes of one rule for two containers where one is made of the other: what the other gets, both have. Two containers
 * that share their text change each other; their edits are the same, and collide.
 */
function madeByOthers(findings: ReadonlyMap<Fix, Finding>): readonly Fix[] {
  const made: Fix[] = [];
  for (const fixes of byRule(findings)) {
    const also = new Map(fixes.map((fix) => [fix, new Set(fix.change?.alsoChanges)]));
    const nameOf = (fix: Fix) => fix.change?.container.name ?? '';
    const byName = new Map<string, Fix[]>();
    for (const fix of fixes) byName.set(nameOf(fix), [...(byName.get(nameOf(fix)) ?? []), fix]);
    for (const [other, names] of also)
      for (const name of names)
        for (const fix of byName.get(name) ?? [])
          if (fix !== other && also.get(fix)?.has(nameOf(other)) !== true) made.push(fix);
  }
  return made;
}

/** Those that change a container, by rule. */
function byRule(findings: ReadonlyMap<Fix, Finding>): Iterable<readonly Fix[]> {
  const rules = new Map<string, Fix[]>();
  for (const [fix, { rule }] of findings) {
    if (fix.change === undefined) continue;
    const fixes = rules.get(rule.id);
    if (fixes) fixes.push(fix);
    else rules.set(rule.id, [fix]);
  }
  return rules.values();
}

/** Those that wait for others. */
function tooEarly(findings: ReadonlyMap<Fix, Finding>): readonly Fix[] {
  const waiting = [...findings.keys()].filter(({ waits }) => waits);
  return waiting.length < findings.size ? waiting : [];
}

/** Edits of the document itself, and those of other files by URI. */
export function editsByFile(edits: readonly Edit[]): {
  readonly own: readonly Edit[];
  readonly elsewhere: ReadonlyMap<string, readonly Edit[]>;
} {
  const elsewhere = new Map<string, Edit[]>();
  for (const edit of edits) {
    const { file } = edit.span;
    if (file !== undefined) elsewhere.set(file, [...(elsewhere.get(file) ?? []), edit]);
  }
  return { own: edits.filter(({ span }) => span.file === undefined), elsewhere };
}
