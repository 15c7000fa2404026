// Pictures of what surrounds the findings, to look at: code lens, preview of "Harden", score card, status, report. They are
// in artefacts/screenshots/.
//   node test/editor/pictures.mjs [--vsix FILE] [--theme dark|light|dark-contrast|light-contrast] [--scene NAME]
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { obtainPackage } from '../../scripts/package.mjs';
import { launchBrowser } from '../vscode-host/browser.mjs';
import { withVSCode } from '../vscode-host/host.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'artefacts/screenshots');
const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'dark-contrast': 'Default High Contrast',
  'light-contrast': 'Default High Contrast Light',
};
/** What is drawn, and in which themes unless one is named. */
const scenes = {
  menus: { draw: drawMenus, themes: ['dark', 'light'] },
  'harden-all': { draw: drawHardenAll, themes: ['dark', 'light'] },
  configuration: { draw: drawConfiguration, themes: ['dark', 'light'] },
  code: { draw: drawCode, themes: ['dark', 'light'] },
  views: { draw: drawViews, themes: Object.keys(themes) },
  welcome: { draw: drawWelcome, themes: ['dark', 'light'], file: 'notes.txt' },
  status: { draw: drawStatus, themes: ['dark', 'light'] },
};

const { values } = parseArgs({
  options: { vsix: { type: 'string' }, theme: { type: 'string' }, scene: { type: 'string' } },
});
const files = Object.fromEntries(
  ['compose.yaml', 'Dockerfile'].map((name) => [name, readFileSync(join(root, 'examples', name), 'utf8')]),
);
files['deploy/compose.yaml'] = [
  'services:',
  '  proxy:',
  '    image: traefik:v3.6',
  '    volumes:',
  '      # bulkhead-ignore docker-socket-mounted until 2099-03-31: reads labels until the move to files',
  '      - /var/run/docker.sock:/var/run/docker.sock:ro',
  '    ports: ["443:443"]',
  '    # bulkhead-ignore privileged-container until 2024-03-31: needed for the migration',
  '    privileged: true',
  '',
].join('\n');
files['notes.txt'] = 'Nothing for Bulkhead.\n';
files['.bulkhead.yaml'] = '# How much is checked.\nprofile: recommended\n';
mkdirSync(folder, { recursive: true });
if (values.scene === undefined || values.scene === 'report') await drawReport();
for (const [name, scene] of Object.entries(scenes)) {
  if (values.scene !== undefined && values.scene !== name) continue;
  const { vsix } = await obtainPackage(values.vsix);
  for (const theme of values.theme ? [values.theme] : scene.themes) {
    const settings = {
      'workbench.colorTheme': themes[theme],
      'editor.minimap.enabled': false,
      'bulkhead.inlayHints': name === 'code',
    };
    await withVSCode({ files, vsix: [vsix], settings }, async (vscode) => {
      vscode.page.setDefaultTimeout(30_000);
      await vscode.page.setViewportSize({ width: 1280, height: 1000 });
      await vscode.open(scene.file ?? 'compose.yaml');
      if (scene.file === undefined)
        await vscode.page.locator('.monaco-editor .squiggly-error').first().waitFor();
      const picture = (what) =>
        vscode.page.screenshot({ path: join(folder, `${theme}-${what}.png`), animations: 'disabled' });
      try {
        await scene.draw(vscode.page, picture, vscode.open);
      } catch (error) {
        await picture(`${name}-failed`);
        throw error;
      }
    });
  }
}
console.log(folder);

async function drawCode(page, picture) {
  const lens = (text) => page.locator('.codelens-decoration a', { hasText: text });
  await lens('hardening').first().waitFor();
  await picture('code-lens');
  await lens('2 ports public').or(lens('3 ports public')).first().click();
  await page.locator('.bulk-edit-panel .monaco-list-row').first().waitFor();
  // Grouped by what each change is for.
  await page.locator('.action-label[aria-label^="Group Changes"]').first().click();
  await page.locator('.bulk-edit-panel .category').first().waitFor();
  await picture('harden-preview');
}

async function drawMenus(page, picture) {
  const menu = async (line, x, what) => {
    await page
      .locator('.monaco-editor .view-line', { hasText: line })
      .first()
      .click({ position: { x, y: 8 } });
    // The bulb is there once the actions of the line are known.
    await page
      .locator('.monaco-editor [class*="lightbulb"], .monaco-editor .lightBulbWidget')
      .first()
      .waitFor();
    await openMenu(page);
    await picture(what);
    await page.keyboard.press('Escape');
    await page.locator('.action-widget').first().waitFor({ state: 'hidden' });
  };
  await menu(/docker\.sock/, 150, 'light-bulb-finding');
  await menu(/^\s*proxy:/, 60, 'light-bulb-service');
}

/** Opens the menu of the light bulb. Findings that arrive at that moment close it again. */
async function openMenu(page) {
  const row = page.locator('.action-widget .monaco-list-row').first();
  for (let tries = 5; tries > 0; tries--) {
    await page.keyboard.press('Control+.');
    const shown = await row.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
    if (shown) return;
  }
  await row.waitFor({ timeout: 1 });
}

async function drawHardenAll(page, picture) {
  await page.keyboard.press('F1');
  await page.keyboard.type('Bulkhead: Harden All');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Harden All Services' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.bulk-edit-panel .monaco-list-row').first().waitFor();
  await page.locator('.action-label[aria-label^="Group Changes"]').first().click();
  await page.locator('.bulk-edit-panel .category').first().waitFor();
  await picture('harden-all-preview');
}

async function drawConfiguration(page, picture, open) {
  await open('.bulkhead.yaml');
  await page.locator('.monaco-editor .view-line', { hasText: 'profile' }).first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('rules:\n  privi');
  // By then the server has looked at the file: it is broken so far.
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await page.keyboard.press('Control+Space');
  await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'privileged' }).first().waitFor();
  await picture('config-completion');
  await page.keyboard.press('Escape');
  await page.keyboard.type('leged-conteiner: of');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'Did you mean' }).first().waitFor();
  await picture('config-mistake');
}

async function drawViews(page, picture) {
  await page.locator('.activitybar .action-item a[aria-label^="Bulkhead"]').click({ force: true });
  const row = (label) => page.locator('.pane-body .monaco-list-row', { hasText: label });
  await row('3. Use non-root users').waitFor();
  await picture('score-card-open-files');
  await page.locator('.pane-header:has-text("Score Card")').hover();
  await page.locator('.pane-header .action-label[aria-label="Lint Workspace"]').click();
  await page.locator('.pane-header:has-text("Accepted Risks")').click();
  await row('expired').first().waitFor();
  await row('3. Use non-root users').locator('.monaco-tl-twistie').click();
  const finding = page.locator('[aria-label^="Error, "]').first();
  await finding.click();
  await finding.hover();
  await picture('score-card');
}

async function drawWelcome(page, picture) {
  await page.locator('.activitybar .action-item a[aria-label^="Bulkhead"]').click({ force: true });
  await page.locator('.welcome-view-content').first().waitFor();
  await page.locator('.pane-header:has-text("Accepted Risks")').click();
  await page.locator('.welcome-view-content', { hasText: 'accepted' }).waitFor();
  await picture('welcome');
}

async function drawStatus(page, picture) {
  await page.locator('.statusbar-item[id$="bulkhead.file"]').waitFor();
  await page.locator('.statusbar-item[id="status.languageStatus"]').hover();
  await page.locator('.hover-language-status').first().waitFor();
  await picture('status');
}

/** The page of the report, as a screen shows it and as a printer does. */
async function drawReport() {
  const file = join(folder, 'report.html');
  try {
    execFileSync(process.execPath, [
      join(root, 'dist/cli.js'),
      'lint',
      join(root, 'examples'),
      '--format',
      'html',
      '--output',
      file,
    ]);
  } catch {
    // Findings end with a code of their own; without a page the browser has nothing to show.
  }
  const browser = await launchBrowser();
  try {
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport: { width: 1100, height: 1400 }, colorScheme });
      await page.goto(`file://${file}`);
      await page.screenshot({ path: join(folder, `${colorScheme}-report.png`) });
      await page.locator('#findings').scrollIntoViewIfNeeded();
      await page.evaluate(() => document.querySelector('#findings').scrollIntoView());
      await page.screenshot({ path: join(folder, `${colorScheme}-report-findings.png`) });
      await page.close();
    }
    const page = await browser.newPage({ viewport: { width: 760, height: 1075 } });
    await page.goto(`file://${file}`);
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: join(folder, 'print-report.png'), fullPage: true });
    await page.pdf({ path: join(folder, 'print-report.pdf'), format: 'A4' });
    await page.close();
    const narrow = await browser.newPage({ viewport: { width: 390, height: 1200 } });
    await narrow.goto(`file://${file}`);
    await narrow.screenshot({ path: join(folder, 'narrow-report.png') });
  } finally {
    await browser.close();
  }
}
