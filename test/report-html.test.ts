import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { standsOnCredential } from '../server/src/report/shared/rules.js';
import { rules } from '../server/src/rules/index.js';
import { type Folder, folderWith } from './support/cli.js';
import { nastyFolder, TINY } from './support/report.js';

const page = async (folder: Folder, ...words: readonly string[]) =>
  (await folder.run(['--format', 'html', ...words])).out;

/** Every tag that the page writes itself. */
const TAGS = new Set(
  (
    'html head meta title style body header main footer nav section article div p span strong em small b i code pre mark a ' +
    'h1 h2 h3 h4 ul ol li table thead tbody tr th td svg g path rect circle text desc defs clipPath pattern'
  ).split(' '),
);

/** Name and attributes of each tag, styles left out. */
function tagsOf(html: string): readonly { readonly name: string; readonly attributes: string }[] {
  const body = html.replace(/<style>[^<]*<\/style>/, '').replace(/^<!doctype html>/, '');
  return [...body.matchAll(/<\/?([a-zA-Z][^\s>]*)([^>]*)>/g)].map(([, name = '', attributes = '']) => ({
    name,
    attributes,
  }));
}

describe('html', () => {
  test('one page that loads nothing and runs nothing', async (t) => {
    const html = await page(folderWith(t, TINY));
    assert.match(html, /^<!doctype html>\n<html lang="en">/);
    assert.match(html, /Content-Security-Policy" content="default-src &#39;none&#39;/);
    assert.doesNotMatch(html, /<script|<link|<iframe|<img|@import|\bsrc=|\bon\w+=/i);
    const addresses = [...html.matchAll(/url\(([^)]*)\)/g)].map(([, address]) => address);
    assert.deepEqual(new Set(addresses), new Set(['#inside', '#hatch']));
  });

  test('it says how each practice stands, what was found and what to do', async (t) => {
    const html = await page(folderWith(t, TINY));
    assert.match(html, /<strong>1<\/strong> opens a direct way to the host/);
    assert.equal(html.match(/<th scope="row">[^<]+<span class="what">/g)?.length, 10);
    assert.match(html, /<h4><small>service<\/small> db<\/h4>/);
    assert.match(html, /<b>4<\/b> {4}privileged: <mark>true<\/mark>/);
    assert.match(html, /<code>db<\/code>: 2 hardening settings missing/);
    assert.match(html, /<a href="#rule-container-privileged">/);
    assert.equal(html.match(/id="rule-container-privileged"/g)?.length, 1);
    assert.match(html, /runs on its own host<\/td><td class="date">2027-01-31/);
  });

  test('ids are there once and links within the page lead somewhere; headings skip no level', async (t) => {
    const html = await page(folderWith(t, TINY), '--absence', 'separate');
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    const targets = [...html.matchAll(/(?:href="#|aria-labelledby=")([^"]*)"/g)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    for (const target of targets) assert.ok(ids.includes(target), target);
    const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    assert.equal(levels[0], 1);
    for (const [i, level] of levels.entries())
      assert.ok(level <= (levels[i - 1] ?? 0) + 1, `h${level} at ${i}`);
  });

  test('nothing that comes from a file becomes markup', async (t) => {
    for (const absence of ['grouped', 'separate']) {
      const html = await page(nastyFolder(t), '--absence', absence);
      for (const text of ['alert(1)', 'alert(3)', 'alert(5)'])
        assert.ok(html.includes(text), `${text} is shown`);
      for (const { name, attributes } of tagsOf(html)) {
        assert.ok(TAGS.has(name), `<${name}>`);
        assert.match(attributes, /^(?: [a-zA-Z-]+="[^"<>]*")*\/?$/);
        assert.doesNotMatch(attributes, /\bon\w+=|javascript:/i);
      }
      assert.doesNotMatch(html, /<(?:script|img|i>&)/);
    }
  });

  test('what was not read is said at the top', async (t) => {
    const folder = folderWith(t, { Dockerfile: 'FROM node:22\nRUM ls\n' });
    const html = await page(folder, 'Dockerfile', 'gone.yaml');
    assert.match(html, /<p class="caution">1 file could not be read completely and may hold more\.<\/p>/);
    assert.match(html, /<span class="badge warning">syntax error<\/span>/);
    assert.match(html, /gone\.yaml does not exist/);
    assert.match(html, /<strong>10<\/strong> could not be judged/);
  });

  test('a line with a credential is not repeated, whichever finding stands on it', async (t) => {
    const folder = folderWith(t, {
      Dockerfile: 'FROM node:22.12.0\nENV API_TOKEN=ghp_k3jh5GkJH3k5jh3K5j6h3k4jHGkjh3k5jh3A\nUSER node\n',
    });
    const { out } = await folder.run(['--format', 'html'], { rules });
    assert.match(out, /secret-in-env/);
    assert.match(out, /a credential stands in this line/);
    assert.doesNotMatch(out, /ghp_k3jh/);
  });

  test('the rules that stand on credentials are still called so', () => {
    const ids = rules.filter(({ meta }) => standsOnCredential(meta)).map(({ meta }) => meta.id);
    for (const id of [
      'secret-in-env',
      'secret-in-environment',
      'secret-in-run',
      'secret-in-url',
      'password-in-build',
    ])
      assert.ok(ids.includes(id), id);
  });
});
