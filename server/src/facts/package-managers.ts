// What package managers call things: sub-commands, flags, folders. Written from their manuals and kept by hand; the
// reader of whole commands is in package-command.ts.

export const packageManagerSource = {
  source: 'manual pages and help texts of the package managers',
  date: '2026-11-24',
} as const;

export type PackageFamily = 'system' | 'python' | 'javascript' | 'php' | 'ruby' | 'go' | 'rust' | 'conda';

export interface PackageManager {
  /** The word that calls it. */
  readonly name: string;
  /** Managers of one kind share folders and index: apt, aptitude and apt-get are `apt`. */
  readonly kind: string;
  readonly family: PackageFamily;
  /** Sub-commands, several words with one blank between (`cache clean`); the empty text: called without any. */
  readonly install: readonly string[];
  /** Bring the index up to date, nothing else. */
  readonly update: readonly string[];
  /** Bring newer versions of what is installed. */
  readonly upgrade: readonly string[];
  /** Move to another release of the distribution, or may remove packages to upgrade others. */
  readonly distUpgrade: readonly string[];
  /** Empty the cache. */
  readonly clean: readonly string[];
  readonly remove: readonly string[];
  /** Answer all questions; the first is the one to write. Empty: it never asks. */
  readonly yes: readonly string[];
  /** Keep away what is only recommended; the first is the one to write. Empty: there is no such thing. */
  readonly noRecommends: readonly string[];
  /** Keep no cache; the first is the one to write. Empty: the cache must be removed afterwards. */
  readonly noCache: readonly string[];
  /** Environment variables that do the same when they are set (and not to 0 or false). */
  readonly noCacheVariables: readonly string[];
  /** Leave out what only developers need. */
  readonly production: readonly string[];
  /** Flags whose value is the next word when no `=` is written. */
  readonly valueFlags: readonly string[];
  /** Folders of downloaded packages; `~` is the home directory of the user that runs it. */
  readonly caches: readonly string[];
  /** Folders of the index. */
  readonly indexes: readonly string[];
  /** Flags and options (`Acquire::…=true`, lower case compare) that switch the check of signatures off. */
  readonly signatureOff: readonly string[];
  /** Flags and options that switch TLS or its check off. */
  readonly tlsOff: readonly string[];
  /** Flags that name a source of packages. */
  readonly sourceFlags: readonly string[];
}

type Parts = Partial<PackageManager> & Pick<PackageManager, 'name' | 'install'>;

function manager(kind: string, family: PackageFamily, parts: Parts): PackageManager {
  const none: readonly string[] = [];
  return {
    kind,
    family,
    update: none,
    upgrade: none,
    distUpgrade: none,
    clean: none,
    remove: none,
    yes: none,
    noRecommends: none,
    noCache: none,
    noCacheVariables: none,
    production: none,
    valueFlags: none,
    caches: none,
    indexes: none,
    signatureOff: none,
    tlsOff: none,
    sourceFlags: none,
    ...parts,
  };
}

const words = (text: string): readonly string[] => text.split(' ');

const apt: Omit<Parts, 'name'> = {
  install: ['install', 'build-dep', 'reinstall', 'satisfy'],
  update: ['update'],
  upgrade: ['upgrade'],
  distUpgrade: ['dist-upgrade', 'full-upgrade'],
  clean: ['clean', 'distclean'],
  remove: words('remove purge autoremove autopurge'),
  yes: words(
    '-y --yes --assume-yes -qq -q=2 --quiet=2 --force-yes APT::Get::Assume-Yes=true APT::Get::Assume-Yes=1',
  ),
  noRecommends: words(
    '--no-install-recommends --install-recommends=false --install-recommends=no APT::Install-Recommends=false ' +
      'APT::Install-Recommends=0 APT::Install-Recommends=no',
  ),
  valueFlags: words(
    '-o --option -c --config-file -t --target-release --default-release -a --host-architecture -P --build-profiles',
  ),
  caches: ['/var/cache/apt'],
  indexes: ['/var/lib/apt/lists'],
  signatureOff: words(
    '--allow-unauthenticated --force-yes --allow-insecure-repositories --allow-downgrade-to-insecure-repositories ' +
      'APT::Get::AllowUnauthenticated=true APT::Get::AllowUnauthenticated=1 Acquire::AllowInsecureRepositories=true ' +
      'Acquire::AllowInsecureRepositories=1 Acquire::AllowDowngradeToInsecureRepositories=true ' +
      'Acquire::Check-Valid-Until=false Acquire::Check-Valid-Until=0',
  ),
  tlsOff: words('Acquire::https::Verify-Peer=false Acquire::https::Verify-Host=false'),
};
const rpm: Omit<Parts, 'name'> = {
  install: [
    'install',
    'localinstall',
    'groupinstall',
    'group install',
    'reinstall',
    'module install',
    'swap',
    'in',
  ],
  update: ['makecache', 'check-update'],
  upgrade: ['update', 'upgrade', 'update-minimal', 'upgrade-minimal', 'groupupdate'],
  distUpgrade: ['distro-sync', 'system-upgrade'],
  clean: ['clean'],
  remove: words('remove erase autoremove groupremove'),
  yes: words('-y --assumeyes assumeyes=1 assumeyes=true'),
  noRecommends: words('--setopt=install_weak_deps=False --setopt=install_weak_deps=0'),
  valueFlags: words(
    '-c --config -d --debuglevel -e --errorlevel -x --exclude --installroot --enablerepo --disablerepo --repo --repoid ' +
      '--releasever --setopt --disableplugin --enableplugin --forcearch --downloaddir --comment --advisory',
  ),
  caches: words('/var/cache/dnf /var/cache/yum /var/cache/libdnf5'),
  signatureOff: words(
    '--nogpgcheck --no-gpgchecks --nogpg gpgcheck=0 gpgcheck=false localpkg_gpgcheck=0 repo_gpgcheck=0',
  ),
  tlsOff: words('sslverify=0 sslverify=false'),
  sourceFlags: ['--repofrompath'],
};
const pip: Omit<Parts, 'name'> = {
  install: ['install', 'wheel', 'download'],
  clean: ['cache purge'],
  remove: ['uninstall'],
  noCache: ['--no-cache-dir'],
  noCacheVariables: ['PIP_NO_CACHE_DIR'],
  valueFlags: words(
    '-r --requirement -c --constraint -e --editable -t --target --prefix --root -i --index-url --extra-index-url -f ' +
      '--find-links --trusted-host --platform --python-version --implementation --abi --cache-dir --proxy --timeout --retries ' +
      '--log --src --only-binary --no-binary --progress-bar --global-option --config-settings -C --report --upgrade-strategy ' +
      '--exists-action --cert --client-cert --use-feature --group -d --dest -w --wheel-dir',
  ),
  caches: ['~/.cache/pip'],
  tlsOff: ['--trusted-host'],
  sourceFlags: words('-i --index-url --extra-index-url -f --find-links'),
};
const conda: Omit<Parts, 'name'> = {
  install: ['install', 'create', 'env create', 'env update'],
  upgrade: ['update', 'upgrade'],
  clean: ['clean'],
  remove: ['remove', 'uninstall'],
  yes: words('-y --yes'),
  valueFlags: words('-n --name -p --prefix -c --channel -f --file --repodata-fn --solver --revision'),
  caches: words('/opt/conda/pkgs ~/.conda/pkgs ~/micromamba/pkgs'),
  tlsOff: words('-k --insecure'),
  sourceFlags: words('-c --channel'),
};

/** All managers, by the word that calls them. */
export const packageManagers: readonly PackageManager[] = [
  manager('apt', 'system', { ...apt, name: 'apt-get' }),
  manager('apt', 'system', { ...apt, name: 'apt' }),
  manager('apt', 'system', {
    ...apt,
    name: 'aptitude',
    upgrade: ['safe-upgrade', 'upgrade'],
    noRecommends: words('--without-recommends -R APT::Install-Recommends=false'),
    signatureOff: [...(apt.signatureOff ?? []), 'Aptitude::CmdLine::Ignore-Trust-Violations=true'],
  }),
  manager('apk', 'system', {
    name: 'apk',
    install: ['add'],
    update: ['update'],
    upgrade: ['upgrade'],
    clean: ['cache clean', 'cache purge'],
    remove: ['del'],
    noCache: ['--no-cache'],
    valueFlags: words(
      '-t --virtual -X --repository -p --root --keys-dir --repositories-file --wait --arch --cache-dir --cache-max-age --progress-fd --timeout',
    ),
    caches: ['/var/cache/apk', '/etc/apk/cache'],
    indexes: ['/var/cache/apk'],
    signatureOff: ['--allow-untrusted'],
    tlsOff: ['--no-check-certificate'],
    sourceFlags: words('-X --repository'),
  }),
  manager('dnf', 'system', { ...rpm, name: 'dnf' }),
  manager('dnf', 'system', { ...rpm, name: 'dnf5' }),
  manager('dnf', 'system', { ...rpm, name: 'yum', noRecommends: [] }),
  // It never asks.
  manager('dnf', 'system', { ...rpm, name: 'microdnf', yes: [] }),
  manager('dnf', 'system', { ...rpm, name: 'tdnf', noRecommends: [], caches: ['/var/cache/tdnf'] }),
  manager('zypper', 'system', {
    name: 'zypper',
    install: words('install in source-install si'),
    update: words('refresh ref'),
    upgrade: words('update up patch'),
    distUpgrade: words('dist-upgrade dup'),
    clean: words('clean cc'),
    remove: words('remove rm'),
    yes: words('-y --no-confirm -n --non-interactive'),
    noRecommends: ['--no-recommends'],
    valueFlags: words(
      '-r --repo --from -t --type -R --root --installroot -c --config -D --reposd-dir -C --cache-dir -p --plus-repo',
    ),
    caches: ['/var/cache/zypp'],
    indexes: ['/var/cache/zypp'],
    signatureOff: words('--no-gpg-checks --allow-unsigned-rpm --no-gpgcheck'),
    sourceFlags: words('-p --plus-repo'),
  }),
  // Its operations are flags (-S, -Sy, -Syu, -Scc); package-command.ts reads them.
  manager('pacman', 'system', {
    name: 'pacman',
    install: ['-S', '-U'],
    update: ['-Sy'],
    upgrade: ['-Su', '-Syu'],
    clean: ['-Sc', '-Scc'],
    remove: ['-R'],
    yes: ['--noconfirm'],
    valueFlags: words(
      '-b --dbpath -r --root --cachedir --config --gpgdir --hookdir --logfile --arch --ignore --ignoregroup --overwrite',
    ),
    caches: ['/var/cache/pacman/pkg'],
    indexes: ['/var/lib/pacman/sync'],
  }),
  manager('pip', 'python', { ...pip, name: 'pip' }),
  manager('pip', 'python', { ...pip, name: 'pip3' }),
  manager('pip', 'python', { ...pip, name: 'pip2' }),
  manager('uv', 'python', {
    name: 'uv',
    install: ['pip install', 'pip sync', 'sync', 'add', 'tool install', 'python install'],
    clean: ['cache clean', 'cache prune', 'clean'],
    remove: ['pip uninstall', 'remove', 'tool uninstall'],
    noCache: words('--no-cache -n --no-cache-dir'),
    noCacheVariables: ['UV_NO_CACHE'],
    production: words('--no-dev --only-group=prod'),
    valueFlags: [
      ...(pip.valueFlags ?? []),
      ...words(
        '-p --python --directory --project --default-index --index --allow-insecure-host --extra --package --with --link-mode',
      ),
    ],
    caches: ['~/.cache/uv'],
    tlsOff: ['--allow-insecure-host', '--trusted-host'],
    sourceFlags: words('-i --index-url --extra-index-url --default-index --index -f --find-links'),
  }),
  manager('npm', 'javascript', {
    name: 'npm',
    install: words(
      'install i in add ci clean-install ic install-clean install-ci-test cit install-test it update',
    ),
    clean: ['cache clean', 'cache clear', 'cache rm'],
    remove: words('uninstall remove rm un prune'),
    yes: words('--yes -y'),
    production: words('--omit=dev --production --only=production --only=prod'),
    valueFlags: words(
      '--prefix -C --registry -w --workspace --cache --loglevel --tag --omit --include --userconfig --location --otp --only',
    ),
    caches: ['~/.npm'],
    tlsOff: words('--strict-ssl=false --no-strict-ssl'),
    sourceFlags: ['--registry'],
  }),
  manager('yarn', 'javascript', {
    name: 'yarn',
    install: ['', 'install', 'add', 'global add', 'workspaces focus'],
    upgrade: ['upgrade', 'up'],
    clean: ['cache clean'],
    remove: ['remove', 'global remove'],
    production: words('--production --prod'),
    valueFlags: words('--cwd --registry --cache-folder --modules-folder --network-timeout --mutex'),
    caches: words('/usr/local/share/.cache/yarn ~/.cache/yarn ~/.yarn/berry/cache'),
    sourceFlags: ['--registry'],
  }),
  manager('pnpm', 'javascript', {
    name: 'pnpm',
    install: words('install i add fetch'),
    upgrade: words('update up upgrade'),
    clean: ['store prune'],
    remove: words('remove rm uninstall un prune'),
    production: words('--prod -P --production'),
    valueFlags: words('-C --dir --filter -F --registry --store-dir --reporter --loglevel'),
    caches: words('~/.cache/pnpm ~/.local/share/pnpm/store ~/.pnpm-store'),
    tlsOff: words('--strict-ssl=false --no-strict-ssl'),
    sourceFlags: ['--registry'],
  }),
  manager('composer', 'php', {
    name: 'composer',
    install: ['install', 'i', 'require', 'update', 'create-project', 'global require'],
    clean: words('clear-cache clearcache cc'),
    remove: ['remove'],
    yes: words('-n --no-interaction'),
    noCache: ['--no-cache'],
    noCacheVariables: ['COMPOSER_NO_CACHE'],
    production: ['--no-dev'],
    valueFlags: words('-d --working-dir --prefer-install --repository --stability -s --ignore-platform-req'),
    caches: words('~/.composer/cache ~/.cache/composer'),
    sourceFlags: ['--repository'],
  }),
  manager('bundle', 'ruby', {
    name: 'bundle',
    install: ['', 'install', 'i', 'update'],
    clean: ['clean'],
    production: words('--without --deployment'),
    valueFlags: words('-j --jobs --path --without --with --gemfile --retry --binstubs'),
    caches: words('/usr/local/bundle/cache ~/.bundle/cache'),
  }),
  manager('gem', 'ruby', {
    name: 'gem',
    install: ['install', 'i', 'update'],
    clean: ['cleanup'],
    remove: ['uninstall'],
    valueFlags: words(
      '-v --version -s --source -i --install-dir -n --bindir -P --trust-policy -p --http-proxy',
    ),
    caches: words('/usr/local/bundle/cache ~/.gem'),
    sourceFlags: words('-s --source'),
  }),
  manager('go', 'go', {
    name: 'go',
    install: ['install', 'get', 'mod download'],
    clean: ['clean'],
    valueFlags: words('-C -tags -ldflags -gcflags -mod -modfile -o'),
    caches: words('/go/pkg/mod ~/.cache/go-build'),
    tlsOff: ['-insecure'],
  }),
  manager('cargo', 'rust', {
    name: 'cargo',
    install: ['install', 'fetch'],
    remove: ['uninstall'],
    valueFlags: words(
      '--version --git --branch --tag --rev --path --root --registry --index -F --features --target -j --jobs --profile',
    ),
    caches: words('/usr/local/cargo/registry ~/.cargo/registry'),
    sourceFlags: words('--registry --index --git'),
  }),
  ...['conda', 'mamba', 'micromamba'].map((name) => manager('conda', 'conda', { ...conda, name })),
];

const byName: ReadonlyMap<string, PackageManager> = new Map(packageManagers.map((one) => [one.name, one]));

/** The manager that a command word calls, with or without a path in front (`/usr/bin/apt-get`, `pip3.11`). */
export function packageManager(word: string): PackageManager | undefined {
  const name = word.slice(word.lastIndexOf('/') + 1);
  return (
    byName.get(name) ??
    byName.get(name.replace(/^(pip[23]?)(?:\.\d+)+$/, '$1').replace(/^bundler$/, 'bundle'))
  );
}
