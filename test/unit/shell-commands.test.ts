import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseShell } from '../../server/src/syntax/shell/parse.js';
import { checkScript, outline, script, shown, slice } from '../support/shell.js';

function commandsOf(text: string): string[] {
  const result = script(text);
  assert.ok(result.complete, `complete: ${text}`);
  return outline(result);
}

test('operators join commands', () => {
  assert.deepEqual(commandsOf('a && b || c; d | e |& f & g\nh'), [
    'first a',
    'and b',
    'or c',
    'then d',
    'pipe e',
    'pipe f',
    'background g',
    'then h',
  ]);
});

test('an operator at the end of a line goes on in the next one', () => {
  assert.deepEqual(commandsOf('a &&\n\n b |\n# comment\nc'), ['first a', 'and b', 'pipe c']);
});

test('commands of one pipeline share its number', () => {
  const { commands } = script('a | b && c | d; e');
  assert.deepEqual(
    commands.map(({ pipeline }) => pipeline),
    [1, 1, 2, 2, 3],
  );
});

test('a pipe ends at the nearest command of a group', () => {
  const { commands } = script('a | { b; c; } | d');
  assert.deepEqual(
    commands.map(({ pipeline }) => pipeline),
    [1, 1, 2, 2],
  );
});

test('groups and subshells are transparent', () => {
  assert.deepEqual(commandsOf('a && (b; c) || { d; e; }'), ['first a', 'and b', 'then c', 'or d', 'then e']);
  assert.deepEqual(commandsOf('((a) && b)'), ['first a', 'and b']);
  assert.deepEqual(commandsOf('( (a) ); { (b); }'), ['first a', 'then b']);
});

test('keywords belong to no command', () => {
  assert.deepEqual(commandsOf('if a; then b; elif ! c; then d; else e; fi && f'), [
    'first a',
    'then b',
    'then c',
    'then d',
    'then e',
    'and f',
  ]);
  assert.deepEqual(commandsOf('while a; do b; done; until c; do d; done'), [
    'first a',
    'then b',
    'then c',
    'then d',
  ]);
});

test('keywords count only in front of a command', () => {
  assert.deepEqual(commandsOf('echo if then fi { } done'), ['first echo if then fi { } done']);
  assert.deepEqual(commandsOf('"if" a; \\if b'), ['first if a', 'then if b']);
});

test('loops over words', () => {
  assert.deepEqual(commandsOf('for x in a $(b) *.c; do d $x; done | sort'), [
    'substitution(-) first b',
    'first d $x~',
    'pipe sort',
  ]);
  assert.deepEqual(commandsOf('for x\ndo y; done'), ['first y']);
  assert.deepEqual(commandsOf('for ((i = 0; i < 3; i++)); do a; done'), ['first a']);
  assert.deepEqual(commandsOf('for x in a b \\\n c; do d; done'), ['first d']);
});

test('branches of case', () => {
  assert.deepEqual(commandsOf('case "$(a)" in b|c) d ;; (e*) f;; [g-h]?) ;; *) i; esac; j'), [
    'substitution(-) first a',
    'first d',
    'then f',
    'then i',
    'then j',
  ]);
  assert.deepEqual(commandsOf('case $x in\n a)\n  b\n  ;;\n "c d" | e )\n f ;& \n g) h;;& esac'), [
    'first b',
    'then f',
    'then h',
  ]);
  assert.deepEqual(commandsOf('x=$(case a in a) b;; esac)'), ['first -', 'substitution(0) first b']);
});

test('bodies of functions', () => {
  assert.deepEqual(commandsOf('f() { a; }; function g { b; }\nfunction h() (c)\n i () { d; } > e'), [
    'first a',
    'then b',
    'then c',
    'then d',
  ]);
});

test('conditions are one command', () => {
  const text = '[[ -n "$a" && ( $b =~ ^(x|y)+$ || c < d ) ]] && e; [ -f f ]';
  assert.deepEqual(commandsOf(text), ['first [[ -n $a~ $b~ =~ ^(x|y)+$~ c d ]]', 'and e', 'then [ -f f ]']);
  assert.deepEqual(commandsOf('[[ a ]] 2> b; c'), ['first [[ a ]]', 'then c']);
});

test('arithmetic holds no commands but substitutions', () => {
  assert.deepEqual(commandsOf('((a = b > 3)) && c $((1 + (2 << 3))) $(( $(d) + 1 ))'), [
    'and c $((1 + (2 << 3)))~ $(( $(d) + 1 ))~',
    'substitution(0) first d',
  ]);
  assert.deepEqual(commandsOf('echo $((a); (b))'), [
    'first echo $((a); (b))~',
    'substitution(0) first a',
    'substitution(0) then b',
  ]);
});

test('words lose their quotes', () => {
  const { commands } = script(`echo a'b c'"d"\\e "f \\"g\\" \\x $h" $'i\\tj\\x41' '' "'"`);
  assert.deepEqual(commands[0]?.args.map(shown), ['ab cde', 'f "g" \\x $h~', 'i\tjA', '', "'"]);
  assert.deepEqual(
    commands[0]?.args.map(({ quoted }) => quoted),
    [false, true, true, true, true],
  );
});

test('words that a shell changes are not literal', () => {
  const { commands } = script(
    'e $a ${b} "$(c)" `d` *.x f? [a-z] {1,2} ~/g <(h) $(i) a$ \\$b "\\$c" \'$d\' {} [ ] a=b',
  );
  assert.deepEqual(
    commands[0]?.args.map(({ literal }) => literal),
    [...Array.from({ length: 11 }, () => false), ...Array.from({ length: 8 }, () => true)],
  );
});

test('assignments stand in front of the command', () => {
  const { commands } = script('A=1 B="x y" C= D=$(e) make F=2; G+=3; H[0]=4; I=(j "k l" $(m)); N=*.o');
  assert.deepEqual(
    commands.map(({ assignments, words }) => [assignments.map(shown), words.map(shown)]),
    [
      [
        ['A=1', 'B=x y', 'C=', 'D=$(e)~'],
        ['make', 'F=2'],
      ],
      [[], ['e']],
      [['G+=3'], []],
      [['H[0]=4'], []],
      [['I=(j "k l" $(m))~'], []],
      [[], ['m']],
      [['N=*.o'], []],
    ],
  );
});

test('redirects', () => {
  const text = 'a > b 2>&1 >> "c d" < e 2> /dev/null &> f 3<> g >| h <<< "i $j" > $k';
  const { commands } = script(text);
  assert.deepEqual(
    commands[0]?.redirects.map(({ operator, target, span }) => [operator, shown(target), slice(text, span)]),
    [
      ['>', 'b', '> b'],
      ['2>&', '1', '2>&1'],
      ['>>', 'c d', '>> "c d"'],
      ['<', 'e', '< e'],
      ['2>', '/dev/null', '2> /dev/null'],
      ['&>', 'f', '&> f'],
      ['3<>', 'g', '3<> g'],
      ['>|', 'h', '>| h'],
      ['<<<', 'i $j~', '<<< "i $j"'],
      ['>', '$k~', '> $k'],
    ],
  );
  assert.equal(commands[0]?.input, 'i $j');
  assert.deepEqual(commands[0]?.words.map(shown), ['a']);
});

test('a redirect may stand in front of the words, or alone', () => {
  assert.deepEqual(commandsOf('> a b c; > d; 2>e'), ['first b c', 'then -', 'then -']);
});

test('digits are a descriptor only directly in front of the arrow', () => {
  assert.deepEqual(commandsOf('echo 2 > a; echo b2>a'), ['first echo 2', 'then echo b2']);
});

test('substitutions follow the command that contains them', () => {
  assert.deepEqual(commandsOf('a "$(b "$(c)")" `d \\`e\\`` ${f:-$(g)} <(h | i) > $(j)'), [
    'first a $(b "$(c)")~ `d \\`e\\``~ ${f:-$(g)}~ <(h | i)~',
    'substitution(0) first b $(c)~',
    'substitution(1) first c',
    'substitution(0) first d `e`~',
    'substitution(3) first e',
    'substitution(0) first g',
    'substitution(0) first h',
    'substitution(0) pipe i',
    'substitution(0) first j',
  ]);
});

test('brackets and quotes inside substitutions and expansions do not end them', () => {
  assert.deepEqual(commandsOf(`a $(b ")" ')' \\) # )\n) "\${c:-"}"}" \${d#'}'} d`), [
    `first a $(b ")" ')' \\) # )\n)~ \${c:-"}"}~ \${d#'}'}~ d`,
    'substitution(0) first b ) ) )',
  ]);
});

test('an apostrophe in an expansion inside double quotes is text', () => {
  assert.deepEqual(commandsOf(`echo "\${a:-it's}" b`), [`first echo \${a:-it's}~ b`]);
});

test('comments reach to the end of the line', () => {
  assert.deepEqual(commandsOf("a # it's; b\nc#d e"), ['first a', 'then c#d e']);
});

test('here-documents', () => {
  const text = `cat <<A <<-'B' | c && d\n1 $(e)\nA\n\t2 $(f)\n\tB\ng`;
  const result = script(text);
  assert.deepEqual(outline(result), ['first cat', 'pipe c', 'and d', 'substitution(0) first e', 'then g']);
  assert.equal(result.commands[0]?.input, '2 $(f)\n');
  assert.equal(script("a <<-'B'\n\t2 $(f)\n\tB").commands[0]?.input, '2 $(f)\n');
  assert.ok(result.complete);
});

test('a here-document of another descriptor is no input', () => {
  assert.equal(script('a 3<<E\nx\nE\n').commands[0]?.input, undefined);
  assert.equal(script('a 0<<E\nx\nE\n').commands[0]?.input, 'x\n');
});

test('a here-document inside a substitution', () => {
  assert.deepEqual(commandsOf('a=$(cat <<E\n) "\nE\n); b'), [
    'first -',
    'substitution(0) first cat',
    'then b',
  ]);
});

test('spans cover what is written', () => {
  const text = `A=1 sudo "ap\\t" -y 'x'  > f ; b`;
  const [first, second] = script(text).commands;
  assert.ok(first && second);
  assert.equal(slice(text, first.span), `A=1 sudo "ap\\t" -y 'x'  > f`);
  assert.deepEqual(
    first.words.map(({ span }) => slice(text, span)),
    ['sudo', '"ap\\t"', '-y', "'x'"],
  );
  assert.equal(slice(text, second.span), 'b');
});

test('text outside the region is not read', () => {
  const text = "'x' a b 'y'";
  const result = parseShell(text, { start: 4, end: 7 });
  checkScript(text, result);
  assert.deepEqual(outline(result), ['first a b']);
  assert.equal(slice(text, result.commands[0]?.span ?? { start: 0, end: 0 }), 'a b');
});

test('a continued line is one line', () => {
  const text = 'a \\\n b\\\nc \'d\\\ne\' "f\\\ng"';
  assert.deepEqual(commandsOf(text), ['first a bc d\\\ne fg']);
  assert.equal(slice(text, script(text).commands[0]?.words[1]?.span ?? { start: 0, end: 0 }), 'b\\\nc');
});

for (const text of [
  'echo "a',
  "echo 'a",
  'echo `a',
  'echo $(a',
  'echo ${a',
  'echo ${a:-"b}',
  '( a',
  '{ a;',
  'if a; then b',
  'for x in a; do b',
  'case a in b) c',
  'case a',
  'for',
  'a )',
  'fi',
  '} ',
  'a &&',
  'a | ',
  '&& a',
  'a ;; b',
  '[[ a',
  '[[ a =~ && b ]]',
  'a (b)',
  'a >',
  'a <<E\nb',
  'a <<E',
  "a $'b",
  'x=(a b',
  ': $((1 + ',
  'then a',
]) {
  test(`not complete: ${text.replaceAll('\n', '\\n')}`, () => assert.equal(script(text).complete, false));
}
