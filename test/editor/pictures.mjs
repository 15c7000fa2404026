// Pictures of what surrounds the findings, to look at: the code lens, the preview of "Harden". They are in artefacts/screenshots/.
//   node test/editor/pictures.mjs [--vsix FILE] [--theme dark|light]
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { obtainPackage } from '../../scripts/package.mjs';
import { withVSCode } from '../vscode-host/host.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'artefacts/screenshots');
const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'dark-contrast': 'Default High Contrast',
  'light-contrast': 'Default High Contrast Light',
};

const { values } = parseArgs({ options: { vsix: { type: 'string' }, theme: { type: 'string' } } });
const { vsix } = await obtainPackage(values.vsix);
const files = Object.fromEntries(
  ['compose.yaml', 'Dockerfile'].map((name) => [name, readFileSync(join(root, 'examples', name), 'utf8')]),
);
mkdirSync(folder, { recursive: true });
for (const theme of values.theme ? [values.theme] : ['dark', 'light']) {
  const settings = {
    'workbench.colorTheme': themes[theme],
    'editor.minimap.enabled': false,
    'bulkhead.inlayHints': true,
  };
  await withVSCode({ files, vsix: [vsix], settings }, (vscode) => draw(vscode, theme));
}
console.log(folder);

async function draw({ page, open }, theme) {
  page.setDefaultTimeout(60_000);
  const picture = (name) =>
    page.screenshot({ path: join(folder, `${theme}-${name}.png`), animations: 'disabled' });
  const lens = (text) => page.locator('.codelens-decoration a', { hasText: text });
  await page.setViewportSize({ width: 1280, height: 1000 });
  await open('compose.yaml');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await lens('hardening').first().waitFor();
  await picture('code-lens');
  await lens('2 ports public').or(lens('3 ports public')).first().click();
  await page.locator('.bulk-edit-panel .monaco-list-row').first().waitFor();
  // Grouped by what each change is for.
  await page.locator('.action-label[aria-label^="Group Changes"]').first().click();
  await page.locator('.bulk-edit-panel .category').first().waitFor();
  await picture('harden-preview');
}
