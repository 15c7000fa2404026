/** Changes of variables in a service's `environment`, `labels` and `build.args`: in a map, or in a list of `NAME=value`. */
import type { Variable } from '../../model/container.js';
import { child } from './config-node.js';
import { addPath, appendItems, noteSharing, type Plan, replace, slotAt } from './edit-plan.js';
import { yamlString } from './yaml-style.js';

/** In list form the name is part of the item. */
export function setVariable(plan: Plan, variable: Variable, value: string, placeholder?: string): boolean {
  const slot = slotAt(plan, variable.place);
  const item = slot?.kind === 'item' && variable.written !== undefined;
  if (!item) return replace(plan, variable.place, value, placeholder);
  return replace(plan, variable.place, `${variable.name}=${inDefault(variable, value)}`, placeholder);
}

/** Where a default is in force, the new value takes its place and the variable stays. */
function inDefault({ written, literal, value }: Variable, text: string): string {
  const inForce = value.state === 'set' && value.value === literal?.text && literal.defaultOf !== undefined;
  const head = /^\$\{\w+:?-(?=[^${}]*\}$)/.exec(written ?? '')?.[0];
  return inForce && head !== undefined && !/[${}]/.test(text) ? `${head}${text}}` : text;
}

export function renameVariable(plan: Plan, variable: Variable, name: string, value: string): boolean {
  const slot = slotAt(plan, variable.namePlace);
  // Under another name, the value of a variable means something else.
  if (variable.literal === undefined || variable.literal.partial || variable.literal.defaultOf) return false;
  if (slot?.kind === 'item') return replace(plan, variable.place, `${name}=${value}`);
  if (slot?.kind !== 'pair' || variable.written === undefined) return false;
  const taken = slot.map.pairs.some(({ key }) => key.kind === 'scalar' && key.value === name);
  if (taken || !replace(plan, variable.place, value)) return false;
  noteSharing(plan, variable.namePlace);
  plan.edits.push({ span: slot.pair.key.span, text: yamlString(name, plan.service.file.style) });
  return true;
}

/** Compose stops with the message behind `?` when the variable has no value. */
export function fromEnvironment(plan: Plan, variable: Variable, name: string): boolean {
  return setVariable(plan, variable, `\${${name}:?set it in .env}`);
}

export function addVariable(plan: Plan, name: string, value: string): boolean {
  const { service } = plan;
  const existing = child(service.own, 'environment');
  if (existing?.kind === 'list') return appendItems(plan, ['environment'], [`${name}=${value}`]);
  return addPath(plan, ['environment', name], { scalar: yamlString(value, service.file.style) });
}
