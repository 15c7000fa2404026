import type { Place } from '../text/span.js';

/** The configuration of a Docker daemon: daemon.json. Its settings are read when that kind of file is. */
export interface DaemonSpec {
  readonly place: Place;
}
