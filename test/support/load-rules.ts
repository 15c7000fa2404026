import { test } from 'node:test';
import { listRuleFiles, loadRules } from '../../scripts/generate/listing.js';
import type { AnyRule } from '../../server/src/rules/rule.js';

export interface LoadedRules {
  readonly rules: readonly AnyRule[];
  /** Ids of rules whose file cannot be loaded; each of them has got a failing test that says why. */
  readonly broken: ReadonlySet<string>;
}

/**
 * Rules from their folders, not from the registry: one that is half written does not stop work on the others.
 * `only` is the id of a single rule: the others are there as far as they can be loaded, and nothing is said of the rest.
 */
export async function loadRulesForTests(only?: string): Promise<LoadedRules> {
  const root = process.cwd();
  const files = listRuleFiles(root);
  try {
    return { rules: await loadRules(root, files), broken: new Set() };
  } catch {
    const rules: AnyRule[] = [];
    const broken = new Set<string>();
    for (const file of files) {
      try {
        rules.push(...(await loadRules(root, [file])));
      } catch (error) {
        if (only !== undefined && file.id !== only) continue;
        broken.add(file.id);
        test(`server/src/rules/${file.practice}/${file.id}.ts loads`, () => {
          // Without a stack: that of the bundler helps nobody.
          const message = error instanceof Error ? error.message : String(error);
          throw Object.assign(new Error(message), { stack: message });
        });
      }
    }
    return { rules, broken };
  }
}
