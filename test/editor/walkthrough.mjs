// Pictures of the walkthrough, step by step, to look at. They are in artefacts/screenshots/.
//   node test/editor/walkthrough.mjs [--vsix FILE] [--theme dark|light|dark-contrast|light-contrast]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { obtainPackage } from '../../scripts/package.mjs';
import { withVSCode } from '../vscode-host/host.mjs';

const folder = fileURLToPath(new URL('../../artefacts/screenshots', import.meta.url));
const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'dark-contrast': 'Default High Contrast',
  'light-contrast': 'Default High Contrast Light',
};

const { values } = parseArgs({ options: { vsix: { type: 'string' }, theme: { type: 'string' } } });
const { vsix } = await obtainPackage(values.vsix);
mkdirSync(folder, { recursive: true });
for (const theme of values.theme ? [values.theme] : ['dark', 'light'])
  await withVSCode({ vsix: [vsix], settings: { 'workbench.colorTheme': themes[theme] } }, (vscode) =>
    draw(vscode, theme),
  );
console.log(folder);

async function draw({ page, open }, theme) {
  page.setDefaultTimeout(60_000);
  const picture = (name) =>
    page.screenshot({ path: join(folder, `${theme}-walkthrough-${name}.png`), animations: 'disabled' });
  await page.setViewportSize({ width: 1400, height: 900 });
  await open();
  await page.locator('.monaco-workbench .activitybar').waitFor();
  const choose = async (text, row) => {
    await page.locator('.quick-input-widget input').fill(text);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor();
    await page.keyboard.press('Enter');
  };
  await page.keyboard.press('F1');
  await choose('>Welcome: Open Walkthrough', 'Open Walkthrough');
  await choose('Bulkhead', 'Bulkhead');
  const steps = page.locator('.getting-started-step');
  await steps.first().waitFor();
  for (const name of ['open', 'see', 'fix', 'harden', 'configure']) {
    await steps.nth(['open', 'see', 'fix', 'harden', 'configure'].indexOf(name)).click();
    await page.locator('.getting-started-step.expanded').waitFor();
    await page.waitForTimeout(700);
    await picture(name);
  }
  await steps.nth(3).click();
  await page.locator('.getting-started-step.expanded .monaco-button').click();
  await page
    .locator('.bulk-edit-panel .monaco-list-row')
    .first()
    .waitFor({ timeout: 15000 })
    .catch(() => {});
  await picture('hardening');
}
