import { say } from '../../l10n/message.js';
import type { CommandStep, RunStep, ShellCommand, ShellWord, Stage } from '../../model/build.js';
import { cis, defineRule, dockerDocs, type Fix, owasp } from '../rule.js';
import { baseReferenceOf, imageRunsAs, isRoot } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'sudo-used',
    practice: 'non-root',
    severity: 'warning',
    title: '`sudo` is used in an image',
    why: 'An image that needs `sudo` keeps a program that turns its user into root, mostly without asking for a password: running as another user protects nothing then.',
    advice: 'Run steps that need root under `USER root` and switch to the final user behind them.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [cis('4.8'), owasp(2), dockerDocs('USER', '/build/building/best-practices/#user')],
    equivalents: [
      'checkov:CKV2_DOCKER_1',
      'hadolint:DL3004',
      'kics:run_using_sudo',
      'semgrep:no-sudo-in-dockerfile',
      'trivy:DS-0010',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind !== 'run' && step.kind !== 'cmd' && step.kind !== 'entrypoint') continue;
        for (const command of step.script.commands) {
          const sudo = sudoWord(command);
          if (sudo === undefined) continue;
          const asRoot = runsAsRoot(stage, step);
          yield {
            at: sudo.span,
            message: asRoot
              ? say`This step is root already: \`sudo\` only leaves a way back to root in the image`
              : say`\`sudo\` lets the user of this image become root, and with it whoever breaks in`,
            fixes: () => (asRoot ? withoutSudo(stage, command, sudo) : []),
          };
        }
      }
    },
  },
});

/** The word `sudo` where it runs another program; installing or asking for it does not count. */
function sudoWord(command: ShellCommand): ShellWord | undefined {
  if (command.program !== 'sudo' && !command.wrappers.includes('sudo')) return undefined;
  return command.words.find(({ value }) => /(?:^|\/)sudo$/.test(value));
}

function runsAsRoot(stage: Stage, { user }: RunStep | CommandStep): boolean {
  if (user.state === 'set') return isRoot(user.value);
  return user.state === 'unset' && imageRunsAs(baseReferenceOf(stage)).root === true;
}

/** Only options that change nothing for root may go with it. */
function withoutSudo(stage: Stage, { words, programWord }: ShellCommand, sudo: ShellWord): readonly Fix[] {
  const behind = words.slice(words.indexOf(sudo) + 1);
  const start = behind.findIndex(({ value }) => !value.startsWith('-'));
  const next = behind[start];
  if (next === undefined || programWord === undefined) return [];
  if (
    behind
      .slice(0, start)
      .some(({ value }) => !/^(?:-[EHnS]+|--preserve-env|--non-interactive|--)$/.test(value))
  )
    return [];
  return [
    {
      title: say`Remove \`sudo\` (the environment is no longer reset)`,
      applicability: 'unsafe',
      edits: stage.edit.replace({ start: sudo.span.start, end: next.span.start }, ''),
    },
  ];
}
