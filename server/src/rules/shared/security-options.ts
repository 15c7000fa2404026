/** Entries of a container's `security_opt`. */
import type { ContainerSpec } from '../../model/container.js';
import { known, type SetSetting } from '../../model/setting.js';

export interface SecurityOption {
  readonly setting: SetSetting<string>;
  /** `seccomp`, `no-new-privileges`, in lower case. */
  readonly key: string;
  /** Undefined for a word alone. */
  readonly value: string | undefined;
}

export interface NewPrivilegesOption {
  readonly setting: SetSetting<string>;
  readonly on: boolean;
}

/** The entries whose text is known, split at the first `=`, otherwise at the first `:`. */
export function securityOptions(container: ContainerSpec): readonly SecurityOption[] {
  return known(container.securityOpt).map((setting) => {
    const text = setting.value;
    const at = text.includes('=') ? text.indexOf('=') : text.indexOf(':');
    return at < 0
      ? { setting, key: text.trim().toLowerCase(), value: undefined }
      : { setting, key: text.slice(0, at).trim().toLowerCase(), value: text.slice(at + 1).trim() };
  });
}

/**
 * The entries about `no-new-privileges`, each with what it asks for; the last one is in force. Words that the daemon
 * does not take as a boolean are left out: it refuses them.
 */
export function newPrivilegesOptions(container: ContainerSpec): readonly NewPrivilegesOption[] {
  return securityOptions(container).flatMap(({ setting, key, value }): NewPrivilegesOption[] => {
    if (key !== 'no-new-privileges') return [];
    if (value === undefined || /^(?:1|t|true)$/i.test(value)) return [{ setting, on: true }];
    return /^(?:0|f|false)$/i.test(value) ? [{ setting, on: false }] : [];
  });
}
