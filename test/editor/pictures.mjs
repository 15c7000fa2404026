// Pictures of everything that Bulkhead shows, to look at, in light and dark. They are in artefacts/screenshots/.
//   npm run pictures -- [--vsix FILE] [--theme dark|light|dark-contrast|light-contrast] [--scene NAME]
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { obtainPackage } from '../../scripts/package.mjs';
import { withVSCode } from '../vscode-host/host.mjs';
import { drawReport } from './report-pictures.mjs';
import { findingsReady, scenes, windowReady } from './scenes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'artefacts/screenshots');
const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'dark-contrast': 'Default High Contrast',
  'light-contrast': 'Default High Contrast Light',
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
if (values.scene === undefined || values.scene === 'report') await drawReport(folder);
const wanted = Object.entries(scenes).filter(([name]) => [undefined, name].includes(values.scene));
const { vsix } = wanted.length > 0 ? await obtainPackage(values.vsix) : {};
for (const [name, scene] of wanted)
  for (const theme of values.theme ? [values.theme] : scene.themes) {
    try {
      await withVSCode({ files, vsix: [vsix], settings: settingsOf(scene, theme) }, (vscode) =>
        drawScene(name, scene, theme, vscode),
      );
      console.log(`${name}, ${theme}`);
    } catch (error) {
      // The other pictures are worth having all the same.
      console.error(`${name}, ${theme}: ${error.message}`);
      process.exitCode = 1;
    }
  }
console.log(folder);

function settingsOf(scene, theme) {
  return {
    'workbench.colorTheme': themes[theme],
    'editor.minimap.enabled': false,
    'bulkhead.inlayHints': scene.inlayHints === true,
  };
}

async function drawScene(name, scene, theme, { page, open }) {
  // A limit, not a time: the machine may have other things to do.
  page.setDefaultTimeout(120_000);
  await page.setViewportSize({ width: 1280, height: 1000 });
  const picture = (what) =>
    page.screenshot({ path: join(folder, `${theme}-${what}.png`), animations: 'disabled' });
  try {
    await open(scene.file ?? 'compose.yaml');
    await windowReady(page);
    if (scene.file === undefined) await findingsReady(page);
    await scene.draw(page, picture, open);
  } catch (error) {
    await picture(`${name}-failed`);
    throw error;
  }
}
