import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageManager } from '../../server/src/facts/package-managers.js';
import { packageName, packageOperation } from '../../server/src/model/package-operations.js';
import { script } from '../support/shell.js';

const yes = (text: string) => {
  const operation = operationOf(text);
  return operation.flag(operation.manager.yes) !== undefined;
};

function operationOf(text: string) {
  const command = script(text).commands[0];
  assert.ok(command);
  const operation = packageOperation(command);
  assert.ok(operation, text);
  return operation;
}

for (const [text, expected] of [
  ['apt-get update', 'apt-get update:'],
  ['apt-get -y -o A::B=c install curl wget=1.2', 'apt-get install: curl wget=1.2'],
  ['apt-get install -t stable-backports -yq --no-install-recommends git', 'apt-get install: git'],
  ['sudo apt-get dist-upgrade', 'apt-get dist-upgrade:'],
  ['aptitude -y safe-upgrade', 'aptitude upgrade:'],
  ['apk --no-cache add -t .deps gcc', 'apk install: gcc'],
  ['apk cache clean', 'apk clean:'],
  ['apk add --virtual=.deps gcc', 'apk install: gcc'],
  ['yum -y --enablerepo epel install a b', 'yum install: a b'],
  ['dnf group install "Development Tools"', 'dnf install: Development Tools'],
  ['dnf module enable x', 'dnf other: enable x'],
  ['microdnf update', 'microdnf upgrade:'],
  ['zypper -n in a', 'zypper install: a'],
  ['zypper --gpg-auto-import-keys ref', 'zypper update:'],
  ['zypper dup', 'zypper dist-upgrade:'],
  ['pacman -Syu --noconfirm git', 'pacman install: git'],
  ['pacman -Sy', 'pacman update:'],
  ['pacman -Syu', 'pacman upgrade:'],
  ['pacman -Scc', 'pacman clean:'],
  ['pacman --sync --refresh git', 'pacman install: git'],
  ['pip3 install -r requirements.txt flask', 'pip install: flask'],
  ['pip3.12 install flask', 'pip install: flask'],
  ['python3 -m pip install -U pip', 'pip install: pip'],
  ['python3 -m venv x', undefined],
  ['uv pip install flask', 'uv install: flask'],
  ['uv sync --frozen', 'uv install:'],
  ['npm ci --omit=dev', 'npm install:'],
  ['npm --prefix app install', 'npm install:'],
  ['npm cache clean --force', 'npm clean:'],
  ['npm run build', 'npm other: build'],
  ['yarn', 'yarn install:'],
  ['yarn --frozen-lockfile', 'yarn install:'],
  ['yarn --version', undefined],
  ['yarn global add x', 'yarn install: x'],
  ['corepack pnpm i', 'pnpm install:'],
  ['composer install --no-dev', 'composer install:'],
  ['bundle', 'bundle install:'],
  ['gem install -v 1.0 rails', 'gem install: rails'],
  ['go mod download', 'go install:'],
  ['go build -o x ./y', 'go other: ./y'],
  ['cargo install --path .', 'cargo install:'],
  ['conda env create -f e.yml', 'conda install:'],
  ['micromamba clean --all', 'conda clean:'],
  ['make install', undefined],
] as const) {
  test(`package operation: ${text}`, () => {
    const command = script(text).commands[0];
    assert.ok(command);
    const found = packageOperation(command);
    const shown = found && shownAs(found);
    assert.equal(shown, expected);
  });
}

function shownAs({ manager, action, packages }: ReturnType<typeof operationOf>): string {
  const name = manager.family === 'system' ? manager.name : manager.kind;
  return `${[`${name} ${action}:`, ...packages.map((word) => word.value)].join(' ')}`;
}

test('questions are answered in many ways', () => {
  for (const text of [
    'apt-get install -y a',
    'apt-get -yq install a',
    'apt-get -qq install a',
    'apt-get -q=2 install a',
    'apt-get -o APT::Get::Assume-Yes=true install a',
    'apt-get --option APT::Get::Assume-Yes=1 install a',
    'yum --setopt=assumeyes=1 install a',
    'apt-get -yqq install a',
    'apt-get install a --assume-yes',
    'zypper -n in a',
    'pacman --noconfirm -S a',
  ])
    assert.ok(yes(text), text);
  for (const text of ['apt-get install a', 'apt-get -q install y', 'apt-get -o y install a', 'zypper in a'])
    assert.ok(!yes(text), text);
});

test('options that a variable may bring are said to be unknown', () => {
  assert.equal(operationOf('apt-get install $APT_OPTS a').opaque, true);
  assert.equal(operationOf('apt-get install "$@"').opaque, true);
  assert.equal(operationOf('apt-get install $PACKAGES').opaque, false);
});

test('names of packages stand without their versions', () => {
  for (const [manager, word, name] of [
    ['apt-get', 'curl=8.5.0-2', 'curl'],
    ['apt-get', 'libc6:i386', 'libc6'],
    ['apt-get', 'git/bookworm-backports', 'git'],
    ['apt-get', 'g++', 'g++'],
    ['apt-get', 'exim4-', 'exim4'],
    ['apk', 'curl~=8.5', 'curl'],
    ['apk', 'curl@edge', 'curl'],
    ['yum', 'nginx-1.20.1-14.el9.x86_64', 'nginx'],
    ['yum', 'java-17-openjdk', 'java-17-openjdk'],
    ['npm', '@scope/a@1.2', '@scope/a'],
    ['pip', 'flask[async]>=2', 'flask'],
    ['gem', 'rails:7.1', 'rails'],
  ] as const) {
    const facts = packageManager(manager);
    assert.ok(facts);
    assert.equal(packageName(word, facts), name);
  }
});
