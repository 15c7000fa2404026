// What a person sees, from installing the package to the saved file: squiggle, Problems row, light bulb, fix. Fails when
// a step does not show what is expected, and leaves a picture of every step in artefacts/screenshots/ to look at.
//   node test/editor/person.mjs [--vsix FILE] [--theme dark|light]
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { obtainPackage } from '../../scripts/package.mjs';
import { withVSCode } from '../vscode-host/host.mjs';

/** The story: what is in the file, what Bulkhead says about it, what is chosen and what becomes of the file. */
const story = {
  file: 'Dockerfile',
  before: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
  /** Text of the line with the squiggle. */
  line: 'FROM node:22',
  /** How severe it is: error, warning or info. */
  severity: 'warning',
  /** Rule id that the Problems row shows behind the message. */
  rule: 'user-missing',
  fixTitle: /USER node/,
  /** In the file after the fix. */
  after: /^USER node$/m,
};

/** Another one: a service that lacks everything. Rotating its logs is safe, one other change is chosen. */
const hardening = {
  file: 'compose.yaml',
  before: 'services:\n  db:\n    image: example/db:1.4 # ours\n',
  chosen: 'mem_limit',
  after:
    'services:\n  db:\n    image: example/db:1.4 # ours\n    logging:\n      driver: json-file\n      options:\n        max-size: "10m"\n        max-file: "3"\n    mem_limit: 512m\n',
};

/** The first story as far as the menu, in another display language. */
const german = {
  language: 'de',
  message: /läuft als root/,
  fixTitle: /USER node.* ergänzen/,
  command: /Arbeitsbereich prüfen/,
};

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };
const pictures = fileURLToPath(new URL('../../artefacts/screenshots', import.meta.url));

const { values } = parseArgs({
  options: { vsix: { type: 'string' }, theme: { type: 'string', default: 'dark' } },
});
try {
  const { vsix } = await obtainPackage(values.vsix);
  const theme = themes[values.theme];
  if (theme === undefined) throw new Error(`--theme is one of: ${Object.keys(themes).join(', ')}`);
  const options = {
    files: { [story.file]: story.before, [hardening.file]: hardening.before },
    vsix: [vsix],
    settings: { 'workbench.colorTheme': theme },
  };
  await withVSCode(options, (vscode) => tell(vscode, stepsOf(vscode.page, values.theme)));
  console.log('In German:');
  await withVSCode({ ...options, language: german.language }, (vscode) =>
    tellInGerman(vscode, stepsOf(vscode.page, `${values.theme}-de`)),
  );
  console.log('In a folder that is not trusted:');
  await withVSCode({ ...options, restricted: true }, (vscode) =>
    tellRestricted(vscode, stepsOf(vscode.page, `${values.theme}-restricted`)),
  );
  console.log(`As expected. Pictures: ${pictures}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** How a story is told: `picture` takes one under a name, `step` says what is seen, or fails with a picture. */
function stepsOf(page, prefix) {
  page.setDefaultTimeout(60_000);
  mkdirSync(pictures, { recursive: true });
  let count = 0;
  const picture = (name) =>
    page.screenshot({ path: join(pictures, `${prefix}-${++count}-${name}.png`), animations: 'disabled' });
  const step = async (what, action) => {
    try {
      await action();
      console.log(`  ${what}`);
    } catch (error) {
      await picture('failed');
      throw new Error(`Not seen: ${what}\n${error.message}`);
    }
  };
  return { picture, step };
}

async function tell({ page, workspace, open }, { picture, step }) {
  const squiggle = page.locator(`.monaco-editor .squiggly-${story.severity}`);
  const row = page.locator('.markers-panel .monaco-list-row', { hasText: story.rule });

  await step('a squiggle in the open file', async () => {
    await open(story.file);
    await squiggle.first().waitFor();
    await picture('squiggle');
  });
  await step('a row in the Problems view', async () => {
    await page.keyboard.press('Control+Shift+M');
    await row.first().waitFor();
    await picture('problems');
  });
  await step('a hover with the message', async () => {
    await codeLine(page, story.line).hover({ position: { x: 60, y: 8 } });
    await page.locator('.monaco-hover:visible', { hasText: story.rule }).first().waitFor();
    await picture('hover');
  });
  await step('a light bulb on the line', async () => {
    await codeLine(page, story.line).click({ position: { x: 60, y: 8 } });
    await page.locator('[class*="codicon-gutter-lightbulb"]').first().waitFor();
  });
  await step('the fix in the menu of the light bulb', async () => {
    await page.keyboard.press('Control+.');
    await menuItem(page, story.fixTitle).waitFor();
    await picture('quick-fix-menu');
  });
  await step('the changed text, and the problem gone', async () => {
    await menuItem(page, story.fixTitle).click();
    await row.first().waitFor({ state: 'detached' });
    await page.locator('.tab.dirty').waitFor();
    await picture('fixed');
  });
  await step('the file on disk', async () => {
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    assert.match(readFileSync(join(workspace, story.file), 'utf8'), story.after);
    await picture('saved');
  });
  await step('a line above a service that says how well it is closed', async () => {
    await open(hardening.file);
    await page.locator('.codelens-decoration a', { hasText: 'hardening 1/' }).first().waitFor();
  });
  await step('a preview of all that hardens it, in which unsafe changes wait to be ticked', async () => {
    await page.locator('.codelens-decoration a', { hasText: 'hardening 1/' }).first().click();
    const change = page.locator('.bulk-edit-panel .monaco-list-row', { hasText: hardening.chosen });
    await change.first().waitFor();
    await change.first().locator('input[type=checkbox], .monaco-checkbox, .edit-checkbox').first().click();
    await picture('harden-preview');
  });
  await step('what was safe or ticked in the file, and nothing else', async () => {
    await page.locator('.bulk-edit-panel .monaco-button', { hasText: 'Apply' }).click();
    await page.locator('.tab.dirty').waitFor();
    await page.locator('.tab.active').click();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    assert.equal(readFileSync(join(workspace, hardening.file), 'utf8'), hardening.after);
    await picture('hardened');
  });
  await step('the score card, by keyboard alone, with words for screen readers', async () => {
    const focusView = async () => {
      await page.keyboard.press('F1');
      await page.keyboard.type('Focus on Score Card');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Score Card' }).first().waitFor();
      await page.keyboard.press('Enter');
    };
    const item = (label) => page.locator(`[role="treeitem"][aria-label^="${label}"]`);
    const focused = (label) => page.locator(`[role="treeitem"].focused[aria-label^="${label}"]`);
    await focusView();
    await item('Practice 1, ').waitFor();
    // A view that was empty when it got the focus does not have it any more.
    await focusView();
    await page.keyboard.press('End');
    await focused('Practice 10, ').waitFor();
    await picture('score-card');
  });
}

async function tellInGerman({ page, open }, { picture, step }) {
  await step('a row in the Problems view, with the same rule id', async () => {
    await open(story.file);
    await page.locator(`.monaco-editor .squiggly-${story.severity}`).first().waitFor();
    await page.keyboard.press('Control+Shift+M');
    const rows = page.locator('.markers-panel .monaco-list-row', { hasText: story.rule });
    await rows.filter({ hasText: german.message }).first().waitFor();
  });
  await step('the fix in the menu of the light bulb', async () => {
    await codeLine(page, story.line).click({ position: { x: 60, y: 8 } });
    await page.locator('[class*="codicon-gutter-lightbulb"]').first().waitFor();
    await page.keyboard.press('Control+.');
    await menuItem(page, german.fixTitle).waitFor();
    await picture('quick-fix-menu');
    await page.keyboard.press('Escape');
  });
  await step('a command in the palette', async () => {
    await page.keyboard.press('F1');
    await page.keyboard.type('Bulkhead');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: german.command }).first().waitFor();
  });
}

async function tellRestricted({ page, workspace, open }, { picture, step }) {
  await step('that VS Code restricts what runs here', async () => {
    await open(story.file);
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).first().waitFor();
  });
  await step('a squiggle, and a row in the Problems view', async () => {
    await page.locator(`.monaco-editor .squiggly-${story.severity}`).first().waitFor();
    await page.keyboard.press('Control+Shift+M');
    await page.locator('.markers-panel .monaco-list-row', { hasText: story.rule }).first().waitFor();
    await picture('problems');
  });
  await step('the fix in the menu of the light bulb, and on disk', async () => {
    await codeLine(page, story.line).click({ position: { x: 60, y: 8 } });
    await page.locator('[class*="codicon-gutter-lightbulb"]').first().waitFor();
    await page.keyboard.press('Control+.');
    await menuItem(page, story.fixTitle).click();
    await page.locator('.tab.dirty').waitFor();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    assert.match(readFileSync(join(workspace, story.file), 'utf8'), story.after);
  });
}

/** The first line of the editor with that text. Monaco shows spaces as U+00A0. */
function codeLine(page, text) {
  const anySpace = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s');
  return page.locator('.monaco-editor .view-line', { hasText: new RegExp(anySpace) }).first();
}

function menuItem(page, title) {
  return page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
}
