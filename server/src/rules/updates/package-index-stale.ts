import { say } from '../../l10n/message.js';
import type { RunStep, Stage } from '../../model/build.js';
import { type PackageOperation, packageOperations } from '../../model/package-operations.js';
import { pipelineOf } from '../../model/pipelines.js';
import type { Edit } from '../../text/edit.js';
import { defineRule, dockerDocs, type Fix, type Problem } from '../rule.js';
import { commandPlace, rightsOf } from '../shared/layers.js';
import {
  isAlone,
  isLocal,
  keepsLists,
  laterStages,
  type ReadRun,
  readRuns,
  type User,
  usersOf,
} from '../shared/package-index.js';

export default defineRule({
  meta: {
    id: 'package-index-stale',
    practice: 'updates',
    severity: 'warning',
    title: 'Package index is fetched in another layer than it is used',
    why: 'The layer with the index comes from the build cache for months: installs take versions with known holes, or fail because those are gone.',
    advice: 'Fetch the index and install in one RUN: `apt-get update && apt-get install …`.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['safe'],
    references: [dockerDocs('apt-get', '/build/building/best-practices/#apt-get')],
    equivalents: ['checkov:CKV_DOCKER_5', 'kics:update_instruction_alone', 'trivy:DS-0017'],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      const runs = readRuns(stage);
      let old: OldIndex | undefined;
      for (const [i, { step, operations }] of runs.entries()) {
        yield* byOldIndex(stage, step, operations, old);
        const fetched = operations.findLast(
          ({ manager, action }) => manager.kind === 'apt' && action === 'update',
        );
        if (fetched) old = { step, operations, operation: fetched };
        for (const update of operations) {
          if (!isAlone(step, update, operations)) continue;
          const users = [runs.slice(i + 1), ...laterStages(stage)].flatMap((later) => usersOf(later, update));
          if (users.length === 0 && (mayBeUsed(step) || update.action !== 'update')) continue;
          const name = `${update.manager.name} ${update.verb.value}`;
          // These look for a newer index by themselves after a day or two.
          const renews = update.manager.kind === 'dnf' || update.manager.kind === 'zypper';
          yield {
            at: commandPlace(update.command, update.verb),
            ...(renews && { severity: 'info' }),
            message:
              users.length > 0
                ? say`\`${name}\` comes from the build cache while a later RUN installs: old versions, or none`
                : say`Nothing in this RUN uses what \`${name}\` fetches; a later one gets it stale from the cache`,
            related: users.slice(0, 3).map(({ operation }) => ({
              at: commandPlace(operation.command, operation.verb),
              message: say`This installs by the old index`,
            })),
            fixes: () => updateWhereUsed(stage, step, update, users),
          };
        }
      }
    },
  },
});

/** Where apt's index was fetched last. */
type OldIndex = ReadRun & { readonly operation: PackageOperation };

/** The index of an earlier RUN, which used it rightly, is used once more. */
function* byOldIndex(
  stage: Stage,
  step: RunStep,
  operations: readonly PackageOperation[],
  old: OldIndex | undefined,
): Iterable<Problem> {
  const install = operations.find(({ manager, action }) => manager.kind === 'apt' && action !== 'other');
  if (install?.action !== 'install' || isLocal(install) || mayBeUsed(step, install.index)) return;
  if (old === undefined || isAlone(old.step, old.operation, old.operations) || !keepsLists(old)) return;
  const name = `${install.manager.name} ${install.verb.value}`;
  yield {
    at: commandPlace(install.command, install.verb),
    severity: 'info',
    message: say`\`${name}\` takes an index that the build cache keeps: old versions, or none`,
    related: [
      { at: commandPlace(old.operation.command, old.operation.verb), message: say`It was fetched here` },
    ],
    fixes: () => updateWhereUsed(stage, old.step, old.operation, [{ step, operation: install }]),
  };
}

const HARMLESS = new Set(
  (
    'set echo printf rm cd true export : date sed mkdir cat ln tee curl wget debconf-set-selections apt-cache apt-key ' +
    'gpg dpkg useradd groupadd chown chmod mv cp test ['
  ).split(' '),
);

/** Another program of the RUN, up to this command, may update or install: a script, `make deps`. */
function mayBeUsed(step: RunStep, upTo = Number.POSITIVE_INFINITY): boolean {
  return step.script.commands.some(
    (command, index) =>
      index < upTo &&
      packageOperations(step).every((one) => one.command !== command) &&
      command.words.length > 0 &&
      !HARMLESS.has(command.program),
  );
}

/** The command with its options, as far as they are plain words. */
function textOf({ command }: PackageOperation): string | undefined {
  const { programWord, args, redirects } = command;
  if (programWord === undefined || redirects.length > 0) return undefined;
  const words = [programWord, ...args].map((word) => word.value);
  return words.every((word) => /^[\w@%+=:,./-]+$/.test(word)) ? words.join(' ') : undefined;
}

/** The update moves in front of each install; a RUN that only updates goes. */
function updateWhereUsed(
  stage: Stage,
  step: RunStep,
  update: PackageOperation,
  users: readonly User[],
): readonly Fix[] {
  if (update.action !== 'update') return [];
  const command = textOf(update);
  if (command === undefined) return [];
  const edits: Edit[] = [];
  for (const { step: user, operation } of users) {
    const { join, span, context } = operation.command;
    const piped = pipelineOf(user.script.commands, operation.command).length > 1;
    if (user.form === 'exec' || piped || context !== 'list' || join === 'or') return [];
    const at = { start: span.start, end: span.start };
    edits.push(...stage.edit.replace(at, `${rightsOf(operation.command)}${command} && `));
  }
  const isOnly = step.script.commands.length === 1 && step.script.complete && step.mounts.length === 0;
  if (isOnly) edits.push(...stage.edit.remove(step));
  if (edits.length === 0 || (users.length === 0 && !isOnly)) return [];
  const title =
    users.length > 0 ? say`Run \`${command}\` in the RUN that installs` : say`Remove the unused update`;
  return [{ title, applicability: 'safe', edits }];
}
