/**
 * ContainerEditor of a Compose service: wishes in words of the model become minimal edits in the service's dialect.
 * New keys of one call are collected first, so that two wishes below `deploy` create it once.
 */
import type { ContainerChange, ContainerEditor, ContainerFields } from '../../model/container.js';
import {
  addArgument,
  bindPort,
  mountReadOnly,
  privateMount,
  quote,
  removeItem,
  tmpfsSize,
} from './edit-entries.js';
import { setHealthCheck } from './edit-health.js';
import { addToProject, attach, moveTo } from './edit-links.js';
import {
  appendItems,
  finish,
  newPlan,
  type Plan,
  remove,
  replaceWith,
  type ServiceSource,
  setPath,
} from './edit-plan.js';
import { addVariable, fromEnvironment, renameVariable, setVariable } from './edit-variables.js';
import { formatBytes } from './values.js';
import { quoted, yamlString } from './yaml-style.js';

export function serviceEditor(service: ServiceSource): ContainerEditor {
  return {
    apply(changes) {
      const plan = newPlan(service);
      for (const change of mergeAppends(changes)) if (!perform(plan, change)) return undefined;
      return finish(plan);
    },
  };
}

/** Two lists of additions to one key become one, without repeating an item. */
function mergeAppends(changes: readonly ContainerChange[]): readonly ContainerChange[] {
  const merged: ContainerChange[] = [];
  for (const change of changes) {
    const earlier =
      'append' in change ? merged.findIndex((one) => 'append' in one && one.append === change.append) : -1;
    const before = merged[earlier];
    if ('append' in change && before && 'append' in before) {
      merged[earlier] = { append: change.append, items: [...new Set([...before.items, ...change.items])] };
    } else merged.push(change);
  }
  return merged;
}

/** False when the change cannot be expressed. */
function perform(plan: Plan, change: ContainerChange): boolean {
  if ('set' in change) return setField(plan, change.set, change.value);
  if ('append' in change) return appendItems(plan, plan.service.keys[change.append], change.items);
  if ('remove' in change) return remove(plan, change.remove);
  if ('removeMount' in change) return removeItem(plan, change.removeMount);
  if ('removePort' in change) return removeItem(plan, change.removePort);
  if ('replace' in change)
    return replaceWith(plan, change.replace, change.text, {
      placeholder: change.placeholder,
      typed: change.number === true,
    });
  if ('setVariable' in change) return setVariable(plan, change.setVariable, change.value, change.placeholder);
  if ('renameVariable' in change)
    return renameVariable(plan, change.renameVariable, change.name, change.value);
  if ('fromEnvironment' in change) return fromEnvironment(plan, change.fromEnvironment, change.variable);
  if ('addVariable' in change) return addVariable(plan, change.addVariable, change.value);
  if ('addArgument' in change) return addArgument(plan, change.addArgument);
  if ('attach' in change) return attach(plan, change.attach, change.name);
  if ('moveTo' in change) return moveTo(plan, change.moveTo);
  if ('addToProject' in change) return addToProject(plan, change.addToProject, change.name, change.content);
  if ('bindPort' in change) return bindPort(plan, change.bindPort, change.address);
  if ('mountReadOnly' in change) return mountReadOnly(plan, change.mountReadOnly);
  if ('privateMount' in change) return privateMount(plan, change.privateMount);
  if ('tmpfsSize' in change) return tmpfsSize(plan, change.tmpfsSize, change.bytes);
  if ('quote' in change) return quote(plan, change.quote);
  return Object.entries(change.logOptions).every(([name, value]) =>
    setPath(plan, [...plan.service.keys.logOptions, name], {
      scalar: quoted(value, plan.service.file.style.quote),
    }),
  );
}

function setField(
  plan: Plan,
  field: keyof ContainerFields,
  value: ContainerFields[keyof ContainerFields],
): boolean {
  const { style } = plan.service.file;
  if (plan.service.unwritable.has(field)) return false;
  if (typeof value === 'object') return setHealthCheck(plan, value);
  if (typeof value === 'boolean')
    return setPath(plan, plan.service.keys[field], { scalar: String(value) }, String(value));
  if (field === 'restart' && plan.service.keys.restart.length > 1)
    return setRestartPolicy(plan, String(value));
  if (typeof value === 'string')
    return setPath(plan, plan.service.keys[field], { scalar: yamlString(value, style) }, value);
  const text =
    ['memory', 'memoryReservation', 'memorySwap', 'shmSize'].includes(field) && value > 0
      ? formatBytes(value)
      : String(value);
  // Limits below `deploy` are strings in every example users know; the service's own keys are numbers.
  const isString = plan.service.keys[field].length > 1 && field !== 'pids';
  return setPath(
    plan,
    plan.service.keys[field],
    { scalar: isString && field === 'cpus' ? quoted(text, style.quote) : text },
    text,
  );
}

/** `on-failure:5` in the words of `deploy.restart_policy`. */
function setRestartPolicy(plan: Plan, policy: string): boolean {
  const [word = '', attempts] = policy.split(':');
  const condition = word === 'no' ? 'none' : word === 'on-failure' ? word : 'any';
  const { restart } = plan.service.keys;
  const set = (key: string, text: string) => setPath(plan, [...restart, key], { scalar: text }, text);
  return set('condition', condition) && (attempts === undefined || set('max_attempts', attempts));
}
