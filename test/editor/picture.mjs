// Draws the picture of the README: the example project in a real VS Code, with the menu of the light bulb open.
//   node test/editor/picture.mjs [--vsix FILE] [--out FILE.png]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { obtainPackage } from '../../scripts/package.mjs';
import { withVSCode } from '../vscode-host/host.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: { vsix: { type: 'string' }, out: { type: 'string', default: join(root, 'media/editor.png') } },
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
  await page.screenshot({ path: values.out, animations: 'disabled' });
});
console.log(values.out);
