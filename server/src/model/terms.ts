/**
 * The words of a document that stand for something known: an image, a capability, a port, a path of the host. Told from
 * the subjects, so that what is said about a word is the same in every format.
 */
import type { Place } from '../text/span.js';
import { contains } from '../text/span.js';
import type { Stage, Step } from './build.js';
import type { PortBinding, PortRange } from './container.js';
import type { ContainerDocument } from './document.js';
import { exposedPorts } from './exposed.js';
import { known, type Setting } from './setting.js';

export type Term =
  | { readonly kind: 'image'; readonly place: Place; readonly reference: string }
  | { readonly kind: 'capability'; readonly place: Place; readonly name: string; readonly granted: boolean }
  | {
      readonly kind: 'port';
      readonly place: Place;
      /** On the side of the container. */
      readonly range: PortRange;
      /** Undefined for a port that is only announced. */
      readonly binding: PortBinding | undefined;
    }
  | {
      readonly kind: 'host-path';
      readonly place: Place;
      readonly path: string;
      readonly readOnly: boolean;
      /** Given as a device, not mounted. */
      readonly device: boolean;
    };

/** The term at an offset, its end included; the smallest one when several lie there. */
export function termAt(document: ContainerDocument, offset: number): Term | undefined {
  let best: Term | undefined;
  const at = { start: offset, end: offset };
  for (const term of termsOf(document)) {
    if (term.place.file !== undefined || !contains(term.place, at)) continue;
    if (best === undefined || contains(best.place, term.place)) best = term;
  }
  return best;
}

/** Everything that is surely there; words with an unknown variable are left out. */
export function* termsOf(document: ContainerDocument): Generator<Term> {
  for (const container of document.containers) {
    yield* imageTerm(container.image);
    for (const { value, span } of known(container.capAdd))
      yield { kind: 'capability', place: span, name: value, granted: true };
    for (const { value, span } of known(container.capDrop))
      yield { kind: 'capability', place: span, name: value, granted: false };
    for (const binding of container.ports)
      if (binding.target.state === 'set' && binding.invalid === undefined)
        yield { kind: 'port', place: binding.place, range: binding.target.value, binding };
    for (const { hostPath, place, readOnly } of container.mounts)
      if (hostPath.state === 'set')
        yield { kind: 'host-path', place, path: hostPath.value, readOnly, device: false };
    for (const { hostPath, place } of container.devices)
      yield { kind: 'host-path', place, path: hostPath, readOnly: false, device: true };
  }
  for (const { stages } of document.builds)
    for (const stage of stages) {
      if (stage.base.stage === undefined && !stage.base.scratch) yield* imageTerm(stage.base.image);
      for (const step of stage.steps) yield* stepTerms(step, stages);
    }
}

function* stepTerms(step: Step, stages: readonly Stage[]): Generator<Term> {
  if ((step.kind === 'copy' || step.kind === 'add') && step.from?.stage === undefined)
    yield* sourceTerm(step.from?.written, step.from?.place);
  if (step.kind === 'run')
    for (const { from, optionPlaces } of step.mounts)
      if (!stages.some(({ name }) => name !== undefined && name === from?.toLowerCase()))
        yield* sourceTerm(from, optionPlaces.get('from'));
  if (step.kind !== 'expose') return;
  for (const { value, place } of step.words) {
    const range = value.state === 'set' ? exposedPorts(value.value) : undefined;
    if (range) yield { kind: 'port', place, range, binding: undefined };
  }
}

/** An image that files are taken from; a number or a variable is none. */
function* sourceTerm(written: string | undefined, place: Place | undefined): Generator<Term> {
  if (written !== undefined && place !== undefined && !/^\d*$|\$/.test(written))
    yield { kind: 'image', place, reference: written };
}

function* imageTerm(image: Setting<string>): Generator<Term> {
  if (image.state === 'set') yield { kind: 'image', place: image.span, reference: image.value };
}
