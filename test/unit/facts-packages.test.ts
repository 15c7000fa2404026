import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasFlag, readPackageCommand } from '../../server/src/facts/package-command.js';
import { packageManager } from '../../server/src/facts/package-managers.js';
import { dropsPrivilegesOnly, setuidProgramsOf } from '../../server/src/facts/setuid.js';

function read(line: string) {
  const words = line.split(' ').map((word) => (word === '?' ? undefined : word));
  const command = readPackageCommand(words);
  return {
    words,
    command,
    text:
      command &&
      `${command.manager.name} ${command.action} ${command.operands.map((at) => words[at] ?? '?').join(' ')}`.trim(),
  };
}

test('what a command does, and with which packages', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    'apt-get update': 'apt-get update',
    'apt-get -qq -o Dpkg::Use-Pty=0 install curl git': 'apt-get install curl git',
    '/usr/bin/apt-get install -t stable curl': 'apt-get install curl',
    'apt full-upgrade': 'apt dist-upgrade',
    'apk --update add --virtual .deps gcc': 'apk install gcc',
    'yum clean all': 'yum clean all',
    'dnf -y group install x': 'dnf install x',
    'zypper -n in git': 'zypper install git',
    'zypper dup': 'zypper dist-upgrade',
    'pacman -Sy': 'pacman update',
    'pacman -Syu': 'pacman upgrade',
    'pacman -Syu --noconfirm git': 'pacman install git',
    'pacman -Scc': 'pacman clean',
    'pacman -Ss git': 'pacman other git',
    'pip3.11 install -r requirements.txt flask': 'pip3 install flask',
    'python3 -m pip install flask': 'pip install flask',
    'uv pip install flask': 'uv install flask',
    'npm ci': 'npm install',
    'npm run install': 'npm other install',
    'yarn --frozen-lockfile': 'yarn install',
    'yarn build': 'yarn other',
    'bundle exec rake': 'bundle other rake',
    'go mod download': 'go install',
    'conda env create -f e.yml': 'conda install',
    'apt-get install ?': 'apt-get install ?',
    'apt-key add x': undefined,
    'python3 -m pytest': undefined,
    'update-ca-certificates': undefined,
    '?': undefined,
  };
  for (const [line, expected] of Object.entries(cases)) assert.equal(read(line).text, expected, line);
});

test('flags in every spelling', () => {
  const at = (
    line: string,
    list: 'yes' | 'noRecommends' | 'noCache' | 'signatureOff' | 'tlsOff' | 'production',
  ) => {
    const { command, words } = read(line);
    assert.ok(command, line);
    const found = hasFlag(command, words, command.manager[list]);
    return found === undefined ? undefined : words[found];
  };
  assert.equal(at('apt-get -yq install x', 'yes'), '-yq');
  assert.equal(at('apt-get install --yes x', 'yes'), '--yes');
  assert.equal(at('apt-get install x', 'yes'), undefined);
  assert.equal(at('apt-get install -o APT::Install-Recommends=false x', 'noRecommends'), '-o');
  assert.equal(
    at('dnf install --setopt=install_weak_deps=False x', 'noRecommends'),
    '--setopt=install_weak_deps=False',
  );
  assert.equal(at('apk add --no-cache x', 'noCache'), '--no-cache');
  assert.equal(at('pip install --no-cache-dir x', 'noCache'), '--no-cache-dir');
  assert.equal(at('pip install --no-cache-dir=false x', 'noCache'), undefined);
  assert.equal(at('yum --setopt=gpgcheck=0 install x', 'signatureOff'), '--setopt=gpgcheck=0');
  assert.equal(at('apk add --allow-untrusted x', 'signatureOff'), '--allow-untrusted');
  assert.equal(at('pip install --trusted-host h x', 'tlsOff'), '--trusted-host');
  assert.equal(at('npm ci --omit=dev', 'production'), '--omit=dev');
  assert.equal(at('npm ci --omit dev', 'production'), '--omit');
  assert.equal(at('npm ci --omit optional', 'production'), undefined);
});

test('the place behind which a flag belongs, and what the index knows', () => {
  const { command, words } = read('apt-get -q install curl');
  assert.equal(words[command?.verbAt ?? -1], 'install');
  assert.equal(read('apk add --no-cache x').command?.refreshes, true);
  assert.equal(read('apk add x').command?.refreshes, false);
  assert.equal(read('dnf install x').command?.refreshes, true);
  assert.equal(read('apt-get install ?').command?.uncertain, true);
  assert.equal(packageManager('pip3.12')?.name, 'pip3');
  assert.equal(packageManager('apt-cache'), undefined);
});

test('packages with setuid programs', () => {
  assert.deepEqual(
    setuidProgramsOf('sudo').map((one) => one.program),
    ['sudo'],
  );
  assert.deepEqual(
    setuidProgramsOf('fuse3').map((one) => one.program),
    ['fusermount3'],
  );
  assert.deepEqual(setuidProgramsOf('passwd'), []);
  assert.deepEqual(setuidProgramsOf('curl'), []);
  assert.equal(dropsPrivilegesOnly('gosu'), true);
  assert.equal(dropsPrivilegesOnly('sudo'), false);
});
