/** Broken texts: what is reported, where, and what is still in the tree. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outline, problemsOf, yaml } from '../support/yaml.js';

interface Case {
  readonly title: string;
  readonly text: string;
  readonly tree: string;
  readonly problems: readonly string[];
}

const COLON = 'A colon is missing: this is neither a key with a value nor an item of a list';
const MISPLACED = 'The indentation of this line fits no entry above it';

const CASES: Case[] = [
  {
    title: 'a key without its colon keeps what is indented below it',
    text: 'services:\n  we\n    image: x\n  db:\n    image: y\n',
    tree: '{services: {we: {image: x}, db: {image: y}}}',
    problems: [`we | ${COLON}`],
  },
  {
    title: 'a key without its colon in front of others, behind others and above a comment',
    text: 'a:\n  x\n  b: 1\n  y\n  c: 2\n  z\n  # comment\n  d: 3\n  w\n',
    tree: '{a: {x: ~, b: 1, y: ~, c: 2, z: ~, d: 3, w: ~}}',
    problems: ['x', 'y', 'z', 'w'].map((key) => `${key} | ${COLON}`),
  },
  {
    title: 'a quote that is never closed ends with its line',
    text: 'a:\n  image: "nginx\n  user: \'x\n  cmd: "y\\\n  d: 1\n',
    tree: '{a: {image: "nginx", user: "x", cmd: "y\\\\", d: 1}}',
    problems: ['"nginx', "'x", '"y\\'].map((quote) => `${quote} | This quote is never closed`),
  },
  {
    title: 'a quote that swallows lines up to the next one ends with its line',
    text: 'a: "x\n  b: "y"\nc: 1\n"d\ne: "z"\n',
    tree: '{a: "x", c: 1, "d": ~, e: "z"}',
    problems: ['"x | This quote is never closed', `b: "y" | ${MISPLACED}`, '"d | This quote is never closed'],
  },
  {
    title: 'brackets that are never closed keep their entries',
    text: 'a:\n  cap_drop: [ALL, "NET\n  labels: {b: c, d\n  e: [x, # y\n\n  f: 1\n',
    tree: '{a: {cap_drop: [ALL, "NET"], labels: {b: c, d: ~}, e: [x], f: 1}}',
    problems: [
      '"NET | This quote is never closed',
      '{b: c, d | This `{` is never closed',
      '[x, | This `[` is never closed',
    ],
  },
  {
    title: 'a list over several lines without its end',
    text: 'a:\n  b: [\n    "x",\n    "y"\n\n  c: 1\n',
    tree: '{a: {b: ["x", "y"], c: 1}}',
    problems: ['[ | This `[` is never closed'],
  },
  {
    title: 'a quote that is not closed inside a list of several lines',
    text: 'a: [\n  "x,\n  "y",\n  "z"\n]\nb: ["c]\nd: 1\n',
    tree: '{a: ["x", "y", "z"], b: ["c"], d: 1}',
    problems: ['"x, | This quote is never closed', '"c] | This quote is never closed'],
  },
  {
    title: 'commas that are missing or too many',
    text: 'a: ["x" "y",, z]\nb: {\n  c: 1\n  d: 2\n}\ne: [f: g h: i]\n',
    tree: '{a: ["x", "y", z], b: {c: 1, d: 2}, e: [{f: g h}, {~: i}]}',
    problems: [
      '"x" | A comma is missing between this entry of the list and the next one',
      '1 | A comma is missing between this entry of the mapping and the next one',
      'g h | A comma is missing between this entry of the list and the next one',
    ],
  },
  {
    title: 'a bracket that closes nothing, or the wrong one',
    text: 'a: [b}\nc: {d: [e}\nf: x ]\n',
    tree: '{a: [b], c: {d: [e]}, f: x ]}',
    problems: ['} | This `}` closes nothing', '[e} | This `[` is never closed'],
  },
  {
    title: 'text behind a value',
    text: 'a: "x" y # z\nb: [c] d\ne: f: g\nh: *x y\ni: @j\n',
    tree: '{a: "x", b: [c], e: f, h: *x?, i: ~}',
    problems: ['y', 'd', ': g', 'y', '@j'].map(
      (junk) => `${junk} | This does not belong to the value in front of it`,
    ),
  },
  {
    title: 'a value on a line whose entries are below',
    text: 'services:\n  web: f\n    image: x\n    user: y\n  db:\n    image: z\n',
    tree: '{services: {web: {image: x, user: y}, db: {image: z}}}',
    problems: ['f | A key cannot have both this value and the entries below it'],
  },
  {
    title: 'one line that is indented too deep',
    text: 'services:\n  web:\n    image: x\n      user: y\n    ports: []\n    a: "b"\n      c: d\n    e: f\n',
    tree: '{services: {web: {image: x, ports: [], a: "b", e: f}}}',
    problems: [`user: y | ${MISPLACED}`, `c: d | ${MISPLACED}`],
  },
  {
    title: 'lines between two levels go on with the deeper one',
    text: 'services:\n  web:\n    image: x\n   user: y\n  db:\n    image: z\n',
    tree: '{services: {web: {image: x, user: y}, db: {image: z}}}',
    problems: [`user: y | ${MISPLACED}`],
  },
  {
    title: 'the first line is indented too deep',
    text: ' name: x\nservices:\n  a:\n    image: y\n',
    tree: '{name: x, services: {a: {image: y}}}',
    problems: [`services: | ${MISPLACED}`],
  },
  {
    title: 'the key of a block is gone',
    text: 'services:\n  a:\n    image: x\n\n      - "80:80"\n    user: y\nvolumes:\n\n    x: 1\n  z: 2\n',
    tree: '{services: {a: {image: x\n- "80:80", user: y}}, volumes: {x: 1, z: 2}}',
    problems: [`z: 2 | ${MISPLACED}`],
  },
  {
    title: 'the key of a block is gone, below a list',
    text: 'include:\n    - path: x\n\n  bar:\n    image: y\n    user: z\n',
    tree: '{include: [{path: x}]}',
    problems: [`bar: | ${MISPLACED}`],
  },
  {
    title: 'an item among keys and a key among items',
    text: 'a:\n  b: 1\n  - x\n  c: 2\nd:\n  - y\n  - z\n  e: 3\n  - w\n',
    tree: '{a: {b: 1, c: 2}, d: [y, z, w]}',
    problems: ['- x', 'e: 3'].map((line) => `${line} | Items of a list and keys cannot stand in one block`),
  },
  {
    title: 'tabs in the indentation',
    text: 'services:\n\ta:\n\t\timage: x\n\t\tports:\n\t\t\t- "80"\n\tb: {}\n',
    tree: '{services: {a: {image: x, ports: ["80"]}, b: {}}}',
    problems: ['\t', '\t\t', '\t\t', '\t\t\t', '\t'].map(
      (tabs) => `${tabs} | Tabs cannot indent in YAML, only spaces can`,
    ),
  },
  {
    title: 'one line with a tab in a file with spaces',
    text: 'services:\n    a:\n        image: x\n\tuser: y\n        ports: []\n',
    tree: '{services: {a: {image: x, user: y, ports: []}}}',
    problems: ['\t | Tabs cannot indent in YAML, only spaces can'],
  },
  {
    title: 'anchors, aliases and tags that are being typed',
    text: 'a: & \nb: *\nc: !x!y z\nd: !<tag\ne: &f *g\nh: 1\n',
    tree: '{a: ~, b: ~, c: z, d: ~, e: &f ~, h: 1}',
    problems: [
      '& | This anchor has no name',
      '* | This alias has no name',
      '!x!y | This tag is not well-formed',
      '!<tag | This tag is never closed',
      '*g | An alias can have neither a tag nor an anchor',
    ],
  },
  {
    title: 'an anchor on a line of its own among keys',
    text: 'a:\n  b: 1\n\n  &x:\n  c: 2\n  d: &y{@e: 3}\n  f: 4\n',
    tree: '{a: {b: 1, c: 2, d: &y {e: 3}, f: 4}}',
    problems: ['&x: | This tag or anchor belongs to nothing', '@ | No entry can start with `@`'],
  },
  {
    title: 'escapes that YAML does not know',
    text: 'a: "C:\\Users\\q\\n"\nb: "\\x4"\nc: 1\n',
    tree: '{a: "C:\\\\Users\\\\q\\n", b: "\\\\x4", c: 1}',
    problems: ['\\U', '\\x'].map(
      (wrong) => `${wrong} | YAML knows no such escape; a backslash itself is written twice`,
    ),
  },
  {
    title: 'control characters',
    text: 'a: x\0y\nb: "\x07"\nc: 1\n',
    tree: '{a: x\uFFFDy, b: "\uFFFD", c: 1}',
    problems: ['\0', '\x07'].map((char) => `${char} | A control character cannot stand in YAML`),
  },
  {
    title: 'text on the line of a block scalar',
    text: 'a: >foo\n  bar\nb: |-+\n  x\nc: |\n      \n  y\nd: 1\n',
    tree: '{a: "bar\\n", b: "x", c: "\\n\\n\\n\\n\\n\\n\\ny\\n", d: 1}',
    problems: [
      'foo | The text of a block scalar starts on the next line; nothing else can stand here',
      '+ | The text of a block scalar starts on the next line; nothing else can stand here',
      '       | A block scalar cannot start with a blank line that is indented deeper than its text',
    ],
  },
  {
    title: 'directives',
    text: '%YAML 1\n---\na: 1\n...\n%TAG x\nb: 2\n',
    tree: '{a: 1} --- {b: 2}',
    problems: ['%YAML 1', '%TAG x'].map(
      (line) => `${line} | This directive is not well-formed, or \`---\` is missing behind it`,
    ),
  },
  {
    title: 'merge conflicts keep both sides',
    text: 'a:\n  b: 1\n<<<<<<< HEAD\n  c: 2\n||||||| base\n  c: 0\n=======\n  c: 3\n>>>>>>> branch\n  d: 4\ne: 5\n',
    tree: '{a: {b: 1, c: 2, c: 0, c: 3, d: 4}, e: 5}',
    problems: ['<<<<<<< HEAD', '||||||| base', '=======', '>>>>>>> branch'].map(
      (line) => `${line} | A merge conflict is not resolved here`,
    ),
  },
  {
    title: 'templates of other tools',
    text: 'a:\n  {% if x %}\n  b: {{ y }}\n  c: {{ z }}:1\n  {% endif %}\n  d: 1\n',
    tree: '{a: {b: {{y: ~}: ~}, c: {{z: ~}: ~}, {endif %: ~}: ~, d: 1}}',
    problems: [
      '% | No entry can start with `%`',
      ':1 | This does not belong to the value in front of it',
      '% | No entry can start with `%`',
    ],
  },
  {
    title: 'an error in one document leaves the others alone',
    text: 'a: "x\n---\nb: [y\n---\nc: 1\n',
    tree: '{a: "x"} --- {b: [y]} --- {c: 1}',
    problems: ['"x | This quote is never closed', '[y | This `[` is never closed'],
  },
  {
    title: 'dashes of another alphabet',
    text: 'a:\n  b:\n  — 1:1\n  — 2:2\n  c: 3\n',
    tree: '{a: {b: ~, — 1:1: ~, — 2:2: ~, c: 3}}',
    problems: ['— 1:1', '— 2:2'].map((line) => `${line} | ${COLON}`),
  },
];

for (const { title, text, tree, problems } of CASES) {
  test(title, () => {
    assert.equal(outline(text), tree);
    assert.deepEqual(problemsOf(text), problems);
    assert.equal(yaml(text).complete, true);
  });
}
