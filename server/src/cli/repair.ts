/**
 * The fixes of several files, made on their texts. A fix may change another file of the same project, and what one file
 * says may change what there is to repair in another: those are looked at again until nothing changes.
 */
import { existsSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { type Analysis, analyse } from '../engine/analyse.js';
import { type FixRequest, type FixResult, fixText } from '../engine/fix.js';
import { type Hardened, hardenText } from '../engine/harden.js';
import { english } from '../l10n/message.js';
import type { CommonPart } from '../model/project.js';
import type { Applicability } from '../rules/rule.js';
import type { NewFile } from '../text/edit.js';
import { uriOf } from './disk.js';
import type { FoundFile } from './files.js';
import { type CliIo, EXIT } from './io.js';
import { fileAt, type Projects } from './projects.js';
import { readText } from './read-file.js';
import type { Selection } from './selection.js';

/** What becomes of one file. */
export interface Repair {
  readonly file: FoundFile;
  /** With the byte order mark, if the file has one. */
  readonly before: string;
  readonly after: string;
  readonly creates: readonly Companion[];
  /** Fixes of findings in this file. */
  readonly applied: FixResult['applied'];
  /** What its services got alike and take from one place now. */
  readonly shared: readonly CommonPart[];
  /** Other files whose fixes changed this one. */
  readonly reasons: readonly string[];
}

/** A file beside the one under repair, whole. */
export interface Companion {
  readonly absolute: string;
  readonly path: string;
  /** Undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** Why a file was left alone. */
export interface Refusal {
  /** Ends a sentence that starts with the path. */
  readonly reason: string;
  readonly code: number;
}

export interface RepairRequest {
  readonly files: readonly FoundFile[];
  readonly projects: Projects;
  readonly selection: Pick<Selection, 'rules' | 'known' | 'scopeOf'>;
  readonly allowed: ReadonlySet<Applicability>;
  readonly io: CliIo;
}

export interface Repairs {
  /** The files that were asked for in their order, then others that their fixes changed. */
  readonly repairs: readonly Repair[];
  readonly refused: readonly { readonly file: FoundFile; readonly refusal: Refusal }[];
}

interface Work {
  readonly file: FoundFile;
  readonly uri: string | undefined;
  /** URIs of the files on which it depends. */
  readonly around: ReadonlySet<string>;
  text: string;
  readonly creates: FixResult['creates'][number][];
  readonly applied: FixResult['applied'][number][];
  readonly shared: CommonPart[];
  readonly reasons: Set<string>;
  refusal?: Refusal;
  /** Turns at which the text was looked at, and changed. */
  seen: number;
  changed: number;
}

/** Files that change each other over and over would be a mistake of two rules; it must end all the same. */
const MAX_PASSES = 5;

export function repairAll(request: RepairRequest): Repairs {
  const work = request.files.map((file) => newWork(file, request.projects.around(file)));
  const added = new Map<string, Work | undefined>();
  let turn = 0;
  const find = (uri: string) => work.find((one) => one.uri === uri) ?? addedFile(uri, added, request.io.cwd);
  let queue = baseFirst(work);
  for (let pass = 0; pass < MAX_PASSES && queue.length > 0; pass++) {
    for (const one of queue) {
      const result = repairOne(one, find, [...work, ...added.values()], request);
      turn++;
      one.seen = turn;
      if ('reason' in result) {
        one.refusal = result;
        continue;
      }
      if (result.text !== one.text) one.changed = turn;
      one.text = result.text;
      one.applied.push(...result.applied);
      if (result.common) one.shared.push(result.common);
      one.creates.push(...result.creates.filter(({ path }) => !one.creates.some((old) => old.path === path)));
      for (const [uri, text] of result.others) {
        const other = find(uri);
        if (other === undefined) continue;
        other.text = text;
        other.changed = turn;
        other.reasons.add(one.file.path);
      }
    }
    const all = [...work, ...added.values()];
    queue = work.filter(
      (one) =>
        one.refusal === undefined &&
        all.some(
          (other) =>
            other !== undefined &&
            other.changed > one.seen &&
            (other === one || (other.uri !== undefined && one.around.has(other.uri))),
        ),
    );
  }
  const changed = [...added.values()].filter((one) => one !== undefined && one.changed > 0);
  return {
    repairs: [...work, ...changed].flatMap((one) =>
      one && !one.refusal ? [repairOf(one, request.io.cwd)] : [],
    ),
    refused: work.flatMap(({ file, refusal }) => (refusal ? [{ file, refusal }] : [])),
  };
}

/** What others are made of comes first: they may then need nothing themselves. Otherwise in the order that was given. */
function baseFirst(work: readonly Work[]): readonly Work[] {
  const byUri = new Map(work.flatMap((one) => (one.uri === undefined ? [] : [[one.uri, one] as const])));
  const ordered = new Set<Work>();
  const open = new Set<Work>();
  const add = (one: Work): void => {
    if (open.has(one)) return;
    open.add(one);
    for (const uri of one.around) {
      const other = byUri.get(uri);
      if (other && one.uri !== undefined && !other.around.has(one.uri)) add(other);
    }
    ordered.add(one);
  };
  for (const one of work) add(one);
  return [...ordered];
}

function newWork(file: FoundFile, around: ReadonlySet<string> = new Set()): Work {
  const uri = file.absolute === undefined ? undefined : uriOf(file.absolute);
  return {
    file,
    uri,
    around,
    text: file.text,
    creates: [],
    applied: [],
    shared: [],
    reasons: new Set(),
    seen: 0,
    changed: 0,
  };
}

/** A file of a project that nobody asked for by name. */
function addedFile(uri: string, added: Map<string, Work | undefined>, cwd: string): Work | undefined {
  if (!added.has(uri)) {
    const file = fileAt(uri, 'dockerfile', cwd);
    added.set(uri, file && newWork(file));
  }
  return added.get(uri);
}

type Repaired = FixResult & Partial<Pick<Hardened, 'common'>>;

function repairOne(
  { file, text, uri }: Work,
  find: (uri: string) => Work | undefined,
  all: readonly (Work | undefined)[],
  { projects, selection, allowed, io }: RepairRequest,
): Repaired | Refusal {
  const { rules, known, scopeOf } = selection;
  const scope = scopeOf(file);
  if ('errors' in scope) return { reason: `was not fixed: ${scope.errors.join(' ')}`, code: EXIT.failed };
  const { config } = scope;
  const newer = all.flatMap((one): [string, string][] =>
    one?.uri !== undefined && one.uri !== uri && one.changed > 0 ? [[one.uri, one.text]] : [],
  );
  // What the baseline hides is mended like the rest: it is there to become smaller.
  const analyseText = (content: string, others: ReadonlyMap<string, string>): Analysis =>
    analyse({
      ...projects.open(file, content, new Map([...newer, ...others])),
      rules,
      known,
      config,
      today: io.today,
    });
  const problem = analyseText(text, new Map()).problems.find(({ kind }) => kind === 'syntax');
  if (problem) {
    const line = text.slice(0, problem.at.start).split(/\r\n?|\n/).length;
    return {
      reason: `was not fixed, it has a syntax error in line ${line}: ${english(problem.message)}`,
      code: EXIT.findings,
    };
  }
  const repair: FixRequest = {
    text,
    analyse: analyseText,
    allowed,
    otherText(one) {
      const other = find(one);
      return other === undefined || other.file.lossy || other.refusal ? undefined : other.text;
    },
  };
  // The editor's "Harden" makes the same of it.
  const result: Repaired = allowed.has('unsafe')
    ? hardenText({ ...repair, steps: config.harden })
    : fixText(repair);
  if (file.lossy && result.text !== text) {
    return {
      reason: 'was not fixed, it holds bytes that are not UTF-8; save it as UTF-8 first',
      code: EXIT.failed,
    };
  }
  return result;
}

function repairOf({ file, text, applied, shared, creates, reasons }: Work, cwd: string): Repair {
  const folder = file.absolute === undefined ? undefined : dirname(file.absolute);
  return {
    file,
    before: file.bom + file.text,
    after: file.bom + text,
    applied,
    shared,
    reasons: [...reasons],
    creates: creates.flatMap((created) =>
      folder === undefined ? [] : companion(created, folder, file, cwd),
    ),
  };
}

function companion(
  { path: written, text, existing }: NewFile,
  folder: string,
  file: FoundFile,
  cwd: string,
): readonly Companion[] {
  const absolute = join(folder, written);
  const path = posix.join(posix.dirname(file.path), written);
  if (existing === undefined) {
    const isInside = [folder, cwd].some((one) => !relative(one, absolute).startsWith('..'));
    return isInside && !existsSync(absolute) ? [{ absolute, path, before: undefined, after: text }] : [];
  }
  const content = readText(absolute);
  // It changed since the file was looked at, or is no plain text: somebody else has to add the lines.
  if ('problem' in content || content.lossy || content.text !== existing) return [];
  const before = content.bom + content.text;
  return [{ absolute, path, before, after: before + text }];
}
