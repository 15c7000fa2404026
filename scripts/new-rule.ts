/**
 * Starts a rule: its file, its doc example and a case that must stay silent.
 *   npm run new-rule -- <practice> <rule-id> [compose|dockerfile]
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DocumentKind } from '../server/src/model/document.js';
import { type PracticeSlug, practices } from '../server/src/rules/practices.js';
import { generate } from './generate.js';
import { listRuleFiles } from './generate/listing.js';

export interface NewRule {
  readonly practice: string;
  readonly id: string;
  readonly kind: DocumentKind;
  /** The folder of the repository. */
  readonly root: string;
}

/** Writes the files and returns their paths. Throws, with a sentence for the user, when there is something against it. */
export function newRule({ practice: slug, id, kind, root }: NewRule): readonly string[] {
  const practice = practices.find((one) => one.slug === slug);
  if (practice === undefined)
    throw new Error(
      `There is no practice "${slug}". There are: ${practices.map((one) => one.slug).join(', ')}.`,
    );
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id))
    throw new Error(`"${id}" is no id: use lower-case words joined by "-", like memory-limit-missing.`);
  const same = listRuleFiles(root).find((file) => file.id === id);
  if (same !== undefined) throw new Error(`There is a rule "${id}" already, in ${same.practice}.`);

  const fixtures = `test/fixtures/rules/${slug}/${id}`;
  const ending = kind === 'compose' ? 'compose.yaml' : 'Dockerfile';
  const { doc, silent } = FIXTURES[kind](id);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const files: readonly (readonly [string, string])[] = [
    [`server/src/rules/${slug}/${id}.ts`, ruleText(id, practice.slug, version, kind)],
    [`${fixtures}/doc.${ending}`, doc],
    [`${fixtures}/silent.${ending}`, silent],
  ];
  const existing = files.find(([path]) => existsSync(join(root, path)));
  if (existing !== undefined) throw new Error(`${existing[0]} exists already.`);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return files.map(([path]) => path);
}

const HANDLERS: Readonly<Record<DocumentKind, string>> = {
  compose: `    *container(container) {
      if (container.name !== 'bad') return;
      yield { at: container.namePlace, message: say\`\\\`\${container.name}\\\` is here, and that costs this\` };
    },
`,
  dockerfile: `    *stage(stage) {
      if (stage.name !== 'bad') return;
      yield { at: stage.at, message: say\`\\\`\${stage.label}\\\` is here, and that costs this\` };
    },
`,
};

const FIXTURES: Readonly<
  Record<DocumentKind, (id: string) => { readonly doc: string; readonly silent: string }>
> = {
  compose: (id) => ({
    doc: `services:\n  bad:\n# ^^^ ${id}\n    image: nginx:1.29\n`,
    silent: 'services:\n  good:\n    image: nginx:1.29\n',
  }),
  dockerfile: (id) => ({
    doc: `FROM debian:13-slim AS bad\n#^^^ ${id}\n`,
    silent: 'FROM debian:13-slim AS good\n',
  }),
};

function ruleText(id: string, practice: PracticeSlug, version: string, kind: DocumentKind): string {
  return `import { say } from '../../l10n/message.js';
import { defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: '${id}',
    practice: '${practice}',
    severity: 'info',
    title: 'What is found, in at most 70 characters',
    why: 'What an attacker or an accident gains.',
    advice: 'What to do, also where no fix is offered.',
    presence: 'presence',
    profile: 'recommended',
    fixes: [],
    references: [dockerDocs('building best practices', '/build/building/best-practices/')],
    equivalents: [],
    since: '${version}',
  },
  check: {
${HANDLERS[kind]}  },
});
`;
}

async function main([practice, id, kind = 'compose', ...more]: readonly string[]): Promise<void> {
  if (practice === undefined || id === undefined || more.length > 0 || !isKind(kind))
    throw new Error('usage: npm run new-rule -- <practice> <rule-id> [compose|dockerfile]');
  const root = process.cwd();
  const written = newRule({ practice, id, kind, root });
  const generated = await generate({ write: true, root });
  console.log([...written, ...generated].join('\n'));
  console.log(
    `\nNext: write the fixtures and the rule, then RULE=${id} npm run test:fast -- test/rules.test`,
  );
}

function isKind(word: string): word is DocumentKind {
  return word === 'compose' || word === 'dockerfile';
}

// Only as a command: tests bundle this file with others, and there the program has another name.
if (/[\\/]new-rule\.mjs$/.test(process.argv[1] ?? '')) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
