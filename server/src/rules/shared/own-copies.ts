/** Edits that give what a stage copies to a user, so that the program can still write it. */
import type { CopyStep, Stage } from '../../model/build.js';
import { copiesOf } from '../../model/stage.js';
import type { Edit } from '../../text/edit.js';
import { createdUsers } from './created-users.js';

/** Where programs of the system lie: nobody but root has to change them. */
const SYSTEM = /^\/(?:bin|sbin|lib|lib64|usr|etc|opt\/bin|entrypoint\S*|docker-entrypoint\S*)(?:\/|$)/;

/** `user`: as USER names it. Empty when nothing is copied, or a step comes before its user is there. */
export function ownCopies(stage: Stage, user: string, numbers: string | undefined): readonly Edit[] {
  const steps = copiesOf(stage).filter(isProgram);
  const created = createdUsers(stage).find(({ name }) => name === user.split(':')[0]);
  const edits: Edit[] = [];
  for (const step of steps) {
    const isThere = created === undefined || stage.steps.indexOf(created.step) < stage.steps.indexOf(step);
    const owner = numbers ?? (isThere ? user : created.uid?.toString());
    if (owner === undefined) return [];
    edits.push(...stage.edit.addWord(step.at, `--chown=${owner}`));
  }
  return edits;
}

function isProgram({ onbuild, flags, destination }: CopyStep): boolean {
  if (onbuild || flags.some(({ name }) => name === 'chown') || destination === undefined) return false;
  return !SYSTEM.test(destination.written);
}
