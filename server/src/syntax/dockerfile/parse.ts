/**
 * Reads a Dockerfile as BuildKit does: first logical lines, then keyword, flags and arguments of each. The package
 * dockerfile-ast is not used here: it joins lines behind a doubled escape character, misses heredocs with a file
 * descriptor, keeps positions as line and column, and costs more than the rest of an analysis. Tests compare with it.
 */
import { say } from '../../l10n/message.js';
import type { Span } from '../../text/span.js';
import { type Escape, isBlank, lineEnd, nextLine, readLogicalLine, skipBlanks } from '../continuation.js';
import { type JoinedText, spanIn } from '../joined-text.js';
import { readDirectives } from './directives.js';
import { readFlags } from './flags.js';
import { heredocOpeners, heredocReader } from './heredocs.js';
import { readJsonForm } from './json.js';
import { findProblems } from './problems.js';
import { readPairs } from './properties.js';
import type { DockerfileInstruction, DockerfileTree, DockerfileWord } from './tree.js';
import { splitAtBlanks, wordAt } from './words.js';

/** One logical line and what its instructions need to know. */
interface Line {
  readonly joined: JoinedText;
  /** End of the line in the document, without trailing blanks. */
  readonly end: number;
  readonly escapeChar: Escape;
  readonly problems: DockerfileTree['problems'][number][];
  /** ONBUILD cannot hold another one; nothing is read behind the second. */
  readonly inOnbuild?: boolean;
}

const SHELL_OR_JSON = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'SHELL']);
const LIST_OR_JSON = new Set(['ADD', 'COPY', 'VOLUME']);
const PAIRS = new Set(['ENV', 'LABEL', 'ARG']);
const WHOLE_LINE = new Set(['USER', 'WORKDIR', 'STOPSIGNAL', 'MAINTAINER']);
const WITH_HEREDOCS = new Set(['ADD', 'COPY', 'RUN']);

/** Never throws: what cannot be understood is reported in `problems`, and the rest of the file is still read. */
export function parseDockerfile(text: string): DockerfileTree {
  const top = readDirectives(text, text[0] === '\uFEFF' ? 1 : 0);
  const { directives, escape: escapeChar } = top;
  const heredocs = heredocReader(text);
  const comments: { span: Span }[] = [];
  const instructions: DockerfileInstruction[] = [];
  const problems = [...top.problems];
  let at = top.next;
  while (at < text.length) {
    const stop = lineEnd(text, at, text.length);
    const content = skipBlanks(text, at, stop);
    if (content === stop || text[content] === '#') {
      if (content < stop) comments.push({ span: { start: content, end: stop } });
      at = nextLine(text, stop, text.length);
      continue;
    }
    const line = readLogicalLine(text, content, text.length, escapeChar, comments);
    at = line.next;
    const start = skipBlanks(line.joined.text, 0, line.joined.text.length);
    if (start === line.joined.text.length) continue;
    let end = line.end;
    while (end > content && isBlank(text.charCodeAt(end - 1))) end--;
    const instruction = readInstruction({ joined: line.joined, end, escapeChar, problems }, start);
    const openers = acceptsHeredocs(instruction) ? heredocOpeners(line.joined, start) : [];
    const bodies = heredocs.read(openers, at);
    at = bodies.next;
    instructions.push(openers.length === 0 ? instruction : withHeredocs(instruction, bodies.heredocs, end));
  }
  problems.push(...findProblems(text, instructions, directives));
  problems.sort((a, b) => a.at.start - b.at.start);
  return { escape: escapeChar, directives, instructions, comments, problems };
}

function acceptsHeredocs(instruction: DockerfileInstruction): boolean {
  const target = instruction.keyword === 'ONBUILD' ? instruction.trigger : instruction;
  return target !== undefined && WITH_HEREDOCS.has(target.keyword) && !target.json;
}

function withHeredocs(
  instruction: DockerfileInstruction,
  heredocs: DockerfileInstruction['heredocs'],
  lineStop: number,
): DockerfileInstruction {
  const openers = new Set(heredocs.map(({ opener }) => opener.start));
  const last = heredocs.at(-1);
  const end = Math.max(lineStop, last?.closer?.end ?? last?.body.end ?? 0);
  return {
    ...instruction,
    span: { start: instruction.span.start, end },
    words: instruction.words.filter(({ span }) => !openers.has(span.start)),
    heredocs,
    trigger: instruction.trigger && withHeredocs(instruction.trigger, heredocs, lineStop),
  };
}

type Arguments = Pick<DockerfileInstruction, 'words' | 'json' | 'properties' | 'trigger'>;
const NOTHING: Arguments = { words: [], json: undefined, properties: [], trigger: undefined };

/** Reads the instruction whose keyword is at `start` of the joined line. */
function readInstruction(line: Line, start: number): DockerfileInstruction {
  const { joined } = line;
  const { keyword, keywordSpan, next } = readKeyword(line, start);
  const stop = trimmedEnd(joined.text, next);
  const { flags, rest } = readFlags(joined, next, stop);
  const words: Span = { start: rest, end: stop };
  return {
    keyword,
    keywordSpan,
    span: { start: keywordSpan.start, end: line.end },
    argumentSpan: argumentSpan(joined, words, flags.at(-1)?.span.end ?? keywordSpan.end),
    flags,
    heredocs: [],
    ...NOTHING,
    ...(rest < stop ? readArguments(line, words, keyword) : undefined),
  };
}

function readArguments(line: Line, at: Span, keyword: string): Partial<Arguments> {
  const { joined, escapeChar } = line;
  if (PAIRS.has(keyword)) return readPairs(joined, at, keyword, escapeChar);
  if (WHOLE_LINE.has(keyword)) return { words: [wordAt(joined, at, escapeChar)] };
  if (keyword === 'ONBUILD')
    return line.inOnbuild ? {} : { trigger: readInstruction({ ...line, inOnbuild: true }, at.start) };
  if (keyword === 'HEALTHCHECK') return { trigger: readHealthCommand(line, at) };
  if (SHELL_OR_JSON.has(keyword)) return readJson(line, at) ?? {};
  return (LIST_OR_JSON.has(keyword) && readJson(line, at)) || { words: blankWords(line, at) };
}

/** `CMD …` or `NONE` behind HEALTHCHECK: like an instruction, but without flags of its own. */
function readHealthCommand(line: Line, at: Span): DockerfileInstruction {
  const { keyword, keywordSpan, next } = readKeyword(line, at.start);
  const words = { start: skipBlanks(line.joined.text, next, at.end), end: at.end };
  return {
    keyword,
    keywordSpan,
    span: { start: keywordSpan.start, end: line.end },
    argumentSpan: argumentSpan(line.joined, words, keywordSpan.end),
    flags: [],
    heredocs: [],
    ...NOTHING,
    ...(keyword === 'CMD' ? readJson(line, words) : { words: blankWords(line, words) }),
  };
}

function readJson({ joined, problems }: Line, at: Span): Partial<Arguments> | undefined {
  const json = readJsonForm(joined, at.start, at.end);
  if (!json) return undefined;
  if (json.mixed) {
    const message = say`The JSON form takes strings only; Docker refuses numbers, \`true\`, \`false\` and \`null\` here.`;
    problems.push({ at: spanIn(joined, at.start, at.start + 1), message });
  }
  return { json: json.words, words: json.words };
}

function blankWords({ joined, escapeChar }: Line, at: Span): DockerfileWord[] {
  return splitAtBlanks(joined.text, at.start, at.end).map((word) => wordAt(joined, word, escapeChar));
}

function readKeyword({ joined }: Line, start: number): { keyword: string; keywordSpan: Span; next: number } {
  const { text } = joined;
  let next = start;
  while (next < text.length && !isBlank(text.charCodeAt(next))) next++;
  return { keyword: text.slice(start, next).toUpperCase(), keywordSpan: spanIn(joined, start, next), next };
}

function argumentSpan(joined: JoinedText, at: Span, otherwise: number): Span {
  return at.start < at.end ? spanIn(joined, at.start, at.end) : { start: otherwise, end: otherwise };
}

function trimmedEnd(text: string, start: number): number {
  let end = text.length;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}
