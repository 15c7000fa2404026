/** `pre_start`, `post_start` and `pre_stop` of a service: commands that Compose runs around the container's own. */
import type { Hook } from '../../model/container.js';
import type { Setting } from '../../model/setting.js';
import { readWord } from './commands.js';
import { child, type ConfigNode, itemsOf } from './config-node.js';
import { readBoolean, readUser } from './values.js';
import { readVariables } from './variables.js';

const KEYS = ['pre_start', 'post_start', 'pre_stop'] as const;

export function readHooks(service: ConfigNode, absent: Setting<never>): readonly Hook[] {
  return KEYS.flatMap((key) =>
    itemsOf(child(service, key)).map((item) => ({
      key,
      inside: key !== 'pre_start',
      user: readUser(child(item, 'user'), absent),
      privileged: readBoolean(child(item, 'privileged'), absent),
      environment: readVariables(child(item, 'environment')),
      words: itemsOf(child(item, 'command')).flatMap(readWord),
    })),
  );
}
