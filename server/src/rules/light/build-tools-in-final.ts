import { imageProfile } from '../../facts/images.js';
import { say } from '../../l10n/message.js';
import type { RunStep, ShellWord, Stage } from '../../model/build.js';
import { type PackageOperation, packageName, packageOperations } from '../../model/package-operations.js';
import { rootOf, runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';
import { imageOfStage } from '../shared/image-sites.js';
import { inImage } from '../shared/layers.js';

export default defineRule({
  meta: {
    id: 'build-tools-in-final',
    practice: 'light',
    severity: 'info',
    title: 'Compilers and headers are in the image that ships',
    why: 'They make the image several times larger, and let an intruder build on the spot what he could not bring along.',
    advice:
      'Build in a stage of its own and copy the result with `COPY --from`, or remove the tools in the RUN that installs them.',
    presence: 'presence',
    profile: 'recommended',
    fixes: [],
    references: [dockerDocs('multi-stage builds', '/build/building/multi-stage/')],
    equivalents: [],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      if (!inImage(stage) || isMeantForBuilding(stage)) return;
      for (const step of runsOf(stage)) {
        const operations = packageOperations(step);
        for (const operation of operations) {
          const tools = toolsOf(operation).filter((word) => !isRemoved(word, operation, operations, step));
          const [first, second] = tools;
          if (first === undefined) continue;
          yield {
            at: first.span,
            message:
              second === undefined
                ? say`\`${first.value}\` is needed to build, not to run, and ends up in the image`
                : tools.length === 2
                  ? say`\`${first.value}\` and \`${second.value}\` are needed to build, not to run, and end up in the image`
                  : say`\`${first.value}\` and ${tools.length - 1} more build packages are needed to build, not to run, and end up in the image`,
          };
        }
      }
    },
  },
});

/** The base is a toolbox itself, or the stage's name says that people develop in it. */
function isMeantForBuilding(stage: Stage): boolean {
  const site = imageOfStage(rootOf(stage));
  if (site === undefined) return rootOf(stage).base.image.state !== 'set';
  if (imageProfile(site.reference)?.buildOnly?.value === true) return true;
  return (
    /(?:devcontainer|buildpack-deps|-devel\b|-sdk\b|\bsdk\b)/.test(site.text) ||
    stage.build.stages.some(
      (one) =>
        one.ships &&
        /(?:^|[-_])(?:dev|devel|development|build|builder|ci|test)(?:$|[-_])/.test(one.name ?? ''),
    )
  );
}

const TOOLS = new Set(
  (
    'build-essential build-base gcc g++ clang cmake ninja-build meson autoconf automake libtool bison flex ' +
    'gcc-c++ development-tools rustc cargo golang golang-go golang-any alpine-sdk linux-headers musl-dev ' +
    'libc6-dev libc-dev glibc-devel dpkg-dev fakeroot rpm-build nasm yasm gfortran gcc-gfortran maven gradle ant ' +
    'default-jdk default-jdk-headless python3-dev python-dev ruby-dev nodejs-dev php-dev'
  ).split(' '),
);

function toolsOf({ manager, action, packages }: PackageOperation): readonly ShellWord[] {
  if (manager.family !== 'system' || action !== 'install') return [];
  return packages.filter((word) => word.literal && isTool(packageName(word.value, manager).toLowerCase()));
}

function isTool(name: string): boolean {
  if (TOOLS.has(name.replace(/^@/, '').replaceAll(' ', '-'))) return true;
  if (
    /^(?:gcc|g\+\+|clang|golang|openjdk|java)-?[\d.]+(?:-openjdk)?(?:-(?:jdk|jdk-headless|devel))?$/.test(
      name,
    )
  )
    return !/^(?:openjdk|java)/.test(name) || /-(?:jdk|jdk-headless|devel)$/.test(name);
  return /^(?:lib)?[\w.+-]+-(?:dev|devel)$/.test(name) && !/^(?:nodejs|moby)-/.test(name);
}

/** Taken away in the same RUN: by name, by the name of the `--virtual` group, or as a package nobody needs. */
function isRemoved(
  word: ShellWord,
  operation: PackageOperation,
  all: readonly PackageOperation[],
  step: RunStep,
): boolean {
  const group = operation.value('--virtual', '-t');
  return all.some((one) => {
    if (
      one.action !== 'remove' ||
      one.index <= operation.index ||
      one.manager.kind !== operation.manager.kind
    )
      return false;
    // What a variable names, and what `apt-mark auto` released, cannot be told.
    if (one.packages.some((removed) => !removed.literal) || /^auto/.test(one.verb.value)) return true;
    if (step.script.commands.some(({ program }) => program === 'apt-mark')) return true;
    const name = packageName(word.value, operation.manager);
    return one.packages.some(
      ({ value }) => value === group || packageName(value, one.manager) === name || matches(value, name),
    );
  });
}

/** `*-dev`, `^lib.*-dev$`. */
function matches(pattern: string, name: string): boolean {
  const tail = /^[*^].*?(-\w+)\$?$/.exec(pattern)?.[1];
  return tail !== undefined && name.endsWith(tail);
}
