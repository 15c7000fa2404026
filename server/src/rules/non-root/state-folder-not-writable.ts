import { say } from '../../l10n/message.js';
import type { Stage, Step } from '../../model/build.js';
import { allSteps, lastOf, rootOf } from '../../model/stage.js';
import { defineRule, dockerDocs, type Fix } from '../rule.js';
import { baseReferenceOf, isRoot } from '../shared/users.js';

/** What Rails writes to below its own folder. */
const STATE = 'db log storage tmp';

export default defineRule({
  meta: {
    id: 'state-folder-not-writable',
    practice: 'non-root',
    severity: 'info',
    title: 'Program cannot write to its own folders after USER',
    why: 'Rails writes below `tmp`, `log` and `storage`. Where these belong to root it fails as another user, and the quick way out is root or `chmod 777`.',
    advice: `Give these folders, and only these, to the user: \`chown -R app:app ${STATE}\`.`,
    presence: 'presence',
    profile: 'strict',
    fixes: ['unsafe'],
    references: [dockerDocs('USER', '/reference/dockerfile/#user')],
    equivalents: ['tally:tally/ruby/state-paths-not-writable-as-non-root'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      const { user } = stage;
      if (!stage.ships || user.state !== 'set' || isRoot(user.value) || !isRails(stage)) return;
      const steps = allSteps(stage);
      const copied = steps.some(bringsFilesOfRoot);
      if (!copied || steps.some(givesFilesAway)) return;
      yield {
        at: user.span,
        message: say`\`${user.value}\` cannot write to \`tmp\` and \`log\` of the program: they belong to root`,
        fixes: () => giveFolders(stage, user.value),
      };
    },
  },
});

/** Its start command says so, or it is built on the image of Ruby and starts a server of Ruby. */
function isRails(stage: Stage): boolean {
  const started = (['entrypoint', 'cmd'] as const).flatMap((kind) => lastOf(stage, kind)?.words ?? []);
  const text = started.map(({ written }) => written).join(' ');
  if (/\brails\b|\bthrust\b/.test(text)) return true;
  return baseReferenceOf(stage)?.name === 'ruby' && /\b(?:puma|unicorn|rackup|sidekiq)\b/.test(text);
}

/** The program's own files, as they lie in the build context or in another stage. */
function bringsFilesOfRoot(step: Step): boolean {
  if ((step.kind !== 'copy' && step.kind !== 'add') || step.onbuild) return false;
  return (
    !step.flags.some(({ name }) => name === 'chown' || name === 'chmod') &&
    step.sources.some(({ written }) => /^(?:\.\/?|\/\w+\/?|\/usr\/src\/app\/?)$/.test(written))
  );
}

function givesFilesAway(step: Step): boolean {
  if (step.kind === 'volume') return true;
  if (step.kind === 'copy' || step.kind === 'add') return step.flags.some(({ name }) => name === 'chown');
  return (
    step.kind === 'run' &&
    (!step.script.complete ||
      step.script.commands.some(({ program }) => /^(?:chown|chmod|install|setfacl)$/.test(program)))
  );
}

/** In front of USER, where root may still do it. */
function giveFolders(stage: Stage, user: string): readonly Fix[] {
  const step = stage.steps.findLast((one) => one.kind === 'user' && !one.onbuild);
  const asRoot = step?.user.state === 'unset' || (step?.user.state === 'set' && isRoot(step.user.value));
  const inFolder = stage.steps.some(({ kind }) => kind === 'workdir');
  if (step === undefined || !asRoot || !inFolder || rootOf(stage).base.scratch) return [];
  const owner = user.includes(':') ? user : `${user}:`;
  return [
    {
      title: say`Give \`${STATE}\` to \`${user}\` (only these can then be written)`,
      applicability: 'unsafe',
      edits: stage.edit.insertBefore(step, [`RUN mkdir -p ${STATE} && chown -R ${owner} ${STATE}`]),
    },
  ];
}
