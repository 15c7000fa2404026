// Ports that should not be open to everybody, by what usually listens there.
import data from './data/ports.json';

/**
 * - `datastore`: databases, caches, queues, file shares.
 * - `admin`: steers a service, a cluster or the Docker daemon itself.
 * - `debug`: a debugger that runs any code it is sent.
 * - `remote`: a shell or a screen.
 * - `other`: worth knowing, often published on purpose (smtp, dns, http alternatives).
 */
export type PortClass = 'datastore' | 'admin' | 'debug' | 'remote' | 'other';

export interface PortFact {
  readonly port: number;
  readonly class: PortClass;
  /** Short name for messages: `postgres`. */
  readonly service: string;
  /** A phrase without full stop: why it should stay inside. */
  readonly reason: string;
}

export const portSource = { source: data.source, date: data.retrieved } as const;

// The class is a union that a JSON import cannot express; the refresh script checks it.
const known: ReadonlyMap<number, PortFact> = new Map(
  (data.records as readonly PortFact[]).map((record) => [record.port, record]),
);

/** What is known of a port. Ask with the container's side of a mapping: in `15432:5432` it is still postgres. */
export function portFact(port: number): PortFact | undefined {
  return known.get(port);
}
