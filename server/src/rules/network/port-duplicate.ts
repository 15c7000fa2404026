import { say } from '../../l10n/message.js';
import type { ContainerSpec, PortBinding, PortRange } from '../../model/container.js';
import { hasUnknown, known } from '../../model/setting.js';
import { defineRule, dockerDocs } from '../rule.js';
import { isEveryAddress, portName } from '../shared/ports.js';

interface Claim {
  readonly order: number;
  readonly container: ContainerSpec;
  readonly port: PortBinding;
  readonly from: number;
  readonly to: number;
}

export default defineRule({
  meta: {
    id: 'port-duplicate',
    practice: 'network',
    severity: 'warning',
    title: 'Host port is published twice',
    why: 'Only the service that starts first gets the port; the other one fails, or a restart swaps which program answers.',
    advice: 'Give each service a host port of its own, or different host addresses.',
    presence: 'presence',
    profile: 'recommended',
    fixes: [],
    references: [dockerDocs('Compose ports', '/reference/compose-file/services/#ports')],
    equivalents: ['dclint:no-duplicate-exported-ports'],
    since: '0.1.0',
  },
  check: {
    *project(project) {
      const claims = new Claims();
      for (const container of project.containers) {
        for (const port of container.ports) {
          const { published } = port;
          if (published.state !== 'set' || published.value.from === 0 || port.hostAddress.state === 'unknown')
            continue;
          const claim = claims.next(container, port, published.value);
          const earlier = claims.earlier(claim);
          claims.add(claim);
          if (earlier === undefined) continue;
          yield {
            at: port.place,
            message: say`Host port ${portName(port)} of \`${container.name}\` is already taken by \`${earlier.container.name}\``,
            related: [
              { at: earlier.port.place, message: say`published by \`${earlier.container.name}\` here` },
            ],
          };
        }
      }
    },
  },
});

/** What is published so far. Single ports are looked up: there may be tens of thousands. */
class Claims {
  readonly #single = new Map<number, Claim[]>();
  readonly #ranges: Claim[] = [];
  #count = 0;

  next(container: ContainerSpec, port: PortBinding, { from, to }: PortRange): Claim {
    return { container, port, from, to, order: this.#count++ };
  }

  add(claim: Claim): void {
    if (claim.from < claim.to) this.#ranges.push(claim);
    else this.#at(claim.from).push(claim);
  }

  /** The first one that takes a port that this one wants. */
  earlier(claim: Claim): Claim | undefined {
    const isIt = (one: Claim) => collide(one, claim);
    let first = this.#ranges.find(isIt);
    if (isChoice(claim)) return first;
    for (let port = claim.from; port <= claim.to; port++) {
      const found = this.#single.get(port)?.find(isIt);
      if (found !== undefined && (first === undefined || found.order < first.order)) first = found;
    }
    return first;
  }

  #at(port: number): Claim[] {
    const known = this.#single.get(port);
    if (known !== undefined) return known;
    const claims: Claim[] = [];
    this.#single.set(port, claims);
    return claims;
  }
}

function collide(a: Claim, b: Claim): boolean {
  if (a.port.protocol !== b.port.protocol || a.from > b.to || b.from > a.to) return false;
  // A range of host ports for one container port means "any free one of these".
  if (isChoice(a) || isChoice(b)) return false;
  return sameAddress(a.port, b.port) && mayRunTogether(a.container, b.container);
}

function isChoice({ port, from, to }: Claim): boolean {
  return to > from && port.target.state === 'set' && port.target.value.from === port.target.value.to;
}

function sameAddress(a: PortBinding, b: PortBinding): boolean {
  if (isEveryAddress(a) || isEveryAddress(b)) return true;
  return (
    a.hostAddress.state === 'set' &&
    b.hostAddress.state === 'set' &&
    a.hostAddress.value === b.hostAddress.value
  );
}

/** A service without profiles always runs; two with profiles only when they share one. */
function mayRunTogether(a: ContainerSpec, b: ContainerSpec): boolean {
  if (a === b) return true;
  if (hasUnknown(a.profiles) || hasUnknown(b.profiles)) return false;
  const [left, right] = [known(a.profiles), known(b.profiles)].map((profiles) =>
    profiles.map((profile) => profile.value),
  );
  if (!left?.length || !right?.length) return true;
  return left.some((profile) => right.includes(profile));
}
