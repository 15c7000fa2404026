import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as language from '../../server/src/features/dockerfile-language.js';
import { markdown, plainText } from '../../server/src/features/markup.js';
import { applyEdits } from '../../server/src/text/edit.js';
import { sourceText } from '../../server/src/text/source-text.js';

const TEXT = 'FROM node:22 AS base\nARG NAME=`x`\nRUN echo $NAME\nFROM base\nCOPY --from=base /a /b\n';
const source = sourceText(TEXT);
const at = (part: string, inside = 1) => source.positionAt(TEXT.indexOf(part) + inside);
const SNIPPETS = { snippetSupport: true, documentationFormat: ['markdown' as const] };

describe('completion', () => {
  test('proposes instructions with their explanation', async () => {
    const items = await language.complete(sourceText('FROM a\nHEAL'), { line: 1, character: 4 }, SNIPPETS);
    const health = items.find(({ label }) => label.startsWith('HEALTHCHECK'));
    assert.ok(health?.documentation);
    assert.equal(health?.data, undefined);
  });

  test('asks nobody for tags', async () => {
    for (const from of ['FROM node:', 'FROM node:2', 'FROM --platform=linux/amd64 example.org/a/b:'])
      assert.deepEqual(
        await language.complete(sourceText(from), { line: 0, character: from.length }, SNIPPETS),
        [],
      );
  });
});

test('the hover explains instructions, and shows values as text', () => {
  assert.match(language.explain(source, at('RUN'), markdown) ?? '', /RUN/);
  assert.equal(language.explain(source, at('NAME=', 1), plainText), '`x`');
  assert.equal(language.explain(source, at('NAME=', 1), markdown), '`` `x` ``');
  assert.equal(language.explain(source, at('echo'), markdown), undefined);
});

test('signatures follow the parameter', () => {
  assert.equal(language.signatureHelp(source, at('/a /b'))?.signatures.length, 1);
  assert.equal(language.signatureHelp(sourceText(''), { line: 0, character: 0 }), undefined);
});

test('a stage and a variable are renamed wherever they stand', () => {
  assert.deepEqual(language.renameable(source, at('base\nARG'))?.start, at('base\nARG', 0));
  const renamed = (part: string) =>
    applyEdits(
      TEXT,
      language.rename(source, at(part), 'other').map(({ range, newText }) => ({
        span: { start: source.offsetAt(range.start), end: source.offsetAt(range.end) },
        text: newText,
      })),
    );
  assert.equal(renamed('base\nARG'), TEXT.replaceAll('base', 'other'));
  assert.equal(renamed('NAME='), TEXT.replaceAll('NAME', 'other'));
  assert.equal(renamed('echo'), TEXT);
});

test('places that belong together are found', () => {
  assert.equal(language.highlights(source, at('base\nARG')).length, 3);
  assert.deepEqual(
    language.definition(source, at('base /a'), 'file:///Dockerfile')?.range.start,
    at('base\nARG', 0),
  );
});

test('formatting indents what continues, and leaves heredocs alone', () => {
  const text = 'FROM a\n  RUN a \\\nb\nRUN <<EOF\n  x\n\ty\nEOF\n';
  const edits = language.format(sourceText(text), { tabSize: 2, insertSpaces: true });
  const formatted = applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      span: { start: sourceText(text).offsetAt(range.start), end: sourceText(text).offsetAt(range.end) },
      text: newText,
    })),
  );
  assert.equal(formatted, 'FROM a\nRUN a \\\n  b\nRUN <<EOF\n  x\n\ty\nEOF\n');
});

test('instructions of several lines fold, images link to their page, instructions are listed', () => {
  const text = sourceText('FROM node:22\nRUN a \\\n  b\n');
  assert.deepEqual(
    language
      .foldingRanges(text, { lineFoldingOnly: true })
      .map(({ startLine, endLine }) => [startLine, endLine]),
    [[1, 2]],
  );
  assert.deepEqual(
    language.links(text).map(({ target }) => target),
    ['https://hub.docker.com/_/node/'],
  );
  assert.deepEqual(
    language.symbols(text, 'file:///Dockerfile').map(({ name }) => name),
    ['FROM', 'RUN'],
  );
});

test('no text makes any of it fail', async () => {
  const broken = [
    '',
    '\n',
    'FROM',
    '# escape=`\nFROM a AS',
    'RUN <<',
    'FROM a\nRUN <<EOF\n',
    'ENV "',
    '\uFEFFFROM a\r\nRUN x',
  ];
  for (const text of broken) {
    const one = sourceText(text);
    for (let offset = 0; offset <= text.length; offset++) {
      const position = one.positionAt(offset);
      await language.complete(one, position, SNIPPETS);
      language.explain(one, position, markdown);
      language.signatureHelp(one, position);
      language.renameable(one, position);
      language.rename(one, position, 'x');
      language.highlights(one, position);
      language.definition(one, position, '');
    }
    language.format(one, { tabSize: 4, insertSpaces: false });
    language.foldingRanges(one, {});
    language.links(one);
    language.symbols(one, '');
  }
});
