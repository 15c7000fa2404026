/** Scripts of a Dockerfile are kept while they only move, and nobody can see that. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type ScriptMemory, scriptMemory } from '../../server/src/documents/dockerfile/script-memory.js';
import { openDocument } from '../../server/src/documents/open.js';
import type { ShellScript } from '../../server/src/model/build.js';

const TEXT = [
  'FROM node:22 AS build',
  'ENTRYPOINT ["sh", "-c", "echo $HOME"]',
  'RUN FOO=bar sudo -u x apt-get \\',
  '  # a comment',
  '  install "curl" git > log 2>&1 && sh -c \'cd /x; make\' | tee $(date).txt',
  'RUN <<EOT',
  'echo one',
  'EOT',
  'RUN cat <<EOT | sh',
  'echo $(id)',
  'EOT',
  'RUN make',
  'HEALTHCHECK CMD curl -f http://localhost/ || exit 1',
  'ONBUILD RUN make',
  '',
].join('\n');

const EDITS: readonly (readonly [from: string, to: string])[] = [
  ['FROM node:22', 'FROM  node:22'],
  ['RUN make', 'RUN make all'],
  ['RUN make all', 'RUN make'],
  ['RUN make\n', 'RUN make\nSHELL ["pwsh", "-c"]\n'],
  ['SHELL ["pwsh", "-c"]\n', ''],
  ['"curl"', '"curl'],
  ['"curl', '"curl"'],
  ['FROM', '# escape=`\nFROM'],
  ['# escape=`\n', ''],
  ['  # a comment\n', ''],
  ['echo one', 'echo one $('],
  ['FROM', '\r\nFROM'],
];

function scriptsOf(text: string, scripts?: ScriptMemory): readonly ShellScript[] {
  const [build] = openDocument(text, 'dockerfile', { scripts }).builds;
  return (build?.stages ?? []).flatMap(({ steps }) =>
    steps.flatMap((step) => ('script' in step ? [step.script] : [])),
  );
}

describe('a memory of scripts', () => {
  test('gives what a reading without one gives, after each of many edits', () => {
    const memory = scriptMemory();
    let text = TEXT;
    assert.deepEqual(scriptsOf(text, memory), scriptsOf(text));
    for (const [from, to] of EDITS) {
      assert.ok(text.includes(from), `the text has no ${from}`);
      text = text.replace(from, to);
      assert.deepEqual(scriptsOf(text, memory), scriptsOf(text), `after ${from} became ${to}`);
    }
  });

  test('does so for the Dockerfiles of all fixtures when they move', () => {
    const folder = 'test/fixtures';
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const texts = paths
      .filter((path) => path.endsWith('Dockerfile'))
      .map((path) => readFileSync(join(folder, path), 'utf8'));
    assert.ok(texts.length > 100);
    for (const text of texts) {
      const memory = scriptMemory();
      for (const one of [text, text.replace('FROM', 'ARG NOTE\nFROM'), text])
        assert.deepEqual(scriptsOf(one, memory), scriptsOf(one), one);
    }
  });

  test('keeps what did not even move as it is', () => {
    const memory = scriptMemory();
    const before = scriptsOf(TEXT, memory);
    const after = scriptsOf(TEXT.replace('HEALTHCHECK', 'USER x\nHEALTHCHECK'), memory);
    const isSame = before.map((script, index) => script === after[index]);
    // The exec form is no shell text, and costs nothing; what stands behind USER moved.
    assert.deepEqual(isSame, [false, true, true, true, true, false, false]);
  });

  test('reads a text that stands twice as two scripts', () => {
    const memory = scriptMemory();
    const text = 'FROM a\nRUN make\nRUN make\n';
    for (let i = 0; i < 3; i++) {
      const starts = scriptsOf(text, memory).map(({ commands }) => commands[0]?.span.start);
      assert.deepEqual(starts, [11, 20]);
    }
  });
});
