/** What package managers leave in the layers of a stage, as problems with their fixes. */
import { say } from '../../l10n/message.js';
import type { RunStep, Stage } from '../../model/build.js';
import { packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import type { Fix, Problem } from '../rule.js';
import { addFlag, commandPlace, inImage, stagesOn, stepsBehind } from './layers.js';
import { type Leftover, leftovers, onlyCleans } from './package-cache.js';

/** One problem for each RUN and manager; `kinds`: of PackageManager. */
export function* keptCaches(stage: Stage, kinds: ReadonlySet<string>): Iterable<Problem> {
  if (!inImage(stage)) return;
  const cleaned = cleanedLater(stage);
  for (const step of runsOf(stage)) {
    for (const left of leftovers(stage, step)) {
      const [first] = left.operations;
      if (first === undefined || !kinds.has(left.kind)) continue;
      // What a later RUN deletes is split, and an index that nothing in the RUN uses is stale: other rules say so.
      if (cleaned(step, left.kind) || (left.kind === 'apt' && isUnused(step, left))) continue;
      yield {
        at: commandPlace(first.command, first.verb),
        message: say`\`${first.manager.name}${verbOf(first)}\` leaves its ${left.what} in this layer, as a part of every pull`,
        fixes: () => fixesOf(stage, step, left),
      };
    }
  }
}

/** ` install`, ` mod download`: the sub-command with a blank in front. */
function verbOf({ verb, manager, command }: Leftover['operations'][number]): string {
  if (verb === command.programWord || verb.value === manager.name || !verb.literal) return '';
  const before = command.args[command.args.indexOf(verb) - 1]?.value;
  const both = `${before} ${verb.value}`;
  return manager.install.includes(both) ? ` ${both}` : ` ${verb.value}`;
}

/** Whether a later RUN of the stage, or one of a stage built on it, does nothing but delete what this kind leaves. */
function cleanedLater(stage: Stage): (step: RunStep, kind: string) => boolean {
  let all: readonly RunStep[] | undefined;
  const lastOf = new Map<string, number>();
  return (step, kind) => {
    all ??= [...runsOf(stage), ...stagesOn(stage).flatMap(runsOf)];
    const runs = all;
    const last = lastOf.get(kind) ?? runs.findLastIndex((run) => onlyCleans(run, kind));
    lastOf.set(kind, last);
    return last > runs.indexOf(step);
  };
}

function isUnused(step: RunStep, { operations }: Leftover): boolean {
  return operations.every((update) => !isUsed(step, update.index));
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
    return [{ title: say`Add \`${flag}\``, applicability: 'safe', edits }];
  }
  if (command === undefined || (kind === 'apt' && laterInstallsNeedLists(stage, step))) return [];
  const edits = stage.edit.appendCommand(step, command);
  return edits === undefined
    ? []
    : [{ title: say`Add \`${command}\` to the RUN`, applicability: 'safe', edits }];
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
