// What somebody does first in a clone (npm start): builds what is missing, checks the examples and says how to go on.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/cli.js');

function main() {
  if (!existsSync(join(root, 'node_modules')))
    throw new Error('The dependencies are missing. Install them first: npm ci');
  run('scripts/build.mjs', '--if-missing');
  console.log('Checking examples/, a bookshop with mistakes in it:\n');
  // Findings are what the examples are for; only a failure of the tool itself counts.
  run(cli, 'lint', '--fail-on', 'never', 'examples');
  const command = `node ${relative(process.cwd(), cli)}`;
  const next = [
    ['npm run editor', 'open the examples in VS Code: findings and quick fixes while you type'],
    [`${command} lint FOLDER`, 'check files of your own'],
    [`${command} fix --unsafe examples`, 'what would be repaired, as a diff'],
    [`${command} explain RULE`, 'why a rule exists and what to do'],
  ];
  const width = Math.max(...next.map(([words]) => words.length)) + 2;
  console.log(`\nWhat next:\n${next.map(([words, what]) => `  ${words.padEnd(width)}${what}`).join('\n')}`);
}

/** Runs a script of this repository and gives up when it fails. */
function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

try {
  main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
