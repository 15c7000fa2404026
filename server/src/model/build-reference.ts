import type { Place } from '../text/span.js';
import type { Variable } from './container.js';
import type { Setting } from './setting.js';

/** How a container asks for its image to be built: Compose `build`. */
export interface BuildReference {
  /** Folder, URL or Git reference; `.` when not given. */
  readonly context: Setting<string>;
  /** Path relative to the context; `Dockerfile` when not given. */
  readonly dockerfile: Setting<string>;
  /** The text of `dockerfile_inline`. */
  readonly inline: Setting<string>;
  /** Unset: the last stage. */
  readonly target: Setting<string>;
  readonly args: readonly Variable[];
  readonly network: Setting<string>;
  readonly privileged: Setting<boolean>;
  readonly entitlements: readonly Setting<string>[];
  readonly pull: Setting<boolean>;
  /** Names of the project's secrets that its steps may read. */
  readonly secrets: readonly string[];
  /** The `build` key. */
  readonly place: Place;
}
