import type { ShellWord } from '../../model/build.js';
import { type PackageOperation, packageName, packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'package-unpinned',
    practice: 'images',
    severity: 'info',
    title: 'Packages are installed without a version',
    why: 'Two builds of one file differ, and what a publisher puts out last, taken over or not, is in the image at once.',
    advice:
      'Name versions, or install from a lock file. Distributions delete old versions, so pins need a bot that renews them.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [dockerDocs('version pinning', '/build/building/best-practices/#apt-get')],
    equivalents: [
      'hadolint:DL3008',
      'hadolint:DL3013',
      'hadolint:DL3016',
      'hadolint:DL3018',
      'hadolint:DL3028',
      'hadolint:DL3033',
      'hadolint:DL3037',
      'hadolint:DL3041',
      'hadolint:DL3062',
      'kics:apt_get_install_pin_version_not_defined',
      'kics:gem_install_without_version',
      'kics:missing_version_specification_in_dnf_install',
      'kics:npm_install_without_pinned_version',
      'kics:unpinned_package_version_in_apk_add',
      'kics:unpinned_package_version_in_pip_install',
      'kics:yum_install_without_version',
      'kics:zypper_install_without_version',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of runsOf(stage)) {
        for (const operation of packageOperations(step)) {
          const free = unpinned(operation);
          const [first, ...rest] = free;
          if (first === undefined) continue;
          const names =
            rest.length === 0
              ? `\`${first.value}\` comes`
              : `\`${first.value}\` and ${rest.length} more come`;
          yield {
            at: first.span,
            message: `${names} in whatever version is the newest at each build`,
          };
        }
      }
    },
  },
});

/** How each manager is told a version; a manager that is not listed pins in files. */
const PINNED: Readonly<Record<string, RegExp>> = {
  apt: /=/,
  apk: /[=<>~]/,
  dnf: /-\d[\w.:+~^]*$|-\d+\.[\w.:+~^-]+$/,
  zypper: /[=<>]/,
  pip: /[=<>~@]/,
  uv: /[=<>~@]/,
  npm: /.@/,
  yarn: /.@/,
  pnpm: /.@/,
  gem: /.:/,
  go: /@(?!latest)/,
};

/** Names of packages that are to come from a repository, without a version. */
function unpinned(operation: PackageOperation): readonly ShellWord[] {
  const { manager, action, verb, packages, opaque } = operation;
  const pinned = PINNED[manager.kind];
  if (pinned === undefined || action !== 'install' || opaque) return [];
  if (operation.flag(FROM_FILES) || operation.value('-v', '--version') !== undefined) return [];
  if (/^(?:build-dep|sync|ci|download|groupinstall|reinstall)$/.test(verb.value)) return [];
  return packages.filter(
    (word) =>
      word.literal &&
      !pinned.test(word.value) &&
      !isPath(word.value) &&
      !(manager.kind === 'pip' && BOOTSTRAP.has(packageName(word.value, manager))),
  );
}

const FROM_FILES = [
  '-r',
  '--requirement',
  '-c',
  '--constraint',
  '--require-hashes',
  '-e',
  '--editable',
  '--frozen-lockfile',
];
const BOOTSTRAP = new Set(['pip', 'setuptools', 'wheel']);

/** A file, folder, address or group is no name of a package. */
function isPath(word: string): boolean {
  return /^[./~@-]|^(?:git|https?|file|ssh)[+:]|\.(?:deb|rpm|apk|whl|gem|tgz|tar\.\w+|zip)$|[*{]|^\w+\//.test(
    word,
  );
}
