import assert from 'node:assert/strict';
import { english } from '../../server/src/l10n/message.js';
import { parseYaml } from '../../server/src/syntax/yaml/parse.js';
import type { YamlNode, YamlTree } from '../../server/src/syntax/yaml/tree.js';
import type { Span } from '../../server/src/text/span.js';

/** Parses a text and checks that all spans of its tree make sense. */
export function yaml(text: string): YamlTree {
  const tree = parseYaml(text);
  checkYaml(text, tree);
  return tree;
}

/** The text of the only document in flow style: scalars by value, `~` for empty ones, tags and anchors in front. */
export function outline(text: string): string {
  return yaml(text)
    .documents.map(({ root }) => shown(root))
    .join(' --- ');
}

export function shown(node: YamlNode | undefined): string {
  if (node === undefined) return '()';
  const properties = [node.tag?.name, node.anchor && `&${node.anchor.name}`].filter(Boolean).join(' ');
  return properties ? `${properties} ${content(node)}` : content(node);
}

function content(node: YamlNode): string {
  switch (node.kind) {
    case 'scalar':
      return node.empty ? '~' : node.style === 'plain' ? node.value : JSON.stringify(node.value);
    case 'alias':
      return `*${node.name}${node.target ? '' : '?'}`;
    case 'seq':
      return `[${node.items.map(shown).join(', ')}]`;
    default:
      return `{${node.pairs.map(({ key, value }) => `${shown(key)}: ${shown(value)}`).join(', ')}}`;
  }
}

/** Messages of the problems with the text they are shown at. */
export function problemsOf(text: string): string[] {
  return yaml(text).problems.map(({ at, message }) => `${slice(text, at)} | ${english(message)}`);
}

export function slice(text: string, at: Span): string {
  return text.slice(at.start, at.end);
}

/** All nodes, keys and values, in order of writing. */
export function* nodesOf(node: YamlNode | undefined): Generator<YamlNode> {
  if (node === undefined) return;
  yield node;
  if (node.kind === 'seq') for (const item of node.items) yield* nodesOf(item);
  if (node.kind !== 'map') return;
  for (const pair of node.pairs) {
    yield* nodesOf(pair.key);
    yield* nodesOf(pair.value);
  }
}

/** What holds for every tree, however broken the text: order, nesting and that places hold what they should. */
export function checkYaml(text: string, tree: YamlTree): void {
  const whole = { start: 0, end: text.length };
  const broken = tree.problems.length > 0;
  let before = 0;
  for (const document of tree.documents) {
    within(document.span, whole);
    assert.ok(document.span.start >= before, 'documents in order');
    before = document.span.end;
    if (document.root) checkNode(document.root, document.span);
  }
  before = 0;
  for (const { span } of tree.comments) {
    within(span, whole);
    assert.ok(span.start >= before, 'comments in order');
    assert.match(slice(text, span), /^#[^\r\n]*$/);
    before = span.end;
  }
  before = 0;
  for (const { at, message } of tree.problems) {
    within(at, whole);
    assert.ok(at.start >= before, 'problems in order');
    assert.doesNotMatch(slice(text, at), /[\r\n]/);
    assert.ok(at.end > at.start || at.start === text.length || text.trim() === '', 'empty problem');
    assert.notEqual(message, '');
    before = at.start;
  }
  assert.ok(tree.complete || broken, 'an incomplete tree says why');

  function checkNode(node: YamlNode, parent: Span): void {
    within(node.full, parent);
    within(node.span, node.full);
    if (node.tag) within(node.tag.span, node.full);
    if (node.anchor) within(node.anchor.span, node.full);
    const written = slice(text, node.span);
    if (node.kind === 'scalar') {
      const opening = { plain: '', single: "'", double: '"', literal: '|', folded: '>' }[node.style];
      assert.ok(written.startsWith(opening), written);
      if (!broken) assert.equal(node.empty, written === '');
      if (!broken && opening.length === 1 && !'|>'.includes(opening))
        assert.ok(written.endsWith(opening), written);
      if (!broken && node.style === 'plain' && !/[\r\n]/.test(written)) assert.equal(node.value, written);
    } else if (node.kind === 'alias') {
      assert.ok(!node.target || node.target.full.end <= node.full.start, 'targets end before their aliases');
    } else if (node.kind === 'seq') {
      assert.equal(node.dashes.length, node.flow ? 0 : node.items.length);
      let last: number = node.span.start;
      for (const [i, item] of node.items.entries()) {
        const dash: Span | undefined = node.dashes[i];
        if (dash) assert.equal(slice(text, dash), '-');
        assert.ok(
          (dash?.start ?? item.full.start) >= last && item.full.start >= (dash?.end ?? last),
          'items in order',
        );
        checkNode(item, node.span);
        last = item.full.end;
      }
    } else {
      let last = node.span.start;
      for (const { key, value, span } of node.pairs) {
        within(span, node.span);
        assert.ok(span.start >= last && value.full.start >= key.full.end, 'pairs in order');
        checkNode(key, span);
        checkNode(value, span);
        last = span.end;
      }
    }
  }
}

function within(inner: Span, outer: Span): void {
  assert.ok(
    outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end,
    'span in its parent',
  );
}
