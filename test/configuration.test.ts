/** `.bulkhead.yaml` and the baseline on the command line. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readBaseline } from '../server/src/engine/baseline.js';
import { readConfigFile } from '../server/src/engine/config-file/read.js';
import { rules as catalogue } from '../server/src/rules/index.js';
import { type Folder, folderWith, sampleRules } from './support/cli.js';

const CLEAN = 'services:\n  db:\n    image: postgres:16\n    read_only: true\n    init: true\n';
const LACKING = 'services:\n  db:\n    image: postgres:16\n';
const PRIVILEGED = `${CLEAN}    privileged: true\n`;
const ROOT = 'FROM node:22\nUSER root\n';

async function report(folder: Folder, ...words: string[]) {
  const { out, err } = await folder.run(['--format', 'json', ...words]);
  assert.notEqual(out, '', err);
  return JSON.parse(out);
}

/** `path rule severity`, with what accepted it behind. */
async function found(folder: Folder, ...words: string[]): Promise<readonly string[]> {
  const { findings } = await report(folder, ...words);
  return findings.map(
    (one: { path: string; rule: string; severity: string; suppressed: { by: string } | null }) =>
      `${one.path} ${one.rule} ${one.severity}${one.suppressed ? ` by ${one.suppressed.by}` : ''}`,
  );
}

const write = (folder: Folder, name: string, text: string) => writeFileSync(join(folder.path, name), text);

describe('configuration of the command line', () => {
  test('images come from the registries that the nearest file allows, without a list from any well-known one', async (t) => {
    const compose = [
      'services:',
      '  own: {image: registry.acme.io/team/app:1}',
      '  other: {image: registry.acme.io/teamwork/app:1}',
      '  hub: {image: "postgres:18"}',
    ];
    const folder = folderWith(t, {
      'compose.yaml': `${compose.join('\n')}\n`,
      Dockerfile: 'FROM docker.io/library/node:22\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\n',
      '.bulkhead.yaml': 'allowedRegistries:\n  - registry.acme.io/team\n  - docker.io/library\n',
      'free/compose.yaml': `${compose.join('\n')}\n`,
      'free/.bulkhead.yaml': 'profile: recommended\n',
    });
    const { out } = await folder.run(['lint', '--quiet'], { rules: catalogue });
    assert.deepEqual(
      out.split('\n').filter((line) => line.includes('[registry-not-allowed]')),
      [
        'Dockerfile:2:13: warning: `ghcr.io/astral-sh/uv` comes from a registry that is not allowed [registry-not-allowed]',
        'compose.yaml:3:18: warning: `registry.acme.io/teamwork/app` comes from a registry that is not allowed [registry-not-allowed]',
        'free/compose.yaml:2:16: info: `registry.acme.io` is no well-known registry: whoever runs it decides what runs here [registry-not-allowed]',
        'free/compose.yaml:3:18: info: `registry.acme.io` is no well-known registry: whoever runs it decides what runs here [registry-not-allowed]',
      ],
    );
  });

  test('a file beats the defaults, and an option beats the file', async (t) => {
    const folder = folderWith(t, {
      Dockerfile: ROOT,
      '.bulkhead.yaml': 'profile: strict\nrules:\n  user-is-root: error\n',
    });
    assert.deepEqual(await found(folder), [
      'Dockerfile dockerignore-missing info',
      'Dockerfile user-is-root error',
    ]);
    assert.deepEqual(await found(folder, '--profile', 'recommended'), ['Dockerfile user-is-root error']);
    assert.deepEqual(await found(folder, '--no-config'), ['Dockerfile user-is-root warning']);
  });

  test('a rule that is named runs even if the file switches it off', async (t) => {
    const folder = folderWith(t, { Dockerfile: ROOT, '.bulkhead.yaml': 'practices: {non-root: off}\n' });
    assert.deepEqual(await found(folder), []);
    assert.deepEqual(await found(folder, '--rule', 'user-is-root'), ['Dockerfile user-is-root warning']);
  });

  test('the nearest file wins, and files are not merged', async (t) => {
    const folder = folderWith(t, {
      '.git/HEAD': '',
      '.bulkhead.yaml': 'rules: {user-is-root: off}\nprofile: strict\n',
      'api/Dockerfile': ROOT,
      'web/Dockerfile': ROOT,
      'web/.bulkhead.yaml': 'rules: {user-is-root: info}\n',
    });
    assert.deepEqual(await found(folder), [
      'api/Dockerfile dockerignore-missing info',
      'web/Dockerfile user-is-root info',
    ]);
    const inside = await folder.run(['--quiet'], { cwd: join(folder.path, 'api') });
    assert.match(inside.out, /dockerignore-missing/);
    assert.doesNotMatch(inside.out, /user-is-root/);
  });

  test('nothing above the repository counts', async (t) => {
    const folder = folderWith(t, {
      '.bulkhead.yaml': 'rules: {user-is-root: off}\n',
      'repo/.git/HEAD': '',
      'repo/Dockerfile': ROOT,
    });
    assert.deepEqual(await found(folder), ['repo/Dockerfile user-is-root warning']);
  });

  test('--config names one file for all', async (t) => {
    const folder = folderWith(t, {
      Dockerfile: ROOT,
      '.bulkhead.yaml': 'rules: {user-is-root: off}\n',
      'ci.yaml': 'rules: {user-is-root: info}\n',
    });
    assert.deepEqual(await found(folder, '--config', 'ci.yaml'), ['Dockerfile user-is-root info']);
    const missing = await folder.run(['--config', 'no.yaml']);
    assert.deepEqual([missing.code, missing.err], [2, 'bulkhead: no.yaml does not exist.\n']);
    assert.equal((await folder.run(['--config', 'ci.yaml', '--no-config'])).code, 2);
  });

  test('a broken file stops everything, with the place and what to do', async (t) => {
    const folder = folderWith(t, {
      'a/Dockerfile': ROOT,
      'b/Dockerfile': ROOT,
      '.bulkhead.yaml': 'profile: strikt\nrules:\n  user-root: off\n',
    });
    for (const command of ['lint', 'fix', 'baseline']) {
      const { code, out, err } = await folder.run([command]);
      assert.deepEqual([code, out], [2, '']);
      assert.equal(
        err,
        [
          'bulkhead: .bulkhead.yaml:1:10: `profile` cannot be `strikt`; it is essential, recommended or strict. Did you mean `strict`?',
          'bulkhead: .bulkhead.yaml:3:3: There is no rule `user-root`. Did you mean `user-is-root`?',
          'bulkhead: nothing was checked: mend .bulkhead.yaml, or leave it out with `--no-config`.',
          '',
        ].join('\n'),
      );
    }
    assert.equal((await folder.run(['--no-config'])).code, 1);
  });

  test('excluded files are skipped, unless they are named', async (t) => {
    const folder = folderWith(t, {
      'legacy/deep/Dockerfile': ROOT,
      'app/Dockerfile': ROOT,
      'app/test/Dockerfile': ROOT,
      '.bulkhead.yaml': 'exclude:\n  - legacy/\n  - "**/test/*"\n',
    });
    assert.deepEqual(await found(folder), ['app/Dockerfile user-is-root warning']);
    assert.deepEqual(await found(folder, 'app/test/Dockerfile'), [
      'app/test/Dockerfile user-is-root warning',
    ]);
    const nothing = await folder.run(['legacy']);
    assert.equal(nothing.code, 2);
    assert.match(nothing.err, /What \.gitignore or `exclude` leaves out is skipped/);
  });

  test('risks of a service are accepted with their reason, after comments', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': `${PRIVILEGED}  web:\n    image: nginx\n    privileged: true\n`,
      '.bulkhead.yaml':
        'services:\n  db:\n    container-privileged: needs the device\n  web:\n    hardening-missing: moves away\n',
    });
    assert.deepEqual(await found(folder), [
      'compose.yaml container-privileged error by .bulkhead.yaml',
      'compose.yaml init-missing info by .bulkhead.yaml',
      'compose.yaml read-only-missing info by .bulkhead.yaml',
      'compose.yaml container-privileged error',
    ]);
    const { findings } = await report(folder);
    assert.deepEqual(findings[0].suppressed, {
      reason: 'needs the device',
      until: null,
      by: '.bulkhead.yaml',
    });
    const comment = PRIVILEGED.replace('true\n', 'true # x\n').replace(
      '    privileged: true',
      '    privileged: true # bulkhead-ignore container-privileged: said here',
    );
    write(folder, 'compose.yaml', comment);
    assert.deepEqual(await found(folder), ['compose.yaml container-privileged error by bulkhead-ignore']);
  });

  test('absence is read from the file, and its services are no Compose file', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': LACKING,
      '.bulkhead.yaml': 'absence: separate\nservices:\n  image:\n    init-missing: a\n',
    });
    const { out } = await folder.run([]);
    assert.match(out, /`db` has no read-only root/);
    assert.match(out, /1 file/);
    assert.doesNotMatch((await folder.run(['--absence', 'grouped'])).out, /`db` has no read-only root/);
  });

  test('fix keeps to it too', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': PRIVILEGED,
      '.bulkhead.yaml': 'rules: {container-privileged: off}\n',
    });
    assert.equal((await folder.run(['fix'])).code, 0);
    assert.equal((await folder.run(['fix', '--no-config'])).code, 1);
  });

  test('standard input takes the configuration of its folder', async (t) => {
    const folder = folderWith(t, { 'a/.bulkhead.yaml': 'rules: {user-is-root: off}\n' });
    const run = (...words: string[]) => folder.run(words, { stdin: ROOT });
    assert.equal((await run('--stdin-filename', 'a/Dockerfile')).code, 0);
    assert.equal((await run('--stdin-filename', 'b/Dockerfile')).code, 1);
    assert.equal((await run('-', '--kind', 'dockerfile')).code, 1);
  });
});

describe('baseline', () => {
  const NAME = '.bulkhead-baseline.json';

  function entries(folder: Folder, name = NAME) {
    const read = readBaseline(folder.read(name));
    assert.ok(!('problem' in read));
    return read;
  }

  test('accepts what is found today, wherever its line moves, and nothing new', async (t) => {
    const folder = folderWith(t, { Dockerfile: ROOT, 'compose.yaml': PRIVILEGED });
    const { code, out } = await folder.run(['baseline']);
    assert.deepEqual([code, out], [0, '.bulkhead-baseline.json: 2 findings accepted (2 added).\n']);
    assert.deepEqual(
      entries(folder).map(({ path, rule, subject }) => [path, rule, subject]),
      [
        ['Dockerfile', 'user-is-root', 'stage 1'],
        ['compose.yaml', 'container-privileged', 'db'],
      ],
    );
    assert.deepEqual(await folder.run([]), { code: 0, out: '2 files, no findings; 2 suppressed\n', err: '' });
    assert.equal((await folder.run(['--no-config'])).code, 1);
    write(folder, 'Dockerfile', 'FROM node:22\n\n# moved\n  USER   root\n');
    write(folder, 'compose.yaml', `# moved\n${PRIVILEGED}  web:\n    image: x\n    privileged: true\n`);
    assert.deepEqual(await found(folder, '--rule', 'user-is-root', '--rule', 'container-privileged'), [
      'Dockerfile user-is-root warning by baseline',
      'compose.yaml container-privileged error by baseline',
      'compose.yaml container-privileged error',
    ]);
  });

  test('equal lines are counted', async (t) => {
    const folder = folderWith(t, { Dockerfile: 'FROM node:22\nUSER root\nUSER root\n' });
    await folder.run(['baseline']);
    write(folder, 'Dockerfile', 'FROM node:22\nUSER root\nUSER root\nUSER root\n');
    assert.equal((await found(folder)).filter((line) => !line.endsWith('by baseline')).length, 1);
  });

  test('says what is over, and --update takes it out and adds nothing', async (t) => {
    const folder = folderWith(t, { Dockerfile: ROOT, 'compose.yaml': PRIVILEGED, 'old/Dockerfile': ROOT });
    await folder.run(['baseline']);
    rmSync(join(folder.path, 'old'), { recursive: true });
    write(folder, 'Dockerfile', 'FROM node:22\nUSER app\n');
    write(folder, 'compose.yaml', `${PRIVILEGED}  web:\n    image: x\n    privileged: true\n`);
    const { out } = await folder.run([]);
    assert.match(out, /\n2 findings of the baseline are no longer there; `bulkhead baseline --update` takes/);
    assert.equal((await report(folder)).summary.obsolete, 2);
    assert.equal((await report(folder, '--rule', 'init-missing', 'compose.yaml')).summary.obsolete, 1);
    const update = await folder.run(['baseline', '--update']);
    assert.equal(update.out, '.bulkhead-baseline.json: 1 finding accepted (2 taken out).\n');
    assert.deepEqual(
      entries(folder).map(({ path }) => path),
      ['compose.yaml'],
    );
    assert.equal((await folder.run([])).code, 1);
  });

  test('of a part of the project keeps the rest', async (t) => {
    const folder = folderWith(t, { 'a/Dockerfile': ROOT, 'b/Dockerfile': ROOT });
    await folder.run(['baseline']);
    write(folder, 'a/Dockerfile', 'FROM node:22\nUSER app\n');
    assert.match((await folder.run(['baseline', 'a'])).out, /1 finding accepted \(1 taken out\)/);
  });

  test('lies where the configuration says', async (t) => {
    const folder = folderWith(t, {
      'app/Dockerfile': ROOT,
      '.bulkhead.yaml': 'baseline: security/known.json\n',
    });
    const missing = await folder.run([]);
    assert.equal(missing.code, 2);
    assert.match(
      missing.err,
      /^bulkhead: security\/known\.json does not exist, .*`bulkhead baseline` writes it/,
    );
    assert.equal((await folder.run(['baseline'])).code, 0);
    assert.equal(entries(folder, 'security/known.json')[0]?.path, '../app/Dockerfile');
    assert.equal((await folder.run([])).code, 0);
  });

  test('never overwrites a file that is none, nor trusts a broken one', async (t) => {
    const folder = folderWith(t, {
      Dockerfile: ROOT,
      'package.json': '{}',
      '.bulkhead.yaml': 'baseline: package.json\n',
    });
    const { code, err } = await folder.run(['baseline']);
    assert.equal(code, 2);
    assert.match(err, /package\.json is no baseline of Bulkhead\. It is left as it is/);
    assert.equal(folder.read('package.json'), '{}');
    assert.equal((await folder.run([])).code, 2);
  });

  test('keeps what is known of a file with syntax errors', async (t) => {
    const folder = folderWith(t, { Dockerfile: ROOT });
    await folder.run(['baseline']);
    write(folder, 'Dockerfile', 'FROM node:22\nRUM ls\n');
    assert.doesNotMatch((await folder.run([])).out, /no longer there/);
    const { code, err } = await folder.run(['baseline', '--update']);
    assert.equal(code, 1);
    assert.match(err, /could not be read completely/);
    assert.equal(entries(folder).length, 1);
  });

  test('needs no file when there is nothing', async (t) => {
    const folder = folderWith(t, { 'compose.yaml': CLEAN });
    assert.deepEqual(await folder.run(['baseline']), {
      code: 0,
      out: 'Nothing was found, so no baseline is needed.\n',
      err: '',
    });
    assert.equal((await folder.run(['baseline', '--update'])).code, 2);
  });
});

describe('init', () => {
  test('writes a file that says the same as none, and names what is loud', async (t) => {
    const folder = folderWith(t, {
      'compose.yaml': `${LACKING}  web:\n    image: x\n    init: true\n`,
      Dockerfile: ROOT,
    });
    const before = await found(folder);
    const { code, out } = await folder.run(['init']);
    assert.deepEqual([code, out], [0, 'Wrote .bulkhead.yaml (profile recommended).\n']);
    const text = folder.read('.bulkhead.yaml');
    assert.deepEqual(readConfigFile(text, sampleRules).problems, []);
    assert.match(text, /\nrules:\n# {2}read-only-missing: off {2}# 2 × Sample\n# {2}/);
    assert.deepEqual(await found(folder), before);
    const uncommented = text.replace(/^# {2}/gm, '  ').replace(/^# (?=[a-z]+:$| {2,})/gim, '');
    assert.deepEqual(
      readConfigFile(uncommented, [...sampleRules, ...catalogue]).problems.map(({ message }) => message),
      [],
    );
  });

  test('never overwrites', async (t) => {
    const folder = folderWith(t, { '.bulkhead.yml': 'profile: strict\n' });
    const { code, err } = await folder.run(['init']);
    assert.equal(code, 2);
    assert.match(err, /\.bulkhead\.yml exists already/);
  });

  test('carries over what hadolint was told', async (t) => {
    const folder = folderWith(t, {
      Dockerfile: ROOT,
      '.hadolint.yaml':
        'ignored:\n  - DL3002\n  - SC2086\noverride:\n  info: [DL9999]\ntrustedRegistries:\n  - docker.io\n  - "*.example.com"\nfailure-threshold: error\n',
    });
    const { code, out } = await folder.run(['init', '--from-hadolint', '.hadolint.yaml']);
    assert.equal(code, 0);
    assert.equal(
      out,
      [
        'Wrote .bulkhead.yaml (profile recommended, with 5 rules from .hadolint.yaml).',
        'Not carried over:',
        '  trustedRegistries: `*.example.com` holds a pattern; name each registry.',
        '  failure-threshold: use `--fail-on` on the command line.',
        '  SC2086: no rule checks this, so there is nothing to change.',
        '',
      ].join('\n'),
    );
    const { config, problems } = readConfigFile(folder.read('.bulkhead.yaml'), sampleRules);
    assert.deepEqual(problems, []);
    assert.equal(config.rules.get('user-is-root')?.severity, 'off');
    assert.deepEqual(config.allowedRegistries, ['docker.io']);
    assert.deepEqual(await found(folder), ['Dockerfile dockerignore-missing info']);
  });

  test('does not switch off more than hadolint was told', async (t) => {
    const folder = folderWith(t, { 'h.yaml': 'ignored: [DL3008]\n', 'broken.yaml': 'ignored: [\n' });
    const partly = catalogue.filter(({ meta }) => meta.equivalents.includes('hadolint:DL3008'));
    const { out } = await folder.run(['init', '--from-hadolint', 'h.yaml'], { rules: catalogue });
    const wide = partly.filter(
      ({ meta }) => meta.equivalents.filter((one) => one.startsWith('hadolint:')).length > 1,
    );
    for (const { meta } of wide) assert.match(out, new RegExp(`DL3008: \`${meta.id}\` also stands for`));
    mkdirSync(join(folder.path, 'other'));
    const broken = await folder.run(['init', '--from-hadolint', '../broken.yaml'], {
      cwd: join(folder.path, 'other'),
    });
    assert.equal(broken.code, 2);
    assert.match(broken.err, /^bulkhead: \.\.\/broken\.yaml:\d+:\d+: .*; nothing was written\.\n/);
  });
});
