/** What happens to a service that ends or hangs: its restart policy and its health check. */
import type { HealthCheck } from '../../model/container.js';
import { type Setting, setTo, unknown } from '../../model/setting.js';
import type { Place } from '../../text/span.js';
import { child, type ConfigNode, isNull } from './config-node.js';
import { readBoolean, readNumber, readText } from './values.js';

/** `deploy.restart_policy` in the words of `restart`, which it replaces. Shown at the count when there is one. */
export function readRestart(
  node: ConfigNode | undefined,
  deploy: ConfigNode | undefined,
  absent: Setting<never>,
): Setting<string> {
  const policy = child(deploy, 'restart_policy');
  if (policy === undefined || deploy?.kind !== 'map') return readText(node, absent);
  const condition = readText(child(policy, 'condition'), absent);
  const attempts = readNumber(child(policy, 'max_attempts'), absent);
  if (condition.state === 'unknown') return condition;
  if (attempts.state === 'unknown') return attempts;
  const word = condition.state === 'set' ? condition.value : 'any';
  const name = word === 'none' ? 'no' : word === 'any' ? 'always' : word;
  const suffix = attempts.state === 'set' && name !== 'no' ? `:${attempts.value}` : '';
  const written = attempts.state === 'set' ? attempts : condition;
  const key = deploy.entries.get('restart_policy')?.keyPlace ?? policy.place;
  return setTo(name + suffix, written.state === 'set' ? written.span : key);
}

/** The check, whose place is the key or word that decides; `absent` where none is written. */
export function readHealthCheck(node: ConfigNode | undefined, absent: Setting<never>): Setting<HealthCheck> {
  if (node === undefined || isNull(node)) return absent;
  const disable = readBoolean(child(node, 'disable'), absent);
  if (disable.state === 'set' && disable.value)
    return setTo({ disabled: true, test: [], shell: false }, disable.span, disable.origin);
  const test = child(node, 'test');
  if (test === undefined || isNull(test)) return absent;
  if (test.kind === 'map') return unknown(test.place);
  if (test.kind === 'scalar') {
    return test.unknown === undefined
      ? setTo(
          { disabled: false, test: [test.text], shell: true, command: commandPlace(node, test) },
          test.place,
          test.origin,
        )
      : unknown(test.place, test.unknown);
  }
  const words = test.items.map((item) => (item.kind === 'scalar' ? item.text : ''));
  const at = test.items[0]?.place ?? test.place;
  if (words.length === 0) return absent;
  return setTo(
    {
      disabled: words[0] === 'NONE',
      test: words.slice(1),
      shell: words[0] === 'CMD-SHELL',
      command: commandPlace(node, test.items[1] ?? test.items[0] ?? test),
    },
    at,
    test.origin,
  );
}

/** A block of text is told by its key. */
function commandPlace(check: ConfigNode, command: ConfigNode): Place {
  const key = check.kind === 'map' ? check.entries.get('test')?.keyPlace : undefined;
  const isBlock = command.kind === 'scalar' && command.block;
  return isBlock && key ? key : command.place;
}
