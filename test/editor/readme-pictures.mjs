// Draws the pictures of the README into media/: the example project in a real VS Code, and its report.
//   npm run pictures:readme -- [--vsix FILE] [--out FOLDER] [--picture NAME]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { obtainPackage } from '../../scripts/package.mjs';
import { launchBrowser } from '../vscode-host/browser.mjs';
import { withVSCode } from '../vscode-host/host.mjs';
import { writeReport } from './report-pictures.mjs';
import { codeLine, findingsReady, groupedPreview, hoverFinding, openMenu } from './scenes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** All pictures have one size; in the README they are shown about three quarters as wide. */
const SIZE = { width: 1060, height: 600 };
const { values } = parseArgs({
  options: {
    vsix: { type: 'string' },
    picture: { type: 'string' },
    out: { type: 'string', default: join(root, 'media') },
  },
});
const { vsix } = await obtainPackage(values.vsix);
const files = Object.fromEntries(
  ['compose.yaml', 'Dockerfile', '.env'].map((name) => [
    name,
    readFileSync(join(root, 'examples', name), 'utf8'),
  ]),
);
const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.stickyScroll.enabled': false,
  'editor.fontSize': 13,
  'window.commandCenter': false,
  'window.title': 'shelfmark',
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
};

await draw('editor', {}, async (page) => {
  await page.keyboard.press('Control+B');
  await page.keyboard.press('Control+Shift+M');
  // Brings the line into sight, which the panel has covered.
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'docker-socket-mounted' }).first().click();
  await codeLine(page, /docker\.sock/).click({ position: { x: 150, y: 8 } });
  await openMenu(page);
});
await draw('hover', {}, async (page) => {
  await page.keyboard.press('Control+B');
  await hoverFinding(page, /image:\straefik/, 110);
});
await draw('harden', {}, async (page) => {
  await page.keyboard.press('Control+B');
  await page.locator('.codelens-decoration a', { hasText: 'hardening 0/9' }).first().click();
  await groupedPreview(page);
  const { y } = await page.locator('.part.panel').boundingBox();
  await drag(page, { x: 500, y: y - 2 }, { x: 500, y: y - 85 });
});
await draw('score-card', { 'workbench.activityBar.location': 'default' }, async (page) => {
  // The badge lies over it.
  await page.locator('.activitybar .action-item a[aria-label^="Bulkhead"]').click({ force: true });
  const { x, width } = await page.locator('.part.sidebar').boundingBox();
  await drag(page, { x: x + width + 1, y: 400 }, { x: x + width + 180, y: 400 });
  await page.locator('[aria-label^="Practice 3, "]').locator('.monaco-tl-twistie').click();
  const finding = page.locator('[aria-label^="Error, "]').first();
  await finding.click();
  await finding.hover();
});
if ([undefined, 'report'].includes(values.picture)) await drawReport();
console.log(values.out);

/** Moves the border between two parts of the window. */
async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
  // The border is lit as long as the pointer rests on it.
  await page.mouse.move(5, 5);
  await page.locator('.monaco-sash.hover').waitFor({ state: 'detached' });
}

/** Opens the example, lets `arrange` bring about what is to be seen and takes the picture. */
async function draw(name, more, arrange) {
  if (![undefined, name].includes(values.picture)) return;
  await withVSCode({ files, vsix: [vsix], settings: { ...settings, ...more } }, async ({ page, open }) => {
    page.setDefaultTimeout(120_000);
    await page.setViewportSize(SIZE);
    await open('compose.yaml');
    await findingsReady(page);
    await arrange(page);
    await page.screenshot({ path: join(values.out, `${name}.png`), animations: 'disabled' });
  });
}

async function drawReport() {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-report-'));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: SIZE, colorScheme: 'dark' });
    await page.goto(`file://${writeReport(folder)}`);
    // Down to the legend of the hull.
    await page.evaluate(() => (globalThis.document.body.style.zoom = '0.85'));
    await page.screenshot({ path: join(values.out, 'report.png') });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
