/**
 * Proof on real projects: npm run oracle -- FOLDER
 *
 * FOLDER holds `projects.tar.gz`, whole trees of Compose projects, and `effective.json`, what Compose's own loader made
 * of them. Every key that `bulkhead effective` prints is compared with it, and every project that one side refuses must
 * be refused by the other. Then each tree is linted as a whole, where no rule may fail and every file that is named but
 * not there must be said. In the end all fixes are made: a second time there is nothing left to fix, and what Compose
 * accepted before it accepts after. Exit code 1 when anything differs that `expected` below does not explain.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';
import { toPlain } from '../server/src/documents/compose/effective/canonical/print.js';
import { canonicalProject } from '../server/src/documents/compose/effective/canonical/project.js';
import { checkProject } from '../server/src/documents/compose/effective/checks.js';
import type { LoadProblem } from '../server/src/documents/compose/effective/load.js';
import { diskFiles, uriOf } from '../server/src/cli/disk.js';
import { loadProject } from '../server/src/engine/project.js';
import { english } from '../server/src/l10n/message.js';
import { differences } from './oracle/compare.js';
import { expected } from './oracle/expected.js';
import { fixTrees, lintTrees } from './oracle/lint.js';

interface Case {
  readonly project: string;
  readonly file: string;
  /** Found by its name, so that override files join it; otherwise given with `-f`. */
  readonly discovered: boolean;
  readonly ok: boolean;
  readonly error?: string | null;
  /** YAML. */
  readonly effective?: string | null;
}

/** In front of what only a variable is missing for. */
const WANTS_VALUE = 'variable: ';

/** The folder that holds the trees: another one on each machine. */
const ABOVE = '$TREES';

const [folder] = process.argv.slice(2).filter((word) => word !== '--');
if (folder === undefined) {
  console.error('usage: npm run oracle -- FOLDER');
  process.exit(2);
}

const { cases } = JSON.parse(readFileSync(join(folder, 'effective.json'), 'utf8')) as {
  readonly cases: readonly Case[];
};
const trees = mkdtempSync(join(tmpdir(), 'bulkhead-oracle-'));
try {
  execFileSync('tar', ['-xzf', resolve(folder, 'projects.tar.gz'), '-C', trees, '--strip-components=1']);
  const failures = [
    await compareAll(),
    await lintTrees(trees),
    await fixTrees(trees),
    await refusedAfterwards(),
  ];
  process.exitCode = failures.every((number) => number === 0) ? 0 : 1;
} finally {
  rmSync(trees, { recursive: true, force: true });
}

/** Prints what differs and how much was compared; the number of differences that nothing explains. */
async function compareAll(): Promise<number> {
  let keys = 0;
  let refused = 0;
  let failures = 0;
  const explained = new Map<string, number>();
  for (const one of cases) {
    const { config, problems } = await effective(one);
    const where = `${one.project}/${one.file}`;
    const isRefused = problems.length > 0;
    if (isRefused === one.ok) {
      failures++;
      console.log(`${where}: ${one.ok ? `refused here: ${problems[0]}` : `accepted here: ${one.error}`}`);
    }
    if (!one.ok && isRefused) {
      refused++;
      const said = problems.join('\n');
      const unsaid = namesIn(one.error ?? '').filter((name) => !said.includes(name));
      if (unsaid.length > 0) {
        failures++;
        console.log(`${where}: refused for another reason: ${one.error} there, ${problems[0]} here`);
      }
    }
    if (!one.ok || isRefused) continue;
    const result = differences(load(one.effective ?? ''), config);
    keys += result.compared;
    for (const difference of result.different) {
      const why = expected.find(({ covers }) => covers(difference));
      if (why) explained.set(why.reason, (explained.get(why.reason) ?? 0) + 1);
      else {
        failures++;
        const { path, theirs, ours } = difference;
        console.log(
          `${where}: ${path.join('.')}: ${JSON.stringify(theirs)} there, ${JSON.stringify(ours)} here`,
        );
      }
    }
  }
  console.log(`${cases.length} files: ${keys} keys compared, ${refused} files refused by both`);
  for (const [reason, times] of explained) console.log(`  ${times} expected: ${reason}`);
  for (const { reason } of expected)
    if (!explained.has(reason)) {
      failures++;
      console.log(`  no longer seen, take it out of the list: ${reason}`);
    }
  console.log(`${failures} differences\n`);
  return failures;
}

/** Prints the projects that were fine and are refused now that everything was fixed. */
async function refusedAfterwards(): Promise<number> {
  let failures = 0;
  for (const one of cases.filter(({ ok }) => ok)) {
    const { problems } = await effective(one);
    // Credentials go to variables, which only the user can give a value.
    const [refusal] = problems.filter((problem) => !problem.startsWith(WANTS_VALUE));
    if (refusal === undefined) continue;
    failures++;
    console.log(`${one.project}/${one.file}: refused after fixing: ${refusal}`);
  }
  console.log(
    `${cases.filter(({ ok }) => ok).length} files accepted before fixing, ${failures} refused after it`,
  );
  return failures;
}

function describe({ message, kind }: LoadProblem): string {
  return kind === 'environment' ? `${WANTS_VALUE}${english(message)}` : english(message);
}

/** The service, variable or key that an error is about. */
function namesIn(error: string): readonly string[] {
  const quoted = [...error.matchAll(/"([^"]+)"|'([^']+)'|required variable (\w+)/g)];
  return quoted.map(([, double, single, variable]) => double ?? single ?? variable ?? '');
}

/** As the oracle was asked: this project name, services without profiles, resources that nobody uses as well. */
async function effective({ project, file, discovered }: Case) {
  const root = uriOf(join(trees, project));
  const entry = uriOf(join(trees, project, file));
  const loaded = await loadProject(
    diskFiles().within([root]),
    {
      entry,
      serviceFiles: true,
      name: 'project',
      ...(!discovered && { named: [entry] }),
    },
    { roots: [root] },
  );
  const { config, problems } = canonicalProject(loaded.project, { allResources: true });
  const all = [...loaded.project.problems, ...problems, ...checkProject(loaded.project)];
  const text = JSON.stringify(toPlain(config))
    .replaceAll(join(trees, project), '$PROJECT')
    .replaceAll(trees, ABOVE);
  return { config: JSON.parse(text) as unknown, problems: all.map(describe) };
}
