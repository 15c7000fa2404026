import { say } from '../../l10n/message.js';
import type { ShellCommand } from '../../model/build.js';
import { defineRule, dockerDocs, owasp } from '../rule.js';

export default defineRule({
  meta: {
    id: 'git-clone-unpinned',
    practice: 'images',
    severity: 'info',
    title: 'Repository is cloned without a fixed commit or tag',
    why: 'Each build takes what was pushed last: a stolen account of the project is enough to get code into the image.',
    advice:
      'Clone a tag with `--branch`, or check out a commit; `ADD https://…git#commit` does both in one step.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [
      owasp(13),
      dockerDocs('ADD from Git', '/reference/dockerfile/#adding-files-from-a-git-repository'),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind === 'run') {
          const { commands } = step.script;
          const pins = commands.some(
            (command) =>
              gitVerb(command) === 'checkout' || (gitVerb(command) === 'reset' && command.args.length > 1),
          );
          for (const command of commands) {
            if (gitVerb(command) !== 'clone' || pins || namesRevision(command)) continue;
            yield {
              at: command.programWord?.span ?? command.span,
              message: say`Each build clones whatever was pushed last to this repository`,
            };
          }
        } else if (step.kind === 'add') {
          for (const source of step.sources) {
            const text = source.value.state === 'set' ? source.value.value : '';
            if (!/^(?:git@|ssh:\/\/|https?:\/\/[^#?]*\.git$)/.test(text) || text.includes('#')) continue;
            yield {
              at: source.place,
              message: say`Each build adds whatever was pushed last to this repository`,
            };
          }
        }
      }
    },
  },
});

function gitVerb(command: ShellCommand): string | undefined {
  if (command.program !== 'git') return undefined;
  // `git -C dir -c x=y clone`: the first word that is no option nor its value.
  let skip = false;
  for (const { value } of command.args) {
    if (skip) skip = false;
    else if (value === '-C' || value === '-c') skip = true;
    else if (!value.startsWith('-')) return value;
  }
  return undefined;
}

function namesRevision(command: ShellCommand): boolean {
  return command.args.some(({ value }) =>
    /^(?:-b|--branch|--branch=.*|--revision|--revision=.*)$/.test(value),
  );
}
