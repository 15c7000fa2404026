/**
 * What the word that is being typed is for. The word is replaced by a mark, what stands open on its line is closed, and
 * the text is read as always: where the mark turns up in the model is what the word is. So half a line does no harm,
 * and formats are understood exactly as in the rest of the program.
 */
import type { Stage } from '../model/build.js';
import type { ContainerFields, ContainerLists, ContainerSpec } from '../model/container.js';
import type { ContainerDocument } from '../model/document.js';
import { type Setting, setValue } from '../model/setting.js';
import { contextAt } from '../syntax/yaml/context.js';
import type { Span } from '../text/span.js';
import { openDocument } from './open.js';

export interface TypedWord {
  readonly field: TypedField;
  /** The word around the offset, which a choice replaces; empty when nothing is typed yet. */
  readonly span: Span;
  /** The quote that the word stands in. */
  readonly quote: '"' | "'" | undefined;
  /** What a choice has to bring along: brackets where a list is wanted, or the dash of an item on a line of its own. */
  readonly needs: 'brackets' | 'dash' | undefined;
  /** As they are with the mark in place of the word: where a `user` or a list is going to be. */
  readonly container: ContainerSpec | undefined;
  readonly stage: Stage | undefined;
}

type ListField = Extract<keyof ContainerLists, 'capAdd' | 'capDrop' | 'securityOpt' | 'tmpfs'>;
type LimitField = Extract<keyof ContainerFields, 'memory' | 'cpus' | 'pids'>;
export type TypedField = ListField | LimitField | 'user';

const LISTS: readonly ListField[] = ['capAdd', 'capDrop', 'securityOpt', 'tmpfs'];
const LIMITS: readonly LimitField[] = ['memory', 'cpus', 'pids'];
/** Looks like a user, a capability and a path's part, and is none. */
const MARK = 'bulkhead0mark';
/** A limit has to be a number; nobody writes this one. */
const NUMBER_MARK = 9_021_067_331;

/** Undefined where nothing is typed that the model has a place for, in comments above all. */
export function typedWordAt(document: ContainerDocument, offset: number): TypedWord | undefined {
  const { source, kind } = document;
  if (document.comments.some(({ start, end }) => start < offset && offset <= end)) return undefined;
  const line = source.lineSpan(source.lineAt(offset));
  if (offset > line.end) return undefined;
  const before = /[^\s"'[\]{},]*$/.exec(source.text.slice(line.start, offset))?.[0].length ?? 0;
  const behind = /^[^\s"'[\]{},]*/.exec(source.text.slice(offset, line.end))?.[0].length ?? 0;
  const span = { start: offset - before, end: offset + behind };
  const prefix = source.text.slice(line.start, span.start);
  const open = kind === 'dockerfile' ? openInDockerfile(prefix) : openInCompose(prefix);
  if (open === undefined) return undefined;
  const rest = open.closes ? '' : source.text.slice(span.end, line.end);
  const probe = (mark: string) =>
    findMark(
      openDocument(
        source.text.slice(0, span.start) + mark + open.closer + rest + source.text.slice(line.end),
        kind,
      ),
    );
  // An item that has no dash yet continues the item above it; with one it is what it is going to be.
  const isAlone = kind === 'compose' && /^\s*$/.test(prefix) && !isInBrackets(source.text, span.start);
  const item = isAlone ? probe(`- ${MARK}`) : undefined;
  if (item && isList(item.field)) return { ...item, span, quote: undefined, needs: 'dash' };
  const found = probe(open.isNumber ? `${NUMBER_MARK}` : MARK);
  const wantsList = found && isList(found.field) && found.field !== 'tmpfs' && /:\s+["']?$/.test(prefix);
  return found && { ...found, span, quote: open.quote, needs: wantsList ? 'brackets' : undefined };
}

function isInBrackets(text: string, offset: number): boolean {
  return contextAt(text, offset).open.length > 0;
}

interface Open {
  readonly quote: '"' | "'" | undefined;
  /** What has to follow the word so that the line is whole. */
  readonly closer: string;
  /** The rest of the line is left out, since the closer takes its place. */
  readonly closes: boolean;
  readonly isNumber: boolean;
}

const PLAIN: Open = { quote: undefined, closer: '', closes: false, isNumber: false };

/** A cheap look at the line: most words that are typed are not for us. */
function openInDockerfile(prefix: string): Open | undefined {
  return /^\s*(?:ONBUILD\s+)?USER\s+$/i.test(prefix) ? PLAIN : undefined;
}

function openInCompose(prefix: string): Open | undefined {
  const isEntry = /^\s*(?:-\s+)?["']?$/.test(prefix);
  const isNumber = /\b(?:mem_limit|memory|cpus|pids_limit|pids)["']?\s*:\s+["']?$/.test(prefix);
  if (!isEntry && !isNumber && !/\b(?:cap_add|cap_drop|security_opt|tmpfs|user)\b["']?\s*:\s/.test(prefix))
    return undefined;
  let quote: Open['quote'];
  const brackets: string[] = [];
  for (const char of prefix) {
    if (quote !== undefined) {
      if (char === quote) quote = undefined;
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '[') brackets.unshift(']');
    else if (char === '{') brackets.unshift('}');
    else if (char === ']' || char === '}') brackets.shift();
  }
  const closer = (quote ?? '') + brackets.join('');
  return { quote, closer, closes: closer !== '', isNumber };
}

function findMark(probe: ContainerDocument): Pick<TypedWord, 'field' | 'container' | 'stage'> | undefined {
  for (const container of probe.containers) {
    if (isMark(container.user)) return { field: 'user', container, stage: undefined };
    const field =
      LISTS.find((list) => container[list].some(isMark)) ??
      LIMITS.find((limit) => setValue(container[limit]) === NUMBER_MARK);
    if (field) return { field, container, stage: undefined };
  }
  for (const stage of probe.builds.flatMap((build) => build.stages))
    for (const step of stage.steps)
      if (step.kind === 'user' && step.words[0]?.written === MARK)
        return { field: 'user', container: undefined, stage };
  return undefined;
}

function isList(field: TypedField): field is ListField {
  return LISTS.some((list) => list === field);
}

function isMark(setting: Setting<string>): boolean {
  return setting.state === 'set' && setting.value === MARK;
}
