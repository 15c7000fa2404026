/** Ports as EXPOSE and the `expose` of Compose name them. */
import type { PortBinding, PortRange } from './container.js';

export interface ExposedPorts extends PortRange {
  readonly protocol: PortBinding['protocol'];
}

/** `8080`, `8080/tcp`, `8000-8010`; undefined for what is none, also for a range that ends before it starts. */
export function exposedPorts(text: string): ExposedPorts | undefined {
  const [, first, last = first, protocol = 'tcp'] =
    /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/i.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (first === undefined || to < from) return undefined;
  // The pattern lets nothing else through.
  return { from, to, protocol: protocol.toLowerCase() as ExposedPorts['protocol'] };
}
