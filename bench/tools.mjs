// The tools that are measured: Bulkhead as it was built, and its peers. The peers have a manifest of their own
// (bench/peers), because no other work on this repository needs them, and are installed on first use.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = join(import.meta.dirname, 'peers');
const modules = join(here, 'node_modules');
const marker = join(modules, '.complete');

const inModules = (path) => [process.execPath, join(modules, path)];
const dockerLangserver = inModules('dockerfile-language-server-nodejs/bin/docker-langserver');
const composeLangserver = inModules('@microsoft/compose-language-service/bin/docker-compose-langserver');
const yamlLangserver = inModules('yaml-language-server/bin/yaml-language-server');
const dclint = inModules('dclint/bin/dclint.cjs');
const dockerfilelint = inModules('dockerfilelint/bin/dockerfilelint');

const cli = join(import.meta.dirname, '../dist/cli.js');

/** Bulkhead itself; `problem` says why it cannot be measured. */
export const bulkhead = {
  name: 'Bulkhead',
  server: [process.execPath, cli, 'lsp', '--stdio'],
  linter: (folder) => [process.execPath, cli, 'lint', folder],
  problem: existsSync(cli) ? undefined : 'not built',
};

/**
 * Language servers by the kind of file that they read. `settings` answers `workspace/configuration`.
 * A server that is not installed (an optional dependency) is left out.
 */
export function peerServers(kind) {
  const servers = {
    dockerfile: [{ name: 'docker-langserver', command: [...dockerLangserver, '--stdio'] }],
    compose: [
      {
        name: 'compose-language-service',
        command: [...composeLangserver, '--stdio'],
        // It waits for a second without a key; what is compared here is work, not patience.
        initializationOptions: { diagnosticDelay: 0 },
      },
      {
        // Waits 200 ms after each key, which cannot be changed. The schema keeps it off the network.
        name: 'yaml-language-server',
        command: [...yamlLangserver, '--stdio'],
        settings: {
          yaml: {
            schemaStore: { enable: false },
            schemas: { [join(modules, 'dclint/schemas/compose.schema.json')]: '*.yaml' },
          },
        },
      },
    ],
  };
  return servers[kind].filter(({ command }) => existsSync(command[1]));
}

/** Linters by the kind of file that they read, as `(folder, files) => command`. */
export function peerLinters(kind) {
  const linters = {
    dockerfile: [{ name: 'dockerfilelint', command: (_folder, files) => [...dockerfilelint, ...files] }],
    compose: [{ name: 'dclint', command: (folder) => [...dclint, '-r', folder] }],
  };
  return linters[kind];
}

/**
 * Makes sure that the peers of the lock file are installed: at once when they are, in some seconds when not.
 * @throws {Error} with what to do about it
 */
export function installPeers({ say }) {
  const wanted = createHash('sha256')
    .update(readFileSync(join(here, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  say('Installing the tools to compare with into bench/peers (once, 46 MB on disk) …');
  const { status, error } = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    throw new Error(
      `\`npm ci\` failed in bench/peers${error ? ` (${error.message})` : ''}. ` +
        'Check that the npm registry can be reached, then run the same command again.',
    );
  }
  writeFileSync(marker, wanted);
}

/** Under `npm run` npm says where it is; it need not be on the PATH, and on Windows it is a script for a shell. */
function npm(args) {
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []];
  return spawnSync(command, [...first, ...args], {
    cwd: here,
    // Standard output belongs to the table alone.
    stdio: ['ignore', process.stderr, process.stderr],
    shell: command === 'npm' && process.platform === 'win32',
  });
}
