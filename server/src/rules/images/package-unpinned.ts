import { say, shortened } from '../../l10n/message.js';
import type { ShellWord } from '../../model/build.js';
import { type PackageOperation, packageOperations } from '../../model/package-operations.js';
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
          const [first] = free;
          if (first === undefined) continue;
          const names = free.map(({ value }) => `\`${value}\``);
          // Once for a command: whoever pins one package pins all of them.
          yield {
            at: first.span,
            message:
              free.length === 1
                ? say`\`${first.value}\` comes in whatever version is newest at each build`
                : say`${shortened(names, MOST_NAMES)} come in whatever version is newest at each build`,
          };
        }
      }
    },
  },
});

/** More of them say no more. */
const MOST_NAMES = 3;

/** A version behind the name, `@scope/name@1`; that of a label such as `latest` is none. */
const NPM = /^.+@(?!latest$|next$)/;

/** How each manager is told a version; a manager that is not listed pins in files. */
const PINNED: Readonly<Record<string, RegExp>> = {
  apt: /=/,
  apk: /[=<>~]/,
  // A stream of a module stands behind a colon: `nodejs:20`.
  dnf: /-\d[\w.:+~^]*$|-\d+\.[\w.:+~^-]+$|\w:\w/,
  zypper: /[=<>]/,
  pip: /[=<>~@]/,
  uv: /[=<>~@]/,
  npm: NPM,
  yarn: NPM,
  pnpm: NPM,
  gem: /.:/,
  go: /@(?!latest)/,
};

/** Names of packages that are to come from a repository, without a version. */
function unpinned(operation: PackageOperation): readonly ShellWord[] {
  const { manager, action, verb, packages, opaque } = operation;
  const pinned = PINNED[manager.kind];
  const runs = manager.kind === 'go' && verb.value === 'run';
  if (pinned === undefined || (action !== 'install' && !runs) || opaque) return [];
  if (operation.flag(FROM_FILES) || operation.value('-v', '--version') !== undefined) return [];
  if (/^(?:build-dep|sync|ci|download|groupinstall|reinstall)$/.test(verb.value)) return [];
  return packages.filter(
    (word) =>
      word.literal &&
      (isRepository(word.value)
        ? !namesRevision(word.value)
        : !pinned.test(word.value) && !isPath(word.value, manager.kind)),
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
  '--file',
];
/** What pip and npm clone: `git+https://…`, `git://…`. */
function isRepository(word: string): boolean {
  return /^git(?:\+\w+)?:/.test(word);
}

/** `…/pip.git@v1`, `…/npm.git#v1`; an `@` in front of the host is a user. */
function namesRevision(word: string): boolean {
  return /\/[^#]*@[^/@#]+(?:#|$)/.test(word.replace(/^[^:]+:\/\/[^/]*/, '')) || /#(?!egg=)./.test(word);
}

/** A file, folder, address or group is no name of a package. */
function isPath(word: string, manager: string): boolean {
  // The scope of a package of npm; groups of dnf start so too.
  if (/^@[\w.-]+\/[\w.-]+$/.test(word)) return !/^(?:npm|yarn|pnpm)$/.test(manager);
  // Packages of Go are addresses; what has no host is a folder.
  if (manager === 'go') return !/^[\w-]+(?:\.[\w-]+)+\//.test(word);
  return /^[./~@-]|^(?:https?|file|ssh)[+:]|\.(?:deb|rpm|apk|whl|gem|tgz|tar\.\w+|zip)$|[*{]|^\w+\//.test(
    word,
  );
}
