// What usually listens on a port: those that should not be open to everybody, and those that everybody knows.
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

const WEB = 'web pages, not encrypted';
const DEVELOPMENT = 'web applications and development servers';

/** Ports that are made to be reached, or that say nothing about danger. */
const common: ReadonlyMap<number, readonly [service: string, meaning: string]> = new Map([
  [80, ['HTTP', WEB]],
  [443, ['HTTPS', 'web pages, encrypted']],
  [465, ['SMTPS', 'sends mail, encrypted']],
  [587, ['mail submission', 'takes mail from users who log in']],
  [853, ['DNS over TLS', 'names and addresses, encrypted']],
  [993, ['IMAPS', 'reads mail, encrypted']],
  [995, ['POP3S', 'reads mail, encrypted']],
  [1194, ['OpenVPN', 'a way into a private network']],
  [3001, ['HTTP', DEVELOPMENT]],
  [3478, ['STUN and TURN', 'finds a way for calls between two machines']],
  [4200, ['Angular', 'a development server, not made for strangers']],
  [4317, ['OpenTelemetry', 'takes traces and metrics']],
  [4318, ['OpenTelemetry', 'takes traces and metrics']],
  [5173, ['Vite', 'a development server, not made for strangers']],
  [8000, ['HTTP', DEVELOPMENT]],
  [8443, ['HTTPS', 'web pages, encrypted']],
  [8883, ['MQTT over TLS', 'messages of devices, encrypted']],
  [51820, ['WireGuard', 'a way into a private network']],
]);

/** What usually listens on a port, dangerous or not: a name, and a phrase about it. */
export function portUse(port: number): { readonly service: string; readonly meaning: string } | undefined {
  const fact = known.get(port);
  if (fact) return { service: fact.service, meaning: fact.reason };
  const [service, meaning] = common.get(port) ?? [];
  return service === undefined || meaning === undefined ? undefined : { service, meaning };
}

/** For translators. */
export function commonPortTexts(): readonly string[] {
  return [...common.values()].flat();
}

/** What is known of a port that should stay inside. Ask with the container's side of a mapping: in `15432:5432` it is still postgres. */
export function portFact(port: number): PortFact | undefined {
  return known.get(port);
}
