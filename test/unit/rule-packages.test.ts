/** Which packages a RUN installs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import { runsOf } from '../../server/src/model/stage.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import { english } from '../../server/src/l10n/message.js';
import packageUnpinned from '../../server/src/rules/images/package-unpinned.js';
import { packageInstalls } from '../../server/src/rules/shared/packages.js';

/** `manager name name` for every install of the command. */
function installed(command: string): readonly string[] {
  const stage = openDocument(`FROM x\nRUN ${command}\n`, 'dockerfile').builds[0]?.stages[0];
  return stage === undefined
    ? []
    : runsOf(stage)
        .flatMap(packageInstalls)
        .map(({ manager, packages }) => [manager, ...packages.map(({ name }) => name)].join(' '));
}

const CASES: readonly (readonly [command: string, ...installs: string[]])[] = [
  ['apt-get update && apt-get install -y --no-install-recommends curl=8.* sudo', 'apt curl sudo'],
  ['apt-get -qq -o Acquire::Retries=3 install -t bookworm-backports libfoo:amd64 g++', 'apt libfoo g++'],
  ['sudo apt install -y fuse/stable "$EXTRA"', 'apt fuse'],
  ['apt-get remove sudo && apt-get install'],
  ['apk --no-cache add --virtual .build-deps -X http://dl sudo~=1.9 shadow@edge', 'apk sudo shadow'],
  ['apk del sudo && apk info add'],
  ['dnf -y --setopt=tsflags=nodocs install --enablerepo crb sudo.x86_64 fuse', 'dnf sudo fuse'],
  ['microdnf install -y sudo && yum update -y', 'dnf sudo'],
  ['zypper --non-interactive in -y sudo', 'zypper sudo'],
  ['pacman -Syu --noconfirm sudo fuse3', 'pacman sudo fuse3'],
  ['sh -c "apk add sudo"', 'apk sudo'],
  ['echo apt-get install sudo'],
];

for (const [command, ...installs] of CASES)
  test(command, () => {
    const expected = command.endsWith('apt-get install') ? ['apt'] : installs;
    assert.deepEqual(installed(command), expected);
  });

test('packages without version are named once for a command, at the first of them', () => {
  for (const [packages, expected] of [
    ['git', '`git` comes in whatever'],
    ['git curl=8.14.1-2 vim', '`git` and `vim` come in whatever'],
    ['git make vim', '`git`, `make` and `vim` come in whatever'],
    ['git make vim nano', '`git`, `make` and 2 more come in whatever'],
  ] as const) {
    const document = openDocument(`FROM x\nRUN apt-get install -y ${packages}\n`, 'dockerfile');
    const config = { ...defaultConfig, profile: 'strict' as const };
    const { findings } = analyse({ document, rules: [packageUnpinned], config, today: '2026-11-24' });
    assert.deepEqual(
      findings.map(({ at, message }) => [document.source.slice(at), english(message).split(' version')[0]]),
      [['git', expected]],
    );
  }
});
