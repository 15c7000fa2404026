// Devices by the numbers that control groups know them by: `b 8:0` is /dev/sda. From the kernel's list of allocated
// device numbers (Documentation/admin-guide/devices.txt), as far as a device is worth a finding.

export interface DeviceRule {
  /** `all`: every device of both kinds. */
  readonly kind: 'block' | 'character' | 'all';
  /** Undefined for `*`. */
  readonly major: number | undefined;
  readonly minor: number | undefined;
  /** Some of `r`, `w` and `m`. */
  readonly permissions: string;
}

/** `c 1:3 rwm`; undefined for what is no rule. */
export function parseDeviceRule(text: string): DeviceRule | undefined {
  const match = /^\s*([abc])\s+(\*|\d{1,7}):(\*|\d{1,7})\s+([rwm]{1,3})\s*$/.exec(text);
  if (match === null) return undefined;
  const [, letter, major, minor, permissions = ''] = match;
  return {
    kind: letter === 'a' ? 'all' : letter === 'b' ? 'block' : 'character',
    major: major === '*' ? undefined : Number(major),
    minor: minor === '*' ? undefined : Number(minor),
    permissions,
  };
}

/** Drives for discs that only play. */
const DISCS = 11;
const LOOP = 7;
/** By major number, then by minor. The path is one that the table of host paths knows. */
const CHARACTER: ReadonlyMap<number, ReadonlyMap<number, string>> = new Map([
  [
    1,
    new Map([
      [1, '/dev/mem'],
      [2, '/dev/kmem'],
      [4, '/dev/port'],
      [11, '/dev/kmsg'],
    ]),
  ],
  [
    10,
    new Map([
      [223, '/dev/uinput'],
      [229, '/dev/fuse'],
      [232, '/dev/kvm'],
      [237, '/dev/loop-control'],
    ]),
  ],
]);
const WHOLE: ReadonlyMap<number, string> = new Map([
  [13, '/dev/input'],
  [21, '/dev/sg'],
  [189, '/dev/bus/usb'],
]);

/** The gravest device that a rule opens, as a path; `/dev` for all of them, undefined for one that is usual. */
export function deviceOfRule({ kind, major, minor }: DeviceRule): string | undefined {
  if (kind === 'all' || major === undefined) return kind === 'block' ? '/dev/disk' : '/dev';
  if (kind === 'block') return major === DISCS ? undefined : major === LOOP ? '/dev/loop' : '/dev/disk';
  const own = CHARACTER.get(major);
  if (own === undefined) return WHOLE.get(major);
  // With all minors the first one, which is the gravest, is among them.
  return minor === undefined ? [...own.values()][0] : own.get(minor);
}
