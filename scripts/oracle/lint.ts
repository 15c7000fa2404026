/** Lints whole trees as the command line does, and looks for failed rules and for files that are missing in silence. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { run } from './run.js';

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly status: string;
    readonly problems: readonly {
      readonly kind: string;
      readonly message: string;
      readonly range: { readonly start: { readonly line: number } } | null;
    }[];
  }[];
  readonly findings: readonly unknown[];
}

/** Every folder of `trees` is linted with all rules; the number of failures, each of them printed. */
export async function lintTrees(trees: string): Promise<number> {
  const failures: string[] = [];
  const unread: string[] = [];
  let files = 0;
  let findings = 0;
  const names = readdirSync(trees, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of names) {
    const tree = join(trees, name);
    const report = await lint(tree, failures);
    files += report.files.length;
    findings += report.findings.length;
    for (const { path, problems } of report.files) {
      for (const { kind, message, range } of problems) {
        const said = `${name}/${path}:${range?.start.line ?? 1}: ${message}`;
        if (kind === 'incomplete') unread.push(said);
        else if (kind !== 'syntax') failures.push(said);
      }
      for (const missing of missingFiles(tree, path))
        if (!problems.some(({ message }) => message.includes(`\`${missing}\``)))
          failures.push(`${name}/${path}: nothing is said about \`${missing}\`, which is not there`);
    }
  }
  console.log(`${names.length} trees: ${files} files linted, ${findings} findings`);
  for (const one of unread) console.log(`  not read: ${one}`);
  for (const one of failures) console.log(`  failed: ${one}`);
  console.log(`${failures.length} failures`);
  return failures.length;
}

async function lint(cwd: string, failures: string[]): Promise<Report> {
  const words = ['lint', '--format', 'json', '--all-rules', '--no-config', '--fail-on', 'never'];
  const { code, out, err } = await run(cwd, words);
  if (code === 0) return JSON.parse(out) as Report;
  failures.push(`${cwd}: exit code ${code}: ${err}`);
  return { files: [], findings: [] };
}

/** Every folder is fixed as far as it goes; a second time must change nothing. The number of failures. */
export async function fixTrees(trees: string): Promise<number> {
  let failures = 0;
  const names = readdirSync(trees, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of names) {
    const tree = join(trees, name);
    await run(tree, ['fix', '--unsafe', '--write', '--no-config', '--quiet']);
    const { out } = await run(tree, ['fix', '--unsafe', '--no-config', '--quiet']);
    if (out === '') continue;
    failures++;
    console.log(`${name}: fixing again changes more:\n${out.slice(0, MOST_SHOWN)}`);
  }
  return failures;
}

const MOST_SHOWN = 2000;

/** What a Compose file names by `include` and `extends` in so many words, and is not in the tree. */
function missingFiles(tree: string, path: string): readonly string[] {
  if (!/\.ya?ml$/.test(path)) return [];
  const file = join(tree, path);
  return documentsOf(file)
    .flatMap((document) => [...namedFiles(document)])
    .filter((name) => {
      return !name.includes('$') && !/^\w+:|^git@/.test(name) && !existsSync(resolve(dirname(file), name));
    });
}

function documentsOf(file: string): readonly unknown[] {
  try {
    return loadAll(readFileSync(file, 'utf8'));
  } catch {
    // Tags of Compose, broken files: what they name is looked for by tests of their own.
    return [];
  }
}

function* namedFiles(document: unknown): Iterable<string> {
  for (const item of listOf(get(document, 'include')))
    for (const path of listOf(typeof item === 'string' ? item : get(item, 'path')))
      if (typeof path === 'string') yield path;
  const services = get(document, 'services');
  for (const service of typeof services === 'object' && services !== null ? Object.values(services) : []) {
    const file = get(get(service, 'extends'), 'file');
    if (typeof file === 'string') yield file;
  }
}

function get(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
