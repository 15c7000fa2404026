/**
 * Writes everything that derives from the rules' metadata: registry, pages, README tables, settings,
 * schema, and the texts for translators.
 *   npm run generate
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listRuleFixtures } from '../test/support/fixtures.js';
import { listRuleFiles, loadRules } from './generate/listing.js';
import { GROUP_CODE } from '../server/src/engine/group.js';
import { groupPageText } from './generate/group-page.js';
import { rulePageText, rulesIndex } from './generate/pages.js';
import { readmeText } from './generate/readme.js';
import { registry } from './generate/registry.js';
import { schemaText } from './generate/schema.js';
import { bundleText, messageKeys } from './generate/messages.js';
import { nlsText, type Texts } from './generate/nls.js';
import { manifestTexts } from './generate/settings.js';

const PAGES = 'docs/rules';

export interface GenerateOptions {
  readonly write: boolean;
  /** The folder of the repository. */
  readonly root?: string;
}

/**
 * Paths whose content differed from what the metadata says; with `write` they are up to date now.
 * Throws, and writes nothing, when a rule file cannot be loaded or disagrees with its path.
 */
export async function generate({ write, root = process.cwd() }: GenerateOptions): Promise<readonly string[]> {
  const differing: string[] = [];
  const emit = (path: string, text: string) => {
    if (readOrUndefined(join(root, path)) === text) return;
    differing.push(path);
    if (!write) return;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const files = listRuleFiles(root);
  // Before anything is written: a rule that is half written must not get into the registry that everybody bundles.
  const rules = await loadRules(root, files);
  emit('server/src/rules/index.ts', registry(files));

  const { fixtures } = listRuleFixtures(root);
  for (const rule of rules) {
    const own = fixtures.filter((fixture) => fixture.rule === rule.meta.id);
    emit(`${PAGES}/${rule.meta.id}.md`, rulePageText(rule, own));
  }
  emit(`${PAGES}/README.md`, rulesIndex(rules));
  emit(`${PAGES}/${GROUP_CODE}.md`, groupPageText(rules));
  const pages = new Set(['README.md', `${GROUP_CODE}.md`, ...rules.map(({ meta }) => `${meta.id}.md`)]);
  for (const name of namesIn(join(root, PAGES)).filter((one) => !pages.has(one))) {
    differing.push(`${PAGES}/${name}`);
    if (write) rmSync(join(root, PAGES, name));
  }

  const keys = messageKeys(root, rules);
  emit('l10n/bundle.l10n.json', bundleText(keys));
  const known = readJson(join(root, 'package.nls.json'));
  const texts = manifestTexts(readOrUndefined(join(root, 'package.json')) ?? '{}', known, rules);
  emit('package.json', texts.manifest);
  emit('package.nls.json', nlsText(texts.english));
  for (const language of languagesIn(join(root, 'l10n'))) {
    const own = readJson(join(root, `package.nls.${language}.json`));
    const generated = texts.generatedIn(readJson(join(root, `l10n/bundle.l10n.${language}.json`)));
    const all = Object.keys(texts.english).flatMap((key) => {
      const text = generated[key] ?? own[key];
      return text === undefined ? [] : [[key, text] as const];
    });
    emit(`package.nls.${language}.json`, nlsText(Object.fromEntries(all)));
  }
  const readme = readOrUndefined(join(root, 'README.md'));
  if (readme !== undefined) emit('README.md', readmeText(readme, rules, texts.sections));
  emit('docs/bulkhead.schema.json', schemaText(rules));
  return differing;
}

/** Into which the bundle is translated. */
export function languagesIn(folder: string): readonly string[] {
  return namesIn(folder).flatMap((name) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(name)?.[1] ?? []);
}

function readJson(path: string): Texts {
  return JSON.parse(readOrUndefined(path) ?? '{}') as Texts;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  try {
    if (process.argv.includes('--check')) return await check();
    const paths = await generate({ write: true });
    console.log(paths.length === 0 ? 'Everything is up to date.' : `Written:\n  ${paths.join('\n  ')}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function check(): Promise<void> {
  const paths = await generate({ write: false });
  if (paths.length === 0) return;
  console.error(`Out of date:\n  ${paths.join('\n  ')}\nRun: npm run generate`);
  process.exitCode = 1;
}

// Only as a command: tests bundle this file with others, and there the program has another name.
if (/[\\/]generate\.mjs$/.test(process.argv[1] ?? '')) await main();
