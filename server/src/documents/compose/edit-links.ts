/** What ties a service to the rest of its project: networks, secrets, services before it, and entries it needs there. */
import type { SectionContent } from '../../model/project.js';
import { child, type ConfigNode, isNull, itemsOf } from './config-node.js';
import { addPath, appendItems, type Plan } from './edit-plan.js';
import type { NewValue } from './yaml-edit.js';

type Link = 'network' | 'secret' | 'service';

const KEYS = { network: 'networks', secret: 'secrets', service: 'depends_on' } as const;
const NOTHING: NewValue = { map: new Map() };
const STARTED: NewValue = { map: new Map([['condition', { scalar: 'service_started' }]]) };

export function attach(plan: Plan, link: Link, name: string): boolean {
  const { node, own } = plan.service;
  const key = KEYS[link];
  const existing = child(own, key);
  if (link === 'network' && !isNull(child(node, 'network_mode'))) return false;
  if (namesIn(child(node, key)).includes(name)) return true;
  if (existing?.kind === 'map') {
    return addPath(plan, [key, name], link === 'service' ? STARTED : NOTHING);
  }
  // Naming a network takes the default one away, which a service without `networks` has.
  const isFirstNetwork = link === 'network' && namesIn(child(node, key)).length === 0;
  return appendItems(plan, [key], isFirstNetwork ? ['default', name] : [name]);
}

/** Only from the default network, which is left by naming another one. */
export function moveTo(plan: Plan, network: string): boolean {
  const { node } = plan.service;
  const isFree = isNull(child(node, 'network_mode')) && namesIn(child(node, 'networks')).length === 0;
  return isFree && appendItems(plan, ['networks'], [network]);
}

function namesIn(node: ConfigNode | undefined): readonly string[] {
  if (node?.kind === 'map') return [...node.entries.keys()];
  return itemsOf(node).flatMap((item) => (item.kind === 'scalar' ? [item.text] : []));
}

/** An entry of that name is taken as it is: the same need was met before. */
export function addToProject(plan: Plan, section: string, name: string, content: SectionContent): boolean {
  const { root } = plan.service;
  const pair = root.pairs.find(({ key }) => key.kind === 'scalar' && key.value === section);
  const names = pair?.value.kind === 'map' ? pair.value.pairs.map(({ key }) => key) : [];
  if (names.some((key) => key.kind === 'scalar' && key.value === name)) return true;
  const entries = plan.projectEntries.get(section) ?? new Map<string, SectionContent>();
  plan.projectEntries.set(section, entries.set(name, content));
  return true;
}
