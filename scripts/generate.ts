/**
 * Writes everything that derives from the rules' metadata: registry, pages, README tables, settings, schema.
 *   npm run generate
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listRuleFiles, loadRules } from './generate/listing.js';
import { registry } from './generate/registry.js';

export interface GenerateOptions {
  readonly write: boolean;
  /** The folder of the repository. */
  readonly root?: string;
}

/**
 * Paths whose content differs from what the metadata says, written first when `write` is set.
 * Throws when a rule file cannot be loaded or disagrees with its path.
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
  // First, from names alone: whatever fails below, the registry is right.
  emit('server/src/rules/index.ts', registry(files));
  await loadRules(root, files);
  return differing;
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  const paths = await generate({ write: true });
  console.log(paths.length === 0 ? 'Everything is up to date.' : `Written:\n  ${paths.join('\n  ')}`);
}

// Only as a command: tests bundle this file with others, and there the program has another name.
if (/[\\/]generate\.mjs$/.test(process.argv[1] ?? '')) await main();
