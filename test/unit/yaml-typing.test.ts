/**
 * A file is broken most of the time it is being typed. Each line of each file is typed one character at a time while
 * the rest of the file stands: whatever lies outside of that line must stay where it was, with the same text.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { YamlNode, YamlTree } from '../../server/src/syntax/yaml/tree.js';
import { checkYaml, slice, yaml } from '../support/yaml.js';

const FILES: Record<string, string> = {
  compose: `# Web shop
name: shop
x-logging: &logging
  driver: json-file
  options: {max-size: "10m", max-file: '3'}
services:
  web: # the front
    <<: *defaults
    image: "nginx:1.27"   # pinned
    command: ["sh", "-c", "echo 'hi' # no"]
    ports:
      - "80:80"
      - target: 443
        published: "8443"
    environment:
      A: \${B:-c}
      D: 'it''s'
    logging: *logging
    healthcheck:
      test: [
        "CMD",
        'curl', # quiet
        -f
      ]
      interval: 30s

  "quoted": {image: x, cap_drop: [ALL]}
  db:
    image: !reset null
    command: >-
      foo: "bar
      baz [
    entrypoint: |
      set -e
      exec "$$@"
    security_opt:
    - no-new-privileges:true
    - seccomp:unconfined
    user: "1000:1000"
    deploy:
      resources:
        limits: {memory: 1g,
          cpus: "0.5"}
volumes:
  data:
  other: {}
`,
  documents: `---
services:
    a: &a
        image: x
---
# second
- one
- two: 2
  three: [a,
    b]
- - nested
  - "deep"
...
`,
  json: `{
  "services": {
    "a": { "image": "x", "ports": ["80:80", 90] },
    "b": {}
  },
  "volumes": { "v": null }
}
`,
};

interface Place {
  readonly node: YamlNode;
  readonly text: string;
  /** Where the keys and items around it start, outermost first. */
  readonly around: readonly number[];
}

/** States in which what the line itself opens may be lost; never anything else. */
const EXCEPTIONS: readonly { why: string; holds(typed: string, line: string): boolean }[] = [
  {
    why: 'the key or dash is not there at all: nothing says what the lines below belong to',
    holds: (typed) => typed.trim() === '',
  },
  {
    why: 'the bracket around the lines below is not there yet, and they mean something else without it',
    holds: (typed, line) => OPEN_BRACKET.test(line) && !OPEN_BRACKET.test(typed),
  },
];
const OPEN_BRACKET = /[[{][^\]}]*$/;

for (const [name, text] of Object.entries(FILES)) {
  test(`nothing outside of the line being typed is lost: ${name}`, () => {
    const tree = yaml(text);
    assert.deepEqual(tree.problems, []);
    const places = placesOf(tree, text);
    const lost: string[] = [];
    let start = 0;
    for (const line of text.split('\n')) {
      const end = start + line.length;
      for (let typed = 0; typed < line.length; typed++)
        lost.push(...lostIn(text, places, start, start + typed, end));
      start = end + 1;
    }
    assert.deepEqual(lost, []);
  });
}

function lostIn(text: string, places: readonly Place[], start: number, cut: number, end: number): string[] {
  const half = text.slice(0, cut) + text.slice(end);
  const tree = yaml(half);
  // js-yaml takes it as it stands: then it says so, and there is nothing to recover.
  if (tree.problems.length === 0) return [];
  const line = text.slice(start, end);
  const typed = text.slice(start, cut);
  const allowed = EXCEPTIONS.some(({ holds }) => holds(typed, line));
  const shifted = (offset: number) => (offset > end ? offset - (end - cut) : offset);
  const inLine = (offset: number) => offset >= start && offset <= end;
  const found = new Map(placesOf(tree, half).map((place) => [place.node.span.start, place]));
  return places.flatMap(({ node, text: expected, around }) => {
    if (node.span.start <= end && node.span.end >= start) return [];
    const belowLine = around.some(inLine);
    const place = found.get(shifted(node.span.start));
    const say = (what: string) => [
      `${what} ${expected} while typing ${JSON.stringify(typed)} of ${line.trim()}`,
    ];
    if (place?.text !== expected) return belowLine && allowed ? [] : say('lost');
    if (belowLine) return [];
    const stays =
      around.map(shifted).join() ===
      place.around.filter((offset) => !(offset >= start && offset <= cut)).join();
    return stays ? [] : say('moved');
  });
}

/** Scalars and aliases with what they stand in. */
function placesOf(tree: YamlTree, text: string): Place[] {
  const places: Place[] = [];
  const visit = (node: YamlNode, around: readonly number[]): void => {
    if (node.kind === 'map') {
      for (const { key, value } of node.pairs) {
        visit(key, around);
        visit(value, [...around, key.span.start]);
      }
    } else if (node.kind === 'seq') {
      for (const [i, item] of node.items.entries())
        visit(item, [...around, node.dashes[i]?.start ?? node.span.start]);
    } else {
      places.push({ node, text: slice(text, node.span), around });
    }
  };
  for (const { root } of tree.documents) if (root) visit(root, []);
  return places;
}

test('a new line in the middle of a service loses nothing around it', () => {
  const before = 'services:\n  a:\n    image: "x:1"\n    ports:\n      - "80:80"\n';
  const after = '    restart: always\n  db:\n    environment:\n      A: "b"\nvolumes:\n  data: {}\n';
  const lines = [
    '    user: "1000:1000"',
    "    user: '1000'",
    '    cap_drop: [ALL, "NET_RAW"]',
    '    environment: {A: "${B:-c}", D: e}',
    '    healthcheck:\n      test: ["CMD", "x"]\n      interval: 30s',
    '    command: >-\n      foo: [\n      "bar',
    '    x: &a !reset null',
    '    y: *a',
    '    <<: [*a, *b]',
    '    security_opt:\n    - no-new-privileges:true',
    '# comment: "a',
    '      - "70:70"',
    '      - target: 70\n        published: "71"',
    '    labels:\n      - "a=b',
  ];
  const values = (text: string) => placesOf(yaml(text), text).map((place) => place.text);
  const wanted = values(before + after).filter((value) => value !== '');
  for (const typed of lines) {
    for (let i = 0; i <= typed.length; i++) {
      const text = `${before}${typed.slice(0, i)}\n${after}`;
      const found = values(text);
      const at = JSON.stringify(typed.slice(0, i));
      assert.deepEqual(
        wanted.filter((value) => !found.includes(value)),
        [],
        `typing ${at}`,
      );
      checkYaml(text, yaml(text));
    }
  }
});
