/** What is known of the word under the pointer, whether or not there is a finding about it. */
import { capability, capabilitySource } from '../../facts/capabilities.js';
import { hostDeviceRisk, hostPathRisk, hostPathSource, type PathRisk } from '../../facts/host-paths.js';
import { portFact, portSource } from '../../facts/ports.js';
import type { PortBinding, PortRange } from '../../model/container.js';
import type { Term } from '../../model/terms.js';
import { imageHover } from './image.js';
import type { Markup } from '../markup.js';

type TermOf<K extends Term['kind']> = Extract<Term, { kind: K }>;

/** Undefined when nothing is known. `today` is `YYYY-MM-DD`. */
export function termHover(term: Term, today: string, markup: Markup): string | undefined {
  switch (term.kind) {
    case 'image':
      return imageHover(term.reference, today, markup);
    case 'capability':
      return capabilityHover(term, markup);
    case 'port':
      return portHover(term, markup);
    case 'host-path':
      return hostPathHover(term, markup);
  }
}

const MAN_PAGE = 'https://man7.org/linux/man-pages/man7/capabilities.7.html';

export function capabilityHover(
  { name, granted }: Pick<TermOf<'capability'>, 'name' | 'granted'>,
  markup: Markup,
): string | undefined {
  const fact = capability(name);
  if (fact === undefined) return undefined;
  const usual = fact.dockerDefault
    ? 'Docker grants it by default'
    : fact.name === 'ALL'
      ? 'every capability there is'
      : 'not granted by default';
  return markup.paragraphs([
    `${markup.bold(`Capability ${markup.code(fact.name)}`)} · risk ${fact.risk} · ${usual}`,
    granted ? markup.text(fact.gain) : `${markup.bold('Dropped here.')} With it: ${markup.text(fact.gain)}`,
    `${markup.link('capabilities(7)', MAN_PAGE)} · our judgement, ${capabilitySource.date}`,
  ]);
}

function portHover({ range, binding }: TermOf<'port'>, markup: Markup): string | undefined {
  const facts = portsOf(range).flatMap((port) => portFact(port) ?? []);
  if (facts.length === 0) return undefined;
  const items = facts.map(
    ({ port, service, reason }) =>
      `Port ${port} in the container: usually ${markup.bold(markup.text(service))}; ${markup.text(reason)}`,
  );
  const who = binding === undefined ? [] : [reach(binding, markup)];
  return markup.paragraphs([...items, ...who, `Our list of well-known ports, ${portSource.date}`]);
}

/** A wide range would give a wall of text; what listens at its ends tells enough. */
const MOST_PORTS = 8;

function portsOf({ from, to }: PortRange): readonly number[] {
  return Array.from({ length: Math.min(to - from + 1, MOST_PORTS) }, (_, index) => from + index);
}

function reach({ hostAddress }: PortBinding, markup: Markup): string {
  if (hostAddress.state === 'unknown') return 'Which address of the host it is bound to is not known here.';
  if (hostAddress.state === 'set' && !/^(?:0\.0\.0\.0|\[?::\]?|)$/.test(hostAddress.value))
    return /^(?:127\.|\[?::1\]?$|localhost$)/.test(hostAddress.value)
      ? 'Reachable from this machine only.'
      : `Reachable at ${markup.code(hostAddress.value)} of the host.`;
  return 'Reachable at every address of the host.';
}

const RISK_WORDS: Readonly<Record<PathRisk, string>> = {
  critical: 'critical risk',
  high: 'high risk',
  medium: 'medium risk',
  low: 'low risk',
  none: 'no risk known',
};

function hostPathHover({ path, readOnly, device }: TermOf<'host-path'>, markup: Markup): string | undefined {
  const fact = device ? hostDeviceRisk(path) : hostPathRisk(path);
  if (fact === undefined) return undefined;
  const risk = readOnly ? fact.readOnlyRisk : fact.risk;
  const how = device ? 'device' : readOnly ? 'mounted read-only' : 'mounted writable';
  const better =
    !device && !readOnly && fact.readOnlyRisk !== fact.risk
      ? [`Mounted read-only: ${RISK_WORDS[fact.readOnlyRisk]}.`]
      : !device && fact.kind === 'socket'
        ? ['Read-only makes no difference to a socket: whoever can open it can write to it.']
        : [];
  const rule = fact.matched === path ? '' : ` (as ${markup.code(fact.matched)})`;
  return markup.paragraphs([
    `${markup.bold(markup.code(path))} of the host${rule}, ${how} · ${markup.bold(RISK_WORDS[risk])}`,
    `${markup.text(capitalised(fact.reason))}.`,
    ...better,
    `Our judgement, ${hostPathSource.date}`,
  ]);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
