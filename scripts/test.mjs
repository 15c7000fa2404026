// Bundles all tests outside the editor into one file and runs them: a process per file would cost seconds.
//   node scripts/test.mjs [part of a path …] [-- options for node --test]
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll, nodeOptions, root } from './bundle.mjs';

const args = process.argv.slice(2);
const split = args.indexOf('--');
const wanted = split < 0 ? args : args.slice(0, split);
const options = split < 0 ? [] : args.slice(split + 1);
const files = listTests().filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
if (files.length === 0) {
  console.error(`no test file matches ${wanted.join(' ')}`);
  process.exit(1);
}
const outfile = join(root, `dist-test/${wanted.length ? `part-${process.pid}` : 'all'}.mjs`);
mkdirSync(join(root, 'dist-test'), { recursive: true });
await buildAll([
  {
    ...nodeOptions,
    stdin: {
      contents: ['test/support/seed.ts', ...files].map((file) => `import './${file}';`).join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    packages: 'external',
  },
]);
const record = `${outfile}.tap`;
const reporters = [
  '--test-reporter=dot',
  '--test-reporter-destination=stdout',
  '--test-reporter=tap',
  `--test-reporter-destination=${record}`,
];
const run = spawnSync(
  process.execPath,
  ['--enable-source-maps', '--test', ...reporters, ...options, outfile],
  {
    stdio: 'inherit',
    cwd: root,
  },
);
const count = (what) =>
  Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(readFileSync(record, 'utf8'))?.[1] ?? 0);
console.log(
  `\n${count('pass')} passed, ${count('fail') + count('cancelled')} failed, ${count('skipped')} skipped`,
);
rmSync(record, { force: true });
if (wanted.length > 0) for (const suffix of ['', '.map']) rmSync(outfile + suffix, { force: true });
process.exit(run.status ?? 1);

/** All `*.test.ts` below test/, without the suites that run inside an editor. */
function listTests(folder = 'test') {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory())
        return ['editor', 'vscode-host', 'fixtures', 'node_modules'].includes(entry.name)
          ? []
          : listTests(path);
      return entry.name.endsWith('.test.ts') ? [path] : [];
    })
    .sort();
}
