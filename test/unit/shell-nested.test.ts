import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExecForm } from '../../server/src/syntax/shell/exec.js';
import { checkScript, outline, script, slice } from '../support/shell.js';

/** Every nested command as it is written. */
function nested(text: string): string[] {
  return script(text)
    .commands.filter(({ context }) => context === 'nested')
    .map(({ span }) => slice(text, span));
}

for (const [text, ...expected] of [
  [`sh -c 'a b && c'`, 'a b', 'c'],
  [`/bin/bash -lc "a; b"`, 'a', 'b'],
  ['bash -c a b c', 'a'],
  [`sh -ec -- 'a'`, 'a'],
  [`bash -euo pipefail -c 'a'`, 'a'],
  [`bash -o errexit --norc --rcfile x -c 'a'`, 'a'],
  [`bash script.sh -c 'a'`],
  [`bash -x script.sh`],
  [`eval 'a b'`, 'a b'],
  [`eval a "b && c" d`, 'a "b', 'c" d'],
  [`su - user -c 'a'`, 'a'],
  [`su user -s /bin/sh --command 'a'`, 'a'],
  [`su --command='a | b' user`, 'a', 'b'],
  ['su user'],
  [`runuser -l user -c 'a'`, 'a'],
  [`trap 'a; b' EXIT`, 'a', 'b'],
  ['trap - EXIT'],
  ['trap'],
  [`sudo -u x sh -c 'a'`, 'a'],
  [`xargs -I{} sh -c 'a {}'`, 'a {}'],
  [`busybox sh -c 'a'`, 'a'],
  [`sh -c "sh -c 'a'"`, `sh -c 'a'`, 'a'],
  [`bash <<< 'a; b'`, 'a', 'b'],
  ['bash <<E\na\nb c\nE', 'a', 'b c'],
  ["sh -s x <<-'E'\n\ta\n\tE", 'a'],
  ['bash x.sh <<E\na\nE'],
  ['cat <<E\na\nE'],
  [`sh -c ''`],
] as const) {
  test(`nested: ${text.replaceAll('\n', '\\n')}`, () => assert.deepEqual(nested(text), expected));
}

test('nested commands stand behind their parent', () => {
  assert.deepEqual(outline(script(`a && sh -c 'b | sh -c "c"' && d`)), [
    'first a',
    'and sh -c b | sh -c "c"',
    'nested(1) first b',
    'nested(1) pipe sh -c c',
    'nested(3) first c',
    'and d',
  ]);
});

test('the span of a word in an escaped text is exact', () => {
  const text = String.raw`sh -c "a \"b c\" \$D 'e'f"`;
  const { commands } = script(text);
  assert.deepEqual(
    commands[1]?.words.map(({ span, value }) => [slice(text, span), value]),
    [
      ['a', 'a'],
      [String.raw`\"b c\"`.slice(1), 'b c'],
      ['$D', '$D'],
      [`'e'f`, 'ef'],
    ],
  );
});

test('a substitution of the outer shell is listed once', () => {
  assert.deepEqual(outline(script('sh -c "a $(b) \\$(c)"')), [
    'first sh -c a $(b) $(c)~',
    'nested(0) first a $(b)~ $(c)~',
    'substitution(0) first b',
    'substitution(1) first c',
  ]);
});

test('the body of an unquoted here-document loses its escapes', () => {
  const text = 'bash <<E\na \\$(b) $(c)\nE\n';
  assert.deepEqual(outline(script(text)), [
    'first bash',
    'nested(0) first a $(b)~ $(c)~',
    'substitution(1) first b',
    'substitution(0) first c',
  ]);
});

test('scripts in scripts end somewhere', () => {
  let text = 'a';
  for (let depth = 0; depth < 12; depth++) text = `eval ${text}`;
  const { complete, commands } = script(text);
  assert.equal(complete, false);
  assert.ok(commands.length < 10);
});

/** The words of a JSON array, as the Dockerfile reader gives them. */
function execWords(text: string) {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)].map((found) => ({
    span: { start: found.index, end: found.index + found[0].length },
    raw: found[0],
    value: String(JSON.parse(found[0])),
  }));
}

test('the exec form is one command of literal words', () => {
  const text = '["tini", "--", "$A", "*"]';
  const result = parseExecForm(execWords(text));
  checkScript(text, result);
  assert.deepEqual(outline(result), ['first [tini] $A *']);
  assert.equal(slice(text, result.commands[0]?.span ?? { start: 0, end: 0 }), '"tini", "--", "$A", "*"');
});

test('the exec form of a shell gives the commands of its script', () => {
  const text = String.raw`["/bin/sh", "-c", "a \"b\u0063\" && d $(e)"]`;
  const result = parseExecForm(execWords(text));
  checkScript(text, result);
  assert.deepEqual(result.commands.map(({ span }) => slice(text, span)).slice(1), [
    String.raw`a \"b\u0063\"`.slice(0, -1),
    'd $(e)',
    'e',
  ]);
  assert.deepEqual(outline(result).slice(1), [
    'nested(0) first a bc',
    'nested(0) and d $(e)~',
    'substitution(2) first e',
  ]);
});

test('a word whose raw text is not its span stands as a whole', () => {
  const word = { span: { start: 0, end: 20 }, raw: '"a \\"b\\""', value: 'a "b"' };
  const sh = { span: { start: 0, end: 0 }, raw: '"sh"', value: 'sh' };
  const { commands } = parseExecForm([sh, { ...sh, value: '-c' }, word]);
  assert.deepEqual(commands[1]?.span, word.span);
});

test('eval is no program', () => {
  const { commands, complete } = parseExecForm(execWords('["eval", "console.log(\'x"]'));
  assert.ok(complete);
  assert.equal(commands.length, 1);
});

test('no words, no command', () => assert.deepEqual(parseExecForm([]), { commands: [], complete: true }));
