// Finds a browser that starts on this machine: the one that npm brought, or one that is installed.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { browserFolder } from './install.mjs';

const usualPlaces = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const options = {
  headless: true,
  // Nothing of the test may go to the network or change from one run to the next.
  args: [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-gpu',
    '--disable-quic',
    '--disable-sync',
    '--no-first-run',
  ],
  // host.mjs ends the process itself on a signal, which also ends the browser.
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
};

/**
 * Starts a headless browser. The variable CHROMIUM names one to use instead of the one from npm.
 * @returns {Promise<import('playwright-core').Browser>}
 * @throws {Error} when no browser starts, saying what to do
 */
export async function launchBrowser() {
  // Not imported at the top: the package is there only after install().
  const { chromium } = await import('playwright-core');
  const named = process.env.CHROMIUM;
  if (named) return chromium.launch({ ...options, executablePath: named });
  const packaged = packagedChromium();
  if (packaged) return chromium.launch({ ...options, ...packaged });
  const executablePath = usualPlaces.find((place) => existsSync(place));
  try {
    return await chromium.launch({
      ...options,
      ...(executablePath ? { executablePath } : { channel: 'chrome' }),
    });
  } catch (error) {
    throw new Error(
      `No browser could be started: ${error.message.split('\n')[0]}\n` +
        'Install Chrome or Chromium, or name one: CHROMIUM=/path/to/chromium',
    );
  }
}

/** How to start the Chromium from npm here; undefined where there is none or it does not start. */
function packagedChromium() {
  const executablePath = join(browserFolder, 'chromium');
  if (!existsSync(executablePath)) return undefined;
  const fonts = fontEnvironment();
  const libraries = [join(browserFolder, 'al2023/lib'), process.env.LD_LIBRARY_PATH]
    .filter(Boolean)
    .join(delimiter);
  // The machine's own libraries first: those in the package are built for another distribution.
  for (const extra of [{}, { LD_LIBRARY_PATH: libraries }]) {
    const env = { ...process.env, ...fonts, ...extra };
    if (starts(executablePath, env)) return { executablePath, env };
  }
  return undefined;
}

function starts(executablePath, env) {
  try {
    execFileSync(executablePath, ['--version'], { env, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A machine without any font configuration gets the one font of the package, so that there is text in the pictures. */
function fontEnvironment() {
  if (process.env.FONTCONFIG_PATH || existsSync('/etc/fonts/fonts.conf')) return {};
  const file = join(browserFolder, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?>\n<fontconfig><dir>${join(browserFolder, 'fonts')}</dir><cachedir>${join(browserFolder, 'font-cache')}</cachedir></fontconfig>\n`,
  );
  return { FONTCONFIG_FILE: file };
}
