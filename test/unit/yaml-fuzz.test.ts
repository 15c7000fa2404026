/** Whatever the text, reading it ends, throws nothing and gives a tree whose places make sense. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseYaml } from '../../server/src/syntax/yaml/parse.js';
import { checkYaml, yaml } from '../support/yaml.js';

const PIECES = [
  ...[
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ':',
    ': ',
    '- ',
    '-',
    '? ',
    '#',
    ' #',
    ',',
    '|',
    '>',
    '|\n',
    '>+\n',
    '|2',
    '@',
    '%',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '\n  ',
    '\n\n',
    '\\',
    '\\"',
    '&a',
    '*a',
    '!',
    '!!str ',
    '!<',
    '<<: *a',
  ],
  ...[
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '<<<<<<< x\n',
    '=======\n',
    '>>>>>>> y\n',
    'a',
    'key:',
    'key: value\n',
  ],
  ...['\uFEFF', '\0', '\x07', '\uD800', '\u{1F600}', '\u0085', '\u2028'],
];

const FILES = ['examples', 'test/fixtures'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8')),
);

const piece = fc.constantFrom(...PIECES);
const position = fc.nat({ max: 4000 });
const mutation = fc.oneof(
  fc.record({ at: position, remove: fc.nat({ max: 5 }), insert: piece }),
  fc.record({ at: position, remove: fc.nat({ max: 80 }), insert: fc.constant('') }),
  fc.record({ at: position, remove: fc.nat({ max: 5 }), insert: fc.string() }),
);

test('any mixture of pieces of YAML', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => void yaml(pieces.join(''))),
    {
      numRuns: 1000,
    },
  );
});

test('any damage to real files', () => {
  assert.ok(FILES.length > 0);
  fc.assert(
    fc.property(
      fc.constantFrom(...FILES),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (file, mutations, crlf) => {
        let text = crlf ? file.replaceAll('\n', '\r\n') : file;
        for (const { at, remove, insert } of mutations) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + insert + text.slice(start + remove);
        }
        yaml(text);
      },
    ),
    { numRuns: 600 },
  );
});

const LARGE: Record<string, string> = {
  'one long plain line': 'a'.repeat(550_000),
  'one long line of JSON': `{"a":[${'{"x":"y","z":[1,2]},'.repeat(25_000)}1]}`,
  'one long line of broken JSON': `{"a":[${'{"x":"y","z":[1,2},'.repeat(25_000)}1]}`,
  'one long list that is not closed': `a: [${'b c, '.repeat(100_000)}`,
  'one long quote that is not closed': `a: "${'b '.repeat(250_000)}`,
  'many colons in a line': 'a: '.repeat(180_000),
  'many escapes': `a: "${'\\q'.repeat(100_000)}"`,
  'many lines': 'services:\n'.concat('  a: {b: [c, "d"]} # e\n'.repeat(50_000)),
  'many lines without colon': '  foo\nbar: x\n'.repeat(25_000),
  'many open brackets, one a line': 'a: [\n'.repeat(30_000),
  'many open quotes, one a line': 'a: "\n'.repeat(30_001),
  'many tabs': `a:\n${'\tb: c\n'.repeat(50_000)}`,
  'many control characters': 'a: \0\n'.repeat(30_000),
  'many control characters in a line': 'a\0'.repeat(100_000),
  'many anchors': '- &a [*a]\n'.repeat(30_000),
  'many documents': '---\n'.repeat(50_000),
  'many levels': Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  'many dashes': '- '.repeat(100_000),
  'many quotes': '"'.repeat(100_001),
  'many blanks': ' '.repeat(550_000),
  'many shallow lines in brackets': `a: [\n${'b,\n'.repeat(100_000)}]`,
  'ever less indentation': Array.from({ length: 1000 }, (_, i) => `${' '.repeat(1000 - i)}a: b`).join('\n'),
};

for (const [title, text] of Object.entries(LARGE)) {
  test(title, () => checkYaml(text, parseYaml(text)));
}
