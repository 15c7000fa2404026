/** What is known of the word under the pointer, whether or not there is a finding about it. */
import { type Capability, capability, capabilitySource } from '../../facts/capabilities.js';
import { hostDeviceRisk, hostPathRisk, hostPathSource, type PathRisk } from '../../facts/host-paths.js';
import { portSource, portUse } from '../../facts/ports.js';
import { type Message, say, sentence, words } from '../../l10n/message.js';
import type { PortBinding, PortRange } from '../../model/container.js';
import type { Term } from '../../model/terms.js';
import { imageHover } from './image.js';
import type { Wording } from '../markup.js';

type TermOf<K extends Term['kind']> = Extract<Term, { kind: K }>;

/** Undefined when nothing is known. `today` is `YYYY-MM-DD`. */
export function termHover(term: Term, today: string, markup: Wording): string | undefined {
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

const CAPABILITY_RISKS: Readonly<Record<Capability['risk'], Message>> = {
  critical: say`risk critical`,
  high: say`risk high`,
  medium: say`risk medium`,
  low: say`risk low`,
};

/** A capability, its risk in one or two words. */
export function capabilityRisk({ risk }: Capability): Message {
  return CAPABILITY_RISKS[risk];
}

export function capabilityHover(
  { name, granted }: Pick<TermOf<'capability'>, 'name' | 'granted'>,
  markup: Wording,
): string | undefined {
  const fact = capability(name);
  if (fact === undefined) return undefined;
  const usual = fact.dockerDefault
    ? say`Docker grants it by default`
    : fact.name === 'ALL'
      ? say`every capability there is`
      : say`not granted by default`;
  const { tell } = markup;
  return markup.paragraphs([
    [
      markup.bold(tell(say`Capability ${markup.code(fact.name)}`)),
      tell(CAPABILITY_RISKS[fact.risk]),
      tell(usual),
    ].join(' · '),
    granted
      ? markup.fact(fact.gain)
      : `${markup.bold(tell(say`Dropped here.`))} ${tell(say`With it: ${markup.fact(fact.gain)}`)}`,
    `${markup.link('capabilities(7)', MAN_PAGE)} · ${tell(say`our judgement, ${capabilitySource.date}`)}`,
  ]);
}

function portHover({ range, binding }: TermOf<'port'>, markup: Wording): string | undefined {
  const items = portsOf(range).flatMap((port) => {
    const use = portUse(port);
    if (use === undefined) return [];
    const service = markup.bold(markup.fact(use.service));
    return markup.tell(say`Port ${port} in the container: usually ${service}; ${markup.fact(use.meaning)}`);
  });
  const ports = range.from === range.to ? `${range.from}` : `${range.from}-${range.to}`;
  return markup.paragraphs([
    ...(items.length > 0 ? items : [markup.tell(say`Port ${ports} in the container: no usual service`)]),
    markup.tell(binding === undefined ? ANNOUNCED : reach(binding, markup)),
    ...(items.length > 0 ? [markup.tell(say`Our list of well-known ports, ${portSource.date}`)] : []),
  ]);
}

const ANNOUNCED = say`Only announced here: a port is open to others when the container is started with it published.`;

/** A wide range would give a wall of text; what listens at its ends tells enough. */
const MOST_PORTS = 8;

function portsOf({ from, to }: PortRange): readonly number[] {
  return Array.from({ length: Math.min(to - from + 1, MOST_PORTS) }, (_, index) => from + index);
}

function reach({ hostAddress }: PortBinding, markup: Wording): Message {
  if (hostAddress.state === 'unknown')
    return say`Which address of the host it is bound to is not known here.`;
  if (hostAddress.state === 'set' && !/^(?:0\.0\.0\.0|\[?::\]?|)$/.test(hostAddress.value))
    return /^(?:127\.|\[?::1\]?$|localhost$)/.test(hostAddress.value)
      ? say`Reachable from this machine only.`
      : say`Reachable at ${markup.code(hostAddress.value)} of the host.`;
  return say`Reachable at every address of the host.`;
}

const RISK_WORDS: Readonly<Record<PathRisk, Message>> = {
  critical: say`critical risk`,
  high: say`high risk`,
  medium: say`medium risk`,
  low: say`low risk`,
  none: say`no risk known`,
};

function hostPathHover({ path, readOnly, device }: TermOf<'host-path'>, markup: Wording): string | undefined {
  const fact = device ? hostDeviceRisk(path) : hostPathRisk(path);
  if (fact === undefined) return undefined;
  const { tell } = markup;
  const risk = readOnly ? fact.readOnlyRisk : fact.risk;
  const how = device ? say`device` : readOnly ? say`mounted read-only` : say`mounted writable`;
  const better =
    !device && !readOnly && fact.readOnlyRisk !== fact.risk
      ? [tell(say`Mounted read-only: ${RISK_WORDS[fact.readOnlyRisk]}.`)]
      : !device && fact.kind === 'socket'
        ? [tell(say`Read-only makes no difference to a socket: whoever can open it can write to it.`)]
        : [];
  const name = markup.bold(markup.code(path));
  const place =
    fact.matched === path
      ? say`${name} of the host, ${how}`
      : say`${name} of the host (as ${markup.code(fact.matched)}), ${how}`;
  return markup.paragraphs([
    `${tell(place)} · ${markup.bold(tell(RISK_WORDS[risk]))}`,
    `${markup.text(tell(sentence(words(fact.reason))))}.`,
    ...better,
    tell(say`Our judgement, ${hostPathSource.date}`),
  ]);
}
