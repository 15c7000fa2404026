// Wall time of the command lines on one file and on 400: Bulkhead, other linters, and `node -e 0`, which no program
// on Node can beat.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, dockerfile, random } from './generate-input.mjs';
import { bulkhead, peerLinters } from './tools.mjs';
import { median, rotate, sum } from './statistics.mjs';

/** Runs of each command, and the milliseconds after which a slow one is not run again. */
const thorough = { runs: 7, budget: 20_000 };
const quick = { runs: 3, budget: 5_000 };

export const commandLineCases = [
  { name: 'Dockerfile 1 file', kind: 'dockerfile', count: 1 },
  { name: 'Dockerfile 400 files', kind: 'dockerfile', count: 400 },
  { name: 'Compose 1 file', kind: 'compose', count: 1 },
  { name: 'Compose 400 files', kind: 'compose', count: 400 },
].map((one) => ({ name: one.name, run: (options) => measure(one, options) }));

/** @returns {Promise<import('./report.mjs').Row[]>} */
async function measure({ kind, count }, options) {
  const effort = options.quick ? quick : thorough;
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
  try {
    const files = writeFiles(folder, kind, count);
    const commands = [
      { ...bulkhead, command: bulkhead.linter(folder) },
      ...peerLinters(kind).map(({ name, command }) => ({ name, command: command(folder, files) })),
      { name: 'node -e 0', command: [process.execPath, '-e', '0'], isSilent: true },
    ].map((one) => ({ ...one, times: [] }));
    for (let i = 0; i < effort.runs; i++) {
      for (const one of rotate(commands, i)) {
        if (one.problem !== undefined || sum(one.times) > effort.budget) continue;
        try {
          one.times.push(await time(one, folder));
        } catch (error) {
          one.problem = error.message;
        }
      }
    }
    return [row(commands)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(commands) {
  const value = ({ times, problem }) => problem ?? median(times);
  const [bulkhead, ...others] = commands;
  const base = others.pop();
  return {
    measure: 'command line',
    unit: 'ms',
    bulkhead: value(bulkhead),
    peers: Object.fromEntries(others.map((peer) => [peer.name, value(peer)])),
    base: value(base),
  };
}

/** One folder per project, as in a real collection of them. */
function writeFiles(folder, kind, count) {
  const next = random(42);
  return Array.from({ length: count }, (_, i) => {
    const project = join(folder, `project${i}`);
    mkdirSync(project);
    const isDockerfile = kind === 'dockerfile';
    const lines = isDockerfile ? 20 + Math.floor(next() * 60) : 40 + Math.floor(next() * 160);
    const file = join(project, isDockerfile ? 'Dockerfile' : 'compose.yaml');
    writeFileSync(file, isDockerfile ? dockerfile(lines, i + 1) : compose(lines, i + 1));
    return file;
  });
}

/**
 * Milliseconds of one run.
 * @throws {Error} when it has nothing to say (every generated file deserves findings, so it cannot have read them)
 */
function time({ command, isSilent = false }, cwd) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command[0], command.slice(1), { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
    let output = 0;
    child.stdout.on('data', (chunk) => {
      output += chunk.length;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const took = performance.now() - started;
      if (code === null || (output === 0 && !isSilent)) reject(new Error(`failed (${code})`));
      else resolve(took);
    });
  });
}
