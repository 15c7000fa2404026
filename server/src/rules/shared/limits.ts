/** Limits of a container: whether one is in force, and how to put one there. */
import type { ContainerChange, ContainerSpec } from '../../model/container.js';

export type Limit = 'memory' | 'cpus' | 'pids';

/** Zero and less mean "no limit"; so does a text that is no amount, with which the container does not start. */
export function isUnlimited(container: ContainerSpec, field: Limit): boolean {
  const setting = container[field];
  return setting.state === 'set' ? setting.value <= 0 : setting.state === 'unknown' && !!setting.invalid;
}

/** Whether none is in force: not set, or set to nothing. False where that cannot be told. */
export function lacksLimit(container: ContainerSpec, field: Limit): boolean {
  return container[field].state === 'unset' || isUnlimited(container, field);
}

/** Writes a limit, `written` in the words of the file, where the present one stands or where it belongs. */
export function limitChange(
  container: ContainerSpec,
  field: Limit,
  amount: number,
  written: string,
): ContainerChange {
  const setting = container[field];
  // What came through an anchor is changed there, where it is shown.
  const inherited = setting.state === 'set' && setting.origin?.kind === 'anchor';
  if (!inherited) return { set: field, value: amount };
  return field === 'memory'
    ? { replace: setting.span, text: written }
    : { replace: setting.span, text: written, number: true };
}
