// Cuts the table of sensitive host paths, adds what it lacks, and says of every path what kind of thing it is.
import { fail, head, list, oneOf, shape, text, unique } from './read.js';
import { type Table, table } from './write.js';

const kinds = {
  root: '/ C:\\ /c /host_mnt /mnt/c',
  socket:
    '/run/docker.sock /run/containerd/containerd.sock /run/podman/podman.sock /run/crio/crio.sock /run/cri-dockerd.sock ' +
    '/run/k3s/containerd/containerd.sock /run/buildkit/buildkitd.sock /run/dbus/system_bus_socket /run/systemd/private ' +
    '/run /run/containerd /run/user /run/systemd \\\\.\\pipe\\docker_engine',
  accounts:
    '/etc/passwd /etc/group /etc/shadow /etc/gshadow /etc/sudoers /etc/sudoers.d /root/.ssh /var/backups',
  config:
    '/etc /etc/cron.d /etc/systemd /etc/docker /etc/kubernetes /etc/cni /etc/rancher /var/spool/cron /etc/ld.so.preload ' +
    '/etc/cron.daily /etc/cron.hourly /etc/cron.weekly /etc/cron.monthly /etc/crontab /etc/rc.local /etc/udev ' +
    '/etc/modprobe.d /etc/ld.so.conf.d /etc/profile.d /etc/pam.d /etc/init.d',
  credentials:
    '/etc/ssl/private /etc/ssh /etc/letsencrypt ~/.ssh ~/.aws ~/.kube ~/.docker ~/.docker/config.json ~/.gnupg ' +
    '~/.config/gcloud ~/.azure ~/.npmrc ~/.netrc ~/.git-credentials ~/.pypirc ~/.m2/settings.xml ~/.vault-token ' +
    '~/.config/gh ~/.pgpass ~/.my.cnf ~/.password-store ~/.terraform.d ~/.oci ~/.s3cfg ~/.boto ~/.gem/credentials ' +
    '~/.cargo/credentials.toml ~/.config/containers/auth.json ~/.local/share/keyrings ~/.mozilla ' +
    '~/.config/google-chrome /etc/krb5.keytab /run/secrets /var/run/secrets/kubernetes.io',
  kernel:
    '/proc /proc/sys /sys /sys/fs/cgroup /sys/kernel /boot /lib/modules /usr/src /sys/class /sys/devices /sys/block /sys/bus',
  device:
    '/dev /dev/mem /dev/kmem /dev/kmsg /dev/sda /dev/nvme0n1 /dev/mapper /dev/dri /dev/net/tun /dev/kvm /dev/fuse /dev/shm ' +
    '/dev/snd /dev/ttyUSB0 /dev/vfio /dev/port /dev/sd /dev/hd /dev/vd /dev/xvd /dev/nvme /dev/mmcblk /dev/dm- /dev/md ' +
    '/dev/loop /dev/loop-control /dev/disk /dev/zfs /dev/sg /dev/input /dev/uinput /dev/bus/usb /dev/ttyUSB /dev/ttyACM ' +
    '/dev/ttyS /dev/ttyAMA /dev/serial /dev/video /dev/nvidia /dev/kfd /dev/i2c- /dev/spidev /dev/gpiochip /dev/gpiomem ' +
    '/dev/nbd /dev/rbd /dev/zvol /dev/zd /dev/pmem /dev/mtd /dev/hidraw /dev/apex_0 /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/ppp /dev/ipmi0 /dev/vhost-net',
  programs:
    '/lib /lib64 /usr /bin /sbin /opt/cni/bin /usr/bin /usr/sbin /usr/lib /usr/local/bin /usr/local/sbin /usr/share ' +
    'C:\\Windows /System /Library /private',
  home: '/root /home ~ /Users C:\\Users',
  state:
    '/var /var/lib /var/lib/docker /var/lib/docker/volumes /var/lib/containerd /var/lib/containers /var/lib/kubelet ' +
    '/var/lib/etcd C:\\ProgramData\\docker',
  logs: '/var/log /var/log/journal',
  data: '/opt /srv /mnt /media /tmp /tmp/.X11-unix /run/lock /run/udev',
  harmless:
    '/etc/localtime /etc/timezone /etc/hosts /etc/resolv.conf /etc/ssl/certs /etc/machine-id /usr/share/zoneinfo ' +
    '/usr/share/ca-certificates /usr/local/share/ca-certificates /etc/os-release /etc/hostname /etc/pki/ca-trust ' +
    '/etc/ca-certificates',
} as const;

type Kind = keyof typeof kinds;
type Risk = (typeof riskNames)[number];
const riskNames = ['critical', 'high', 'medium', 'low', 'none'] as const;

/**
 * What a path below a tree is worth when it has no entry of its own: the folder of one program below /etc or /var/lib is
 * not the whole of it, and a project below a home directory is not the home directory.
 */
const below: Readonly<Record<string, Risk>> = {
  '/etc': 'medium',
  '/usr': 'medium',
  '/usr/share': 'low',
  '/opt': 'low',
  '/var': 'low',
  '/var/lib': 'low',
  '/var/log': 'low',
  '/tmp': 'low',
  '/run': 'medium',
  '/run/user': 'medium',
  '/sys': 'high',
  '/dev': 'medium',
  '/home': 'low',
  '/Users': 'low',
  'C:\\Users': 'low',
  '~': 'low',
  '/root': 'medium',
  '/private': 'low',
  '/Library': 'medium',
  '/host_mnt': 'low',
};

/** Sentences of the raw table that only make sense beside their neighbours. */
const reasons: Readonly<Record<string, string>> = {
  '/etc/group': 'group names, usually mounted read-only beside /etc/passwd',
  '/run': 'the sockets of all services of the host, the Docker daemon among them',
  '/run/docker.sock':
    'the Docker API: whoever can write to it is root on the host, and read-only mounting does not limit it',
  '/etc/passwd': 'an account that is added there can be root',
  '/sys': 'cgroups, devices and helpers that the kernel starts as root',
  '/var/lib/docker': 'images, volumes and secrets of all containers',
  '/tmp': 'X11 and agent sockets of every local user',
  '/var/lib/docker/volumes': 'the data of all other containers',
  '/var/log': 'changed lines fool log readers',
  '/lib/modules': 'a module that is planted there runs in the kernel',
  '/etc/ssh': 'the keys of the host, and who may log in how',
  '/etc/sudoers': 'says who may become root',
  '/etc/sudoers.d': 'says who may become root',
  '/etc/machine-id': 'the identity of the host',
  '/dev/dri': 'graphics card',
  '/dev/snd': 'sound card',
  '/srv': 'data of services',
  '/mnt': 'mounted data',
  '/media': 'mounted data',
};

/** Devices that do nothing to the host unless a capability comes along, which is a finding by itself. */
const risks: Readonly<Record<string, Risk>> = {
  '/dev/fuse': 'low',
  '/dev/kvm': 'low',
  '/dev/vhost-net': 'low',
};

type Entry = readonly [path: string, risk: Risk, match: 'exact' | 'tree' | 'prefix', reason: string];
/** What the raw table lacks. */
const additions: readonly Entry[] = [
  ['/mnt/c', 'critical', 'exact', 'the whole C: drive (WSL form)'],
  ['C:\\Users', 'high', 'tree', 'keys and data of every Windows user'],
  ['/etc/ld.so.preload', 'critical', 'exact', 'code loaded into every program of the host'],
  ['/etc/cron.daily', 'critical', 'tree', 'host jobs run as root'],
  ['/etc/gshadow', 'critical', 'exact', 'password hashes of groups'],
  ['/etc/cron.hourly', 'critical', 'tree', 'host jobs run as root'],
  ['/etc/cron.weekly', 'critical', 'tree', 'host jobs run as root'],
  ['/etc/cron.monthly', 'critical', 'tree', 'host jobs run as root'],
  ['/etc/crontab', 'critical', 'exact', 'host jobs run as root'],
  ['/etc/rc.local', 'critical', 'exact', 'commands run as root when the host starts'],
  ['/etc/udev', 'critical', 'tree', 'programs run as root when a device appears'],
  ['/etc/modprobe.d', 'critical', 'tree', 'commands run as root when a module is loaded'],
  ['/etc/ld.so.conf.d', 'critical', 'tree', 'code loaded into every program of the host'],
  ['/etc/krb5.keytab', 'high', 'exact', 'the key of the host in its domain'],
  ['/root/.ssh', 'critical', 'tree', 'a key that is put there logs in as root'],
  ['/etc/profile.d', 'critical', 'tree', 'scripts run by every login on the host'],
  ['/etc/pam.d', 'critical', 'tree', 'rules of login'],
  ['/etc/init.d', 'critical', 'tree', 'host services'],
  ['/etc/os-release', 'none', 'exact', 'name of the distribution'],
  ['/etc/hostname', 'none', 'exact', 'name of the host'],
  ['/etc/pki/ca-trust', 'low', 'tree', 'public certificates: harmless as ro'],
  ['/etc/ca-certificates', 'low', 'tree', 'public certificates: harmless as ro'],
  ['/usr/share/ca-certificates', 'low', 'tree', 'public certificates: harmless as ro'],
  ['/usr/local/share/ca-certificates', 'low', 'tree', 'public certificates: harmless as ro'],
  ['/usr/share/zoneinfo', 'none', 'tree', 'time zones: harmless as ro'],
  ['/usr/bin', 'critical', 'tree', 'host programs'],
  ['/usr/sbin', 'critical', 'tree', 'host programs'],
  ['/usr/lib', 'critical', 'tree', 'host libraries'],
  ['/usr/local/bin', 'critical', 'tree', 'host programs'],
  ['/usr/local/sbin', 'critical', 'tree', 'host programs'],
  ['/usr/share', 'medium', 'tree', 'data of host programs'],
  ['/sys/class', 'medium', 'tree', 'switches of devices; read-only for monitoring'],
  ['/sys/devices', 'medium', 'tree', 'switches of devices; read-only for monitoring'],
  ['/sys/block', 'medium', 'tree', 'switches of disks; read-only for monitoring'],
  ['/sys/bus', 'medium', 'tree', 'switches of devices; read-only for monitoring'],
  ['~/.pgpass', 'high', 'exact', 'database passwords'],
  ['~/.my.cnf', 'high', 'exact', 'database passwords'],
  ['~/.password-store', 'high', 'tree', 'passwords'],
  ['~/.terraform.d', 'high', 'tree', 'token of the infrastructure'],
  ['~/.oci', 'critical', 'tree', 'cloud keys'],
  ['~/.s3cfg', 'high', 'exact', 'cloud keys'],
  ['~/.boto', 'high', 'exact', 'cloud keys'],
  ['~/.gem/credentials', 'high', 'exact', 'registry token'],
  ['~/.cargo/credentials.toml', 'high', 'exact', 'registry token'],
  ['~/.config/containers/auth.json', 'high', 'exact', 'registry credentials'],
  ['~/.local/share/keyrings', 'high', 'tree', 'passwords'],
  ['~/.mozilla', 'high', 'tree', 'cookies and passwords of the browser'],
  ['~/.config/google-chrome', 'high', 'tree', 'cookies and passwords of the browser'],
  ['~/.pypirc', 'high', 'exact', 'registry token'],
  ['~/.m2/settings.xml', 'high', 'exact', 'registry passwords'],
  ['~/.vault-token', 'high', 'exact', 'token of a secret store'],
  ['~/.config/gh', 'high', 'tree', 'token of the code host'],
  ['/var/run/secrets/kubernetes.io', 'high', 'tree', 'token of the cluster'],
  ['/dev/port', 'critical', 'exact', 'I/O ports of the machine'],
  ['/dev/sd', 'critical', 'prefix', 'raw disk'],
  ['/dev/hd', 'critical', 'prefix', 'raw disk'],
  ['/dev/vd', 'critical', 'prefix', 'raw disk'],
  ['/dev/xvd', 'critical', 'prefix', 'raw disk'],
  ['/dev/nvme', 'critical', 'prefix', 'raw disk'],
  ['/dev/mmcblk', 'critical', 'prefix', 'raw disk'],
  ['/dev/dm-', 'critical', 'prefix', 'raw volume'],
  ['/dev/md', 'critical', 'prefix', 'raw disks'],
  ['/dev/disk', 'critical', 'tree', 'raw disks'],
  ['/dev/nbd', 'critical', 'prefix', 'raw disk'],
  ['/dev/rbd', 'critical', 'prefix', 'raw disk'],
  ['/dev/zvol', 'critical', 'tree', 'raw volumes'],
  ['/dev/zd', 'critical', 'prefix', 'raw volume'],
  ['/dev/pmem', 'critical', 'prefix', 'raw disk'],
  ['/dev/mtd', 'high', 'prefix', 'flash memory that the machine starts from'],
  ['/dev/zfs', 'critical', 'exact', 'control of all ZFS pools'],
  ['/dev/sg', 'high', 'prefix', 'raw commands to disks'],
  ['/dev/loop', 'high', 'prefix', 'mounts images through the kernel of the host'],
  ['/dev/loop-control', 'high', 'exact', 'mounts images through the kernel of the host'],
  ['/dev/input', 'high', 'tree', 'every key that is pressed on the host'],
  ['/dev/uinput', 'high', 'exact', 'types on the host'],
  ['/dev/hidraw', 'medium', 'prefix', 'keyboards, security keys and other input devices'],
  ['/dev/ipmi0', 'high', 'exact', 'hardware control of the machine'],
  ['/dev/bus/usb', 'medium', 'tree', 'all USB devices'],
  ['/dev/ppp', 'low', 'exact', 'dial-up and VPN'],
  ['/dev/vhost-net', 'medium', 'exact', 'virtual network cards in the kernel of the host'],
  ['/dev/ttyUSB', 'low', 'prefix', 'serial device'],
  ['/dev/ttyACM', 'low', 'prefix', 'serial device'],
  ['/dev/ttyS', 'low', 'prefix', 'serial port'],
  ['/dev/ttyAMA', 'low', 'prefix', 'serial port'],
  ['/dev/serial', 'low', 'tree', 'serial devices'],
  ['/dev/video', 'low', 'prefix', 'camera or video decoder'],
  ['/dev/nvidia', 'low', 'prefix', 'graphics card'],
  ['/dev/kfd', 'low', 'exact', 'graphics card'],
  ['/dev/apex_0', 'low', 'exact', 'accelerator'],
  ['/dev/i2c-', 'low', 'prefix', 'sensor bus'],
  ['/dev/spidev', 'low', 'prefix', 'sensor bus'],
  ['/dev/gpiochip', 'low', 'prefix', 'pins of the board'],
  ['/dev/gpiomem', 'low', 'exact', 'pins of the board'],
  ['/dev/null', 'none', 'exact', 'in every container'],
  ['/dev/zero', 'none', 'exact', 'in every container'],
  ['/dev/full', 'none', 'exact', 'in every container'],
  ['/dev/random', 'none', 'exact', 'in every container'],
  ['/dev/urandom', 'none', 'exact', 'in every container'],
];

const kindOf: ReadonlyMap<string, Kind> = new Map(
  Object.entries(kinds).flatMap(([kind, paths]) =>
    paths.split(' ').map((path) => [path, kindName(kind)] as const),
  ),
);

export function hostPaths(raw: unknown): Table {
  const file = shape(raw, 'sensitive-paths', [
    'source',
    'retrieved',
    'licence',
    'schema',
    'rules',
    'alternatives',
    'paths',
  ]);
  const given = list(file.paths, 'paths', (item, where): Entry => {
    const one = shape(item, where, ['path', 'risk', 'match', 'reason']);
    return [
      text(one.path, where),
      oneOf(one.risk, where, riskNames),
      oneOf(one.match, where, ['exact', 'tree', 'prefix']),
      text(one.reason, where),
    ];
  });
  unique(
    given.map(([path]) => path),
    'paths',
  );
  // /var/run is a link to /run on every host in use; the reader asks with /run only.
  const folded = given.filter(([path]) => !path.startsWith('/var/run'));
  const known = new Set(folded.map(([path]) => path));
  const records = [...folded, ...additions.filter(([path]) => !known.has(path))]
    .map(([path, risk, match, reason]) => ({
      path: path.replace(/^\/var\/run/, '/run'),
      risk: risks[path] ?? risk,
      match,
      kind: kindOf.get(path) ?? fail('host-paths.ts', `no kind for ${path}`),
      reason: reasons[path] ?? reason,
      ...(below[path] === undefined ? {} : { below: below[path] }),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  unique(
    records.map(({ path }) => path),
    'host-paths',
  );
  for (const path of [
    ...kindOf.keys(),
    ...Object.keys(below),
    ...Object.keys(reasons),
    ...Object.keys(risks),
  ])
    if (!records.some((record) => record.path === path.replace(/^\/var\/run/, '/run')))
      fail('host-paths.ts', `${path} is in no table`);
  return table('host-paths.json', head(file, 'sensitive-paths'), { records });
}

function kindName(name: string): Kind {
  return Object.hasOwn(kinds, name) ? (name as Kind) : fail('host-paths.ts', name);
}
