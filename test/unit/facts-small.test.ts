import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  capabilities as cutCapabilities,
  ports as cutPorts,
  setuid as cutSetuid,
} from '../../scripts/facts/small.js';
import { capability, nearestCapability, normaliseCapability } from '../../server/src/facts/capabilities.js';
import { isServiceKey, nearestServiceKey } from '../../server/src/facts/compose-keys.js';
import { daemonKey, nearestDaemonKey, removedDaemonKey } from '../../server/src/facts/daemon.js';
import { portFact } from '../../server/src/facts/ports.js';
import { commandFlag } from '../../server/src/facts/run-flags.js';

test('capabilities in any spelling, and the one that was meant', () => {
  assert.equal(normaliseCapability(' cap_net_admin '), 'NET_ADMIN');
  assert.equal(capability('cap_sys_admin')?.class, 'host-root');
  assert.equal(capability('all')?.class, 'host-root');
  assert.equal(capability('NET_ADMIN')?.class, 'host-reach');
  assert.equal(capability('SYS_PTRACE')?.class, 'bounded');
  assert.equal(capability('CHOWN')?.dockerDefault, true);
  assert.equal(capability('NETADMIN'), undefined);
  assert.equal(nearestCapability('NETADMIN'), 'NET_ADMIN');
  assert.equal(nearestCapability('cap_sys_amdin'), 'SYS_ADMIN');
  assert.equal(nearestCapability('net-admin'), 'NET_ADMIN');
  assert.equal(nearestCapability('WHATEVER'), undefined);
  assert.equal(nearestCapability('x'.repeat(10_000)), undefined);
});

test('ports', () => {
  assert.equal(portFact(5432)?.class, 'datastore');
  assert.equal(portFact(22)?.class, 'remote');
  assert.equal(portFact(2375)?.class, 'admin');
  assert.equal(portFact(9229)?.class, 'debug');
  assert.equal(portFact(40000)?.class, 'debug');
  assert.equal(portFact(443), undefined);
  assert.equal(portFact(-1), undefined);
});

test('keys of Compose and of the daemon, flags of docker run', () => {
  assert.equal(isServiceKey('cap_add'), true);
  assert.equal(isServiceKey('x-anything'), true);
  assert.equal(isServiceKey('cap-add'), false);
  assert.equal(nearestServiceKey('priviledged'), 'privileged');
  assert.equal(daemonKey('icc')?.type, 'boolean');
  assert.equal(nearestDaemonKey('insecure-registry'), undefined);
  assert.equal(nearestDaemonKey('live-restor'), 'live-restore');
  assert.equal(removedDaemonKey('graph'), 'renamed data-root');
  assert.deepEqual(
    [commandFlag('run', '-v')?.name, commandFlag('run', '--privileged')?.takesValue],
    ['volume', false],
  );
  assert.equal(commandFlag('run', '--cap-add')?.compose, 'cap_add');
  assert.equal(commandFlag('build', '--build-arg')?.repeatable, true);
  assert.equal(commandFlag('run', '--nonsense'), undefined);
});

test('the refresh stops at what it does not understand', () => {
  const head = { source: 's', retrieved: '2026-01-01', licence: 'l', schema: {}, notes: [] };
  const one = { name: 'CHOWN', number: 0, dockerDefault: true, risk: 'low', attacker: 'Does.' };
  const file = (changes: object, record: object = one) => ({
    ...head,
    dockerDefaultSet: ['CHOWN'],
    capabilities: [record],
    ...changes,
  });
  assert.throws(() => cutCapabilities(file({ extra: 1 })), /unknown field "extra"/);
  assert.throws(() => cutCapabilities(file({}, { ...one, extra: 1 })), /unknown field "extra"/);
  assert.throws(() => cutCapabilities(file({}, { ...one, risk: 'huge' })), /none of critical/);
  assert.throws(
    () => cutCapabilities(file({}, { ...one, name: 'FLY', dockerDefault: false })),
    /no class for FLY/,
  );
  const { source, licence, schema } = head;
  const setuid = { source, licence, schema, binaries: [], makers: [], safeHelpers: [], removal: '' };
  assert.throws(() => cutSetuid({ ...setuid, retrieved: '2026-02-30' }), /there is no day/);
  assert.throws(() => cutSetuid({ ...setuid, retrieved: 'yesterday' }), /is no date/);
  assert.throws(() => cutCapabilities(file({}, { name: 'CHOWN' })), /is missing/);
  assert.throws(() => cutPorts({ ...head, rules: [], notes: undefined, ports: [] }), /unknown field "notes"/);
});
