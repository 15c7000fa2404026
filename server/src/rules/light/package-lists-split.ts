import { say } from '../../l10n/message.js';
import type { RunStep, Stage } from '../../model/build.js';
import { packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs, type Fix } from '../rule.js';
import { deletions } from '../shared/cleanup.js';
import { commandPlace, inImage, stepsBefore } from '../shared/layers.js';
import { cleanedKinds, type Leftover, leftovers } from '../shared/package-cache.js';

export default defineRule({
  meta: {
    id: 'package-lists-split',
    practice: 'light',
    severity: 'info',
    title: 'Cache is deleted in a later layer, which saves nothing',
    why: 'A layer only hides what an earlier one holds: the files are pulled with the image and can be read from it.',
    advice: 'Delete in the RUN that downloads.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['safe'],
    references: [dockerDocs('building best practices, RUN', '/build/building/best-practices/#run')],
    equivalents: [
      'hadolint:DL3009',
      'hadolint:DL3032',
      'hadolint:DL3036',
      'hadolint:DL3040',
      'kics:apt_get_install_lists_were_not_deleted',
      'kics:missing_dnf_clean_all',
      'kics:missing_zypper_clean',
      'kics:yum_clean_all_missing',
      'trivy:DS-0015',
      'trivy:DS-0019',
      'trivy:DS-0020',
      'semgrep:remove-package-cache',
      'semgrep:remove-package-lists',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!inImage(stage)) return;
      for (const step of runsOf(stage)) {
        const kinds = cleanedKinds(step);
        if (kinds.length === 0) continue;
        const earlier = stepsBefore(stage, step).filter((one): one is RunStep => one.kind === 'run');
        const kept = earlier.flatMap((run) => leftovers(stage, run).map((left) => ({ run, left })));
        const late = kept.filter(({ left }) => kinds.includes(left.kind));
        const [first] = late;
        if (first === undefined) continue;
        const command = cleaningCommand(step);
        yield {
          at: command === undefined ? step.at : commandPlace(command),
          message: say`Deleting the ${first.left.what} here saves nothing: an earlier layer holds the files`,
          related: late.slice(0, 3).map(({ run }) => ({ at: run.at, message: say`This layer holds them` })),
          fixes: () => moveCleaning(stage, step, late),
        };
      }
    },
  },
});

function cleaningCommand(step: RunStep) {
  const clean = packageOperations(step).find(({ action }) => action === 'clean');
  return (deletions(step)[0] ?? clean)?.command;
}

/** Each RUN that downloads gets the clean-up; this one goes when it does nothing else and nothing used the cache. */
function moveCleaning(
  stage: Stage,
  step: RunStep,
  late: readonly { readonly run: RunStep; readonly left: Leftover }[],
): readonly Fix[] {
  if (!doesNothingElse(step)) return [];
  const edits = [...stage.edit.remove(step)];
  for (const { run, left } of late) {
    const command = left.command;
    const added = command === undefined ? undefined : stage.edit.appendCommand(run, command);
    if (added === undefined || !stage.steps.includes(run) || usedBetween(stage, run, step, left.kind))
      return [];
    edits.push(...added);
  }
  if (new Set(late.map(({ run }) => run)).size !== late.length) return [];
  return [{ title: say`Delete in the RUN that downloads`, applicability: 'safe', edits }];
}

/** Only words that delete from the places where managers keep their things. */
function doesNothingElse(step: RunStep): boolean {
  const deleted = deletions(step);
  const cleaned = packageOperations(step).filter(({ action }) => action === 'clean');
  return step.script.commands.every((command, index) => {
    const mine = deleted.filter((one) => one.index === index);
    if (mine.length > 0)
      return mine.every(
        ({ path }) => path !== undefined && /^(?:\/var\/(?:lib\/apt|cache)|~\/\.(?:cache|npm))/.test(path),
      );
    return cleaned.some((one) => one.command === command);
  });
}

function usedBetween(stage: Stage, from: RunStep, to: RunStep, kind: string): boolean {
  const steps = stage.steps.slice(stage.steps.indexOf(from) + 1, stage.steps.indexOf(to));
  return steps.some(
    (one) =>
      one.kind === 'run' &&
      packageOperations(one)
        .filter(({ manager }) => manager.kind === kind)
        .some(({ action }, i) => i === 0 && action === 'install'),
  );
}
