import { say } from '../../l10n/message.js';
import type { RunStep } from '../../model/build.js';
import { type PackageOperation, packageOperations } from '../../model/package-operations.js';
import { pipelineOf } from '../../model/pipelines.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';
import { addFlag, byStep, commandPlace } from '../shared/layers.js';
import { writtenTexts } from '../shared/written-texts.js';

export default defineRule({
  meta: {
    id: 'install-asks',
    practice: 'updates',
    severity: 'info',
    title: 'Package manager asks a question during the build',
    why: 'Nobody answers in a build: it stops as soon as an update needs one more package, and fixes no longer arrive.',
    advice: 'Add `-y`, or what the manager calls it.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['safe'],
    references: [dockerDocs('apt-get', '/build/building/best-practices/#apt-get')],
    equivalents: [
      'hadolint:DL3014',
      'hadolint:DL3030',
      'hadolint:DL3034',
      'hadolint:DL3038',
      'tally:hadolint/DL3014',
      'tally:hadolint/DL3030',
      'tally:hadolint/DL3034',
      'tally:hadolint/DL3038',
      'kics:apt_get_missing_flags_to_avoid_manual_input',
      'kics:missing_flag_from_dnf_install',
      'kics:missing_zypper_non_interactive_switch',
      'kics:yum_install_allows_manual_input',
      'semgrep:missing-assume-yes-switch',
      'semgrep:missing-dnf-assume-yes-switch',
      'semgrep:missing-yum-assume-yes-switch',
      'trivy:DS-0021',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of runsOf(stage)) {
        for (const operation of packageOperations(step)) {
          if (!asks(operation) || isAnswered(step, operation) || isConfigured(stage, step)) continue;
          const { command, verb, manager } = operation;
          const [flag = ''] = manager.yes;
          yield {
            at: commandPlace(command, verb),
            message: say`\`${manager.name} ${verb.value}\` asks before it goes on, and nobody answers in a build`,
            fixes: () => [
              {
                title: say`Add \`${flag}\``,
                applicability: 'safe',
                edits: addFlag(stage, step, command, verb, flag),
              },
            ],
          };
        }
      }
    },
  },
});

/** Without packages there is nothing to ask about; a dry run asks nothing either. */
function asks(operation: PackageOperation): boolean {
  const { manager, action, packages, opaque, verb } = operation;
  if (
    manager.yes.length === 0 ||
    !ASKING.has(manager.kind) ||
    opaque ||
    verb === operation.command.programWord
  )
    return false;
  if (action === 'install' || action === 'remove') {
    if (packages.length === 0 && !/^auto/.test(verb.value)) return false;
  } else if (action !== 'upgrade' && action !== 'dist-upgrade') return false;
  if (
    operation.flag(['--download-only', '-d', '--dry-run', '-s', '--simulate', '--just-print', '--help']) !==
    undefined
  )
    return false;
  const quiet = operation.flags.filter(({ value }) => value === '-q' || value === '--quiet');
  return operation.flag(manager.yes) === undefined && quiet.length < 2;
}

const ASKING = new Set(['apt', 'dnf', 'zypper', 'pacman', 'conda']);

/** `yes | apt-get install …`, `apt-get install … <<< y`. */
function isAnswered({ script }: RunStep, { command }: PackageOperation): boolean {
  return (
    command.input !== undefined ||
    command.redirects.some(({ operator }) => operator.startsWith('<')) ||
    pipelineOf(script.commands, command).some(({ span }) => span.start < command.span.start)
  );
}

/** A configuration file answers all questions, or may do so. */
const isConfigured = byStep(
  (step) =>
    writtenTexts(step).some(({ text }) =>
      /APT::Get::Assume-Yes["\s=]+(?:true|1|yes)|assumeyes\s*=\s*(?:1|true|yes)|always_yes/i.test(text),
    ) ||
    ((step.kind === 'copy' || step.kind === 'add') &&
      /\/(?:apt\.conf(?:\.d)?|yum\.conf|dnf\.conf|zypp\.conf|\.?condarc)\b/.test(
        step.destination?.written ?? '',
      )) ||
    (step.kind === 'env' &&
      step.variables.some(({ name }) => /^(?:CONDA_ALWAYS_YES|MAMBA_ALWAYS_YES)$/.test(name))),
);
