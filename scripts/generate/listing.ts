/** The rules as they lie in folders, loaded without rules/index.ts: that file may be out of date just now. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { type PracticeSlug, practices } from '../../server/src/rules/practices.js';
import type { AnyRule } from '../../server/src/rules/rule.js';

const RULES = 'server/src/rules';

export interface RuleFile {
  readonly practice: PracticeSlug;
  readonly id: string;
}

/** In order of practice, then of id. Folders that are no practice (`shared`) hold no rules. */
export function listRuleFiles(root: string): readonly RuleFile[] {
  return practices.flatMap(({ slug }) =>
    namesIn(join(root, RULES, slug))
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => ({ practice: slug, id: name.slice(0, -'.ts'.length) })),
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * The rules of these files, in the same order. Throws when one cannot be bundled or does not say what its path says.
 */
export async function loadRules(root: string, files: readonly RuleFile[]): Promise<readonly AnyRule[]> {
  const imports = files.map(
    ({ practice, id }, index) => `import r${index} from './${RULES}/${practice}/${id}.ts';`,
  );
  const list = `export const rules = [${files.map((_, index) => `r${index}`).join(', ')}];`;
  const folder = join(root, 'dist-test');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `rules-${process.pid}-${Date.now()}.mjs`);
  await build({
    stdin: { contents: [...imports, list].join('\n'), resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    outfile,
    bundle: true,
    format: 'esm',
    // Rules import nothing that only Node has.
    platform: 'neutral',
    sourcemap: 'inline',
    logLevel: 'silent',
  });
  const module = (await import(pathToFileURL(outfile).href)) as { rules: readonly AnyRule[] };
  rmSync(outfile);
  const wrong = files.flatMap((file, index) => disagreements(file, module.rules[index]));
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return module.rules;
}

function disagreements({ practice, id }: RuleFile, rule: AnyRule | undefined): readonly string[] {
  const path = `${RULES}/${practice}/${id}.ts`;
  if (rule?.meta === undefined) return [`${path}: its default export is no rule; use defineRule()`];
  const wrong: string[] = [];
  if (rule.meta.id !== id) wrong.push(`${path}: meta.id is "${rule.meta.id}", the file is named "${id}"`);
  if (rule.meta.practice !== practice)
    wrong.push(`${path}: meta.practice is "${rule.meta.practice}", the folder is "${practice}"`);
  return wrong;
}
