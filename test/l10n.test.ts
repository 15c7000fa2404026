/** Translations are whole: no sentence is missing, none is left over, gaps and code are those of the English one. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { languagesIn } from '../scripts/generate.js';
import { l10nTexts, sayTemplates } from '../scripts/generate/templates.js';
import {
  continued,
  either,
  english,
  enumerated,
  isSame,
  keyOf,
  listed,
  say,
  sentence,
  words,
} from '../server/src/l10n/message.js';
import { teller } from '../server/src/l10n/translate.js';
import { shippedTranslation } from '../server/src/lsp/translations.node.js';
import { bundle } from './support/language.js';

const HOW = 'run `npm run generate`, then bring the translation in line; see docs/contributing.md, Translate';

const readTexts = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;

test('there is a German translation', () => assert.ok(languagesIn('l10n').includes('de')));

for (const language of languagesIn('l10n')) {
  const files = [
    ['l10n/bundle.l10n.json', `l10n/bundle.l10n.${language}.json`],
    ['package.nls.json', `package.nls.${language}.json`],
  ] as const;
  for (const [source, path] of files)
    describe(path, () => {
      const [from, to] = [readTexts(source), readTexts(path)];

      test('has every key', () => {
        const missing = Object.keys(from).filter((key) => !to[key]?.trim());
        assert.deepEqual(missing, [], `${path} lacks these: ${HOW}`);
      });

      test('has no other key', () => {
        const stale = Object.keys(to).filter((key) => !(key in from));
        assert.deepEqual(stale, [], `${path} has these for nothing: ${HOW}`);
      });

      test('has them in the same order', () => {
        assert.deepEqual(
          Object.keys(to).filter((key) => key in from),
          Object.keys(from).filter((key) => key in to),
          `sort ${path} like ${source}`,
        );
      });

      test('keeps gaps, code, links and line breaks', () => {
        const wrong = Object.entries(to).filter(([key, text]) => {
          const own = from[key];
          return own !== undefined && fixedParts(text) !== fixedParts(own);
        });
        assert.deepEqual(wrong, [], `other gaps or code than in ${source}`);
      });
    });
}

/** What no translation changes, in order of the alphabet. */
function fixedParts(text: string): string {
  const code = text.split('`').filter((_, index) => index % 2 === 1);
  const gaps = text.match(/\{\d+\}/g) ?? [];
  const links = text.match(/\]\([^)]*\)|\n/g) ?? [];
  // Two gaps in code may change places.
  return [...code.map((part) => part.replace(/\{\d+\}/g, '{}')), ...gaps, ...links].sort().join('\n');
}

test('German holds no English sentence', () => {
  const left = Object.values({ ...bundle('de'), ...readTexts('package.nls.de.json') }).filter((text) =>
    /\b(?:the|and|with|which|whoever|from|this|that|are|has|its)\b/.test(
      text.replace(/`[^`]*`|\]\([^)]*\)/g, ''),
    ),
  );
  assert.deepEqual(left, []);
});

test('the manifest holds keys where users read', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const texts = readTexts('package.nls.json');
  const used = new Set<string>();
  const plain: string[] = [];
  const look = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      const key = /^%(.+)%$/.exec(value)?.[1];
      if (key !== undefined) used.add(key);
      else if (/title|description|label|contents/i.test(name) && value !== 'Bulkhead') plain.push(value);
    } else if (typeof value === 'object' && value !== null)
      for (const [own, item] of Object.entries(value)) look(item, Array.isArray(value) ? name : own);
  };
  look({ displayName: manifest.displayName, description: manifest.description }, '');
  look(manifest.contributes, '');
  assert.deepEqual(plain, [], 'run `npm run generate`, which moves them to package.nls.json');
  assert.deepEqual([...used].sort(), Object.keys(texts).sort());
  assert.deepEqual(
    Object.entries(texts).filter(([, text]) => text.trim() === ''),
    [],
    'keys without a text',
  );
});

describe('a message', () => {
  const message = say`Port ${80} of \`${'web'}\` is ${say`open`}`;

  test('is told in English, and found under its sentence', () => {
    assert.equal(english(message), 'Port 80 of `web` is open');
    assert.equal(keyOf(message), 'Port {0} of `{1}` is {2}');
  });

  test('is told in another language, in another order, as far as that has it', () => {
    const tell = teller({ 'Port {0} of `{1}` is {2}': '`{1}`: {0} {2}', open: 'offen', Gone: 'Weg' });
    assert.equal(tell(message), '`web`: 80 offen');
    assert.equal(tell(say`Port ${443} of \`${'db'}\` is ${say`open`}`), '`db`: 443 offen');
    assert.equal(tell(say`Unknown ${say`open`}`), 'Unknown offen');
    assert.equal(tell(words('Gone')), 'Weg');
    assert.equal(teller(undefined), english);
  });

  test('takes nothing from arguments or from the object that holds the texts', () => {
    const tell = teller({ 'a {0}': 'b {0} {1}' });
    assert.equal(tell(say`a ${'{0}'}`), 'b {0} {1}');
    assert.equal(tell(words('constructor')), 'constructor');
    assert.equal(tell(words('a {0} b')), 'a {0} b');
  });

  test('begins with a capital or a small letter where it is put', () => {
    const tell = teller({ 'Open it': 'Öffnen', 'open it': 'öffnen' });
    assert.equal(english(sentence(words('open it'))), 'Open it');
    assert.equal(tell(sentence(words('open it'))), 'Öffnen');
    assert.equal(english(continued(words('Open it'))), 'open it');
    assert.equal(tell(continued(words('Open it'))), 'Öffnen', 'small letters are a matter of English');
  });

  test('joins lists', () => {
    const german = teller({ '{0} and {1}': '{0} und {1}', '{0} or {1}': '{0} oder {1}' });
    const lists = [listed([]), listed(['a']), listed(['a', 'b', 'c']), enumerated(['a', 'b', 'c'])];
    assert.deepEqual(lists.map(english), ['', 'a', 'a, b, c', 'a, b and c']);
    assert.equal(german(enumerated(['a', 'b', 'c'])), 'a, b und c');
    assert.equal(german(either(['a', 'b'])), 'a oder b');
    assert.equal(english(either(['a'])), 'a');
  });

  test('is compared without being put together', () => {
    const other = (name: string) => say`Hello ${name} ${words('there')}`;
    assert.ok(isSame(other('a'), other('a')));
    assert.ok(!isSame(other('a'), other('b')));
    assert.ok(!isSame(say`Hello ${'a'} `, other('a')));
  });
});

describe('sentences of the source', () => {
  test('of `say` are found with their gaps', () => {
    const source = [
      "say`Add \\`${key}: [ALL]\\` (${list.map((one) => `${one}}`).join('}')})`;",
      'say`${first}, ${second}`;',
      ' * say`in a comment`',
      'say`\\${X} is ${a ? say`good` : "}"}`',
    ].join('\n');
    assert.deepEqual(sayTemplates(source), ['Add `{0}: [ALL]` ({1})', '${X} is {0}', 'good']);
    assert.throws(() => sayTemplates('say`no end'), /does not end/);
    assert.throws(() => sayTemplates('say`a\\u0041`'), /Write this character itself/);
  });

  test('of `l10n.t` must be literals', () => {
    assert.deepEqual(l10nTexts("l10n.t('It\\'s {0}', 1); l10n.t(\n  \"x\")"), ["It's {0}", 'x']);
    assert.throws(() => l10nTexts('l10n.t(text)'), /one literal/);
  });
});

/** Literals of a source that read like words for people: not what `l10n.t` or the log gets, and not the product's name. */
function wordsLeft(source: string): readonly string[] {
  const literal = String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\`(?:[^\`\\]|\\.)*\``;
  const given = new RegExp(String.raw`(?:\bl10n\.t|\blog\??\.\w+)\(\s*(?:${literal})`, 'g');
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '').replace(given, '');
  return [...code.matchAll(new RegExp(literal, 'g'))]
    .map(([text]) => text.slice(1, -1))
    .filter((text) => {
      const own = text.replace(/\$\{[^}]*\}/g, '');
      return text !== 'Bulkhead' && (/\p{L}{2}\s+\p{L}{2}/u.test(own) || /^\p{Lu}\p{Ll}+$/u.test(own));
    });
}

/** What stays English: a report about Bulkhead itself for its authors, and the text of the example. */
const ENGLISH = [/debug-information\.ts$/, /walkthrough\.ts$/];

test('the client has every word that it shows from the language of its user', () => {
  const source =
    "log?.warn('not this'); l10n.t('nor this'); /* nor this */ show('but this'); x = 'Open'; 'a.b'";
  assert.deepEqual(wordsLeft(source), ['but this', 'Open']);
  const left = readdirSync('client/src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !ENGLISH.some((one) => one.test(name)))
    .flatMap((name) =>
      wordsLeft(readFileSync(`client/src/${name}`, 'utf8')).map((text) => `${name}: ${text}`),
    );
  assert.deepEqual(left, []);
});

describe('what is shipped beside the program', () => {
  test('is found by the language of a locale', async () => {
    assert.deepEqual(await shippedTranslation('de'), bundle('de'));
    assert.deepEqual(await shippedTranslation('de-AT'), bundle('de'));
    assert.equal(await shippedTranslation('xx'), undefined);
    assert.equal(await shippedTranslation('../../package'), undefined);
  });
});
