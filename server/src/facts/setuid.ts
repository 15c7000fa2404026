// Programs that run with the rights of their owner, and the packages that bring them.
import data from './data/setuid.json';

export interface SetuidProgram {
  /** File name of the program: `sudo`. */
  readonly program: string;
  /** Packages that bring it, names of Debian, Alpine or Red Hat. */
  readonly packages: readonly string[];
  /** `setuid`, `setgid shadow`, `setuid or cap_net_raw` … */
  readonly mode: string;
  /** What it does, a phrase without full stop. */
  readonly why: string;
  readonly confidence: 'derived' | 'reported';
}

export const setuidSource = { source: data.source, date: data.retrieved } as const;

// The confidence is a union that a JSON import cannot express; the refresh script checks it.
export const setuidPrograms = data.records as readonly SetuidProgram[];

/** Packages that every base image carries already: installing them again changes nothing worth a finding. */
const always = new Set(['util-linux', 'mount', 'passwd', 'login', 'libpam-modules-bin', 'bsdutils']);
const byPackage: ReadonlyMap<string, readonly SetuidProgram[]> = new Map(
  [...new Set(setuidPrograms.flatMap((one) => one.packages))]
    .filter((name) => !always.has(name))
    .map((name) => [name, setuidPrograms.filter((one) => one.packages.includes(name))]),
);
/** Only give rights up, so they work under no-new-privileges and are no danger. */
const dropOnly = new Set(['gosu', 'su-exec', 'setpriv', 'chpst', 's6-setuidgid']);

/** Programs with setuid or setgid bits that installing the package (name without version) brings; empty when none. */
export function setuidProgramsOf(packageName: string): readonly SetuidProgram[] {
  return byPackage.get(packageName) ?? [];
}

/** True for helpers that only drop rights (`gosu`, `su-exec`, `setpriv` …). */
export function dropsPrivilegesOnly(program: string): boolean {
  return dropOnly.has(program);
}

/** A command that takes the bits from all programs of an image. It must run as root, as the last step that does. */
export const stripSetuidCommand = 'find / -xdev -perm /6000 -type f -exec chmod a-s {} +';
