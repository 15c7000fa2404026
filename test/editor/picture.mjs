// Draws the pictures of the README: the example project in a real VS Code, with the menu of the light bulb open, and with
// the score card.
//   node test/editor/picture.mjs [--vsix FILE] [--out FOLDER]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { obtainPackage } from '../../scripts/package.mjs';
import { withVSCode } from '../vscode-host/host.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: { vsix: { type: 'string' }, out: { type: 'string', default: join(root, 'media') } },
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
  'workbench.activityBar.location': 'hidden',
  'window.commandCenter': false,
  'editor.stickyScroll.enabled': false,
  'window.title': 'shelfmark',
  'editor.fontSize': 13,
};
await withVSCode({ files, vsix: [vsix], settings }, async ({ page, open }) => {
  page.setDefaultTimeout(60_000);
  await page.setViewportSize({ width: 1240, height: 820 });
  await open('compose.yaml');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await page.keyboard.press('Control+B');
  await page.keyboard.press('Control+Shift+M');
  await page
    .locator('.markers-panel .monaco-list-row', { hasText: 'docker-socket-mounted' })
    .first()
    .waitFor();
  await page
    .locator('.monaco-editor .view-line', { hasText: /docker\.sock/ })
    .first()
    .click({ position: { x: 150, y: 8 } });
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: 'socket proxy' }).first().waitFor();
  await page.screenshot({ path: join(values.out, 'editor.png'), animations: 'disabled' });
});
const withViews = { ...settings, 'workbench.activityBar.location': 'default' };
await withVSCode({ files, vsix: [vsix], settings: withViews }, async ({ page, open }) => {
  page.setDefaultTimeout(60_000);
  await page.setViewportSize({ width: 1100, height: 640 });
  await open('compose.yaml');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  // The badge lies over it.
  await page.locator('.activitybar .action-item a[aria-label^="Bulkhead"]').click({ force: true });
  const { x, width } = await page.locator('.part.sidebar').boundingBox();
  await page.mouse.move(x + width + 1, 400);
  await page.mouse.down();
  await page.mouse.move(x + width + 180, 400, { steps: 5 });
  await page.mouse.up();
  await page.locator('[aria-label^="Practice 3, "]').locator('.monaco-tl-twistie').click();
  const finding = page.locator('[aria-label^="Error, "]').first();
  await finding.click();
  await finding.hover();
  await page.screenshot({ path: join(values.out, 'score-card.png'), animations: 'disabled' });
});
console.log(values.out);
