// Pictures of everything that Bulkhead shows, to look at, in light and dark. They are in artefacts/screenshots/.
//   npm run pictures -- [--vsix FILE] [--theme dark|light|dark-contrast|light-contrast] [--scene NAME]
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { obtainPackage } from '../../scripts/package.mjs';
import { withVSCode } from '../vscode-host/host.mjs';
import { drawReport } from './report-pictures.mjs';
import { scenes } from './scenes.mjs';

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
for (const [name, scene] of wanted) {
  for (const theme of values.theme ? [values.theme] : scene.themes) {
    const settings = {
      'workbench.colorTheme': themes[theme],
      'editor.minimap.enabled': false,
      'bulkhead.inlayHints': scene.inlayHints === true,
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
