import { say } from '../../l10n/message.js';
import type { CopyStep } from '../../model/build.js';
import { cis, defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'add-instead-of-copy',
    practice: 'images',
    severity: 'info',
    title: 'Local files are added with ADD',
    why: 'ADD also downloads and unpacks: a changed source name silently brings files from the network or out of an archive into the image.',
    advice:
      'Use `COPY` for files of the build context, and keep `ADD` for archives to unpack and for checked downloads.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['safe'],
    references: [cis('4.9'), dockerDocs('ADD or COPY', '/build/building/best-practices/#add-or-copy')],
    equivalents: [
      'hadolint:DL3020',
      'checkov:CKV_DOCKER_4',
      'kics:add_instead_of_copy',
      'sonar:S7029',
      'trivy:DS-0005',
      'semgrep:prefer-copy-over-add',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind !== 'add' || !copiesOnly(step)) continue;
        yield {
          at: step.at,
          message: say`\`ADD\` may download or unpack what it finds; for \`${step.sources[0]?.written ?? ''}\` \`COPY\` says what is meant`,
          // What a variable holds, only the build tells.
          fixes: () =>
            step.sources.some(({ value }) => value.state !== 'set')
              ? []
              : [
                  {
                    title: say`Use \`COPY\``,
                    applicability: 'safe',
                    edits: stage.edit.replace(step.at, 'COPY'),
                  },
                ],
        };
      }
    },
  },
});

const ARCHIVE = /\.(?:tar|tar\.\w+|t[gbx]z2?|tzst|gz|bz2|xz|zst)$/i;
const REMOTE = /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/)/i;
/** Only ADD has these flags: whoever writes one means ADD. */
const ADD_FLAGS = new Set(['checksum', 'keep-git-dir', 'unpack']);

/** Every source is known to be a file or folder of the context that ADD treats as COPY does. */
function copiesOnly(step: CopyStep): boolean {
  if (step.sources.length === 0 || step.destination === undefined || step.inline.length > 0) return false;
  if (step.flags.some((flag) => ADD_FLAGS.has(flag.name))) return false;
  return step.sources.every(({ value, written }) => {
    const source = value.state === 'set' ? value.value : written;
    if (REMOTE.test(source) || ARCHIVE.test(source)) return false;
    if (source.startsWith('$')) return isNamedFile(source);
    // A pattern may find archives unless it says how the names end.
    return !source.includes('*') || /\*[^*/]*\.\w+$/.test(source);
  });
}

/** `${JAR_FILE}`, `$SOURCE_DIR/app.py`: the name of the variable says that no address is meant. */
function isNamedFile(source: string): boolean {
  return /^\$\{?\w*(?:FILE|JAR|WAR|DIR|PATH|FOLDER)(?:\}|\b)/i.test(source);
}
