/** Which services run: those without profiles, and those with an active one. */
import { child, type ConfigNode, itemsOf } from '../config-node.js';
import { textOf } from './identity.js';
import type { Variables } from './variables.js';

/** What the command line says. */
interface Given {
  readonly profiles?: readonly string[];
  readonly services?: readonly string[];
}

/** Profiles given on the command line beat `COMPOSE_PROFILES`; those of services that are named come on top. */
export function activeProfiles(
  { profiles, services = [] }: Given,
  variables: Variables,
  config: ConfigNode | undefined,
): ReadonlySet<string> {
  const listed = (variables.get('COMPOSE_PROFILES') ?? '').split(',').map((one) => one.trim());
  const named = services.flatMap((name) => profilesOf(child(child(config, 'services'), name)));
  return new Set([...(profiles !== undefined && profiles.length > 0 ? profiles : listed), ...named]);
}

/** `*` activates all of them. */
export function isEnabled(service: ConfigNode, active: ReadonlySet<string>): boolean {
  const profiles = profilesOf(service);
  return profiles.length === 0 || active.has('*') || profiles.some((one) => active.has(one));
}

function profilesOf(service: ConfigNode | undefined): readonly string[] {
  return itemsOf(child(service, 'profiles')).flatMap((item) => textOf(item) ?? []);
}
