import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { rules } from '../server/src/rules/index.js';
import { practices } from '../server/src/rules/practices.js';
import { crashingRule, folderWith, sampleRules } from './support/cli.js';
import copyEverything from '../server/src/rules/light/copy-everything.js';

const CLEAN = 'services:\n  db:\n    image: postgres:16\n    read_only: true\n    init: true\n';
const LACKING = 'services:\n  db:\n    image: postgres:16\n';
const PRIVILEGED = `${CLEAN}    privileged: true\n`;
const ROOT = 'FROM node:22\nUSER root\n';

describe('lint', () => {
  test('a clean folder says what was read', async (t) => {
    const { code, out, err } = await folderWith(t, { 'compose.yaml': CLEAN }).run([]);
    assert.deepEqual({ code, out, err }, { code: 0, out: '1 file, no findings\n', err: '' });
  });

  test('an error is shown with its line, its range and its fix', async (t) => {
    const { code, out } = await folderWith(t, { 'compose.yaml': PRIVILEGED }).run(['lint']);
    assert.equal(code, 1);
    assert.equal(
      out,
      [
        'compose.yaml',
        '',
        '  6:17    error  container-privileged',
        '          `db` runs privileged',
        '            6 |     privileged: true',
        '              |                 ^^^^',
        '          safe fix: Remove `privileged`',
        '',
        '1 error in 1 file; 1 can be fixed with `bulkhead fix`',
        '',
      ].join('\n'),
    );
  });

  test('what one service lacks is shown as one entry, unless it is wanted otherwise', async (t) => {
    const folder = folderWith(t, { 'compose.yaml': LACKING });
    const grouped = await folder.run([]);
    assert.equal(grouped.code, 0);
    assert.match(grouped.out, /info {2}hardening-missing\n {10}`db` lacks 2 hardening settings\n/);
    assert.match(grouped.out, /init process {4}init-missing {7}unsafe: Add `init`/);
    assert.match(grouped.out, /2 infos in 1 file; 2 can be fixed with `bulkhead fix --unsafe`/);
    assert.match((await folder.run(['--absence', 'separate'])).out, /`db` has no read-only root/);
    assert.doesNotMatch((await folder.run(['--absence=off'])).out, /db/);
  });

  test('--fail-on moves the threshold', async (t) => {
    const folder = folderWith(t, { 'compose.yaml': LACKING, Dockerfile: ROOT });
    const code = async (...words: string[]) => (await folder.run(words)).code;
    assert.equal(await code(), 1);
    assert.equal(await code('--fail-on', 'error'), 0);
    assert.equal(await code('--fail-on=info', 'compose.yaml'), 1);
    assert.equal(await code('--fail-on', 'never'), 0);
  });

  test('profiles and --rule choose rules', async (t) => {
    const folder = folderWith(t, { 'compose.yaml': LACKING, Dockerfile: ROOT });
    const rules = async (...words: string[]) => {
      const report = JSON.parse((await folder.run(['--format', 'json', ...words])).out);
      return report.findings.map((finding: { rule: string }) => finding.rule);
    };
    assert.deepEqual(await rules('--profile', 'essential'), ['user-is-root']);
    assert.deepEqual(await rules(), ['user-is-root', 'init-missing', 'read-only-missing']);
    assert.deepEqual(await rules('--rule', 'dockerignore-missing'), ['dockerignore-missing']);
    assert.deepEqual(await rules('--rule=user-is-root', '--rule=init-missing'), [
      'user-is-root',
      'init-missing',
    ]);
    assert.equal((await rules('--all-rules', '--no-config')).length, 4);
  });

  test('an accepted finding is counted, not shown', async (t) => {
    const accepted = PRIVILEGED.replace(
      '    privileged',
      '    # bulkhead-ignore container-privileged until 2027-01-31: runs on its own host\n    privileged',
    );
    const folder = folderWith(t, { 'compose.yaml': accepted });
    const { code, out } = await folder.run([]);
    assert.deepEqual({ code, out }, { code: 0, out: '1 file, no findings; 1 suppressed\n' });
    const json = JSON.parse((await folder.run(['--format=json'])).out);
    assert.deepEqual(json.findings[0].suppressed, {
      reason: 'runs on its own host',
      until: '2027-01-31',
      by: 'bulkhead-ignore',
    });
    assert.equal(json.summary.suppressed, 1);
  });

  test('a file with a syntax error is never called clean', async (t) => {
    const folder = folderWith(t, { Dockerfile: 'FROM node:22\nRUM ls\n' });
    const { code, out } = await folder.run([]);
    assert.equal(code, 1);
    assert.match(out, /2:1 +syntax\n/);
    assert.match(out, /1 file, no findings in what could be read\n1 file could not be read completely/);
    const json = JSON.parse((await folder.run(['--format', 'json', '--fail-on', 'never'])).out);
    assert.equal(json.files[0].status, 'incomplete');
    assert.equal(json.files[0].problems[0].kind, 'syntax');
    assert.deepEqual(json.files[0].problems[0].range.start, { line: 2, column: 1 });
  });

  test('a rule that crashes costs its findings only, and the result is incomplete', async (t) => {
    const folder = folderWith(t, { 'compose.yaml': PRIVILEGED });
    const { code, out } = await folder.run([], { rules: [crashingRule, ...sampleRules] });
    assert.equal(code, 1);
    assert.match(out, /The rule `always-crashes` failed, its findings are missing: oh no/);
    assert.match(out, /container-privileged/);
  });

  test('--quiet writes one line per finding, and nothing for clean files', async (t) => {
    const folder = folderWith(t, { 'a/compose.yaml': PRIVILEGED, 'b/compose.yaml': CLEAN });
    const { out } = await folder.run(['--quiet']);
    assert.equal(out, 'a/compose.yaml:6:17: error: `db` runs privileged [container-privileged]\n');
    assert.equal((await folder.run(['--quiet', 'b'])).out, '');
  });
});

describe('files', () => {
  test('folders are walked, with .gitignore at every level and above the folder', async (t) => {
    const folder = folderWith(t, {
      '.git/HEAD': '',
      '.gitignore': '/out/\n*.gen.yaml\n',
      'out/Dockerfile': ROOT,
      'app/.gitignore': 'vendor\n!kept.gen.yaml\n',
      'app/Dockerfile': ROOT,
      'app/vendor/Dockerfile': ROOT,
      'app/compose.gen.yaml': LACKING,
      'app/kept.gen.yaml': LACKING,
      'node_modules/x/Dockerfile': ROOT,
      '.devcontainer/compose.yaml': LACKING,
    });
    const paths = async (words: string[], cwd = folder.path) => {
      const { out } = await folder.run([...words, '--format=json'], { cwd });
      return JSON.parse(out).files.map((file: { path: string }) => file.path);
    };
    assert.deepEqual(await paths([]), ['.devcontainer/compose.yaml', 'app/Dockerfile', 'app/kept.gen.yaml']);
    assert.deepEqual(await paths(['.'], join(folder.path, 'app')), ['Dockerfile', 'kept.gen.yaml']);
    assert.deepEqual(await paths(['out', 'app/compose.gen.yaml']), [
      'out/Dockerfile',
      'app/compose.gen.yaml',
    ]);
    assert.deepEqual(await paths(['../out'], join(folder.path, 'app')), ['../out/Dockerfile']);
  });

  test('links to folders are not followed, links to files count once', {
    skip: process.platform === 'win32',
  }, async (t) => {
    const folder = folderWith(t, { 'a/Dockerfile': ROOT });
    symlinkSync('..', join(folder.path, 'a/up'));
    symlinkSync('a/Dockerfile', join(folder.path, 'Dockerfile'));
    symlinkSync('nowhere', join(folder.path, 'compose.yaml'));
    const { out, code } = await folder.run(['--quiet']);
    assert.equal(out, 'a/Dockerfile:2:6: warning: Runs as `root` [user-is-root]\n');
    assert.equal(code, 1);
  });

  test('a file named twice is read once', async (t) => {
    const folder = folderWith(t, { 'a/Dockerfile': ROOT });
    const { out } = await folder.run(['--format=json', 'a/Dockerfile', 'a', './a/Dockerfile']);
    assert.equal(JSON.parse(out).files.length, 1);
  });

  test('plain YAML is recognised by its content', async (t) => {
    const folder = folderWith(t, { 'stack.yml': LACKING, 'ci.yml': 'on: push\njobs: {}\n' });
    const { out } = await folder.run(['--format=json']);
    assert.deepEqual(
      JSON.parse(out).files.map((file: { path: string; kind: string }) => [file.path, file.kind]),
      [['stack.yml', 'compose']],
    );
  });

  test('--kind reads a named file of any name, and picks in folders', async (t) => {
    const folder = folderWith(t, { 'build.txt': ROOT, Dockerfile: ROOT, 'compose.yaml': PRIVILEGED });
    const unknown = await folder.run(['build.txt']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /build\.txt is not recognised .* `--kind dockerfile`/);
    assert.match((await folder.run(['--quiet', '--kind', 'dockerfile', 'build.txt'])).out, /^build\.txt:2:6/);
    assert.equal((await folder.run(['--quiet', '--kind', 'compose'])).out.split('\n').length, 2);
  });

  test('what cannot be read is said, and the rest is still looked at', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': PRIVILEGED,
      'binary/Dockerfile': new Uint8Array([70, 82, 0, 1]),
      'wide/Dockerfile': new Uint8Array([0xff, 0xfe, 70, 0]),
      'large/Dockerfile': 'x'.repeat(5 * 1024 * 1024),
    });
    const { code, out, err } = await folder.run(['.', 'missing.yaml']);
    assert.equal(code, 2);
    assert.match(out, /container-privileged/);
    assert.match(out, /1 error in 1 file; .*\n4 files could not be read at all\./);
    assert.match(err, /bulkhead: binary\/Dockerfile is a binary file/);
    assert.match(err, /bulkhead: wide\/Dockerfile is written in UTF-16/);
    assert.match(err, /bulkhead: large\/Dockerfile is too large: 5\.0 MB/);
    assert.match(err, /bulkhead: missing\.yaml does not exist\./);
    const json = JSON.parse((await folder.run(['--format=json', 'missing.yaml'])).out);
    assert.equal(json.files[0].status, 'error');
  });

  test('a file that the system refuses to open ends with 2', async (t) => {
    const folder = folderWith(t, {});
    symlinkSync('Dockerfile', join(folder.path, 'Dockerfile'));
    const { code, err } = await folder.run(['Dockerfile']);
    assert.equal(code, 2);
    assert.match(err, /Dockerfile is a symbolic link that leads in a circle/);
  });

  test('a folder without anything to read ends with 2 and says what to do', async (t) => {
    const { code, out, err } = await folderWith(t, { 'a.txt': '' }).run([]);
    assert.deepEqual({ code, out }, { code: 2, out: '' });
    assert.match(err, /no Dockerfile or Compose file found in the current folder.*--kind/);
  });

  test('standard input', async (t) => {
    const folder = folderWith(t, {});
    const named = await folder.run(['--quiet', '--stdin-filename', 'x/Dockerfile'], { stdin: ROOT });
    assert.match(named.out, /^x\/Dockerfile:2:6/);
    const kind = await folder.run(['--quiet', '--kind=compose', '-'], { stdin: PRIVILEGED });
    assert.match(kind.out, /^<stdin>:6:17/);
    const neither = await folder.run(['-'], { stdin: ROOT });
    assert.equal(neither.code, 2);
    assert.match(neither.err, /<stdin> could be any kind of file.*--stdin-filename/);
    assert.equal((await folder.run(['--stdin-filename', 'Dockerfile', 'a'])).code, 2);
  });

  test('the .env beside a Compose file answers for its variables', async (t) => {
    const text = `${CLEAN}    privileged: \${DEBUG}\n`;
    const folder = folderWith(t, { 'compose.yaml': text, '.env': 'DEBUG=true\n' });
    assert.match((await folder.run(['--quiet'])).out, /container-privileged/);
  });

  test('a .dockerignore of the repository or of the Dockerfile itself counts', async (t) => {
    const rules = ['--rule=dockerignore-missing', '--quiet'];
    const above = folderWith(t, { '.git/HEAD': '', '.dockerignore': '', 'docker/Dockerfile': ROOT });
    assert.equal((await above.run(rules)).out, '');
    const own = folderWith(t, { 'Dockerfile.dockerignore': '', Dockerfile: ROOT });
    assert.equal((await own.run(rules)).out, '');
    const none = folderWith(t, { 'docker/.dockerignore': '', Dockerfile: ROOT });
    assert.match((await none.run(rules)).out, /There is no `\.dockerignore`/);
  });
});

describe('json', () => {
  test('has the shape that others build on', async (t) => {
    const folder = folderWith(t, { 'compose.yaml': `# 😀\r\n${PRIVILEGED.replaceAll('\n', '\r\n')}` });
    const { out } = await folder.run(['--format', 'json']);
    assert.deepEqual(JSON.parse(out), {
      schemaVersion: 1,
      tool: { name: 'bulkhead', version: '1.2.3' },
      files: [{ path: 'compose.yaml', kind: 'compose', status: 'ok', problems: [] }],
      findings: [
        {
          rule: 'container-privileged',
          practice: 'non-root',
          severity: 'error',
          message: '`db` runs privileged',
          path: 'compose.yaml',
          subject: { kind: 'service', name: 'db' },
          range: { start: { line: 7, column: 17 }, end: { line: 7, column: 21 } },
          related: [],
          fixes: [
            {
              title: 'Remove `privileged`',
              applicability: 'safe',
              edits: [
                {
                  path: 'compose.yaml',
                  range: { start: { line: 7, column: 1 }, end: { line: 8, column: 1 } },
                  newText: '',
                },
              ],
              creates: [],
            },
          ],
          suppressed: null,
        },
      ],
      summary: {
        files: 1,
        incomplete: 0,
        unreadable: 0,
        findings: { error: 1, warning: 0, info: 0, hint: 0 },
        suppressed: 0,
        obsolete: 0,
        fixable: { safe: 1, unsafe: 0 },
      },
    });
  });
});

describe('fix', () => {
  test('shows a diff that git can apply, and touches nothing', async (t) => {
    const folder = folderWith(t, { 'a b/compose.yaml': PRIVILEGED, Dockerfile: ROOT });
    const { code, out, err } = await folder.run([
      'fix',
      '--rule=container-privileged',
      '--rule=dockerignore-missing',
    ]);
    assert.equal(code, 1);
    assert.match(err, /^2 fixes in 2 files; `--write` makes them:\n/);
    assert.equal(folder.read('a b/compose.yaml'), PRIVILEGED);
    spawnSync('git', ['init', '--quiet'], { cwd: folder.path });
    const applied = spawnSync('git', ['apply', '-'], { cwd: folder.path, input: out, encoding: 'utf8' });
    assert.equal(applied.stderr, '');
    assert.equal(folder.read('a b/compose.yaml'), CLEAN);
    assert.equal(folder.read('.dockerignore'), '.git\n');
  });

  test('--write keeps mode, links, line ends and the byte order mark', async (t) => {
    const crlf = `\ufeff${PRIVILEGED.replaceAll('\n', '\r\n')}`;
    const folder = folderWith(t, { 'real.yaml': crlf, 'compose.yml': CLEAN });
    chmodSync(join(folder.path, 'real.yaml'), 0o640);
    symlinkSync('real.yaml', join(folder.path, 'compose.yaml'));
    const untouched = statSync(join(folder.path, 'compose.yml')).mtimeMs;
    const { code, out, err } = await folder.run(['fix', '--write', 'compose.yaml', 'compose.yml']);
    assert.deepEqual({ code, out }, { code: 0, out: '' });
    assert.match(
      err,
      /^1 fix in 1 file:\n {2}compose\.yaml\n {4}Remove `privileged` \[container-privileged\]\n$/,
    );
    assert.equal(folder.read('real.yaml'), `\ufeff${CLEAN.replaceAll('\n', '\r\n')}`);
    assert.equal(statSync(join(folder.path, 'real.yaml')).mode & 0o777, 0o640);
    assert.ok(lstatSync(join(folder.path, 'compose.yaml')).isSymbolicLink());
    assert.equal(statSync(join(folder.path, 'compose.yml')).mtimeMs, untouched);
    assert.deepEqual(readdirSync(folder.path).sort(), ['compose.yaml', 'compose.yml', 'real.yaml']);
  });

  test('unsafe fixes are made on request only', async (t) => {
    const folder = folderWith(t, { 'compose.yaml': LACKING });
    const safe = await folder.run(['fix']);
    assert.deepEqual([safe.code, safe.out], [0, '']);
    assert.match(safe.err, /nothing to fix safely; `--unsafe`/);
    await folder.run(['fix', '--unsafe', '--write']);
    assert.match(folder.read('compose.yaml'), /read_only: true/);
    assert.match(folder.read('compose.yaml'), /init: true/);
    assert.equal((await folder.run(['fix', '--unsafe'])).code, 0);
  });

  test('a file that a fix wants is made once, and never over another one', async (t) => {
    const folder = folderWith(t, { Dockerfile: ROOT, 'web.Dockerfile': ROOT });
    const { err } = await folder.run(['fix', '--write', '--all-rules']);
    assert.match(err, / {4}new file \.dockerignore\n/);
    assert.equal(err.split('new file').length, 2);
    assert.equal(folder.read('.dockerignore'), '.git\n');
  });

  test('lines are added to the file that is in force, as long as it is what was looked at', async (t) => {
    const copying = 'FROM node:24-slim\nCOPY . .\n';
    const folder = folderWith(t, {
      '.git/HEAD': '',
      '.dockerignore': '\ufeff# ours\r\n*.log',
      'api/Dockerfile': copying,
      'web/Dockerfile': copying,
      'web/Dockerfile.dockerignore': '.git\n',
    });
    const { err } = await folder.run(['fix', '--unsafe', '--write'], { rules: [copyEverything] });
    assert.match(err, / {4}more in \.dockerignore\n/);
    assert.equal(folder.read('.dockerignore'), '\ufeff# ours\r\n*.log\r\n.git\r\n.env\r\n');
    assert.equal(folder.read('web/Dockerfile.dockerignore'), '.git\n.env\n');
    const again = await folder.run(['fix', '--unsafe'], { rules: [copyEverything] });
    assert.deepEqual([again.code, again.out], [0, '']);
  });

  test('a file with syntax errors is left alone', async (t) => {
    const folder = folderWith(t, { Dockerfile: 'FROM a\nRUM x\nUSER root\n' });
    const { code, err } = await folder.run(['fix', '--unsafe', '--write']);
    assert.equal(code, 1);
    assert.match(err, /Dockerfile was not fixed, it has a syntax error in line 2/);
  });

  test('bytes that are not UTF-8 are never damaged', async (t) => {
    const bytes = Buffer.concat([Buffer.from('# caf\xe9\n', 'latin1'), Buffer.from(PRIVILEGED)]);
    const folder = folderWith(t, { 'compose.yaml': bytes });
    const { code, err } = await folder.run(['fix', '--write']);
    assert.equal(code, 2);
    assert.match(err, /not UTF-8/);
  });

  test('standard input is repaired on the way through', async (t) => {
    const folder = folderWith(t, {});
    const words = ['fix', '--write', '--quiet', '--stdin-filename', 'compose.yaml'];
    assert.deepEqual(await folder.run(words, { stdin: PRIVILEGED }), { code: 0, out: CLEAN, err: '' });
    assert.equal((await folder.run(words, { stdin: CLEAN })).out, CLEAN);
    assert.equal(existsSync(join(folder.path, 'compose.yaml')), false);
  });
});

describe('explain and rules', () => {
  test('a rule has a page', async (t) => {
    const { code, out } = await folderWith(t, {}).run(['explain', 'dockerignore-missing']);
    assert.equal(code, 0);
    for (const part of [
      'dockerignore-missing: Sample',
      'info | dockerfile | profile strict | since 0.1.0',
      'Practice 7: Keep images and containers light',
      'Somebody gets in.',
      'Mend `it`.',
      '`entries` (default `".git"`): What is left out.',
      '# bulkhead-ignore dockerignore-missing: reason',
      'A page https://example.org',
      'hadolint:DL9999',
    ])
      assert.ok(out.includes(part), `${part} is missing in:\n${out}`);
  });

  test('a slip gets a suggestion, a name of another linter gets the rule', async (t) => {
    const folder = folderWith(t, {});
    const slip = await folder.run(['explain', 'user-is-rot']);
    assert.equal(slip.code, 2);
    assert.match(slip.err, /there is no rule `user-is-rot`\. Did you mean `user-is-root`\?/);
    assert.match((await folder.run(['explain', 'dl3002'])).out, /^`dl3002` is covered by `user-is-root`/);
    assert.match((await folder.run(['lint', '--rule', 'root-is-user'])).err, /Did you mean `user-is-root`\?/);
  });

  test('rules are listed for people and for programs', async (t) => {
    const folder = folderWith(t, {});
    assert.match(
      (await folder.run(['rules'])).out,
      /3\. Use non-root users\n {2}container-privileged {2}error/,
    );
    const rules = JSON.parse((await folder.run(['rules', '--format', 'json'])).out);
    assert.deepEqual(rules.at(-1), {
      id: 'dockerignore-missing',
      practice: 'light',
      severity: 'info',
      title: 'Sample',
      presence: 'presence',
      kinds: ['dockerfile'],
      fixes: ['safe'],
      equivalents: ['hadolint:DL9999'],
      references: [{ title: 'A page', url: 'https://example.org' }],
      profile: 'strict',
      options: { entries: { default: '.git', description: 'What is left out.' } },
      since: '0.1.0',
    });
  });
});

describe('command line', () => {
  test('errors say what is wrong and what to do', async (t) => {
    const folder = folderWith(t, { 'compose.yaml': CLEAN });
    const cases: [string[], RegExp][] = [
      [['--fromat', 'json'], /no option `--fromat`\. Did you mean `--format`\?/],
      [['--format'], /`--format` needs a value: text, json/],
      [['--format', 'yaml'], /`--format` cannot be `yaml`; it is text, json/],
      [['--fail-on=warn'], /it is error, warning, info or never\. Did you mean `warning`\?/],
      [['--quiet=yes'], /`--quiet` takes no value/],
      [['--write'], /has no option `--write`\. It belongs to `bulkhead fix`/],
      [['--all-rules', '--profile=essential'], /contradict/],
      [['--rule', 'nonsense'], /there is no rule `nonsense`/],
      [['explain'], /name one rule/],
      [['rules', 'x'], /takes no path/],
      [['lsp'], /bulkhead lsp --stdio/],
    ];
    for (const [words, message] of cases) {
      const { code, out, err } = await folder.run(words);
      assert.deepEqual({ words, code, out }, { words, code: 2, out: '' });
      assert.match(err, message);
    }
  });

  test('help and version', async (t) => {
    const folder = folderWith(t, {});
    assert.match((await folder.run(['--help'])).out, /Commands:\n {2}lint /);
    for (const words of [
      ['lint', '--help'],
      ['help', 'lint'],
      ['--color=never', 'lint', '-h'],
    ])
      assert.match((await folder.run(words)).out, /Usage: bulkhead \[lint\]/);
    assert.deepEqual(await folder.run(['--version']), { code: 0, out: '1.2.3\n', err: '' });
  });

  test('options may stand before the command, paths behind --', async (t) => {
    const folder = folderWith(t, { 'fix/compose.yaml': PRIVILEGED });
    assert.match((await folder.run(['--color', 'never', 'rules'])).out, /rules; /);
    assert.match((await folder.run(['--quiet', '--', 'fix'])).out, /^fix\/compose\.yaml:6/);
  });

  test('the language server starts', async (t) => {
    let started = 0;
    const folder = folderWith(t, {});
    assert.equal((await folder.run(['lsp', '--stdio'], { startServer: () => started++ })).code, 0);
    assert.equal(started, 1);
    const startServer = () => {
      throw new Error('server.cjs is not there');
    };
    const broken = await folder.run(['lsp', '--stdio'], { startServer });
    assert.equal(broken.code, 2);
    assert.match(broken.err, /could not start: .*server\.cjs is not there/s);
  });

  test('colour comes on a terminal only, and obeys', async (t) => {
    const folder = folderWith(t, { 'compose.yaml': PRIVILEGED });
    const isColored = async (words: string[], more = {}) =>
      (await folder.run(words, more)).out.includes('\u001b[');
    assert.equal(await isColored([]), false);
    assert.equal(await isColored([], { columns: 80 }), true);
    assert.equal(await isColored([], { columns: 80, env: { NO_COLOR: '1' } }), false);
    assert.equal(await isColored([], { columns: 80, env: { NO_COLOR: '' } }), true);
    assert.equal(await isColored([], { columns: 80, env: { TERM: 'dumb' } }), false);
    assert.equal(await isColored(['--color=always'], { env: { NO_COLOR: '1' } }), true);
    assert.equal(await isColored(['--color=never'], { columns: 80 }), false);
    assert.equal(await isColored(['fix', '--color=always']), true);
    const { out } = await folder.run(['--color=always']);
    assert.ok(out.includes('\u001b[1mdb\u001b[22m runs privileged'), out);
  });

  test('nothing is wider than a narrow terminal, and text of a file cannot steer it', async (t) => {
    const name = `x${'y'.repeat(90)}`;
    const text = PRIVILEGED.replace('privileged: true', `privileged: true # \u001b[31m${name}`);
    const folder = folderWith(t, { 'compose.yaml': text });
    const { out } = await folder.run(['--color=never'], { columns: 50 });
    assert.ok(
      out.split('\n').every((line) => line.length <= 50),
      out,
    );
    assert.ok(!out.includes('\u001b'), out);
    assert.match(out, /…/);
  });
});

describe('the example project, with all real rules', () => {
  const names = ['Dockerfile', 'compose.yaml', 'compose.override.yaml', '.env'];
  const examples = () =>
    Object.fromEntries(names.map((name) => [name, readFileSync(join('examples', name))]));

  test('is read completely, and its healthy parts stay silent', async (t) => {
    const { code, out } = await folderWith(t, examples()).run(['--format=json', '--fail-on=never'], {
      rules,
    });
    const report = JSON.parse(out);
    assert.equal(code, 0);
    assert.deepEqual(
      report.files.map((file: { status: string }) => file.status),
      ['ok', 'ok', 'ok'],
    );
    assert.ok(report.findings.length > 10);
    const healthy = report.findings.filter((finding: { subject: { name: string } | null }) =>
      ['web', 'pages'].includes(finding.subject?.name ?? ''),
    );
    assert.deepEqual(healthy, []);
  });

  test('shows something of each of the ten practices', async (t) => {
    const { out } = await folderWith(t, examples()).run(['--format=json', '--fail-on=never'], { rules });
    const found = new Set(JSON.parse(out).findings.map((finding: { practice: string }) => finding.practice));
    assert.deepEqual(
      practices.map(({ slug }) => slug).filter((slug) => !found.has(slug)),
      [],
    );
  });

  test('is repaired in one go', async (t) => {
    const folder = folderWith(t, examples());
    assert.equal((await folder.run(['fix', '--unsafe', '--write'], { rules })).code, 0);
    const again = await folder.run(['fix', '--unsafe'], { rules });
    assert.deepEqual([again.code, again.out], [0, '']);
    const { out } = await folder.run(['--format=json', '--fail-on=never'], { rules });
    const { summary } = JSON.parse(out);
    assert.deepEqual([summary.incomplete, summary.fixable], [0, { safe: 0, unsafe: 0 }]);
  });
});
