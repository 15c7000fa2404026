import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expand, UNKNOWN } from '../../server/src/syntax/dockerfile/expand.js';

const VALUES = new Map<string, string | typeof UNKNOWN>([
  ['A', 'foo.tar.gz'],
  ['EMPTY', ''],
  ['V', '1.2.3'],
  ['P', 'a*b'],
  ['X', UNKNOWN],
]);
const value = (name: string) => VALUES.get(name);

for (const [text, expected] of [
  ['plain', 'plain'],
  ['$A', 'foo.tar.gz'],
  ['${A}x$V', 'foo.tar.gzx1.2.3'],
  ['$NO-x', '-x'],
  ['"$A b" \'$A\'', 'foo.tar.gz b $A'],
  ['\\$A "\\$A" "\\x"', '$A $A \\x'],
  ['a\\ b\\"', 'a b"'],
  ['$', '$'],
  ['a$ b$', 'a$ b$'],
  ['$1$@', ''],
  ['${A:-x}', 'foo.tar.gz'],
  ['${EMPTY:-x}', 'x'],
  ['${EMPTY-x}', ''],
  ['${NO-x}', 'x'],
  ['${NO:-}', ''],
  ['${A:+x}${EMPTY:+y}${EMPTY+z}${NO+w}', 'xz'],
  ['${A:?no}${A?no}${EMPTY?no}', 'foo.tar.gzfoo.tar.gz'],
  ['${NO:-${EMPTY:-$V}}', '1.2.3'],
  ['${NO:-"a }" b\\}c}', 'a } b}c'],
  ["${NO:-'$A'}", '$A'],
  ['${A#*.}', 'tar.gz'],
  ['${A##*.}', 'gz'],
  ['${A%.*}', 'foo.tar'],
  ['${A%%.*}', 'foo'],
  ['${A%x}', 'foo.tar.gz'],
  ['${A#f?o}', '.tar.gz'],
  ['${P#a\\*}', 'b'],
  ['${V%$NO}', '1.2.3'],
  ['${V/./_}', '1_2.3'],
  ['${V//./_}', '1_2_3'],
  ['${V//?./}', '3'],
  ['${A/.*/$V}', 'foo1.2.3'],
  ['${NO#x}${NO//a/b}', ''],
] as const) {
  test(`expand ${text}`, () => {
    const result = expand(text, value);
    assert.equal(result.value, expected);
    assert.ok(result.complete);
    assert.equal(result.problem, undefined);
  });
}

test('the escape character of the file', () => {
  assert.equal(expand('C:\\a`$A "`$" `"', value, '`').value, 'C:\\a$A $ "');
  assert.equal(expand('C:\\$V', value).value, 'C:$V');
});

for (const [text, expected] of [
  ['a$X', 'a$X'],
  ['${X}', '${X}'],
  ['"${X:-b}"', '${X:-b}'],
  ['${X%.*}', '${X%.*}'],
  ['${NO:-$X}', '$X'],
  ['${A#$X}', '${A#$X}'],
  ['${A/$X/b}', '${A/$X/b}'],
] as const) {
  test(`unknown in ${text}`, () => {
    const result = expand(text, value);
    assert.equal(result.value, expected);
    assert.equal(result.complete, false);
    assert.equal(result.problem, undefined);
  });
}

test('an unknown variable in a part that does not count does no harm', () => {
  assert.ok(expand('${A:-$X}${NO:+$X}', value).complete);
});

for (const text of [
  '${',
  '${}',
  '${A',
  '${:-x}',
  '${{A}}',
  '${A:#x}',
  '${A@Q}',
  '${A:-x',
  '${A/b}',
  "'a",
  '"a',
  '"$A',
  '${NO:?x}',
  '${EMPTY:?}',
]) {
  test(`problem in ${text}`, () => {
    const result = expand(text, value);
    assert.ok(result.problem);
    assert.equal(result.value, text);
    assert.equal(result.complete, false);
  });
}

test('defaults and names are reported', () => {
  const result = expand('$A ${NO:-${V}} ${A:-$NO}', value);
  assert.deepEqual(result.names, ['A', 'NO', 'V', 'A', 'NO']);
  assert.ok(result.usedDefault);
  assert.equal(expand('${A:-x} ${NO:+y}', value).usedDefault, false);
});

test('long and deep texts come to an end', () => {
  assert.ok(expand('${a:-'.repeat(100_000), value).problem);
  assert.equal(expand('$A'.repeat(10_000), value).value.length, 100_000);
  const long = 'ab'.repeat(100_000);
  assert.equal(expand('${L##*c*d}', () => long).complete, true);
  assert.equal(expand('${L//*c*/x}', () => long).complete, false);
});
