// The two versions of VS Code that are tested. What they differ in is said here; all else is one code for both.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Version
 * @property {string} folder Where its package.json and lock file lie, and where it is installed.
 * @property {string} size What an installation costs, for people.
 * @property {number} node Major version of the Node that it runs on.
 * @property {string} main The script that starts its server.
 * @property {string[]} flags For the `npm install` of what VS Code itself needs.
 */

/** Where VS Code itself lies inside code-server. @param {string} folder of a version */
const vscodeIn = (folder) => join(folder, 'node_modules/code-server/lib/vscode');

/** @type {Version} Also brings the browser, for both. */
export const newest = {
  folder: import.meta.dirname,
  size: '300 MB to download, 900 MB on disk',
  node: 24,
  main: join(vscodeIn(import.meta.dirname), 'out/server-main.js'),
  flags: [],
};

const oldestFolder = join(import.meta.dirname, '../vscode-oldest');

/** @type {Version} The version that `engines.vscode` in package.json begins with; a test holds them together. */
export const oldest = {
  folder: oldestFolder,
  size: '100 MB to download, 470 MB on disk',
  node: 20,
  main: join(oldestFolder, 'server-main.cjs'),
  // Its xterm add-ons name versions of each other that npm cannot bring together.
  flags: ['--legacy-peer-deps'],
};

/** Where VS Code itself lies. @param {Version} version */
export const vscodeFolder = (version) => vscodeIn(version.folder);

/** The version of an installed VS Code. @param {Version} version */
export const versionOf = (version) =>
  JSON.parse(readFileSync(join(vscodeFolder(version), 'package.json'), 'utf8')).version;
