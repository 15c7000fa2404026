/** What ties a service to the rest of its project: networks, secrets, services before it, and entries it needs there. */
import type { SectionContent } from '../../model/project.js';
import { child, isNull, itemsOf } from './config-node.js';
import { addPath, appendItems, type Plan } from './edit-plan.js';
import { addToSection } from './project-edit.js';
import type { NewValue } from './yaml-edit.js';

type Link = 'network' | 'secret' | 'service';

const KEYS = { network: 'networks', secret: 'secrets', service: 'depends_on' } as const;
const NOTHING: NewValue = { map: new Map() };
const STARTED: NewValue = { map: new Map([['condition', { scalar: 'service_started' }]]) };

export function attach(plan: Plan, link: Link, name: string): boolean {
  const { node } = plan.service;
  const key = KEYS[link];
  const existing = child(node, key);
  if (link === 'network' && !isNull(child(node, 'network_mode'))) return false;
  if (existing?.kind === 'map') {
    if (existing.entries.has(name)) return true;
    return addPath(plan, [key, name], link === 'service' ? STARTED : NOTHING);
  }
  const items = itemsOf(existing);
  if (items.some((item) => item.kind === 'scalar' && item.text === name)) return true;
  // Naming a network takes the default one away, which a service without `networks` has.
  const isFirstNetwork = link === 'network' && items.length === 0;
  return appendItems(plan, [key], isFirstNetwork ? ['default', name] : [name]);
}

/** An entry of that name is taken as it is: the same need was met before. */
export function addToProject(plan: Plan, section: string, name: string, content: SectionContent): boolean {
  const { file, root } = plan.service;
  const pair = root.pairs.find(({ key }) => key.kind === 'scalar' && key.value === section);
  const names = pair?.value.kind === 'map' ? pair.value.pairs.map(({ key }) => key) : [];
  if (names.some((key) => key.kind === 'scalar' && key.value === name)) return true;
  const edits = addToSection(file, root, section, name, content);
  if (edits === undefined) return false;
  plan.projectEdits.push(...edits);
  return true;
}
