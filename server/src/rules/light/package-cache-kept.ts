import type { RunStep, Stage } from '../../model/build.js';
import { packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs, type Fix } from '../rule.js';
import { addFlag, commandPlace, inImage, stepsBehind } from '../shared/layers.js';
import { type Leftover, leftovers, onlyCleans } from '../shared/package-cache.js';

export default defineRule({
  meta: {
    id: 'package-cache-kept',
    practice: 'light',
    severity: 'info',
    title: 'Package manager leaves its cache in the layer',
    why: 'Lists and downloads that nobody needs again are stored and pulled with every copy of the image, and age there.',
    advice:
      'Delete them in the same RUN, switch the cache off with a flag, or keep it outside the image with `RUN --mount=type=cache`.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['safe'],
    references: [dockerDocs('building best practices, RUN', '/build/building/best-practices/#run')],
    equivalents: [
      'hadolint:DL3009',
      'hadolint:DL3019',
      'hadolint:DL3032',
      'hadolint:DL3036',
      'hadolint:DL3040',
      'hadolint:DL3042',
      'hadolint:DL3060',
      'kics:apk_add_using_local_cache_path',
      'kics:apt_get_install_lists_were_not_deleted',
      'kics:missing_dnf_clean_all',
      'kics:missing_zypper_clean',
      'kics:pip_install_keeping_cached_packages',
      'kics:yum_clean_all_missing',
      'trivy:DS-0015',
      'trivy:DS-0019',
      'trivy:DS-0020',
      'semgrep:missing-apk-no-cache',
      'semgrep:missing-dnf-clean-all',
      'semgrep:missing-pip-no-cache-dir',
      'semgrep:missing-zypper-clean',
      'semgrep:remove-package-cache',
      'semgrep:remove-package-lists',
      'datadog:run_yarn_clean_after_yarn_install',
      'tally:tally/ruby/leftover-bundler-cache',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!inImage(stage)) return;
      for (const step of runsOf(stage)) {
        for (const left of leftovers(stage, step)) {
          const [first] = left.operations;
          if (first === undefined || isOtherRulesMatter(stage, step, left)) continue;
          const place = commandPlace(first.command, first.verb);
          yield {
            at: place,
            message: `\`${first.manager.name}${verbOf(first)}\` leaves its ${left.what} in this layer, as a part of every pull`,
            fixes: () => fixesOf(stage, step, left),
          };
        }
      }
    },
  },
});

function verbOf({ verb, manager }: Leftover['operations'][number]): string {
  return verb.value === manager.name || !verb.literal ? '' : ` ${verb.value}`;
}

/** An index that nothing in the RUN uses is stale, and what a later RUN deletes is split: those rules speak then. */
function isOtherRulesMatter(stage: Stage, step: RunStep, { kind, operations }: Leftover): boolean {
  if (stepsBehind(stage, step).some((one) => one.kind === 'run' && onlyCleans(one, kind))) return true;
  return kind === 'apt' && operations.every((update) => !isUsed(step, update.index));
}

function isUsed(step: RunStep, update: number): boolean {
  return packageOperations(step).some(
    ({ manager, action, index }) =>
      manager.kind === 'apt' && index > update && (action === 'install' || /upgrade/.test(action)),
  );
}

function fixesOf(stage: Stage, step: RunStep, { operations, flag, command, kind }: Leftover): readonly Fix[] {
  if (flag !== undefined) {
    const edits = operations.flatMap((one) => addFlag(stage, step, one.command, one.verb, flag));
    return [{ title: `Add \`${flag}\``, applicability: 'safe', edits }];
  }
  if (command === undefined || (kind === 'apt' && laterInstallsNeedLists(stage, step))) return [];
  const edits = stage.edit.appendCommand(step, command);
  return edits === undefined
    ? []
    : [{ title: `Add \`${command}\` to the RUN`, applicability: 'safe', edits }];
}

/** A later `apt-get install` without an update of its own works only because the lists were kept. */
function laterInstallsNeedLists(stage: Stage, step: RunStep): boolean {
  for (const one of stepsBehind(stage, step)) {
    if (one.kind !== 'run') continue;
    const apt = packageOperations(one).filter(({ manager }) => manager.kind === 'apt');
    const first = apt.find(({ action }) => action !== 'clean' && action !== 'remove' && action !== 'other');
    if (first !== undefined && first.action !== 'update') return true;
  }
  return false;
}
