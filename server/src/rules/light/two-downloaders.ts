import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { packageName, packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import type { Place } from '../../text/span.js';
import { defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'two-downloaders',
    practice: 'light',
    severity: 'info',
    title: 'Both curl and wget are used',
    why: 'Each of the two has its own holes and needs its own updates, though one does the work of both.',
    advice: 'Use one of them throughout, or `ADD --checksum` and neither.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [
      dockerDocs(
        "don't install unnecessary packages",
        '/build/building/best-practices/#dont-install-unnecessary-packages',
      ),
    ],
    equivalents: [
      'hadolint:DL4001',
      'tally:hadolint/DL4001',
      'kics:run_using_wget_and_curl',
      'trivy:DS-0014',
      'semgrep:use-either-wget-or-curl',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      const calls = mentions(stage, 'call');
      const found = distinct(calls) > 1 ? calls : mentions(stage, 'package');
      const [first] = found;
      if (first === undefined || distinct(found) < 2) return;
      for (const { tool, at } of found) {
        if (tool === first.tool) continue;
        yield {
          at,
          message: say`\`${tool}\` does what \`${first.tool}\` in this stage does: one of the two is enough`,
          related: [{ at: first.at, message: say`\`${first.tool}\` is used here` }],
        };
      }
    },
  },
});

interface Mention {
  readonly tool: string;
  readonly at: Place;
}

function distinct(found: readonly Mention[]): number {
  return new Set(found.map(({ tool }) => tool)).size;
}

/** Calls of the two, or installs. What only the second part of `curl … || wget …` is, is a way out. */
function mentions(stage: Stage, what: 'call' | 'package'): readonly Mention[] {
  return runsOf(stage).flatMap((step) => {
    if (what === 'call')
      return step.script.commands.flatMap(({ program, programWord, join }) =>
        isTool(program) && programWord !== undefined && join !== 'or'
          ? [{ tool: program, at: programWord.span }]
          : [],
      );
    return packageOperations(step)
      .filter(({ action, manager }) => action === 'install' && manager.family === 'system')
      .flatMap(({ packages, manager }) =>
        packages.flatMap((word) => {
          const tool = packageName(word.value, manager);
          return isTool(tool) ? [{ tool, at: word.span }] : [];
        }),
      );
  });
}

function isTool(name: string): boolean {
  return name === 'curl' || name === 'wget';
}
