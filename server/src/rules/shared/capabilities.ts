/** Capabilities that a container adds and drops. */
import { type Capability, capability, normaliseCapability } from '../../facts/capabilities.js';
import { type Message, say, words } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import { known, type SetSetting } from '../../model/setting.js';
import { containerFix, type Problem, type Severity } from '../rule.js';
import { knownImage } from './image-facts.js';

export interface AddedCapability {
  readonly setting: SetSetting<string>;
  /** Upper case, without `CAP_`. */
  readonly name: string;
  readonly fact: Capability;
  /** The image is known to need it for its job. */
  readonly needed: boolean;
}

/** What `cap_add` holds of these capabilities; `CAP_ALL` is no name that Docker knows. */
export function addedCapabilities(
  container: ContainerSpec,
  wanted: (name: string) => boolean,
): readonly AddedCapability[] {
  const profile = container.build === undefined ? knownImage(container.image)?.profile : undefined;
  const needed = [...(profile?.minimalCaps?.value ?? []), ...(profile?.optionalCaps?.value ?? [])];
  return known(container.capAdd).flatMap((setting) => {
    const name = normaliseCapability(setting.value);
    const fact = capability(setting.value);
    if (fact === undefined || !wanted(name) || !isCapabilityName(setting.value)) return [];
    return [{ setting, name, fact, needed: needed.includes(name) }];
  });
}

/** Whether Docker takes the text, in any case and with or without `CAP_`. */
export function isCapabilityName(text: string): boolean {
  return capability(text) !== undefined && !/^\s*CAP_ALL\s*$/i.test(text);
}

/** Whether everything is dropped that is not added again. */
export function dropsAll(container: ContainerSpec): boolean {
  return known(container.capDrop).some((setting) => normaliseCapability(setting.value) === 'ALL');
}

/** A finding about one added capability. `beyond`: what it gives together with other settings, instead of what the facts say. */
export function addedProblem(
  container: ContainerSpec,
  added: AddedCapability,
  severity: Severity,
  beyond?: Message,
): Problem {
  const { setting, fact, name } = added;
  const gain = beyond ?? words(fact.short);
  return {
    at: setting.span,
    severity: added.needed && severity !== 'error' ? 'info' : severity,
    message: added.needed
      ? say`The image asks for \`${name}\`, with which whoever breaks in ${gain}`
      : say`With \`${name}\`, whoever breaks into \`${container.name}\` ${gain}`,
    fixes: () =>
      containerFix(container, say`Remove \`${setting.value.trim()}\` (what needs it fails)`, 'unsafe', [
        { remove: setting.span },
      ]),
  };
}
