import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import type { RunStep, Stage } from '../../server/src/model/build.js';
import { runsOf } from '../../server/src/model/stage.js';
import { applyEdits, type Edit } from '../../server/src/text/edit.js';

function edited(text: string, make: (stage: Stage, runs: readonly RunStep[]) => readonly Edit[] | undefined) {
  const from = text.includes('\r') ? 'FROM debian\r\n' : 'FROM debian\n';
  const source = from + text;
  const [stage] = openDocument(source, 'dockerfile').builds[0]?.stages ?? [];
  assert.ok(stage);
  const edits = make(stage, runsOf(stage));
  return edits && applyEdits(source, edits).slice(from.length);
}

const appended = (text: string) =>
  edited(text, (stage, [run]) => (run ? stage.edit.appendCommand(run, 'X') : undefined));
const joined = (text: string) =>
  edited(text, (stage, [first, second]) =>
    first && second ? stage.edit.joinRuns(first, second) : undefined,
  );

for (const [name, text, expected] of [
  ['one line', 'RUN a && b\n', 'RUN a && b && X\n'],
  ['blanks at the end', 'RUN a  \n', 'RUN a && X  \n'],
  ['a comment at the end', 'RUN a # why\n', 'RUN a && X # why\n'],
  ['a semicolon at the end', 'RUN a; b;\n', 'RUN a; b && X;\n'],
  ['operators in front', 'RUN a \\\n && b \\\n && c\n', 'RUN a \\\n && b \\\n && c \\\n && X\n'],
  ['operators behind', 'RUN a && \\\n    b && \\\n    c\n', 'RUN a && \\\n    b && \\\n    c && \\\n    X\n'],
  [
    'semicolons after set -e',
    'RUN set -eux; \\\n\ta; \\\n\tb\n',
    'RUN set -eux; \\\n\ta; \\\n\tb; \\\n\tX\n',
  ],
  ['semicolons without it', 'RUN a; \\\n  b\n', 'RUN a; \\\n  b && \\\n  X\n'],
  [
    'a list of packages',
    'RUN a && b \\\n      c \\\n      d\n',
    'RUN a && b \\\n      c \\\n      d \\\n      && X\n',
  ],
  ['comments between', 'RUN a \\\n  # why\n  && b\n', 'RUN a \\\n  # why\n  && b \\\n  && X\n'],
  [
    'a group at the end',
    'RUN if a; then \\\n      b; \\\n    fi\n',
    'RUN if a; then \\\n      b; \\\n    fi \\\n      && X\n',
  ],
  ['a subshell', 'RUN (a && b)\n', 'RUN (a && b) && X\n'],
  ['a script in quotes', "RUN sh -c 'a && b'\n", "RUN sh -c 'a && b' && X\n"],
  ['a flag', 'RUN --network=none a\n', 'RUN --network=none a && X\n'],
  ['input from a heredoc', 'RUN cat <<E > f && b\ntext\nE\n', 'RUN cat <<E > f && b && X\ntext\nE\n'],
  ['a script as heredoc', 'RUN <<E\nset -e\na\nE\n', 'RUN <<E\nset -e\na\nX\nE\n'],
  ['a heredoc that goes on', 'RUN <<E\na\nb\nE\n', 'RUN <<E\na\nb && X\nE\n'],
  ['the end of the file', 'RUN a', 'RUN a && X'],
  ['line breaks of Windows', 'RUN a \\\r\n  && b\r\n', 'RUN a \\\r\n  && b \\\r\n  && X\r\n'],
  ['behind ONBUILD', 'ONBUILD RUN a\n', 'ONBUILD RUN a && X\n'],
] as const) {
  test(`a command is appended: ${name}`, () => assert.equal(appended(text), expected));
}

for (const [name, text] of [
  ['exec form', 'RUN ["a", "b"]\n'],
  ['an open quote', 'RUN a "b\n'],
  ['exit', 'RUN a; exit 0\n'],
  ['a background job', 'RUN a &\n'],
  ['a redirected group', 'RUN (a) > b\n'],
  ['another shell', 'SHELL ["pwsh", "-c"]\nRUN a\n'],
] as const) {
  test(`no command is appended: ${name}`, () => assert.equal(appended(text), undefined));
}

for (const [name, text, expected] of [
  ['neighbours', 'RUN a\nRUN b\n', 'RUN a \\\n    && b\n'],
  ['blank lines and comments', 'RUN a\n\n# why\nRUN b\n', 'RUN a \\\n# why\n    && b\n'],
  ['their own layout', 'RUN a && \\\n  b\nRUN c && \\\n  d\n', 'RUN a && \\\n  b && \\\n  c && \\\n  d\n'],
  ['no neighbours', 'RUN a\nUSER x\nRUN b\n', undefined],
  ['a flag', 'RUN a\nRUN --network=none b\n', undefined],
  ['a comment behind', 'RUN a # x\nRUN b\n', undefined],
  ['heredocs', 'RUN a\nRUN <<E\nb\nE\n', undefined],
] as const) {
  test(`two RUNs become one: ${name}`, () => assert.equal(joined(text), expected));
}
