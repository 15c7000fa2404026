// A real VS Code in a headless browser: its server, an extension host with Node, and a page that shows the window.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { format } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { newest, versionOf } from './versions.mjs';
import { install } from './install.mjs';
import { logFolder, startServer } from './server.mjs';
import { serveFolder } from './static.mjs';

/**
 * @typedef {object} VSCodeOptions
 * @property {import('./versions.mjs').Version} [version] Which VS Code; the newest when absent.
 * @property {string} [workspace] Folder whose content is copied into the workspace.
 * @property {Record<string, string>} [files] Further files of the workspace, by relative path.
 * @property {Record<string, unknown>} [settings] User settings.
 * @property {string[]} [vsix] Packaged extensions to install.
 * @property {string} [language] Display language, such as `de`. VS Code's own words stay English: its language packs are not
 *   here; extensions are told the language as if they were.
 * @property {boolean} [restricted] The folder is not trusted, and VS Code does not ask whether it shall be.
 * @property {boolean} [webTests] The tested extension comes from a web server and runs in the page's web worker, not in Node.
 */

/**
 * Starts VS Code on a throw-away workspace. Nothing is shown before `open` or `runTests`.
 * Prefer `withVSCode`, which also closes it.
 * @param {VSCodeOptions} options
 */
export async function startVSCode({
  version = newest,
  workspace,
  files = {},
  settings,
  vsix,
  language,
  restricted = false,
  webTests = false,
} = {}) {
  await install({ version });
  const temporary = mkdtempSync(join(tmpdir(), 'bulkhead-workspace-'));
  // Its name is what the window shows as title.
  const folder = join(temporary, 'my-app');
  const removeFolder = () => rmSync(temporary, { recursive: true, force: true });
  process.once('exit', removeFolder);
  /** What was started, latest first, each with the way to end it. */
  const started = [];
  async function close({ failed = false } = {}) {
    for (const end of started.splice(0)) await end({ failed });
    process.off('exit', removeFolder);
    removeFolder();
  }

  try {
    mkdirSync(folder);
    if (workspace) cpSync(workspace, folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const server = await startServer({
      version,
      workspace: folder,
      settings,
      vsix,
      restricted,
      underTest: true,
    });
    started.unshift(server.close);
    const browser = await launchBrowser();
    started.unshift(() => browser.close());
    // The page's policy allows extensions from https only; those of this machine's web server have no certificate.
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, bypassCSP: webTests });
    // What a language pack would set, together with VS Code's own words.
    if (language) await page.addInitScript((value) => (globalThis._VSCODE_NLS_LANGUAGE = value), language);
    /** What the window and the extension hosts wrote to their consoles. */
    const said = [];
    const errors = [];
    page.on('console', (message) => {
      said.push(message.text());
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    started.push(({ failed }) => failed && writeFileSync(join(logFolder, 'window.log'), said.join('\n')));
    return {
      /** Such as "1.93.1". */
      version: versionOf(version),
      /** The window, for Playwright. */
      page,
      /** The workspace folder on disk. */
      workspace: folder,
      close,
      /** What was said as an error. */
      errors: () => errors,
      /** Shows the window, with a file of the workspace when named. */
      async open(name) {
        await page.goto(server.address(name ? [['openFile', server.remote(join(folder, name))]] : []));
      },
      /** Runs a test suite: see `runTests`. */
      async runTests(suite) {
        if (webTests) {
          const files = await serveFolder(suite.extension);
          started.unshift(files.close);
          await developFrom(page, files.address, relative(suite.extension, suite.tests));
        }
        return runTests(page, server, suite, webTests);
      },
    };
  } catch (error) {
    await close({ failed: true });
    throw error;
  }
}

/**
 * Starts VS Code, passes it to `use` and closes it whatever happens. When `use` fails the logs stay behind.
 * @template T
 * @param {VSCodeOptions} options
 * @param {(vscode: Awaited<ReturnType<typeof startVSCode>>) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withVSCode(options, use) {
  const vscode = await startVSCode(options);
  let failed = true;
  try {
    const result = await use(vscode);
    failed = false;
    return result;
  } finally {
    await vscode.close({ failed });
  }
}

/**
 * Runs the suite of `tests` (a CommonJS file that exports `run`) in the extension host of the extension that it lies in;
 * anywhere else it would always run in Node. That extension is loaded from its folder, not installed.
 * @param {object} suite
 * @param {string} suite.extension folder
 * @param {string} suite.tests without ".js"
 * @param {(text: string) => void} [suite.log] gets at once what the suite prints, among VS Code's own messages
 * @param {number} [suite.limit] milliseconds after which a suite that never ends counts as failed
 * @param {boolean} fromWeb the page knows already where extension and tests are
 * @returns {Promise<number>} 0 when `run` succeeded
 */
async function runTests(page, server, { extension, tests, log = console.log, limit = 600_000 }, fromWeb) {
  let timer;
  const ended = new Promise((resolve, reject) => {
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    page.once('crash', () => reject(new Error('The page with VS Code crashed.')));
    server.exited.then((code) => reject(new Error(`VS Code's server ended with code ${code}.`)), reject);
    timer = setTimeout(() => reject(new Error(`The tests did not end within ${limit / 1000} s.`)), limit);
  });
  // It may fail while the page is still loading, before anyone waits for it.
  ended.catch(() => undefined);
  try {
    await page.exposeFunction('codeAutomationLog', (_level, args) => log(format(...args)));
    await page.goto(
      server.address(
        fromWeb
          ? []
          : [
              ['extensionDevelopmentPath', server.remote(extension)],
              ['extensionTestsPath', server.remote(tests)],
            ],
      ),
    );
    return await ended;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Lets the page load an extension under development from a web server, as `@vscode/test-web` does: it then runs like one
 * from a marketplace. A remote extension that is told to run in a web worker could start no worker of its own.
 */
async function developFrom(page, address, tests) {
  const { host: authority } = new URL(address);
  const uri = (path) => ({ scheme: 'http', authority, path });
  const options = { extensions: [uri('/')], extensionTestsPath: uri(`/${tests}`) };
  await page.addInitScript((more) => {
    // The page finds its configuration in an attribute; there is no other way in.
    const { getAttribute } = Element.prototype;
    Element.prototype.getAttribute = function (name) {
      const value = getAttribute.call(this, name);
      if (value === null || this.id !== 'vscode-workbench-web-configuration') return value;
      const all = JSON.parse(value);
      return JSON.stringify({ ...all, developmentOptions: { ...all.developmentOptions, ...more } });
    };
  }, options);
}
