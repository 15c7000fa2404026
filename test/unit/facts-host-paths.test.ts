import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseHostPath } from '../../server/src/facts/host-path.js';
import {
  daemonSocket,
  hostDeviceRisk,
  hostPathRisk,
  isDaemonSocket,
} from '../../server/src/facts/host-paths.js';

test('paths in one form', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    '/var/run/docker.sock': '/run/docker.sock',
    '//var//run/../run/./x/': '/run/x',
    '/..': '/',
    '/private/var/run/x': '/run/x',
    '~': '~',
    '~/.ssh/': '~/.ssh',
    '${HOME}/.ssh': '~/.ssh',
    '$HOME/.ssh': '~/.ssh',
    'c:/Windows//System32': 'C:\\Windows\\System32',
    'C:\\': 'C:\\',
    '//./pipe/docker_engine': '\\\\.\\pipe\\docker_engine',
    './data': undefined,
    '../data': undefined,
    data: undefined,
    '': undefined,
    '${DATA}/x': undefined,
    $HOMEX: undefined,
    'a:b': undefined,
  };
  for (const [written, expected] of Object.entries(cases))
    assert.equal(normaliseHostPath(written)?.path, expected, written);
});

test('risks by the longest entry', () => {
  const risk = (path: string): string => {
    const found = hostPathRisk(path);
    return found === undefined ? '-' : `${found.risk} ${found.readOnlyRisk} ${found.kind} ${found.matched}`;
  };
  const cases = {
    '/': 'critical high root /',
    '/etc': 'critical high config /etc',
    '/etc/nginx/nginx.conf': 'medium low config /etc',
    '/etc/shadow': 'critical high accounts /etc/shadow',
    '/etc/shadow.d': 'medium low config /etc',
    '/etc/localtime': 'none none harmless /etc/localtime',
    '/home/alice': 'high medium home ~',
    '/home/alice/project/data': 'low none home ~',
    '/home/alice/.aws/credentials': 'critical critical credentials ~/.aws',
    '/root/.ssh': 'critical high accounts /root/.ssh',
    '/root/.aws': 'critical critical credentials ~/.aws',
    '/home/alice/.pgpass': 'high high credentials ~/.pgpass',
    'C:\\users\\bob\\.kube': 'critical critical credentials ~/.kube',
    'c:\\windows': 'critical high programs C:\\Windows',
    '/var/lib/docker/volumes/x': 'critical high state /var/lib/docker/volumes',
    '/var/lib/postgresql/data': 'low none state /var/lib',
    '/run/user/1000/docker.sock': 'critical critical socket /run/user/1000/docker.sock',
    '/dev/sda1': 'critical high device /dev/sda',
    '/data': '-',
    './etc': '-',
    etc: '-',
    '/etcetera': '-',
  };
  for (const [path, expected] of Object.entries(cases)) assert.equal(risk(path), expected, path);
});

test('sockets of engines, also by their folder, their name and their pipe', () => {
  const cases = {
    '/var/run/docker.sock': 'docker itself',
    'unix:///var/run/docker.sock': 'docker itself',
    '/run': 'docker parent',
    '/var/run/': 'docker parent',
    '/': 'docker parent',
    '/run/containerd': 'containerd parent',
    '/run/containerd/containerd.sock': 'containerd itself',
    '/run/podman/podman.sock': 'podman itself',
    '/run/dockershim.sock': 'docker itself',
    '/var/run/docker.sock.raw': 'docker itself',
    '${XDG_RUNTIME_DIR}/docker.sock': 'docker itself',
    '$XDG_RUNTIME_DIR/podman/podman.sock': 'podman itself',
    '~/.docker/run/docker.sock': 'docker itself',
    '/Users/a/.colima/default/docker.sock': 'docker itself',
    '//./pipe/docker_engine': 'docker itself',
    '\\\\.\\pipe\\docker_engine': 'docker itself',
    'npipe:////./pipe/docker_engine': 'docker itself',
  };
  for (const [path, expected] of Object.entries(cases)) {
    const found = daemonSocket(path);
    assert.equal(`${found?.engine} ${found?.via}`, expected, path);
  }
  for (const path of [
    '/var',
    '/run/user',
    '/running',
    './docker.sock',
    'docker.sock',
    '/run/secrets',
    '/tmp/app.sock',
    '/etc/docker',
  ])
    assert.equal(isDaemonSocket(path), false, path);
});

test('devices', () => {
  assert.equal(hostDeviceRisk('/dev/nvme0n1p1')?.risk, 'critical');
  assert.equal(hostDeviceRisk('/dev/vda')?.risk, 'critical');
  assert.equal(hostDeviceRisk('/dev')?.risk, 'critical');
  assert.equal(hostDeviceRisk('/dev/dri/renderD128')?.risk, 'low');
  assert.equal(hostDeviceRisk('/dev/null')?.risk, 'none');
  assert.equal(hostDeviceRisk('/dev/sdaa')?.risk, 'critical');
  assert.equal(hostDeviceRisk('/dev/zvol/tank/vm')?.risk, 'critical');
  assert.equal(hostDeviceRisk('/dev/sdcardreader'), undefined);
  assert.equal(hostDeviceRisk('/dev/mdctl'), undefined);
  assert.equal(hostDeviceRisk('/dev/something'), undefined);
  assert.equal(hostDeviceRisk('nvidia.com/gpu=all'), undefined);
  assert.equal(hostDeviceRisk('/etc'), undefined);
});
