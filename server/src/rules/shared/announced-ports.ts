/** Takes ports out of an EXPOSE. */
import type { Stage, StepWord, WordsStep } from '../../model/build.js';
import type { PortRange } from '../../model/container.js';
import { exposedPorts } from '../../model/exposed.js';
import type { Edit } from '../../text/edit.js';
import { rangeName } from './ports.js';

/**
 * The other ports of a range stay announced. `ports` are in order. Nothing where a variable holds a range of which
 * something is to stay.
 */
export function stopAnnouncing(
  stage: Stage,
  step: WordsStep,
  { place, written, value }: StepWord,
  ports: readonly number[],
): readonly Edit[] {
  const range = value.state === 'set' ? exposedPorts(value.value) : undefined;
  const kept = range === undefined ? [] : split(range, ports).map(rangeName);
  if (kept.length === 0)
    return step.words.length === 1 ? stage.edit.remove(step) : stage.edit.removeWord(place);
  const [, suffix] = /^[\d-]+((?:\/\w+)?)$/.exec(written) ?? [];
  return suffix === undefined ? [] : stage.edit.replace(place, kept.map((one) => one + suffix).join(' '));
}

function split({ from, to }: PortRange, without: readonly number[]): readonly PortRange[] {
  const starts = [from, ...without.map((port) => port + 1)];
  const ends = [...without.map((port) => port - 1), to];
  return starts
    .map((start, index) => ({ from: start, to: ends[index] ?? to }))
    .filter((part) => part.from <= part.to);
}
