import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outline, slice, yaml } from '../support/yaml.js';
import type { YamlMap, YamlNode, YamlSeq } from '../../server/src/syntax/yaml/tree.js';

/** The value behind these keys and indices in the first document. */
function at(text: string, ...path: (string | number)[]): YamlNode {
  let node: YamlNode | undefined = yaml(text).documents[0]?.root;
  for (const step of path) {
    if (node?.kind === 'seq' && typeof step === 'number') node = node.items[step];
    else if (node?.kind === 'map')
      node = node.pairs.find(({ key }) => key.kind === 'scalar' && key.value === step)?.value;
    else node = undefined;
  }
  assert.ok(node, `nothing at ${path.join('/')}`);
  return node;
}

const asMap = (node: YamlNode): YamlMap => (node.kind === 'map' ? node : assert.fail(node.kind));
const asSeq = (node: YamlNode): YamlSeq => (node.kind === 'seq' ? node : assert.fail(node.kind));

test('scalars span their quotes', () => {
  const text = `a: "x\\ty" # c\nb: 'it''s'\nc:   plain text  # c\n`;
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => slice(text, at(text, key).span)),
    ['"x\\ty"', "'it''s'", 'plain text'],
  );
  assert.equal(outline(text), '{a: "x\\ty", b: "it\'s", c: plain text}');
});

test('a block scalar ends with its last line of content', () => {
  const text = 'a: |2-  # h\n    one\n\n  # text\n\n# comment\nb: >+\n  x\n\nc: |\n';
  assert.equal(slice(text, at(text, 'a').span), '|2-  # h\n    one\n\n  # text');
  assert.equal(slice(text, at(text, 'b').span), '>+\n  x\n');
  assert.equal(slice(text, at(text, 'c').span), '|');
  assert.equal(outline(text), '{a: "  one\\n\\n# text", b: "x\\n\\n", c: ""}');
  assert.deepEqual(
    yaml(text).comments.map(({ span }) => slice(text, span)),
    ['# h', '# comment'],
  );
});

test('an empty node is a point behind what announces it', () => {
  const text = 'a:\nb: # c\n  -\n  -   \n  - k:\n    l: \nc: {d, e: , f: [g: ]}\n';
  const starts = [
    at(text, 'a'),
    at(text, 'b', 0),
    at(text, 'b', 1),
    at(text, 'b', 2, 'k'),
    at(text, 'b', 2, 'l'),
    at(text, 'c', 'd'),
    at(text, 'c', 'e'),
    at(text, 'c', 'f', 0),
  ].map((node) => node.span.end);
  assert.deepEqual(
    starts.map((end) => text.slice(end - 2, end)),
    ['a:', ' -', ' -', 'k:', 'l:', '{d', 'e:', 'g:'],
  );
});

test('tags and anchors stand in front of the content, in either order and on a line of their own', () => {
  const text = 'a: &x !t v\nb: !t &y\n  k: v\nc: &z\nd: !reset\n';
  assert.equal(outline(text), '{a: !t &x v, b: !t &y {k: v}, c: &z ~, d: !reset ~}');
  assert.equal(slice(text, at(text, 'a').full), '&x !t v');
  assert.equal(slice(text, at(text, 'b').full), '!t &y\n  k: v');
  assert.equal(slice(text, at(text, 'b').span), 'k: v');
  assert.equal(slice(text, at(text, 'b').anchor?.span ?? { start: 0, end: 0 }), '&y');
  assert.equal(slice(text, at(text, 'c').full), '&z');
});

test('a tag or anchor of the first key belongs to that key', () => {
  const text = 'm: &m\n  &k key: v\n  !t other: w\n';
  const map = asMap(at(text, 'm'));
  assert.deepEqual(
    map.pairs.map(({ key }) => slice(text, key.full)),
    ['&k key', '!t other'],
  );
  assert.equal(map.anchor?.name, 'm');
});

test('block lists know their dashes', () => {
  const text = 'a:\n- x\n-\n- - y\n  - k: v\n    l: w\n';
  const list = asSeq(at(text, 'a'));
  assert.deepEqual(
    list.dashes.map(({ start }) => text.slice(start, start + 3)),
    ['- x', '-\n-', '- -'],
  );
  assert.equal(slice(text, list.span), text.slice(3).trimEnd());
  assert.deepEqual(asSeq(at(text, 'a', 2)).dashes.length, 2);
});

test('brackets span from one to the other, with comments and a comma at their end inside', () => {
  const text = 'a: [b, {c: d, "e":f}, g: h, ? i : j, # x\n  ]\nk: {} # y\nl: [ ]\n';
  assert.equal(outline(text), '{a: [b, {c: d, "e": f}, {g: h}, {i: j}], k: {}, l: []}');
  assert.equal(slice(text, at(text, 'a').span), '[b, {c: d, "e":f}, g: h, ? i : j, # x\n  ]');
  assert.equal(slice(text, at(text, 'a', 2).span), 'g: h');
  assert.equal(slice(text, at(text, 'k').span), '{}');
  assert.equal(slice(text, at(text, 'l').span), '[ ]');
});

test('a pair in brackets whose key is a mapping does not take its braces', () => {
  const text = '[{a: b}: c, {d: e}, &x {f: g}: h]';
  assert.equal(outline(text), '[{{a: b}: c}, {d: e}, {&x {f: g}: h}]');
});

test('a closing bracket may stand at the column of the key, as Compose allows', () => {
  const text =
    'services:\n  a:\n    command: [\n      "x", # c\n\n   y\n    ]\n    image: z\n  b:\n    test: {\n  k: [\n1]}\n';
  const tree = yaml(text);
  assert.deepEqual(tree.problems, []);
  assert.equal(tree.complete, true);
  assert.equal(outline(text), '{services: {a: {command: ["x", y], image: z}, b: {test: {k: [1]}}}}');
  assert.equal(slice(text, at(text, 'services', 'a', 'command').span), '[\n      "x", # c\n\n   y\n    ]');
});

test('lines of a quoted text may stand at the column of the key, as Compose allows', () => {
  const text = 'a:\n  b: "one\n  two\n\nthree"\n  c: d\n';
  assert.deepEqual(yaml(text).problems, []);
  assert.equal(outline(text), '{a: {b: "one two\\nthree", c: d}}');
  assert.equal(slice(text, at(text, 'a', 'b').span), '"one\n  two\n\nthree"');
});

test('tabs may separate the parts of a line', () => {
  const text = 'a:\t[b,\tc]\t# d\ne:\t"f"\n';
  assert.deepEqual(yaml(text).problems, []);
  assert.equal(outline(text), '{a: [b, c], e: "f"}');
});

test('duplicate keys and several merge keys are kept in order', () => {
  const text = 'x: &x {a: 1}\ny: &y {b: 2}\nm:\n  <<: *x\n  k: 1\n  <<: *y\n  k: 2\n';
  assert.equal(outline(text), '{x: &x {a: 1}, y: &y {b: 2}, m: {<<: *x, k: 1, <<: *y, k: 2}}');
});

test('an alias refers to the node with its anchor before it, in the same document', () => {
  const text = 'a: *x\nb: &x 1\nc: *x\nd: &x 2\ne: *x\n---\nf: *x\n';
  assert.equal(outline(text), '{a: *x?, b: &x 1, c: *x, d: &x 2, e: *x} --- {f: *x?}');
  const targets = ['c', 'e'].map((key) => at(text, key)).map((node) => node.kind === 'alias' && node.target);
  assert.deepEqual(targets, [at(text, 'b'), at(text, 'd')]);
});

test('an alias inside its own anchor refers to nothing, so that nobody can run in circles', () => {
  assert.equal(outline('a: &x [*x, {k: *x}]\nb: *x\n'), '{a: &x [*x?, {k: *x?}], b: *x}');
  assert.equal(outline('a: &x [&x 1, *x]\nb: *x\n'), '{a: &x [&x 1, *x], b: *x}');
});

test('documents divide the text among them', () => {
  const text = '# top\na: 1\n--- # two\nb: 2\n...\n%YAML 1.2 # v\n---\n---\nc';
  const tree = yaml(text);
  assert.deepEqual(
    tree.documents.map(({ span }) => slice(text, span)),
    ['# top\na: 1\n', '--- # two\nb: 2\n...\n', '%YAML 1.2 # v\n---\n', '---\nc'],
  );
  assert.equal(outline(text), '{a: 1} --- {b: 2} --- () --- c');
  assert.deepEqual(
    tree.comments.map(({ span }) => slice(text, span)),
    ['# top', '# two', '# v'],
  );
});

test('a text without content has no documents, but comments', () => {
  assert.deepEqual(yaml('').documents, []);
  assert.equal(yaml('\n# a\n\n  # b').comments.length, 2);
});

test('comments are found outside of scalars only', () => {
  const text = 'a: x#y # one\nb: "# no" # two\nc: |\n  # no\n# three\nd: [e, # four\n  f]\ng: http://h#i\n';
  assert.deepEqual(
    yaml(text).comments.map(({ span }) => slice(text, span)),
    ['# one', '# two', '# three', '# four'],
  );
});

test('CRLF, a lone CR, a byte order mark and characters outside the BMP do not move anything', () => {
  for (const eol of ['\n', '\r\n', '\r']) {
    const text = [
      '\uFEFF# \u{1f600}',
      'a: "\u{1f600}" # x',
      'b: |',
      '  one',
      '',
      '  two',
      'c:',
      '  - d',
      '',
    ].join(eol);
    assert.equal(outline(text), '{a: "\u{1f600}", b: "one\\n\\ntwo\\n", c: [d]}');
    assert.equal(slice(text, at(text, 'a').span), '"\u{1f600}"');
    assert.equal(slice(text, at(text, 'b').span), ['|', '  one', '', '  two'].join(eol));
    assert.deepEqual(
      yaml(text).comments.map(({ span }) => slice(text, span)),
      ['# \u{1f600}', '# x'],
    );
  }
});

test('a byte order mark or three dots that are content are no marks of a document', () => {
  for (const text of ['\t\uFEFF # a', ' ...\n# a\n', '? a\n\uFEFFb: c # a\n']) {
    assert.equal(yaml(text).comments.length, 1, text);
  }
  assert.equal(outline(' ...\n'), '...');
});

test('JSON is read too, whatever indents it', () => {
  const text = '{\n\t"a": [1, true, null, "\\u00e9\\/\\ud83d\\ude00"],\n\t"b": {\n\t\t"c": {}\n\t}\n}\n';
  assert.equal(outline(text), '{"a": [1, true, null, "é/😀"], "b": {"c": {}}}');
});

test('keys may be quoted, explicit, empty or collections', () => {
  const text = '"a": 1\n? b\n: 2\n? c\n? [d]\n: e\n: f\n? ? g\n: h\n';
  assert.equal(outline(text), '{"a": 1, b: 2, c: ~, [d]: e, ~: f, {g: ~}: h}');
});

test('deep nesting does not overflow the stack', () => {
  for (const text of [
    '['.repeat(100_000),
    '{"a":'.repeat(50_000),
    '- '.repeat(50_000),
    `a: ${'['.repeat(200)}`,
  ]) {
    const tree = yaml(text);
    assert.equal(tree.complete, false);
    assert.equal(tree.problems.length, 1);
  }
});
