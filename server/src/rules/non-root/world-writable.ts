import { say } from '../../l10n/message.js';
import { defineRule, dockerDocs, type Reference } from '../rule.js';
import { modesOf } from '../shared/modes.js';

const CHMOD: Reference = {
  title: 'GNU coreutils: numeric modes',
  url: 'https://www.gnu.org/software/coreutils/manual/html_node/Numeric-Modes.html',
};

export default defineRule({
  meta: {
    id: 'world-writable',
    practice: 'non-root',
    severity: 'warning',
    title: 'Files are made writable for every user',
    why: 'Whoever gets in as any user can replace programs, settings and data that others trust: separating users protects nothing then.',
    advice:
      'Give the files to the user that needs them with `--chown` or `chown`, and leave `755` and `644`.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [CHMOD, dockerDocs('COPY --chown --chmod', '/reference/dockerfile/#copy---chown---chmod')],
    equivalents: [
      'datadog:avoid_chmod_777',
      'sonar:S2612',
      'tally:tally/world-writable-state-path-workaround',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const { mode, at, by, targets, temporary } of modesOf(stage)) {
        if (!letsOthersWrite(mode) || temporary) continue;
        const [target] = targets;
        const shared = targets.length > 0 && targets.every((path) => TEMPORARY.test(path));
        const narrower = shared ? '1777' : withoutOthers(mode);
        yield {
          at,
          ...(targets.length > 0 && targets.every((path) => DATA.test(path)) && { severity: 'info' }),
          message:
            target === undefined
              ? say`\`${by}\` with \`${mode}\` lets every user change the files`
              : say`\`${by}\` with \`${mode}\` lets every user change \`${target}\``,
          fixes: () =>
            narrower === undefined
              ? []
              : [
                  {
                    title: shared
                      ? say`Use \`1777\` (users cannot replace what belongs to others)`
                      : say`Use \`${narrower}\` (other users can no longer write)`,
                    applicability: 'unsafe',
                    edits: stage.edit.replace(at, narrower),
                  },
                ],
        };
      }
    },
  },
});

/** Folders that all users share. */
const TEMPORARY = /^\/(?:tmp|var\/tmp|dev\/shm|run\/lock)\/?$/;

/** Folders that hold what programs write while they run: no program is replaced there. */
const DATA =
  /^["']?(?:\/(?:tmp|run|dev\/shm|data|home|var\/(?!www|task|opt|lib\/jenkins)\w+)(?:\/|$)|\$\{?\w*(?:DATA|LOGS?|CACHE|TMP|TEMP|HOME|UPLOADS?)(?:_?(?:DIR|PATH|FOLDER))?\}?["']?$)/i;

/** With the sticky bit, as /tmp has it, nobody can replace what belongs to others. */
function letsOthersWrite(mode: string): boolean {
  if (/^[0-7]+$/.test(mode)) {
    const bits = Number.parseInt(mode, 8);
    return (bits & 0o002) !== 0 && (bits & 0o1000) === 0;
  }
  const clauses = mode.split(',');
  if (clauses.some((clause) => /[+=][rwxXs]*t/.test(clause))) return false;
  return clauses.some((clause) => /^(?=[ugoa]*[oa])[ugoa]+[+=][rxXst]*w/.test(clause));
}

function withoutOthers(mode: string): string | undefined {
  if (/^[0-7]+$/.test(mode)) {
    const bits = Number.parseInt(mode, 8);
    // Whoever gave all the same rights did not think of the group either.
    const group = ((bits >> 3) & 7) === (bits & 7) ? 0o020 : 0;
    return (bits & ~0o002 & ~group).toString(8).padStart(Math.max(3, mode.length), '0');
  }
  const clauses = mode.split(',').flatMap(narrowClause);
  return clauses.length === 0 ? undefined : clauses.join(',');
}

/** `a+rwx` -> `ug+rwx,o+rx`; nothing is left of `o+w`. */
function narrowClause(clause: string): readonly string[] {
  const match = /^([ugoa]+)([+=])([rwxXst]+)$/.exec(clause);
  const [, who = '', operator = '', rights = ''] = match ?? [];
  if (!/[oa]/.test(who) || !rights.includes('w')) return [clause];
  const owners = who.includes('a') ? 'ug' : who.replaceAll('o', '');
  const rest = rights.replaceAll('w', '');
  return [
    ...(owners === '' ? [] : [owners + operator + rights]),
    ...(rest === '' ? [] : [`o${operator}${rest}`]),
  ];
}
