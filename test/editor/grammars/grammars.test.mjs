// What syntaxes/ makes of the text that VS Code's own grammars colour, and that it leaves the rest as it is.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../../scripts/bundle.mjs';
import { tokenizer } from './tokens.mjs';

const ours = await tokenizer({ injections: true });
const theirs = await tokenizer({ injections: false });

/** The scopes of the first token that is or begins with this text, on the line with this number. */
function scopesOf(lines, number, text) {
  const token = lines[number]?.tokens.find((one) => one.text.trim().startsWith(text));
  assert.ok(token, `no token ${text} in line ${number}: ${JSON.stringify(lines[number]?.tokens)}`);
  return token.scopes;
}

const isEmbedded = ({ tokens }) => tokens.some(({ scopes }) => scopes.includes('meta.embedded.block.shell'));

describe('a heredoc that RUN executes', () => {
  for (const opening of [
    'RUN <<EOF',
    'run <<EOF  ',
    '  RUN <<"EOF"',
    "RUN <<'EOF'",
    'RUN <<-EOF',
    'RUN --mount=type=cache,target=/var/cache/apt --network=none <<EOF',
    'RUN --mount=type=bind,target="/a b" <<EOF',
    'ONBUILD RUN <<EOF',
    'RUN bash <<EOF',
    'RUN /bin/bash -euo pipefail <<EOF > /log',
    'RUN /usr/bin/env sh -s <<EOF',
    'RUN busybox ash <<EOF',
    'RUN <<EOF bash -e',
    'RUN --mount=type=cache,target=/a \\\n    --security=insecure `\n  # why\n    <<EOF',
    'RUN --network=none \\\n  sh -e <<EOF',
  ])
    test(`is a shell script: ${opening.replaceAll('\n', '⏎')}`, () => {
      const body = 'if true; then\n\techo "$HOME" # don\'t\nfi';
      const text = `FROM debian:12\n${opening}\n${body}\nEOF\nENV A="b"\n`;
      const lines = ours('dockerfile', text);
      const first = 1 + opening.split('\n').length;
      assert.ok(scopesOf(lines, first, 'if').includes('keyword.control.if.shell'));
      assert.ok(scopesOf(lines, first + 1, '#').includes('comment.line.number-sign.shell'));
      assert.ok(scopesOf(lines, first + 2, 'fi').includes('source.shell'));
      assert.deepEqual(
        lines.slice(first - 1, first + 4).map(({ language }) => language),
        ['dockerfile', 'shellscript', 'shellscript', 'shellscript', 'dockerfile'],
      );
      const name = 'keyword.control.heredoc-token.bulkhead';
      assert.ok(scopesOf(lines, first - 1, 'EOF').includes(name));
      assert.deepEqual(scopesOf(lines, first + 3, 'EOF'), ['source.dockerfile', name]);
      // The line that opens it keeps the colours of VS Code up to there, those around it keep all.
      const before = theirs('dockerfile', text);
      const keyword = lines[1]?.tokens.find((one) => /run/i.test(one.text));
      assert.deepEqual(
        keyword,
        before[1]?.tokens.find((one) => /run/i.test(one.text)),
      );
      assert.deepEqual(lines.slice(0, first - 1), before.slice(0, first - 1));
      const fresh = theirs('dockerfile', 'ENV A="b"\n');
      assert.deepEqual(lines.slice(first + 4), fresh);
    });

  for (const [why, text] of [
    ['copied', 'COPY <<EOF /run.sh\nif "x"\nEOF'],
    ['added', 'ADD <<EOF /run.sh\nif "x"\nEOF'],
    ['the input of another program', 'RUN python3 <<EOF\nif "x"\nEOF'],
    ['a script whose input it is', 'RUN bash -c "cat" <<EOF\nif "x"\nEOF'],
    ['the input of a script', 'RUN bash setup.sh <<EOF\nif "x"\nEOF'],
    ['written to a file', 'RUN cat <<EOF > /run.sh\nif "x"\nEOF'],
    ['one of two', 'RUN <<A <<B\nif "x"\nA\nfi "y"\nB'],
    ['a shift', 'RUN echo $((1 <<EOF))'],
    ['in quotes', 'RUN "<<EOF"\nUSER x'],
    ['behind a comment sign', '# RUN <<EOF\nUSER "x"'],
  ])
    test(`is none when it is ${why}`, () => {
      const whole = `FROM debian:12\n${text}\nUSER "x"\n`;
      assert.deepEqual(ours('dockerfile', whole), theirs('dockerfile', whole));
    });

  test('is left as it is when it says that it is in another language', () => {
    const text = 'RUN <<EOF\n#!/usr/bin/env python3\nif x: print("x")\nEOF\nUSER x\n';
    const lines = ours('dockerfile', text);
    const before = theirs('dockerfile', text);
    const colours = JSON.stringify(lines.slice(1, 3)).replaceAll(',"meta.heredoc.bulkhead"', '');
    assert.equal(colours, JSON.stringify(before.slice(1, 3)));
    assert.deepEqual(lines.slice(4), before.slice(4));
    assert.ok(isEmbedded(ours('dockerfile', text.replace('python3', 'bash'))[2]));
    assert.ok(
      isEmbedded(ours('dockerfile', text.replace('#!', '\n#!'))[3]),
      'that is only said in its first line',
    );
  });

  test('ends where it ends, whatever is left open in it', () => {
    for (const open of [
      'echo "x',
      "echo 'x",
      'cat <<X',
      'f() {',
      'if x; then',
      'echo $(',
      'case x in',
      'echo \\',
    ]) {
      const lines = ours('dockerfile', `RUN <<EOF\n${open}\nEOF\nUSER "x"\n`);
      assert.ok(isEmbedded(lines[1]), open);
      assert.deepEqual(lines.slice(3), theirs('dockerfile', 'USER "x"\n'), open);
    }
  });

  test('ends at its name alone, behind tabs only with <<-', () => {
    const ends = (opening, line) => !isEmbedded(ours('dockerfile', `RUN ${opening}\nls\n${line}\nls\n`)[3]);
    assert.ok(ends('<<EOF', 'EOF'));
    assert.ok(ends('<<-EOF', '\t\tEOF'));
    assert.ok(ends("<<'a.b+c'", 'a.b+c'));
    for (const line of ['\tEOF', ' EOF', 'EOF ', 'EOFS', 'echo EOF']) assert.ok(!ends('<<EOF', line), line);
    assert.ok(!ends('<<-EOF', ' EOF'));
    assert.ok(!ends('<<a.b', 'axb'));
  });
});

describe('an ignore comment', () => {
  const COMMENT = '# bulkhead-ignore tag-latest, user-missing until 2027-03-31: we move later';
  const PARTS = {
    'bulkhead-ignore': 'keyword.control.ignore.bulkhead',
    'tag-latest': 'entity.name.function.rule.bulkhead',
    'user-missing': 'entity.name.function.rule.bulkhead',
    until: 'keyword.other.until.bulkhead',
    '2027-03-31': 'constant.other.date.bulkhead',
    ':': 'punctuation.separator.reason.bulkhead',
    'we move later': 'string.unquoted.reason.bulkhead',
  };
  const assertParts = (lines, number) => {
    const tokens = lines[number].tokens.filter(({ scopes }) =>
      scopes.includes('comment.line.number-sign.bulkhead'),
    );
    const parts = tokens.map(({ text, scopes }) => [text, scopes.at(-1)]);
    assert.deepEqual(
      parts.filter(([text, scope]) => /\w|:/.test(text) && !scope.startsWith('comment')),
      Object.entries(PARTS),
    );
  };
  const isPlain = (language, text) => assert.deepEqual(ours(language, text), theirs(language, text), text);

  test('shows its parts in a Dockerfile', () => {
    assertParts(ours('dockerfile', `${COMMENT}\nFROM x\n`), 0);
    assertParts(ours('dockerfile', `FROM x\n  ${COMMENT}\nRUN x \\\n# y\n${COMMENT}\n  y\n`), 1);
    assertParts(ours('dockerfile', `FROM x\nRUN x \\\n${COMMENT}\n  y\n`), 2);
  });

  test('shows its parts in a Compose file, also behind a value', () => {
    const text = `${COMMENT}\nservices:\n  ${COMMENT}\n  web:\n    image: nginx ${COMMENT}\n    ports: [1, ${COMMENT}\n      2]\n`;
    const lines = ours('yaml', text);
    for (const number of [0, 2, 4, 5]) assertParts(lines, number);
    const before = theirs('yaml', text);
    for (const number of [1, 3, 6, 7]) assert.deepEqual(lines[number], before[number]);
  });

  for (const word of ['bulkhead-ignore-file', 'bulkhead-ignore-service', 'bulkhead-ignore-stage'])
    test(`may be ${word}, and needs no date or reason`, () => {
      for (const language of ['dockerfile', 'yaml']) {
        const lines = ours(language, `# ${word} some-rule\n`);
        assert.equal(scopesOf(lines, 0, word).at(-1), 'keyword.control.ignore.bulkhead');
        assert.equal(scopesOf(lines, 0, 'some-rule').at(-1), 'entity.name.function.rule.bulkhead');
      }
    });

  test('that cannot be understood stays an ordinary comment', () => {
    for (const language of ['dockerfile', 'yaml'])
      for (const comment of [
        '# bulkhead-ignore',
        '# bulkhead-ignored tag-latest',
        '# bulkhead-ignore a b',
        '# bulkhead-ignore a until never: no',
        '# see # bulkhead-ignore a',
      ])
        isPlain(language, `${comment}\n`);
  });

  test('is none inside a value, behind an instruction or in a heredoc', () => {
    isPlain('yaml', `a: "x ${COMMENT}"\nb: x${COMMENT}\nc: |\n  ${COMMENT}\nd: >\n  x ${COMMENT}\n`);
    isPlain('dockerfile', `RUN echo ${COMMENT}\nENV A="\n${COMMENT}\n"\n`);
    const lines = ours('dockerfile', `RUN <<EOF\n${COMMENT}\nEOF\n`);
    assert.ok(!JSON.stringify(lines[1]).includes('ignore.bulkhead'));
  });
});

test('no other line of any file that is at hand gets other colours', () => {
  let compared = 0;
  const mine = /\bmeta\.embedded\.block\.shell\b|\.bulkhead\b/;
  for (const [language, file] of [...filesIn('examples'), ...filesIn('test/fixtures')]) {
    const text = readFileSync(file, 'utf8');
    const lines = ours(language, text);
    const changed = lines.map((line) => mine.test(JSON.stringify(line.tokens)));
    // What is open in a heredoc runs on through the file without our grammar; so that is compared without heredocs.
    const quiet = text.split(/\r?\n/).map((line, at) => (isHeredoc(lines[at]) ? '' : line));
    const before = theirs(language, quiet.join('\n'));
    for (const [at, line] of lines.entries()) {
      if (changed[at] || (isHeredoc(line) && line.tokens.length === 0)) continue;
      assert.deepEqual(line, before[at], `${file}:${at + 1}`);
      compared++;
    }
  }
  assert.ok(compared > 5000, `${compared} lines`);
});

/** Whether the text of the line may stay open behind it. */
function isHeredoc(line) {
  return line !== undefined && (isEmbedded(line) || line.language === 'shellscript');
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const language = /\.ya?ml$/.test(entry.name)
      ? 'yaml'
      : /Dockerfile/.test(entry.name)
        ? 'dockerfile'
        : undefined;
    return entry.isFile() && language ? [[language, join(entry.parentPath ?? entry.path, entry.name)]] : [];
  });
}
