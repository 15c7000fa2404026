/** The same text written in other ways. What is found in it, and how it is fixed, must not change. */
import type { Finding } from '../../server/src/engine/finding.js';
import type { ContainerDocument } from '../../server/src/model/document.js';
import type { Fixture } from './fixtures.js';
import type { Marker } from './markers.js';

export interface Variant {
  readonly name: string;
  readonly text: string;
  readonly markers: readonly Marker[];
  /** Whether the fixes must be the same too. */
  readonly withTitles: boolean;
  /** The variant of another text, to compare the fixed one with. */
  transform?(text: string): string;
}

const EMOJI = '# 🛟 a comment';

export function variantsOf(
  fixture: Fixture,
  document: ContainerDocument,
  findings: readonly Finding[],
): readonly Variant[] {
  const variants: Variant[] = [];
  if (!fixture.text.includes('\r')) variants.push(carriageReturns(fixture));
  // A byte order mark must stay the first character; one fixture with it is enough.
  if (!fixture.text.startsWith('\uFEFF')) variants.push(commentOnTop(fixture));
  variants.push(commentsAbove(fixture, document, findings));
  return variants;
}

function carriageReturns({ text, markers }: Fixture): Variant {
  const transform = (plain: string) => plain.replaceAll('\n', '\r\n');
  return { name: 'with CRLF', text: transform(text), markers, withTitles: true, transform };
}

function commentOnTop({ text, markers, kind }: Fixture): Variant {
  const top = kind === 'dockerfile' ? directiveLines(text) : 0;
  const transform = (plain: string) => insertLines(plain, new Map([[top, EMOJI]]));
  const moved = markers.map((marker) => ({
    ...marker,
    line: marker.line < top ? marker.line : marker.line + 1,
  }));
  const name = 'with an emoji in a comment on top';
  return { name, text: transform(text), markers: moved, withTitles: true, transform };
}

/** A comment may change which fixes are offered, where they would take it away: titles are not compared. */
function commentsAbove(
  { text, kind, markers }: Fixture,
  document: ContainerDocument,
  findings: readonly Finding[],
): Variant {
  const top = kind === 'dockerfile' ? directiveLines(text) : 0;
  const above = findings.flatMap((finding) => document.commentLineAbove(finding.at.start) ?? []);
  const lines = [...new Set(above)].filter((line) => line >= top).sort((a, b) => a - b);
  const contents = text.split('\n');
  const comments = lines.map(
    (line) => [line, `${/^\s*/.exec(contents[line] ?? '')?.[0] ?? ''}${EMOJI}`] as const,
  );
  const moved = markers.map((marker) => ({
    ...marker,
    titles: '',
    line: marker.line + lines.filter((line) => line <= marker.line).length,
  }));
  const name = 'with an emoji in a comment above each finding';
  return { name, text: insertLines(text, new Map(comments)), markers: moved, withTitles: false };
}

/** How many lines at the top are parser directives: a comment above would turn them into comments. */
function directiveLines(text: string): number {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !/^\uFEFF?#\s*[a-z]+\s*=/i.test(line));
  return end < 0 ? lines.length : end;
}

/** Inserts lines above the lines of these numbers. */
function insertLines(text: string, lines: ReadonlyMap<number, string>): string {
  return text
    .split('\n')
    .flatMap((content, line) => {
      const added = lines.get(line);
      return added === undefined ? [content] : [added, content];
    })
    .join('\n');
}

const MOST_CUTS = 16;

/** Beginnings of a text, evenly spread: they end in words, between them and at the ends of lines. */
export function cutTexts(text: string): readonly string[] {
  const count = Math.min(MOST_CUTS, text.length);
  return Array.from({ length: count }, (_, index) =>
    text.slice(0, Math.floor((index * text.length) / count)),
  );
}
