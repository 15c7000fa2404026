/** Who fetches the index of packages in a build, and who installs by it in which layer. */
import type { RunStep, Stage } from '../../model/build.js';
import { type PackageOperation, packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import { isEmptied, isMounted } from './cleanup.js';

export interface ReadRun {
  readonly step: RunStep;
  readonly operations: readonly PackageOperation[];
}

export interface User {
  readonly step: RunStep;
  readonly operation: PackageOperation;
}

export function readRuns(stage: Stage): readonly ReadRun[] {
  return runsOf(stage).map((step) => ({ step, operations: packageOperations(step) }));
}

/** The RUNs of each stage that is built on this one. */
export function laterStages(stage: Stage): readonly (readonly ReadRun[])[] {
  return stage.build.stages.filter((one) => one.base.stage === stage).map(readRuns);
}

export function keepsLists({ step, operation }: User): boolean {
  return operation.manager.indexes.every(
    (folder) => !isEmptied(step, folder, operation.index) && !isMounted(step, folder),
  );
}

/** Packages from files need no index, or not as much. */
export function isLocal({ packages }: PackageOperation): boolean {
  return packages.every((word) => /\.deb$|^\.{0,2}\//.test(word.value));
}

/** It fetches an index that stays in the layer, and nothing behind it in the same RUN is of that manager. */
export function isAlone(step: RunStep, update: PackageOperation, all: readonly PackageOperation[]): boolean {
  const { manager, action, index } = update;
  if (manager.family !== 'system') return false;
  // `dnf update` and `pacman -Syu` upgrade, but their index stays too; that of apt is never touched by an upgrade.
  const fetches = action === 'update' || (action === 'upgrade' && update.refreshes);
  if (!fetches || update.packages.some((word) => !word.literal) || update.flag(['--no-cache'])) return false;
  const same = all.filter((one) => one.manager.kind === manager.kind && one.index > index);
  if (same.length > 0) return false;
  return ![...manager.indexes, ...manager.caches].some((folder) => isEmptied(step, folder, index));
}

/** Later RUNs that install before anything fetches the index anew. */
export function usersOf(later: readonly ReadRun[], { manager }: PackageOperation): readonly User[] {
  const users: User[] = [];
  for (const { step, operations } of later) {
    const own = operations.filter((one) => one.manager.kind === manager.kind);
    const first = own.find(({ action }) => action !== 'other' && action !== 'remove' && action !== 'clean');
    if (first?.action === 'install' && !(manager.kind === 'apk' && first.refreshes))
      users.push({ step, operation: first });
    else if (first?.action === 'update') break;
  }
  return users;
}
