import { say } from '../../l10n/message.js';
import { type PackageOperation, packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';
import { addFlag, byStep, commandPlace, inImage } from '../shared/layers.js';

export default defineRule({
  meta: {
    id: 'recommends-installed',
    practice: 'light',
    severity: 'info',
    title: 'Recommended packages are installed along',
    why: 'Packages that nobody asked for make the image larger and bring programs with holes of their own.',
    advice: 'Add `--no-install-recommends` and name what is really needed, `ca-certificates` for example.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [dockerDocs('apt-get', '/build/building/best-practices/#apt-get')],
    equivalents: [
      'hadolint:DL3015',
      'kics:apt_get_not_avoiding_additional_packages',
      'semgrep:missing-no-install-recommends',
      'sonar:S6500',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!inImage(stage)) return;
      for (const step of runsOf(stage)) {
        for (const operation of packageOperations(step)) {
          if (!bringsRecommended(operation) || isConfigured(stage, step)) continue;
          const { command, verb, manager } = operation;
          const [flag = ''] = manager.noRecommends;
          yield {
            at: commandPlace(command, verb),
            message: say`\`${manager.name} ${verb.value}\` also installs what its packages only recommend`,
            fixes: () => [
              {
                title: say`Add \`${flag}\` (packages that came along unasked are missing then)`,
                applicability: 'unsafe',
                edits: addFlag(stage, step, command, verb, flag),
              },
            ],
          };
        }
      }
    },
  },
});

function bringsRecommended(operation: PackageOperation): boolean {
  const { manager, action, verb, opaque, packages } = operation;
  if (manager.kind !== 'apt' || action !== 'install' || opaque || packages.length === 0) return false;
  if (verb.value !== 'install' || operation.flag(['--reinstall', '--download-only', '-d', '-s']))
    return false;
  // Written the other way round, it is meant.
  return (
    operation.flag([...manager.noRecommends, '--install-recommends', '--fix-broken', '-f']) === undefined
  );
}

const CONFIG = /APT::Install-Recommends["\s=]+(?:false|0|no)\b/i;

/** apt reads `APT::Install-Recommends` from a file that an earlier step writes, or may do so. */
const isConfigured = byStep((step) => {
  if (step.kind === 'run')
    return step.script.commands.some(
      ({ words, input = '' }) => CONFIG.test(input) || words.some(({ value }) => CONFIG.test(value)),
    );
  if (step.kind !== 'copy' && step.kind !== 'add') return false;
  return (
    /\/etc\/apt(?:\/apt\.conf(?:\.d)?)?\/?/.test(step.destination?.written ?? '') ||
    step.inline.some(({ text }) => CONFIG.test(text))
  );
});
