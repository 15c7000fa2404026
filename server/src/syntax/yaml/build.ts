/**
 * Events of js-yaml -> tree. Events know where scalars, tags and anchors stand and where collections start; dashes,
 * closing brackets, empty nodes, block scalar headers and comments are found in the gaps between them, each of which
 * is walked through once. Expects the events of this very text: nothing here checks that it is well-formed.
 */
import {
  type AliasEvent,
  CHOMPING_MODE,
  COLLECTION_STYLE,
  type Event,
  EVENT_ID,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import type { Span } from '../../text/span.js';
import { gapReader } from './comments.js';
import { expansionMeter } from './expansion.js';
import {
  type DocumentFrame,
  type Frame,
  type MapFrame,
  type Properties,
  type SeqFrame,
  withProperties,
} from './frames.js';
import { isBreak, isFlowIndicator, isGap, lineStart } from './lines.js';
import type { YamlAlias, YamlComment, YamlDocument, YamlNode, YamlScalar } from './tree.js';

const STYLES: readonly YamlScalar['style'][] = ['plain', 'plain', 'single', 'double', 'literal', 'folded'];
const COLON = 58;
const COMMA = 44;
const DASH = 45;
const QUESTION = 63;
const BYTE_ORDER_MARK = 0xfeff;

export interface BuiltTree {
  readonly documents: readonly YamlDocument[];
  readonly comments: readonly YamlComment[];
  readonly excessive: Span | undefined;
}

/** `toSource` turns offsets of `text` into those that spans shall have; without it they are the same. */
export function buildTree(
  text: string,
  events: readonly Event[],
  toSource?: (offset: number) => number,
): BuiltTree {
  const gaps = gapReader(text);
  const documents: DocumentFrame[] = [];
  const stack: Frame[] = [];
  let top: Frame = { kind: 'document', start: 0, root: undefined };
  /** The latest node of each anchor; a frame while it is still open, since an alias inside must not refer to it. */
  const anchors = new Map<string, YamlNode | Frame>();
  let meter = expansionMeter();
  let excessive: Span | undefined;
  /** Everything before it has been read. */
  let cursor = 0;

  const place = toSource
    ? (start: number, end: number): Span => ({ start: toSource(start), end: toSource(end) })
    : (start: number, end: number): Span => ({ start, end });

  for (let i = 0; i < events.length; i++) {
    const event = events[i];
    if (event === undefined) break;
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        anchors.clear();
        meter = expansionMeter();
        open({
          kind: 'document',
          start: passDocumentMarks(event.explicitStart, events[i + 1]),
          root: undefined,
        });
        break;
      case EVENT_ID.SEQUENCE:
        openSeq(event);
        break;
      case EVENT_ID.MAPPING:
        openMap(event, events[i + 1]);
        break;
      case EVENT_ID.SCALAR:
        attach(event.valueStart < 0 ? emptyScalar(event) : scalar(event));
        break;
      case EVENT_ID.ALIAS:
        attach(alias(event));
        break;
      default:
        close(top);
    }
  }
  for (cursor = gaps.skip(cursor); cursor < text.length; cursor = gaps.skip(cursor + 1));

  return {
    documents: documents.map(({ start, root }, i) => ({
      root,
      span: place(i === 0 ? 0 : start, documents[i + 1]?.start ?? text.length),
    })),
    comments: gaps.comments.map((comment) => ({ span: place(comment.start, comment.end) })),
    excessive,
  };

  /** Reads end marks of the document before, directives and the start mark; gives the place of the first of the latter. */
  function passDocumentMarks(explicitStart: boolean, root: Event | undefined): number {
    const limit = root ? startOf(root) : undefined;
    let start: number | undefined;
    for (;;) {
      cursor = gaps.skip(cursor, limit);
      if (text.charCodeAt(cursor) === BYTE_ORDER_MARK && cursor !== limit) {
        cursor++;
        continue;
      }
      if (text.startsWith('...', cursor) && isGap(text.charCodeAt(cursor + 3)) && startsLine()) {
        cursor += 3;
      } else if (explicitStart && text[cursor] === '%') {
        start ??= cursor;
        while (cursor < text.length && !isBreak(text.charCodeAt(cursor))) {
          const next = gaps.skipInLine(cursor);
          cursor = next === cursor ? cursor + 1 : next;
        }
      } else {
        start ??= cursor;
        if (explicitStart && text.startsWith('---', cursor)) cursor += 3;
        return start;
      }
    }
  }

  function startsLine(): boolean {
    const line = lineStart(text, cursor);
    return cursor === line || (cursor === line + 1 && text.charCodeAt(line) === BYTE_ORDER_MARK);
  }

  function openSeq(event: SequenceEvent): void {
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const properties = readProperties(event);
    passTo(event.start);
    if (flow) cursor++;
    open({ kind: 'seq', start: event.start, flow, properties, items: [], dashes: [] });
  }

  function openMap(event: MappingEvent, next: Event | undefined): void {
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const properties = readProperties(event);
    passTo(event.start);
    // `[{a: b}: c]`: the key of the pair, a mapping with braces, starts where the pair does.
    const bare =
      flow && (text[event.start] !== '{' || (next?.type === EVENT_ID.MAPPING && next.start === event.start));
    if (flow && !bare) cursor++;
    open({
      kind: 'map',
      start: event.start,
      flow,
      bare,
      properties,
      pairs: [],
      explicit: false,
      key: undefined,
    });
  }

  function open(frame: Frame): void {
    if (frame.kind !== 'document' && frame.properties?.anchor)
      anchors.set(frame.properties.anchor.name, frame);
    stack.push(top);
    top = frame;
  }

  function close(frame: Frame): void {
    top = stack.pop() ?? top;
    if (frame.kind === 'document') {
      documents.push(frame);
      return;
    }
    const node = frame.kind === 'seq' ? closeSeq(frame) : closeMap(frame);
    const name = node.anchor?.name;
    if (name !== undefined && anchors.get(name) === frame) anchors.set(name, node);
    add(node);
  }

  function closeSeq({ start, flow, items, dashes, properties }: SeqFrame): YamlNode {
    const end = Math.max(items.at(-1)?.full.end ?? 0, dashes.at(-1)?.end ?? 0);
    const span = flow ? place(start, closingBracket()) : { start: place(start, start).start, end };
    return withProperties({ kind: 'seq', span, full: span, flow, items, dashes }, properties);
  }

  function closeMap({ start, flow, bare, pairs, properties }: MapFrame): YamlNode {
    const at = place(start, start);
    const span =
      flow && !bare
        ? place(start, closingBracket())
        : { start: at.start, end: pairs.at(-1)?.span.end ?? at.end };
    return withProperties({ kind: 'map', span, full: span, flow, pairs }, properties);
  }

  function closingBracket(): number {
    cursor = gaps.skip(cursor);
    if (text.charCodeAt(cursor) === COMMA) cursor = gaps.skip(cursor + 1);
    return ++cursor;
  }

  function scalar(event: ScalarEvent): YamlScalar {
    const properties = readProperties(event);
    const style = STYLES[event.style] ?? 'plain';
    const value = getScalarValue(text, event);
    let span: Span;
    if (event.style >= SCALAR_STYLE.LITERAL_BLOCK) {
      span = blockScalarSpan(event);
    } else {
      const quote = event.style === SCALAR_STYLE.PLAIN ? 0 : 1;
      passTo(event.valueStart - quote);
      cursor = event.valueEnd + quote;
      span = place(event.valueStart - quote, cursor);
    }
    // Made of nothing but a repair, such as the second quote of a pair whose first one had to go.
    const empty = span.start === span.end;
    return withProperties(
      { kind: 'scalar', span, full: span, value: empty ? '' : value, style: empty ? 'plain' : style, empty },
      properties,
    );
  }

  /** From the `|` or `>` to the end of its content, while the cursor goes behind the blank lines that follow. */
  function blockScalarSpan(event: ScalarEvent): Span {
    const start = passTo(event.valueStart, isBlockHeader);
    cursor = start + 1;
    while (/[-+\d]/.test(text.charAt(cursor))) cursor++;
    const headerEnd = cursor;
    gaps.skipInLine(cursor);
    cursor = event.valueEnd;
    const end = blockScalarEnd(text, event);
    return place(start, end > event.valueStart ? end : headerEnd);
  }

  function emptyScalar(event: ScalarEvent): YamlScalar {
    const properties = readProperties(event);
    const at = properties === undefined ? placeOfEmpty(top) : cursor;
    const span = place(at, at);
    return withProperties(
      { kind: 'scalar', span, full: span, value: '', style: 'plain', empty: true },
      properties,
    );
  }

  /** Behind the indicator that announces a node of which nothing is written; where it would stand if there is none. */
  function placeOfEmpty(parent: Frame): number {
    const before = cursor;
    cursor = gaps.skip(cursor);
    const code = text.charCodeAt(cursor);
    if (parent.kind === 'seq') {
      if (parent.flow || code !== DASH) return before;
      parent.dashes.push(place(cursor, cursor + 1));
      return ++cursor;
    }
    if (parent.kind === 'document') return before;
    if (parent.key === undefined) {
      if (code === COMMA) cursor = gaps.skip(cursor + 1);
      if (text.charCodeAt(cursor) !== QUESTION || !isGap(text.charCodeAt(cursor + 1))) return cursor;
      parent.explicit = true;
      return ++cursor;
    }
    if (code !== COLON || !announcesValue(parent)) return before;
    return ++cursor;
  }

  /** Whether the `:` at the cursor belongs to the key of this mapping; behind `? key` it may be that of an outer one. */
  function announcesValue(map: MapFrame): boolean {
    const next = text.charCodeAt(cursor + 1);
    if (!isGap(next) && !(map.flow && isFlowIndicator(next))) return false;
    if (map.flow || !map.explicit) return true;
    return cursor - lineStart(text, cursor) === map.start - lineStart(text, map.start);
  }

  function alias(event: AliasEvent): YamlAlias {
    const start = event.anchorStart - 1;
    passTo(start);
    cursor = event.anchorEnd;
    const name = text.slice(event.anchorStart, event.anchorEnd);
    const found = anchors.get(name);
    const target = found !== undefined && 'span' in found ? found : undefined;
    const span = place(start, cursor);
    if (target !== undefined && !meter.admits(target)) {
      excessive ??= span;
      return { kind: 'alias', span, full: span, name, target: undefined, excessive: true };
    }
    return { kind: 'alias', span, full: span, name, target };
  }

  function attach(node: YamlNode): void {
    if (node.anchor) anchors.set(node.anchor.name, node);
    add(node);
  }

  function add(node: YamlNode): void {
    if (top.kind === 'seq') {
      top.items.push(node);
    } else if (top.kind === 'document') {
      const nothing = node.kind === 'scalar' && node.empty && !node.tag && !node.anchor;
      top.root = nothing ? undefined : node;
    } else if (top.key === undefined) {
      top.key = node;
    } else {
      const { key } = top;
      const end = Math.max(key.full.end, node.full.end);
      top.pairs.push({ key, value: node, span: { start: key.full.start, end } });
      top.key = undefined;
      top.explicit = false;
    }
  }

  function readProperties(event: ScalarEvent | SequenceEvent | MappingEvent): Properties | undefined {
    if (event.tagStart < 0 && event.anchorStart < 0) return undefined;
    const tagFirst = event.anchorStart < 0 || (event.tagStart >= 0 && event.tagStart < event.anchorStart);
    if (event.tagStart >= 0 && tagFirst) pass(event.tagStart, event.tagEnd);
    if (event.anchorStart >= 0) pass(event.anchorStart - 1, event.anchorEnd);
    if (event.tagStart >= 0 && !tagFirst) pass(event.tagStart, event.tagEnd);
    const tag = event.tagStart >= 0 && {
      name: text.slice(event.tagStart, event.tagEnd),
      span: place(event.tagStart, event.tagEnd),
    };
    const anchor = event.anchorStart >= 0 && {
      name: text.slice(event.anchorStart, event.anchorEnd),
      span: place(event.anchorStart - 1, event.anchorEnd),
    };
    return { ...(tag && { tag }), ...(anchor && { anchor }) };
  }

  function pass(start: number, end: number): void {
    passTo(start);
    cursor = end;
  }

  /** Moves the cursor over blanks, comments and indicators to `start`, or to what `stop` accepts before it. */
  function passTo(start: number, stop?: (code: number) => boolean): number {
    for (;;) {
      if (cursor >= start) return cursor;
      const code = text.charCodeAt(cursor);
      if (code === 32 || code === 10) {
        cursor++;
        continue;
      }
      cursor = gaps.skip(cursor, start);
      if (cursor >= start) return cursor;
      const indicator = text.charCodeAt(cursor);
      if (stop?.(indicator)) return cursor;
      if (indicator === DASH && top.kind === 'seq') top.dashes.push(place(cursor, cursor + 1));
      else if (indicator === QUESTION && top.kind === 'map') top.explicit = true;
      cursor++;
    }
  }
}

/** End of the last line with content, without its break; with `+`, blank lines behind it are content too. */
function blockScalarEnd(text: string, { valueStart, valueEnd, chomping }: ScalarEvent): number {
  let end = beforeBreak(text, valueEnd);
  if (chomping === CHOMPING_MODE.KEEP) return end;
  let line = lineStart(text, end);
  while (end > valueStart && text.slice(line, end).trim() === '') {
    end = beforeBreak(text, line);
    line = lineStart(text, end);
  }
  return end;
}

function beforeBreak(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  if (!isBreak(last)) return end;
  return last === 10 && text.charCodeAt(end - 2) === 13 ? end - 2 : end - 1;
}

/** Where the node of an event begins; undefined when nothing is written, or a block scalar whose header comes first. */
function startOf(event: Event): number | undefined {
  if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return undefined;
  const content =
    event.type === EVENT_ID.SCALAR ? event.valueStart : event.type === EVENT_ID.ALIAS ? -1 : event.start;
  const tag = event.type === EVENT_ID.ALIAS ? -1 : event.tagStart;
  const starts = [content, tag, event.anchorStart - 1].filter((start) => start >= 0);
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

function isBlockHeader(code: number): boolean {
  return code === 124 || code === 62;
}
