// Values of `security_opt`: what each one does. Our own short list from Docker's documentation (docs.docker.com, engine
// security pages), read on 2026-11-23; profiles of the user's own are not in it.

export interface SecurityOptionFact {
  /** As Compose and `docker run` take it. */
  readonly value: string;
  readonly effect: 'hardens' | 'default' | 'weakens';
  /** A sentence. */
  readonly meaning: string;
}

export const securityOptionFacts: readonly SecurityOptionFact[] = [
  {
    value: 'no-new-privileges:true',
    effect: 'hardens',
    meaning: 'No process gains privileges by starting a setuid program or one with file capabilities.',
  },
  {
    value: 'apparmor:docker-default',
    effect: 'default',
    meaning: 'The AppArmor profile that Docker uses by itself on hosts with AppArmor.',
  },
  {
    value: 'seccomp:builtin',
    effect: 'default',
    meaning: 'The system call filter that Docker uses by itself, also where the daemon has another default.',
  },
  {
    value: 'no-new-privileges:false',
    effect: 'weakens',
    meaning: 'Setuid programs may turn any user into root, even where the daemon forbids it by default.',
  },
  {
    value: 'seccomp:unconfined',
    effect: 'weakens',
    meaning: 'Opens every system call of the kernel: flaws in rarely used ones lead out of the container.',
  },
  {
    value: 'apparmor:unconfined',
    effect: 'weakens',
    meaning: 'Takes away the AppArmor profile that keeps processes from /proc, /sys and mounts.',
  },
  {
    value: 'label:disable',
    effect: 'weakens',
    meaning: 'Takes away the SELinux label that keeps processes from files of the host.',
  },
  {
    value: 'systempaths=unconfined',
    effect: 'weakens',
    meaning: 'Makes the hidden and read-only parts of /proc and /sys visible and writable.',
  },
];
