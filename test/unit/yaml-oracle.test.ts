/** Our tree against the package `yaml`, an independent parser, on random valid documents. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CST, isAlias, isMap, isScalar, isSeq, Lexer, parseAllDocuments } from 'yaml';
import { parseYaml } from '../../server/src/syntax/yaml/parse.js';
import type { YamlNode } from '../../server/src/syntax/yaml/tree.js';

type Random = () => number;
type Pick = <T>(choices: readonly T[]) => T;

const SCALARS = [
  ...[
    'a',
    '80',
    'a b c',
    'true',
    'null',
    '~',
    '-1',
    'http://x:80/a#b',
    'it"s',
    'a:b',
    '-x',
    '?y',
    '😀 é',
    '',
  ],
  ...['"q: \\" x"', "'it''s'", '"$X"', '"a" # c "d', 'x # c', '"\\u00e9\\n"', '""', "''", '"# no"'],
  ...['!reset null', '!!str 5', '&z v', '&z "v"', '&z', '!reset', '!!str &z w', '&z !t w', '*root'],
];
const FLOW_SCALARS = ['a', '"b, ]"', "'c}'", '80', 'x y', 'e', '*root', '"k"', '&f g', '!t h', 'a:b', '-1'];

test('places, values and comments agree with another parser', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom('\n', '\r\n'), (seed, eol) => {
      const text = document(seed).replaceAll('\n', eol);
      const oracle = parseAllDocuments(text, {
        keepSourceTokens: true,
        uniqueKeys: false,
        logLevel: 'silent',
      });
      if (!Array.isArray(oracle) || oracle.some((one) => one.errors.length > 0)) return;
      const tree = parseYaml(text);
      assert.deepEqual(tree.problems, [], text);
      assert.equal(tree.documents.length, oracle.length, text);
      oracle.forEach((one, i) => {
        const root = tree.documents[i]?.root;
        if (root) compare(root, one.contents, text);
      });
      assert.deepEqual(
        tree.comments.map(({ span }) => text.slice(span.start, span.end)),
        commentsOf(text),
        text,
      );
    }),
    { numRuns: 1000 },
  );
});

function compare(ours: YamlNode, theirs: unknown, text: string): void {
  const context = `${JSON.stringify(text.slice(ours.full.start, ours.full.end + 10))} in\n${text}`;
  if (isAlias(theirs)) {
    assert.equal(ours.kind, 'alias', context);
    assert.deepEqual([ours.span.start, ours.span.end], theirs.range?.slice(0, 2), context);
    return;
  }
  if (isScalar(theirs)) {
    assert.ok(ours.kind === 'scalar', context);
    const [start, end] = theirs.range ?? [];
    if (ours.style === 'literal' || ours.style === 'folded') {
      // The other parser counts the last line break, blank lines and the comment of an empty one too.
      assert.equal(ours.span.start, start, context);
      assert.match(text.slice(ours.span.end, end), /^\s*(?:#.*)?\s*$/, context);
      const written = text.slice(ours.span.start, ours.span.end);
      if (!written.startsWith('+', 1)) assert.doesNotMatch(written, /[\r\n]$/, context);
    } else if (!ours.empty) {
      assert.deepEqual([ours.span.start, ours.span.end], [start, end], context);
    } else if (ours.tag === undefined && ours.anchor === undefined) {
      // In front of a comment or a bracket the other parser moves it over the blanks.
      assert.equal(ours.span.start, ours.span.end, context);
      assert.equal(text.slice(ours.span.start, start).trim(), '', context);
      if (ours.span.start !== start) assert.match(text.slice(0, ours.span.start), /[-?:]$/, context);
    }
    if (typeof theirs.value === 'string')
      assert.equal(ours.value.replaceAll('\r\n', '\n'), theirs.value, context);
    assert.equal(ours.anchor?.name, theirs.anchor, context);
    return;
  }
  if (isMap(theirs)) {
    assert.ok(ours.kind === 'map', context);
    assert.equal(ours.pairs.length, theirs.items.length, context);
    const first = ours.pairs[0];
    // The other parser starts a block mapping behind the tag and anchor of its first key, or even at its colon.
    if (ours.flow) assert.equal(ours.span.start, theirs.range?.[0], context);
    else if (text[ours.span.start] !== '?') assert.equal(ours.span.start, first?.span.start, context);
    if (ours.flow && text[ours.span.start] === '{') assert.equal(ours.span.end, theirs.range?.[1], context);
    ours.pairs.forEach((pair, i) => {
      compare(pair.key, theirs.items[i]?.key, text);
      if (theirs.items[i]?.value) compare(pair.value, theirs.items[i]?.value, text);
      else assert.ok(pair.value.kind === 'scalar' && pair.value.empty, context);
    });
    return;
  }
  assert.ok(isSeq(theirs) && ours.kind === 'seq', context);
  assert.equal(ours.items.length, theirs.items.length, context);
  assert.equal(ours.span.start, theirs.range?.[0], context);
  if (ours.flow) assert.equal(ours.span.end, theirs.range?.[1], context);
  else
    assert.deepEqual(
      ours.dashes.map(({ start }) => text[start]),
      ours.items.map(() => '-'),
      context,
    );
  for (const [i, item] of ours.items.entries()) compare(item, theirs.items[i], text);
}

/** The comments as the other parser's lexer finds them; a mark goes in front of scalars, which may start with `#` too. */
function commentsOf(text: string): string[] {
  const tokens = [...new Lexer().lex(text)];
  return tokens.filter((token, i) => token.startsWith('#') && tokens[i - 1] !== CST.SCALAR);
}

/** A document full of what makes YAML hard to read. Some are not valid; those are left out of the comparison. */
function document(seed: number): string {
  let state = seed;
  const random: Random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const pick: Pick = (choices) => choices[Math.floor(random() * choices.length)] as (typeof choices)[number];
  const next = random() < 0.1 ? `--- # next\n${block('', 1)}` : '';
  return `${pick(['', '# top\n', '---\n'])}root: &root r\n${block('', 0)}${next}${pick(['', '# end', '...\n'])}`;

  function flow(depth: number): string {
    const kind = random();
    if (depth > 2 || kind < 0.4) return pick(FLOW_SCALARS);
    const count = Math.floor(random() * 4);
    const tail = pick(['', ' ', count > 0 ? ',' : '', count > 0 ? ' , ' : ' ']);
    const entry = (i: number) =>
      kind < 0.7
        ? pick([flow(depth + 1), flow(depth + 1), `k: ${flow(depth + 1)}`])
        : `${pick(['k', '"k"', '? k'])}${i}: ${pick([flow(depth + 1), flow(depth + 1), ''])}`;
    const entries = Array.from({ length: count }, (_, i) => entry(i)).join(
      pick([',', ', ', ' , ', ', # c\n          ']),
    );
    return kind < 0.7 ? `[${pick(['', ' '])}${entries}${tail}]` : `{${pick(['', ' '])}${entries}${tail}}`;
  }

  function block(indent: string, depth: number): string {
    let text = '';
    for (let i = 0; i <= random() * 4; i++) {
      const key = pick(['key', '"q"', "'s'", '&k key', '!t key']);
      text +=
        random() < 0.06
          ? `${indent}? c${i}\n${pick(['', `${indent}: d\n`, `${indent}:\n`])}`
          : value(`${indent}${key}${i}:`.replace(/(["'])(\d):/, '$2$1:'), indent, depth, false);
      if (random() < 0.1) text += '\n';
      if (random() < 0.1) text += `${indent}# full\n`;
    }
    return text;
  }

  function list(indent: string, depth: number): string {
    let text = '';
    for (let i = 0; i <= random() * 3; i++) text += value(`${indent}-`, indent, depth, true);
    return text;
  }

  function value(head: string, indent: string, depth: number, inList: boolean): string {
    const kind = random();
    const comment = random() < 0.15 ? ' # c: "x' : '';
    const properties = random() < 0.1 ? pick([` &a${depth}`, ' !override', ' &p !q']) : '';
    if (depth > 4 || kind < 0.4) {
      const scalar = pick(SCALARS);
      return `${head}${scalar && ' '}${scalar}${scalar.includes('#') ? '' : comment}\n`;
    }
    if (kind < 0.5) return `${head} ${flow(0)}${comment}\n`;
    if (kind < 0.56) {
      const header = pick(['|', '>', '>-', '|+', '|2', '>1-', '| # c', '&b |']);
      const body = pick(['one\n\n    two: x\n', 'one\n      more\n    # no comment\n', '']).replaceAll(
        '\n    ',
        `\n${indent}    `,
      );
      return `${head} ${header}\n${body && `${indent}    ${body}`}${pick(['', '\n', '\n\n'])}`;
    }
    if (kind < 0.6) return `${head} one\n${indent}    two\n${pick(['', `\n${indent}   three\n`])}`;
    if (kind < 0.63) return `${head} "dq  \n\n${indent}    two"${comment}\n`;
    if (kind < 0.66) return `${head} [a,\n${indent}    b, # c\n${indent}  ]\n`;
    if (kind < 0.82) return `${head}${properties}${comment}\n${block(`${indent}  `, depth + 1)}`;
    if (inList && kind < 0.9) return `${head} ${block(`${indent}  `, depth + 1).trimStart()}`;
    if (inList && kind < 0.93) return `${head} ${list(`${indent}  `, depth + 1).trimStart()}`;
    return `${head}${properties}${comment}\n${list(indent + (inList || random() < 0.6 ? '  ' : ''), depth + 1)}`;
  }
}
