// Judgements of our own that the raw tables do not carry. Every entry of those tables must be named here, and nothing else.

export type CapabilityClass = 'host-root' | 'host-reach' | 'bounded' | 'default';

const byClass: Readonly<Record<CapabilityClass, string>> = {
  // The kernel or its memory, disks or programs are in the hands of the holder: root on the host without a further flaw.
  'host-root': 'SYS_ADMIN SYS_MODULE SYS_RAWIO BPF MAC_ADMIN MAC_OVERRIDE',
  // Reaches something all containers share (network, clock, kernel log, audit), or needs one more setting for more.
  'host-reach': 'NET_ADMIN SYS_BOOT SYS_TIME PERFMON SYSLOG AUDIT_CONTROL AUDIT_READ CHECKPOINT_RESTORE',
  // Its effect ends at the container, its mounts or a share of the machine's resources.
  bounded:
    'SYS_PTRACE DAC_READ_SEARCH SYS_NICE IPC_LOCK LEASE IPC_OWNER LINUX_IMMUTABLE NET_BROADCAST SYS_PACCT SYS_RESOURCE ' +
    'SYS_TTY_CONFIG WAKE_ALARM BLOCK_SUSPEND',
  default:
    'CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT MKNOD AUDIT_WRITE SETFCAP',
};

export const capabilityClasses: ReadonlyMap<string, CapabilityClass> = new Map(
  (['host-root', 'host-reach', 'bounded', 'default'] as const).flatMap((cls) =>
    byClass[cls].split(' ').map((name) => [name, cls] as const),
  ),
);

/** What whoever breaks in gains, in the few words that a message has room for; where the raw sentence says it shortly, that. */
export const capabilityWords: ReadonlyMap<string, string> = new Map([
  ['NET_ADMIN', 'changes routes and firewall rules'],
  ['IPC_LOCK', 'pins memory until the host runs out of it'],
  ['IPC_OWNER', 'reads shared memory of other users'],
  ['SYS_MODULE', 'loads code into the kernel of the host'],
  ['SYS_RAWIO', 'writes to memory and disks of the host'],
  ['SYS_PTRACE', 'reads and changes memory of other processes'],
  ['SYS_PACCT', 'switches process accounting off'],
  ['SYS_ADMIN', 'mounts anything: nearly root on the host'],
  ['SYS_BOOT', 'reboots the host or loads another kernel'],
  ['SYS_NICE', 'takes CPU time from its neighbours'],
  ['SYS_RESOURCE', 'passes over resource limits and quotas'],
  ['SYS_TIME', 'sets the clock of host and containers'],
  ['LINUX_IMMUTABLE', 'makes files that nobody can delete'],
  ['NET_BROADCAST', 'gains nothing: kernels no longer use it'],
  ['LEASE', 'delays others that open files'],
  ['AUDIT_CONTROL', 'switches auditing of the host off'],
  ['AUDIT_READ', 'reads the audit stream of the host'],
  ['MAC_ADMIN', 'changes the policy that confines programs'],
  ['SYSLOG', 'reads the kernel log with kernel addresses'],
  ['PERFMON', 'watches other processes: data leaks'],
  ['BPF', 'loads programs into the kernel of the host'],
  ['CHECKPOINT_RESTORE', 'reads memory maps of other processes'],
]);

export type PortClass = 'datastore' | 'admin' | 'debug' | 'remote' | 'other';

const portsByClass: Readonly<Record<PortClass, string>> = {
  // Holds data or messages: databases, caches, queues, search, file shares.
  datastore:
    '389 636 1433 1521 1883 2049 2181 2379 2380 3260 3268 3306 5432 5672 5984 6379 7000 7199 7474 7687 8020 8086 8123 8200 ' +
    '8545 8983 9042 9092 9160 9200 9300 11211 16379 25672 26379 27017 27018 27019 28015 33060 61616 445 873',
  // Steers a service or a cluster, or shows its inside.
  admin:
    '2375 2376 2377 4040 4194 4243 4369 4505 4506 4848 5555 5601 6443 7001 7946 8009 8088 8161 8300 8500 ' +
    '8888 9001 9090 9091 9093 9100 9443 9600 10000 10250 10255 10256 11434 15672 16686 50000 50070 1099 4444 623',
  debug: '2345 5005 5678 5858 9229 40000',
  // A shell or a screen.
  remote: '22 23 512 513 514 3389 5037 5900 5901 5938 5985 5986 6000',
  // 3000, 5000, 8001 and 9000 are what most web applications choose too.
  other:
    '20 21 25 53 69 79 110 111 123 135 137 138 139 143 161 1080 1723 3000 3128 4789 5000 6667 8001 8080 8081 9000',
};

export const portClasses: ReadonlyMap<number, PortClass> = new Map(
  (['datastore', 'admin', 'debug', 'remote', 'other'] as const).flatMap((cls) =>
    portsByClass[cls].split(' ').map((port) => [Number(port), cls] as const),
  ),
);

/** Ports that the raw table lacks, or whose words there are not enough for a message. */
export const portWords: ReadonlyMap<number, { readonly service: string; readonly reason: string }> = new Map([
  [2345, { service: 'delve', reason: 'a Go debugger runs any code it is sent' }],
  [40000, { service: 'delve', reason: 'a Go debugger runs any code it is sent' }],
  [5005, { service: 'Java debugger', reason: 'runs any code it is sent' }],
  [
    5678,
    {
      service: 'debugpy or n8n',
      reason: 'a Python debugger runs any code it is sent; n8n shows its editor there',
    },
  ],
  [5858, { service: 'Node.js debugger', reason: 'runs any code it is sent' }],
  [9229, { service: 'Node.js inspector', reason: 'runs any code it is sent' }],
]);
