import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { crashingRule, folderWith, sampleRules } from './support/cli.js';
import { NASTY_NAME, nastyFolder, nastyPath, TINY } from './support/report.js';

const report = async (folder: ReturnType<typeof folderWith>, ...words: readonly string[]) =>
  JSON.parse((await folder.run(['--format', 'sarif', ...words])).out);

describe('sarif', () => {
  test('every result names its rule, its level and its place', async (t) => {
    const log = await report(folderWith(t, TINY));
    assert.equal(log.version, '2.1.0');
    const [run] = log.runs;
    assert.equal(run.columnKind, 'utf16CodeUnits');
    assert.equal(run.tool.driver.name, 'Bulkhead');
    assert.equal(run.invocations[0].executionSuccessful, true);
    for (const result of run.results) {
      const rule = run.tool.driver.rules[result.ruleIndex];
      assert.equal(rule.id, result.ruleId);
      assert.ok(['error', 'warning', 'note'].includes(result.level));
      for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
        const { artifactLocation, region } = physicalLocation;
        assert.equal(run.artifacts[artifactLocation.index].location.uri, artifactLocation.uri);
        assert.equal(artifactLocation.uriBaseId, '%SRCROOT%');
        assert.ok(region.startLine >= 1 && region.startColumn >= 1);
      }
      assert.ok(Array.isArray(result.suppressions), 'all results say it, or none');
    }
    const privileged = run.results.find((one: { ruleId: string }) => one.ruleId === 'container-privileged');
    assert.deepEqual(privileged.locations[0], {
      physicalLocation: {
        artifactLocation: { uri: 'compose.yaml', uriBaseId: '%SRCROOT%', index: 1 },
        region: { startLine: 4, startColumn: 17, endLine: 4, endColumn: 21 },
      },
      logicalLocations: [{ name: 'db', kind: 'service' }],
    });
  });

  test('rules are described once, with help, default level and tags', async (t) => {
    const [run] = (await report(folderWith(t, TINY), '--all-rules')).runs;
    const { rules } = run.tool.driver;
    assert.equal(new Set(rules.map(({ id }: { id: string }) => id)).size, sampleRules.length);
    const rule = rules.find(({ id }: { id: string }) => id === 'user-is-root');
    assert.equal(rule.name, 'UserIsRoot');
    assert.equal(rule.defaultConfiguration.level, 'warning');
    assert.deepEqual(rule.properties.tags, ['security', 'docker', 'practice/non-root']);
    assert.match(rule.properties['security-severity'], /^\d\.\d$/);
    assert.match(rule.help.text, /Somebody gets in/);
    assert.match(rule.help.markdown, /\[A page\]\(https:\/\/example\.org\)/);
    assert.match(rule.helpUri, /^https:.*user-is-root\.md$/);
  });

  test('fixes replace exactly the text that they mean; manual ones are left out', async (t) => {
    const [run] = (await report(folderWith(t, TINY), '--rule', 'user-is-root')).runs;
    assert.deepEqual(run.results[0].fixes, [
      {
        description: { text: 'Use `app`' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'Dockerfile', uriBaseId: '%SRCROOT%', index: 0 },
            replacements: [
              {
                deletedRegion: { startLine: 2, startColumn: 6, endLine: 2, endColumn: 10 },
                insertedContent: { text: 'app' },
              },
            ],
          },
        ],
        properties: { applicability: 'unsafe' },
      },
    ]);
  });

  test('columns count UTF-16 units', async (t) => {
    const folder = folderWith(t, { 'compose.yaml': 'services: {"😀": {image: a, privileged: true}}\n' });
    const [run] = (await report(folder, '--rule', 'container-privileged')).runs;
    const { region } = run.results[0].locations[0].physicalLocation;
    assert.deepEqual([region.startColumn, region.endColumn], [41, 45]);
  });

  test('an accepted finding is there, with its suppression', async (t) => {
    const [run] = (await report(folderWith(t, TINY))).runs;
    const accepted = run.results.filter((one: { suppressions: unknown[] }) => one.suppressions.length > 0);
    assert.equal(accepted.length, 1);
    const [suppression] = accepted[0].suppressions;
    assert.equal(suppression.kind, 'inSource');
    assert.equal(suppression.justification, 'runs on its own host');
    assert.equal(suppression.location.physicalLocation.region.startLine, 7);
  });

  test('fingerprints stay when lines move, and never repeat', async (t) => {
    const prints = async (files: Readonly<Record<string, string>>) => {
      const [run] = (await report(folderWith(t, files))).runs;
      return run.results.map(
        (one: { partialFingerprints: Record<string, string> }) =>
          one.partialFingerprints['bulkheadFinding/v1'],
      );
    };
    const twice = 'FROM node:22\nUSER root\nUSER root\n';
    const before = await prints({ ...TINY, Dockerfile: twice });
    const after = await prints({
      'compose.yaml': `# new\n\n${TINY['compose.yaml']}`,
      Dockerfile: `# new\n${twice.replace('USER', '# x\nUSER  ')}`,
    });
    assert.equal(new Set(before).size, before.length);
    assert.deepEqual(after, before);
    const renamed = await prints({ 'compose.yaml': TINY['compose.yaml'].replace('db:', 'store:') });
    assert.ok(renamed.some((print: string) => !before.includes(print)));
  });

  test('a run that did not see everything was no success', async (t) => {
    const broken = { Dockerfile: 'FROM node:22\nRUM ls\n' };
    const [syntax] = (await report(folderWith(t, broken))).runs;
    assert.equal(syntax.invocations[0].executionSuccessful, false);
    const [notification] = syntax.invocations[0].toolExecutionNotifications;
    assert.equal(notification.level, 'error');
    assert.equal(syntax.tool.driver.notifications[notification.descriptor.index].id, 'syntax');
    assert.equal(notification.locations[0].physicalLocation.region.startLine, 2);

    const [unread] = (await report(folderWith(t, TINY), 'compose.yaml', 'missing.yaml')).runs;
    assert.equal(unread.invocations[0].executionSuccessful, false);
    assert.match(unread.invocations[0].toolExecutionNotifications[0].message.text, /missing\.yaml/);

    const { out } = await folderWith(t, TINY).run(['--format', 'sarif'], { rules: [crashingRule] });
    assert.equal(JSON.parse(out).runs[0].invocations[0].executionSuccessful, false);
  });

  test('paths are URI references whatever they hold, messages no links', async (t) => {
    const [run] = (await report(nastyFolder(t))).runs;
    for (const { location } of run.artifacts) {
      assert.match(location.uri, /^[\w\-.!~*'()%/]+$/);
      assert.ok(decodeURIComponent(location.uri).startsWith(`${nastyPath}/`));
    }
    const message = run.results
      .map((one: { message: { text: string } }) => one.message.text)
      .find((text: string) => text.includes('alert(1)'));
    assert.ok(message.includes('\\[a](javascript:b)'));
    assert.ok(
      run.results.some(
        ({ locations }: { locations: { logicalLocations?: { name: string }[] }[] }) =>
          locations[0]?.logicalLocations?.[0]?.name === NASTY_NAME,
      ),
    );
  });
});

describe('--output', () => {
  test('writes the report to the file, and nothing else anywhere', async (t) => {
    const folder = folderWith(t, TINY);
    const { code, out, err } = await folder.run(['--format', 'sarif', '-o', 'out/report.sarif']);
    assert.deepEqual({ code, out, err }, { code: 1, out: '', err: '' });
    assert.equal(JSON.parse(folder.read('out/report.sarif')).version, '2.1.0');
    await folder.run(['--output=out/report.sarif', '--color=auto'], { columns: 80 });
    assert.ok(!folder.read('out/report.sarif').includes('\u001b'));
    assert.match(folder.read('out/report.sarif'), /1 error/);
  });

  test('a file that cannot be written is a failure', async (t) => {
    const folder = folderWith(t, { ...TINY, 'sub/x': '' });
    const { code, err } = await folder.run(['--output', 'sub']);
    assert.equal(code, 2);
    assert.match(err, /^bulkhead: the report could not be written: sub /);
  });

  test('- is standard output, a device is written to', { skip: process.platform === 'win32' }, async (t) => {
    const folder = folderWith(t, TINY);
    assert.match((await folder.run(['--output', '-'])).out, /1 error/);
    assert.equal((await folder.run(['--output', '/dev/null'])).code, 1);
    assert.equal(readFileSync('/dev/null', 'utf8'), '');
  });
});
