// Pictures of the page that "--format html" writes, as a screen shows it and as a printer does.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../vscode-host/browser.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Writes the report of the examples into a folder. Returns its path. */
export function writeReport(folder) {
  const file = join(folder, 'report.html');
  const words = ['lint', 'examples', '--fail-on', 'never', '--format', 'html', '--output', file];
  const { status, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`There is no report: ${stderr}`);
  return file;
}

/** Draws the report of the examples into a folder: light, dark, printed, on a phone. */
export async function drawReport(folder) {
  const file = writeReport(folder);
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
    // Two sheets of A4; all of them, which the browser cannot always draw as one picture, are in the PDF.
    const page = await browser.newPage({ viewport: { width: 760, height: 2150 } });
    await page.goto(`file://${file}`);
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: join(folder, 'print-report.png') });
    await page.pdf({ path: join(folder, 'print-report.pdf'), format: 'A4' });
    await page.close();
    const narrow = await browser.newPage({ viewport: { width: 390, height: 1200 } });
    await narrow.goto(`file://${file}`);
    await narrow.screenshot({ path: join(folder, 'narrow-report.png') });
  } finally {
    await browser.close();
  }
}
