import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dockerfile, instruction } from '../support/dockerfile.js';
import { slice } from '../support/shell.js';

test('instructions reach from the keyword to the last character', () => {
  const text = '  from a as b  \n\n\trun  x \\\n  y\t\n# c\nCMD\n';
  const { instructions } = dockerfile(text);
  assert.deepEqual(
    instructions.map(({ keyword, span, argumentSpan }) => [
      keyword,
      slice(text, span),
      slice(text, argumentSpan),
    ]),
    [
      ['FROM', 'from a as b', 'a as b'],
      ['RUN', 'run  x \\\n  y', 'x \\\n  y'],
      ['CMD', 'CMD', ''],
    ],
  );
});

test('continued lines skip comments and blank lines', () => {
  const text = 'COPY a \\  \n  # one\n\n\t\n  b\\\nc # d \\\n #two\n/e\nUSER f';
  const tree = dockerfile(text);
  assert.deepEqual(
    tree.instructions[0]?.words.map(({ value }) => value),
    ['a', 'bc', '#', 'd', '/e'],
  );
  assert.equal(tree.instructions[1]?.keyword, 'USER');
  assert.deepEqual(
    tree.comments.map(({ span }) => slice(text, span)),
    ['# one', '#two'],
  );
});

test('a doubled escape character does not continue the line', () => {
  assert.equal(dockerfile('RUN a \\\\\nRUN b').instructions.length, 2);
  assert.equal(dockerfile('RUN a \\\\\\\nRUN b').instructions.length, 2);
  assert.equal(dockerfile('RUN a \\ \\\nRUN b').instructions.length, 1);
});

test('a keyword may be continued', () => {
  const text = 'FR\\\nOM a';
  const { keyword, keywordSpan, words } = instruction(text);
  assert.equal(keyword, 'FROM');
  assert.equal(slice(text, keywordSpan), 'FR\\\nOM');
  assert.equal(words[0]?.value, 'a');
});

test('a word across lines has no continuation in its texts', () => {
  const text = 'COPY a"b\\\n   c\\\nd" e';
  const word = instruction(text).words[0];
  assert.equal(word?.raw, 'a"b');
  const env = instruction('ENV a="b\\\n   c\\\n# x\nd" e=f').properties[0];
  assert.equal(env?.raw, '"b   cd"');
  assert.equal(env?.value, 'b   cd');
});

test('directives stand at the top', () => {
  const text = '#Syntax = a/b:1 \n# escape=`\n#check=skip=X;error=true\n# syntax=c\nFROM a';
  const tree = dockerfile(text.replace('# syntax=c\n', ''));
  assert.deepEqual(
    tree.directives.map(({ name, value, span, valueSpan }) => [
      name,
      value,
      slice(text, span),
      slice(text, valueSpan),
    ]),
    [
      ['syntax', 'a/b:1', '#Syntax = a/b:1', 'a/b:1'],
      ['escape', '`', '# escape=`', '`'],
      ['check', 'skip=X;error=true', '#check=skip=X;error=true', 'skip=X;error=true'],
    ],
  );
  assert.equal(tree.escape, '`');
  assert.deepEqual(tree.comments, []);
  assert.equal(dockerfile(text).problems.length, 1);
});

for (const text of [
  '\n# escape=`',
  '# x\n# escape=`',
  '# x=y\n# escape=`',
  'FROM a\n# escape=`',
  '#!/x\n# escape=`',
  '# escape=',
]) {
  test(`no escape directive: ${JSON.stringify(text)}`, () => assert.equal(dockerfile(text).escape, '\\'));
}

test('with a backtick for escape, a backslash is text', () => {
  const text = '# escape=`\nCOPY C:\\a\\ `\n  D:\\b`\n\\c\nUSER a';
  assert.deepEqual(
    instruction(text).words.map(({ value }) => value),
    ['C:\\a\\', 'D:\\b\\c'],
  );
});

test('a byte order mark and carriage returns', () => {
  const text =
    '\uFEFF# escape=`\r\nFROM a\r\nRUN b `\r\n  # c\r\n\r\n  d\r\nCOPY <<E /f\r\ng\r\nE\r\nUSER h\r\n';
  const tree = dockerfile(text);
  assert.deepEqual(
    tree.instructions.map(({ span }) => slice(text, span)),
    ['FROM a', 'RUN b `\r\n  # c\r\n\r\n  d', 'COPY <<E /f\r\ng\r\nE', 'USER h'],
  );
  assert.equal(slice(text, tree.instructions[2]?.heredocs[0]?.body ?? { start: 0, end: 0 }), 'g\r\n');
  assert.deepEqual(tree.problems, []);
});

test('flags stand directly behind the keyword', () => {
  const text =
    'RUN --mount=type=cache,target=/a,ro --network="none" \\\n # c\n --mount=type=bind b --mount=c';
  const { flags, argumentSpan } = instruction(text);
  assert.equal(slice(text, argumentSpan), 'b --mount=c');
  assert.deepEqual(
    flags.map(({ name, value, span, nameSpan, valueSpan }) => [
      name,
      value,
      slice(text, span),
      slice(text, nameSpan),
      slice(text, valueSpan),
    ]),
    [
      [
        'mount',
        'type=cache,target=/a,ro',
        '--mount=type=cache,target=/a,ro',
        'mount',
        'type=cache,target=/a,ro',
      ],
      ['network', 'none', '--network="none"', 'network', '"none"'],
      ['mount', 'type=bind', '--mount=type=bind', 'mount', 'type=bind'],
    ],
  );
  assert.deepEqual(
    flags[0]?.parts.map(({ name, value, span }) => [name, value, slice(text, span)]),
    [
      ['type', 'cache', 'type=cache'],
      ['target', '/a', 'target=/a'],
      ['ro', undefined, 'ro'],
    ],
  );
});

test('flags without a value, and their end', () => {
  const { flags, words } = instruction('COPY --link --from= -- --a b');
  assert.deepEqual(
    flags.map(({ name, value }) => [name, value]),
    [
      ['link', undefined],
      ['from', ''],
    ],
  );
  assert.deepEqual(
    words.map(({ value }) => value),
    ['--a', 'b'],
  );
});

test('pairs of ENV, LABEL and ARG', () => {
  const text = `ENV A=1 B="x y" C='$d' \\\n  D=e\\ f "g"=h I=`;
  const { properties, words } = instruction(text);
  assert.deepEqual(
    properties.map(({ name, value, nameSpan, valueSpan }) => [
      name,
      value,
      slice(text, nameSpan),
      slice(text, valueSpan),
    ]),
    [
      ['A', '1', 'A', '1'],
      ['B', 'x y', 'B', '"x y"'],
      ['C', '$d', 'C', "'$d'"],
      ['D', 'e f', 'D', 'e\\ f'],
      ['g', 'h', '"g"', 'h'],
      ['I', '', 'I', ''],
    ],
  );
  assert.deepEqual(
    words.map(({ value }) => value),
    ['A=1', 'B=x y', 'C=$d', 'D=e f', 'g=h', 'I='],
  );
  assert.deepEqual(
    instruction('ARG A B=c').properties.map(({ name, value }) => [name, value]),
    [
      ['A', undefined],
      ['B', 'c'],
    ],
  );
});

test('the old form of ENV takes the rest of the line', () => {
  const text = 'ENV a  b  c=d "e"  \nLABEL x y';
  const { properties, words } = instruction(text);
  assert.deepEqual(
    properties.map(({ name, value, raw, valueSpan }) => [name, value, raw, slice(text, valueSpan)]),
    [['a', 'b  c=d e', 'b  c=d "e"', 'b  c=d "e"']],
  );
  assert.equal(words.length, 1);
  assert.equal(instruction(text, 1).properties[0]?.value, 'y');
});

test('some instructions take the rest of the line as one word', () => {
  for (const keyword of ['USER', 'WORKDIR', 'STOPSIGNAL', 'MAINTAINER']) {
    assert.deepEqual(
      instruction(`${keyword}  a "b c"  d `).words.map(({ value, raw }) => [value, raw]),
      [['a b c  d', 'a "b c"  d']],
    );
  }
});

test('variables stay as written', () => {
  const { words } = instruction('COPY $a ${b:-"c"}/\\$d "$e"/f');
  assert.deepEqual(
    words.map(({ value }) => value),
    ['$a', '${b:-"c"}/$d', '$e/f'],
  );
});

test('the JSON form has the place of every string', () => {
  const text = String.raw`CMD [ "a b" ,"\"c\"" , "\u0064" , "" ] `;
  const { json, words, argumentSpan } = instruction(text);
  assert.deepEqual(
    json?.map(({ value, span, raw }) => [value, slice(text, span), raw]),
    [
      ['a b', '"a b"', '"a b"'],
      ['"c"', String.raw`"\"c\""`, String.raw`"\"c\""`],
      ['d', String.raw`"\u0064"`, String.raw`"\u0064"`],
      ['', '""', '""'],
    ],
  );
  assert.equal(words, json);
  assert.equal(slice(text, argumentSpan), text.slice(4).trim());
  assert.deepEqual(instruction('ENTRYPOINT []').json, []);
});

test('the JSON form across lines', () => {
  const text = 'COPY ["a", \\\n  # c\n  "b\\\nc"]';
  const { json } = instruction(text);
  assert.deepEqual(
    json?.map(({ value, span }) => [value, slice(text, span)]),
    [
      ['a', '"a"'],
      ['bc', '"b\\\nc"'],
    ],
  );
});

for (const text of [
  `["a"`,
  `['a']`,
  '["a",]',
  '["a"] b',
  '["a" "b"]',
  '["\\x"]',
  '[a]',
  '["a", ["b"]]',
  '[,]',
  '["a',
]) {
  test(`shell form: ${text}`, () => {
    assert.equal(instruction(`CMD ${text}`).json, undefined);
    assert.deepEqual(instruction(`CMD ${text}`).words, []);
  });
}

test('here-documents follow in order', () => {
  const text = 'COPY --link <<A <<-"B" 3<<C /x/\na\nA \nA\n\tb\n\tB\nC\nUSER d';
  const { heredocs, words, span } = instruction(text);
  assert.deepEqual(
    heredocs.map(({ name, opener, body, closer, quoted, stripTabs }) => [
      name,
      slice(text, opener),
      slice(text, body),
      closer && slice(text, closer),
      quoted,
      stripTabs,
    ]),
    [
      ['A', '<<A', 'a\nA \n', 'A', false, false],
      ['B', '<<-"B"', '\tb\n', '\tB', true, true],
      ['C', '3<<C', '', 'C', false, false],
    ],
  );
  assert.deepEqual(
    words.map(({ value }) => value),
    ['/x/'],
  );
  assert.ok(slice(text, span).endsWith('\nC'));
  assert.equal(instruction(text, 1).keyword, 'USER');
});

for (const line of [
  'RUN echo "<<E"',
  'RUN a <<<E',
  'RUN a<<E',
  'RUN a << E',
  'RUN ["a", "<<E"]',
  'CMD a <<E',
  'ENV a <<E',
  "RUN it's <<E",
]) {
  test(`no here-document: ${line}`, () => {
    const tree = dockerfile(`${line}\nUSER a\nE\n`);
    assert.equal(tree.instructions[1]?.keyword, 'USER');
    assert.deepEqual(tree.instructions[0]?.heredocs, []);
  });
}

test('a here-document without end stops at the next instruction in capitals', () => {
  const text = 'FROM a\nRUN <<E\nrun b\nCOPYING c\nUSER d\nRUN e\n';
  const tree = dockerfile(text);
  assert.deepEqual(
    tree.instructions.map(({ keyword }) => keyword),
    ['FROM', 'RUN', 'USER', 'RUN'],
  );
  const [heredoc] = tree.instructions[1]?.heredocs ?? [];
  assert.equal(heredoc?.closer, undefined);
  assert.equal(slice(text, heredoc?.body ?? { start: 0, end: 0 }), 'run b\nCOPYING c\n');
});

test('lines of a here-document are no comments and no instructions', () => {
  const tree = dockerfile('RUN <<E\n# a\nUSER b\n\\\nE\n# c\nCMD');
  assert.equal(tree.instructions.length, 2);
  assert.equal(tree.comments.length, 1);
});

test('ONBUILD has the instruction behind it', () => {
  const text = 'ONBUILD  COPY --from=a <<E b\nc\nE\n';
  const { trigger, heredocs, span } = instruction(text);
  assert.ok(trigger);
  assert.equal(trigger.keyword, 'COPY');
  assert.equal(trigger.flags[0]?.value, 'a');
  assert.deepEqual(trigger.heredocs, heredocs);
  assert.equal(trigger.span.end, span.end);
  assert.deepEqual(
    trigger.words.map(({ value }) => value),
    ['b'],
  );
});

test('HEALTHCHECK has its command', () => {
  const text =
    'HEALTHCHECK --interval=5s --retries=3 \\\n cmd --x curl a || exit 1\nHEALTHCHECK NONE\nHEALTHCHECK CMD ["a"]';
  const { flags, trigger } = instruction(text);
  assert.equal(flags.length, 2);
  assert.equal(trigger?.keyword, 'CMD');
  assert.deepEqual(trigger?.flags, []);
  assert.equal(slice(text, trigger?.argumentSpan ?? { start: 0, end: 0 }), '--x curl a || exit 1');
  assert.equal(instruction(text, 1).trigger?.keyword, 'NONE');
  assert.equal(instruction(text, 2).trigger?.json?.[0]?.value, 'a');
});

test('the file may end anywhere', () => {
  for (const text of [
    '',
    '\uFEFF',
    '#',
    'F',
    'RUN a \\',
    'RUN a \\\n',
    'RUN "a',
    'RUN <<',
    'RUN <<E',
    'RUN <<E\na',
    'CMD ["a',
    'ENV',
    'ENV a="b',
    'ONBUILD',
    'COPY --',
    'COPY --from=',
    '# escape',
    '\\',
    '\\\n\\\n',
  ]) {
    dockerfile(text);
  }
});
