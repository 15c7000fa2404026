import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { expand, UNKNOWN } from '../../server/src/syntax/dockerfile/expand.js';
import { parseDockerfile } from '../../server/src/syntax/dockerfile/parse.js';
import { runScript } from '../../server/src/syntax/dockerfile/run.js';
import { sourceText } from '../../server/src/text/source-text.js';
import { checkTree } from '../support/dockerfile.js';
import { checkScript, script } from '../support/shell.js';

const PIECES = [
  ...[
    'FROM a AS b',
    'RUN ',
    'COPY --from=b ',
    'ENV ',
    'ARG X=y',
    'ONBUILD ',
    'HEALTHCHECK --interval=1s CMD ',
    'SHELL [',
  ],
  ...[
    'CMD ["a", "b"]',
    'LABEL ',
    '--mount=type=bind,source=a',
    '# escape=`',
    '# syntax=x',
    '# c',
    '#',
    '<<E',
    '<<-"F"',
  ],
  ...[
    'E\n',
    '\tF\n',
    '\n',
    '\n',
    '\r\n',
    '\\\n',
    '`\n',
    '\\',
    '`',
    ' ',
    ' ',
    '\t',
    '"',
    "'",
    '$',
    '${',
    '}',
    '$(',
    ')',
    '(',
  ],
  ...[
    '&&',
    '||',
    '|',
    ';',
    '&',
    'a',
    'b c',
    '=',
    'if',
    'then',
    'fi',
    'case x in',
    'esac',
    'do',
    'done',
    '{',
    '[[',
    ']]',
  ],
  ...[
    '[',
    ']',
    ',',
    'sh -c ',
    'eval ',
    'sudo ',
    '>',
    '<',
    '2>&1',
    '<(',
    '((',
    '))',
    '\u{1f600}',
    '\ufeff',
    '\u00a0',
    '!',
    '*',
  ],
];
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((list) => list.join(''));
const anyText = fc.oneof(
  { weight: 3, arbitrary: pieces },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
);

const SAMPLE = `# syntax=docker/dockerfile:1
ARG V=1
FROM --platform=$BUILDPLATFORM node:\${V:-20} AS build
ENV A=1 B="x y" \\
    C='z'
RUN --mount=type=cache,target=/root/.npm,sharing=locked apt-get update \\
    # comment
 && if [ "$(id -u)" = 0 ]; then sudo -u x npm ci | tee "/log \${A}" >&2; fi \\
 && sh -c "cd /x && make \\"all\\""
RUN <<EOF
for f in *.c; do cc "$f"; done
cat <<-X > y
	text $(date)
	X
EOF
COPY <<A <<-"B" /x/
a
A
	b
	B
ONBUILD RUN ["sh", "-c", "a | b"]
HEALTHCHECK --interval=5s CMD curl -f http://localhost || exit 1
CMD ["node", "a b.js"]
`;

function checkAll(text: string): void {
  const tree = parseDockerfile(text);
  checkTree(text, tree);
  for (const instruction of tree.instructions) {
    const { script } = runScript(text, tree, instruction, { kind: 'posix' });
    checkScript(text, script);
    for (const { raw } of instruction.words)
      expand(raw, (name) => (name < 'N' ? UNKNOWN : undefined), tree.escape);
  }
}

test('any text gives a sound tree', () => fc.assert(fc.property(anyText, checkAll), { numRuns: 2000 }));

test('any text gives a sound script', () =>
  fc.assert(
    fc.property(anyText, (text) => void script(text)),
    { numRuns: 2000 },
  ));

test('a damaged file gives a sound tree', () => {
  const damage = fc.record({
    at: fc.nat(SAMPLE.length),
    remove: fc.nat(20),
    insert: fc.oneof(fc.constant(''), fc.constantFrom(...PIECES)),
  });
  const damaged = fc.array(damage, { minLength: 1, maxLength: 4 }).map((list) => {
    let text = SAMPLE;
    for (const { at, remove, insert } of list) text = text.slice(0, at) + insert + text.slice(at + remove);
    return text;
  });
  fc.assert(fc.property(damaged, checkAll), { numRuns: 1000 });
});

test('a file is sound wherever it ends', () => {
  for (let end = 0; end <= SAMPLE.length; end++) checkAll(SAMPLE.slice(0, end));
  checkAll(SAMPLE.replaceAll('\n', '\r\n'));
});

test('the sample has no problem, and complete scripts', () => {
  const tree = parseDockerfile(SAMPLE);
  assert.deepEqual(tree.problems, []);
  for (const instruction of tree.instructions) {
    assert.ok(runScript(SAMPLE, tree, instruction, { kind: 'posix' }).script.complete);
  }
});

test('instructions are those of dockerfile-ast', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'FROM a AS b',
      'RUN a \\',
      '  && b',
      '# c',
      '',
      'ENV A="b c" D=e',
      'COPY a b',
      'CMD ["a"]',
      '  RUN x',
    ),
    fc.constantFrom(
      'RUN <<E',
      'E',
      'RUN cat <<E > f',
      'user x',
      'ARG X',
      'LABEL a=b \\',
      'ONBUILD RUN a',
      'EXPOSE 80 \\  ',
    ),
  );
  const text = fc
    .tuple(fc.array(line, { minLength: 1 }), fc.constantFrom('\n', '\r\n'))
    .map(([lines, eol]) => lines.join(eol));
  fc.assert(
    fc.property(text, (source) => {
      const ours = parseDockerfile(source).instructions;
      // Where a heredoc does not end, the two differ on purpose.
      if (ours.some(({ heredocs }) => heredocs.some(({ closer }) => !closer))) return;
      const { offsetAt } = sourceText(source);
      const theirs = DockerfileParser.parse(source).getInstructions();
      assert.deepEqual(
        ours.map(({ keyword, span }) => [keyword, span.start]),
        theirs.map((instruction) => [instruction.getKeyword(), offsetAt(instruction.getRange().start)]),
      );
    }),
    { numRuns: 1000 },
  );
});

test('long and deep texts come to an end', () => {
  const count = 20_000;
  for (const unit of [
    '(',
    '((',
    '$(',
    '"$(',
    '${',
    '`',
    '{ ',
    'if ',
    'case x in a) ',
    '<<E ',
    '<<E\n',
    "eval '",
    '[[ ',
    'a=(',
    '@(',
    '{a,',
  ]) {
    script(unit.repeat(count));
    checkAll(`RUN ${unit.repeat(count)}`);
  }
  for (const unit of [
    'ONBUILD ',
    'RUN <<E\n',
    'RUN a \\\n',
    'RUN a && \\\n#c\n\n',
    'ENV a=b ',
    'CMD ["a",',
    '--x ',
    '["',
    'x',
  ]) {
    checkAll(unit.repeat(count));
  }
  checkAll(`RUN echo "${'x'.repeat(550_000)}" && ${'a b && '.repeat(50_000)}c`);
});
