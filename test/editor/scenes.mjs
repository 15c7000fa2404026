// What the pictures show: each scene is brought about by mouse and keyboard in a real VS Code, see pictures.mjs.

const BOTH = ['dark', 'light'];
const ALL = [...BOTH, 'dark-contrast', 'light-contrast'];

/**
 * The scenes by name. `draw(page, picture, open)` takes any number of pictures by their names; `themes` are those in which it
 * is drawn unless one is named; `file` is what is opened first, with findings awaited only when it is left out; `inlayHints`
 * switches these on.
 */
export const scenes = {
  problems: { draw: drawProblems, themes: ALL },
  dockerfile: { draw: drawDockerfile, themes: BOTH, file: 'Dockerfile' },
  menus: { draw: drawMenus, themes: BOTH },
  hover: { draw: drawHover, themes: BOTH },
  code: { draw: drawCode, themes: BOTH, inlayHints: true },
  'harden-all': { draw: drawHardenAll, themes: BOTH },
  effective: { draw: drawEffective, themes: BOTH },
  configuration: { draw: drawConfiguration, themes: BOTH },
  views: { draw: drawViews, themes: ALL },
  welcome: { draw: drawWelcome, themes: BOTH, file: 'notes.txt' },
  status: { draw: drawStatus, themes: BOTH },
  walkthrough: { draw: drawWalkthrough, themes: ALL, file: 'notes.txt' },
};

/**
 * Waits until a window with an open file is done with starting: before, what arrives late takes the focus away, and with it
 * whatever was opened by keyboard.
 */
export async function windowReady(page) {
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await page.locator('.monaco-editor.focused').first().waitFor();
  await page.locator('.statusbar-item', { hasText: 'Ln 1, Col 1' }).waitFor();
  await page.locator('.activitybar .action-item a[aria-label^="Bulkhead"]').waitFor({ state: 'attached' });
}

/**
 * Waits until a file with findings stands as it will stay: underlined, with the lines above its services or stages. These
 * come last and push the text down, away from below a pointer that rests on it already.
 */
export async function findingsReady(page, severity = 'error') {
  await page.locator(`.monaco-editor .squiggly-${severity}`).first().waitFor();
  await page.locator('.codelens-decoration a', { hasText: 'runs as' }).first().waitFor();
}

/** The first line of the editor that holds this. */
export function codeLine(page, text) {
  return page.locator('.monaco-editor .view-line', { hasText: text }).first();
}

async function drawProblems(page, picture) {
  await openProblems(page, 'docker-socket-mounted');
  await picture('problems');
}

async function drawDockerfile(page, picture) {
  await findingsReady(page, 'warning');
  await openProblems(page, 'user-missing');
  await picture('dockerfile');
  await hoverFinding(page, /FROM\snode:18/, 60);
  await picture('dockerfile-hover');
}

/** Opens the Problems panel and waits for the row of a rule. The row of the file has the focus: no other changes its icon then. */
async function openProblems(page, rule) {
  const rows = page.locator('.markers-panel .monaco-list-row');
  await page.keyboard.press('Control+Shift+M');
  await rows.filter({ hasText: rule }).first().waitFor();
  await page.locator('.markers-panel .monaco-list-row.focused').first().waitFor();
  await page.keyboard.press('Home');
  await page.locator('.markers-panel .monaco-list-row.focused[aria-level="1"]').waitFor();
}

async function drawHover(page, picture) {
  const hover = async (text, x, what) => {
    await hoverFinding(page, text, x);
    await picture(what);
    // Away from it, so that the next picture is not of the same hover.
    await page.keyboard.press('Escape');
    await page.mouse.move(5, 5);
    await page.locator('.monaco-hover:not(.hidden)').first().waitFor({ state: 'hidden' });
  };
  await hover(/docker\.sock/, 150, 'hover-finding');
  await hover(/image:\straefik/, 110, 'hover-image');
  await hover(/^\s*proxy:/, 30, 'hover-service');
}

/** Lets the pointer rest on a finding until its hover is whole: the message, what the server knows, the way to fixes. */
export async function hoverFinding(page, text, x) {
  await codeLine(page, text).hover({ position: { x, y: 8 } });
  const hover = page.locator('.monaco-hover:not(.hidden)');
  await hover.locator('.action', { hasText: 'Quick Fix' }).first().waitFor();
  await hover.locator('.hover-row').nth(1).waitFor();
}

async function drawEffective(page, picture) {
  await runCommand(page, 'Bulkhead: Show Effective Configuration');
  await page.locator('.editor-group-container').nth(1).locator('.view-line').first().waitFor();
  await picture('effective');
}

/** Runs a command by its title in the palette. */
export async function runCommand(page, title) {
  await page.keyboard.press('F1');
  await chooseRow(page, `>${title}`, title);
}

async function chooseRow(page, text, row) {
  await page.locator('.quick-input-widget input').fill(text);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor();
  await page.keyboard.press('Enter');
}

async function drawCode(page, picture) {
  const lens = (text) => page.locator('.codelens-decoration a', { hasText: text });
  await lens('hardening').first().waitFor();
  await picture('code-lens');
  await lens('2 ports public').or(lens('3 ports public')).first().click();
  await groupedPreview(page);
  await picture('harden-preview');
}

/** Waits for the preview of a refactoring and groups it by what each change is for. */
export async function groupedPreview(page) {
  await page.locator('.bulk-edit-panel .monaco-list-row').first().waitFor();
  await page.locator('.action-label[aria-label^="Group Changes"]').first().click();
  await page.locator('.bulk-edit-panel .category').first().waitFor();
}

async function drawMenus(page, picture) {
  const menu = async (line, x, what) => {
    await codeLine(page, line).click({ position: { x, y: 8 } });
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
export async function openMenu(page) {
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
  await runCommand(page, 'Bulkhead: Harden This File');
  await groupedPreview(page);
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
  await row('3. Non-root users').waitFor();
  await picture('score-card-open-files');
  await page.locator('.pane-header:has-text("Score Card")').hover();
  await page.locator('.pane-header .action-label[aria-label="Lint Workspace"]').click();
  await page.locator('.pane-header:has-text("Accepted Risks")').click();
  await row('expired').first().waitFor();
  await row('3. Non-root users').locator('.monaco-tl-twistie').click();
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
  await page.locator('.statusbar-item', { hasText: 'Activating' }).waitFor({ state: 'detached' });
  // The bars that say that the views are being filled.
  await page
    .locator('.part.sidebar .monaco-progress-container.active')
    .first()
    .waitFor({ state: 'detached' });
  await picture('welcome');
}

async function drawStatus(page, picture) {
  await page.locator('.statusbar-item[id$="bulkhead.file"]').waitFor();
  await page.locator('.statusbar-item[id="status.languageStatus"]').hover();
  await page.locator('.hover-language-status').first().waitFor();
  await picture('status');
}

async function drawWalkthrough(page, picture) {
  // Beside a side bar there is no room for the pictures of the steps.
  await page.keyboard.press('Control+B');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
  await runCommand(page, 'Welcome: Open Walkthrough...');
  // The palette is closing; what is typed belongs to the list that comes after it.
  await page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'Get Started with Bulkhead' })
    .first()
    .waitFor();
  await chooseRow(page, 'Bulkhead', 'Bulkhead');
  const steps = page.locator('.getting-started-step');
  await steps.first().waitFor();
  for (const [index, name] of ['open', 'see', 'fix', 'harden', 'configure'].entries()) {
    await steps.nth(index).click();
    await page.locator('.getting-started-step.expanded').waitFor();
    await stepPicture(page, name).waitFor();
    await picture(`walkthrough-${name}`);
  }
}

/** The drawing beside the unfolded step, which VS Code shows in a frame of its own, after that of the step before. */
function stepPicture(page, name) {
  return page
    .frameLocator('.getting-started-media iframe')
    .frameLocator('iframe#active-frame')
    .locator(`svg[data-step="${name}"]`)
    .first();
}
