import { say } from '../../l10n/message.js';
import type { CopyStep, RunStep, ShellWord, Stage, StepWord } from '../../model/build.js';
import { defineRule, dockerDocs } from '../rule.js';
import { inImage } from '../shared/layers.js';

export default defineRule({
  meta: {
    id: 'archive-copied',
    practice: 'light',
    severity: 'info',
    title: 'Archive is copied and unpacked in another layer',
    why: 'The archive stays in the layer that copies it, also when a later one deletes it: its content is in the image twice.',
    advice: 'Let `ADD` unpack a local tar archive, or bring it in with `RUN --mount=type=bind`.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [dockerDocs('ADD or COPY', '/build/building/best-practices/#add-or-copy')],
    equivalents: ['hadolint:DL3010', 'tally:hadolint/DL3010'],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      if (!inImage(stage)) return;
      for (const step of stage.steps) {
        // ADD takes nothing from other stages and images: such an archive can only be copied.
        if (step.kind !== 'copy' || step.from !== undefined) continue;
        for (const source of step.sources) {
          const unpacking = unpackedBy(stage, step, source);
          if (unpacking === undefined) continue;
          yield {
            at: source.place,
            message: say`\`${source.written}\` stays in this layer beside what a later one unpacks from it`,
            related: [{ at: unpacking.at, message: say`It is unpacked here` }],
          };
        }
      }
    },
  },
});

const TAR = /\.(?:tar|tar\.(?:gz|bz2|xz|zst|lzma)|tgz|tbz2?|txz|tzst|tlz)$/i;

/** The RUN behind it that gives the archive's name, or the file it is copied to, to a program that unpacks. */
function unpackedBy(stage: Stage, copy: CopyStep, source: StepWord): RunStep | undefined {
  const target = copy.destination?.written ?? '';
  const archive = [source.written, target].find((path) => TAR.test(path));
  if (archive === undefined) return undefined;
  const names = [baseName(source.written), baseName(target)].filter(
    (name) => TAR.test(name) && !name.includes('$'),
  );
  return stage.steps
    .slice(stage.steps.indexOf(copy) + 1)
    .find(
      (step): step is RunStep =>
        step.kind === 'run' &&
        step.script.commands.some(
          ({ program, args }) =>
            unpacks(program, args) &&
            args.some(({ value }) => names.some((name) => baseName(value) === name || globs(value, name))),
        ),
    );
}

function unpacks(program: string, args: readonly ShellWord[]): boolean {
  if (UNPACKERS.has(program)) return true;
  return (
    /^(?:bsd)?tar$/.test(program) &&
    args.some(({ value }) => /^(?:-?[a-zA-Z]*x[a-zA-Z]*|--extract|--get)$/.test(value))
  );
}

const UNPACKERS = new Set(
  'gunzip bunzip2 unxz unlzma unzstd uncompress zcat bzcat xzcat zstdcat gzcat'.split(' '),
);

function globs(pattern: string, name: string): boolean {
  const tail = /\*([\w.]+)$/.exec(pattern)?.[1];
  return tail !== undefined && name.endsWith(tail);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
