import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shellKindOf } from '../../server/src/syntax/dockerfile/run.js';
import { lastScript } from '../support/dockerfile.js';
import { outline, slice } from '../support/shell.js';

function commandsOf(text: string): { form: string; lines: string[]; complete: boolean } {
  const { script, form } = lastScript(text);
  return { form, lines: outline(script), complete: script.complete };
}

test('continuations, comments and blank lines are no part of the script', () => {
  const text = 'RUN --mount=type=cache,target=/x \\\n # it\'s\n a "b \\\n\n# c\n  d" && \\\n  e\\\nf';
  const { script, form } = lastScript(text);
  assert.equal(form, 'shell');
  assert.ok(script.complete);
  assert.deepEqual(outline(script), ['first a b   d', 'and ef']);
  assert.deepEqual(
    script.commands.map(({ span }) => slice(text, span)),
    ['a "b \\\n\n# c\n  d"', 'e\\\nf'],
  );
  assert.deepEqual(
    script.commands[0]?.words.map(({ span }) => slice(text, span)),
    ['a', '"b \\\n\n# c\n  d"'],
  );
});

test('a comment of the shell swallows the continued lines', () => {
  assert.deepEqual(commandsOf('RUN a # b \\\n && c').lines, ['first a']);
});

test('with a backtick for escape', () => {
  assert.deepEqual(commandsOf('# escape=`\nRUN a `\n  # b\n  && c \\d').lines, ['first a', 'and c d']);
});

test('carriage returns', () => {
  assert.deepEqual(commandsOf('RUN a \\\r\n  && b\r\n').lines, ['first a', 'and b']);
  assert.deepEqual(commandsOf('RUN <<E\r\na b\r\nif c\r\nthen d\r\nfi\r\nE\r\n').lines, [
    'first a b',
    'then c',
    'then d',
  ]);
});

test('the body of a here-document as the command', () => {
  assert.deepEqual(commandsOf('RUN --network=none <<-"E"\n\ta \\\n\t b # c\n\td $e\n\tE\n'), {
    form: 'heredoc',
    lines: ['first a b', 'then d $e~'],
    complete: true,
  });
});

test('a body with an interpreter of its own', () => {
  assert.deepEqual(commandsOf('RUN <<E\n#!/bin/bash -e\na\nE').lines, ['first a']);
  assert.deepEqual(commandsOf('RUN <<E\n#!/usr/bin/env -S zsh\na\nE').lines, ['first a']);
  assert.deepEqual(commandsOf('RUN <<E\n#!/usr/bin/env python3\nprint("\nE'), {
    form: 'heredoc',
    lines: [],
    complete: true,
  });
  const bash = lastScript('RUN <<E\n#!/bin/sh\na\nE', 'powershell');
  assert.deepEqual(outline(bash.script), ['first a']);
});

test('here-documents as input', () => {
  const text = 'RUN cat <<A > /f && bash <<B && c\nx $(y)\nA\nd && e\nB';
  const { script, form } = lastScript(text);
  assert.equal(form, 'shell');
  assert.ok(script.complete);
  assert.deepEqual(outline(script), [
    'first cat',
    'and bash',
    'and c',
    'substitution(0) first y',
    'nested(1) first d',
    'nested(1) and e',
  ]);
  assert.equal(script.commands[0]?.input, 'x $(y)\n');
  assert.deepEqual(
    script.commands.slice(3).map(({ span }) => slice(text, span)),
    ['y', 'd', 'e'],
  );
});

test('here-documents of other programs', () => {
  const { script, form } = lastScript('RUN <<E python3 -\nprint(")\nE\n');
  assert.equal(form, 'shell');
  assert.deepEqual(outline(script), ['first python3 -']);
  assert.equal(script.commands[0]?.input, 'print(")\n');
  assert.ok(script.complete);
});

test('a here-document behind continued lines', () => {
  assert.deepEqual(commandsOf('RUN a && \\\n # b\n cat <<E \\\n && c\nd\nE').lines, [
    'first a',
    'and cat',
    'and c',
  ]);
});

test('ONBUILD and HEALTHCHECK stand for what is behind them', () => {
  assert.deepEqual(commandsOf('ONBUILD RUN --network=none a && b').lines, ['first a', 'and b']);
  assert.deepEqual(commandsOf('ONBUILD RUN <<E\na\nE'), {
    form: 'heredoc',
    lines: ['first a'],
    complete: true,
  });
  assert.deepEqual(commandsOf('HEALTHCHECK --retries=1 CMD a || exit 1').lines, ['first a', 'or exit 1']);
  assert.deepEqual(commandsOf('HEALTHCHECK CMD ["a", "b"]'), {
    form: 'exec',
    lines: ['first a b'],
    complete: true,
  });
  assert.deepEqual(commandsOf('HEALTHCHECK NONE').lines, []);
  assert.deepEqual(commandsOf('ONBUILD').lines, []);
  assert.deepEqual(commandsOf('ONBUILD COPY a b').lines, []);
});

test('the exec form', () => {
  const text = 'ENTRYPOINT ["bash", "-c", "a \\"b\\" && c"]';
  const { script, form } = lastScript(text, 'powershell');
  assert.equal(form, 'exec');
  assert.deepEqual(outline(script), ['first bash -c a "b" && c', 'nested(0) first a b', 'nested(0) and c']);
  assert.equal(slice(text, script.commands[1]?.span ?? { start: 0, end: 0 }), 'a \\"b\\"'.slice(0, -1));
});

test('text of a shell that is not understood gives no commands', () => {
  for (const kind of ['powershell', 'cmd', 'unknown'] as const) {
    assert.deepEqual(lastScript('RUN & { a "b', kind).script, { commands: [], complete: true });
    assert.deepEqual(lastScript('RUN <<E\na\nE', kind).script, { commands: [], complete: true });
  }
});

test('other instructions and empty ones have no script', () => {
  for (const text of ['FROM a', 'COPY a b', 'RUN', 'CMD', 'RUN # a', 'RUN \\'])
    assert.deepEqual(commandsOf(text).lines, []);
});

test('kinds of shells', () => {
  const kind = (...words: string[]) => shellKindOf(words.map((value) => ({ value })));
  assert.equal(kind('/bin/bash', '-o', 'pipefail', '-c'), 'posix');
  assert.equal(kind('/bin/busybox', 'sh', '-c'), 'posix');
  assert.equal(kind('conda', 'run', '-n', 'x', '/bin/bash', '-c'), 'posix');
  assert.equal(kind('powershell', '-Command', '$x'), 'powershell');
  assert.equal(kind('C:\\Program Files\\PowerShell\\pwsh.exe', '-c'), 'powershell');
  assert.equal(kind('CMD', '/S', '/C'), 'cmd');
  assert.equal(kind('/usr/local/bin/my-shell'), 'unknown');
  assert.equal(kind(), 'unknown');
  assert.equal(shellKindOf(undefined), 'posix');
  assert.equal(shellKindOf(undefined, { escape: '`' }), 'unknown');
  assert.equal(shellKindOf(undefined, { escape: '`', platform: 'linux/amd64' }), 'posix');
  assert.equal(shellKindOf(undefined, { platform: 'windows/amd64' }), 'cmd');
});
