/** Runs the command line tool inside the test's process, on a folder made for it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { CliIo } from '../../server/src/cli/io.js';
import { runCli } from '../../server/src/cli/run.js';
import { say, words } from '../../server/src/l10n/message.js';
import { type AnyRule, containerFix, defineRule } from '../../server/src/rules/rule.js';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Folder {
  readonly path: string;
  run(words: readonly string[], more?: Partial<RunOptions>): Promise<Outcome>;
  read(name: string): string;
}

export interface RunOptions {
  readonly rules: readonly AnyRule[];
  readonly stdin: string | Uint8Array;
  readonly env: Readonly<Record<string, string>>;
  /** Width of the terminal; without it the output is no terminal. */
  readonly columns: number;
  readonly cwd: string;
  readonly startServer: () => void;
}

/** A folder with these files; it is gone after the test. */
export function folderWith(test: TestContext, files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const path = mkdtempSync(join(tmpdir(), 'bulkhead-'));
  test.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return {
    path,
    read: (name) => readFileSync(join(path, name), 'utf8'),
    run: (words, more = {}) => run(words, { cwd: path, ...more }),
  };
}

async function run(words: readonly string[], options: Partial<RunOptions>): Promise<Outcome> {
  let out = '';
  let err = '';
  const { columns } = options;
  const io: CliIo = {
    stdout: { write: (text) => (out += text), isTerminal: columns !== undefined, columns },
    stderr: { write: (text) => (err += text), isTerminal: false, columns: undefined },
    cwd: options.cwd ?? '/',
    env: options.env ?? {},
    today: '2026-11-24',
    version: '1.2.3',
    readStdin: async () => Buffer.from(options.stdin ?? ''),
    startServer: options.startServer ?? (() => undefined),
  };
  const code = await runCli(words, io, async () => options.rules ?? sampleRules);
  return { code, out, err };
}

const common = {
  title: 'Sample',
  why: 'Somebody gets in.',
  advice: 'Mend `it`.',
  references: [{ title: 'A page', url: 'https://example.org' }],
  equivalents: ['hadolint:DL9999'],
  since: '0.1.0',
} as const;

/** One rule of each sort, so that the tests of the tool do not hang on what the catalogue says. */
export const sampleRules: readonly AnyRule[] = [
  defineRule({
    meta: {
      ...common,
      id: 'container-privileged',
      practice: 'non-root',
      severity: 'error',
      presence: 'presence',
      profile: 'essential',
      fixes: ['safe'],
    },
    check: {
      *container(container) {
        const { privileged } = container;
        if (privileged.state !== 'set' || !privileged.value) return;
        yield {
          at: privileged.span,
          message: say`\`${container.name}\` runs privileged`,
          fixes: () =>
            containerFix(container, say`Remove \`privileged\``, 'safe', [{ remove: privileged.span }]),
        };
      },
    },
  }),
  absence('read-only-missing', 'read-only root', 'readOnly', true),
  absence('init-missing', 'init process', 'init', true),
  defineRule({
    meta: {
      ...common,
      id: 'user-is-root',
      practice: 'non-root',
      severity: 'warning',
      presence: 'presence',
      profile: 'recommended',
      fixes: ['safe', 'unsafe'],
      equivalents: ['hadolint:DL3002'],
    },
    check: {
      *stage(stage) {
        for (const step of stage.steps) {
          if (step.kind !== 'user' || step.words[0]?.written !== 'root') continue;
          yield {
            at: step.words[0].place,
            message: say`Runs as \`root\``,
            fixes: () => [
              {
                title: say`Use \`app\``,
                applicability: 'unsafe',
                edits: stage.edit.replace(step.words[0]?.place ?? step.at, 'app'),
              },
            ],
          };
        }
      },
    },
  }),
  defineRule({
    meta: {
      ...common,
      id: 'dockerignore-missing',
      practice: 'light',
      severity: 'info',
      presence: 'presence',
      profile: 'strict',
      fixes: ['safe'],
      options: { entries: { default: '.git', description: 'What is left out.' } },
    },
    check: {
      *build(build, { options }) {
        if (build.context.dockerignore !== null) return;
        yield {
          at: build.start,
          message: say`There is no \`.dockerignore\``,
          fixes: () => [
            {
              title: say`Create \`.dockerignore\``,
              applicability: 'safe',
              edits: [],
              creates: [{ path: '.dockerignore', text: `${options.entries}\n` }],
            },
          ],
        };
      },
    },
  }),
];

export const crashingRule: AnyRule = defineRule({
  meta: {
    ...common,
    id: 'always-crashes',
    practice: 'light',
    severity: 'info',
    presence: 'presence',
    profile: 'recommended',
    fixes: [],
  },
  check: {
    // biome-ignore lint/correctness/useYield: it never gets that far
    *container() {
      throw new Error('oh no');
    },
  },
});

function absence(id: string, missing: string, field: 'readOnly' | 'init', value: boolean): AnyRule {
  return defineRule({
    meta: {
      ...common,
      id,
      practice: 'privileges',
      severity: 'info',
      presence: 'absence',
      profile: 'recommended',
      fixes: ['unsafe'],
    },
    check: {
      *container(container) {
        const setting = container[field];
        if (setting.state !== 'unset') return;
        yield {
          at: setting.anchor,
          message: say`\`${container.name}\` has no ${missing}`,
          missing: words(missing),
          fixes: () =>
            containerFix(container, say`Add \`${container.spelling(field)}\``, 'unsafe', [
              { set: field, value },
            ]),
        };
      },
    },
  });
}
