// The shape of the tables: source and day, known words, no doubles, days that exist.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allCapabilities, capability, defaultCapabilities } from '../../server/src/facts/capabilities.js';
import capabilities from '../../server/src/facts/data/capabilities.json';
import composeKeys from '../../server/src/facts/data/compose-keys.json';
import daemonKeys from '../../server/src/facts/data/daemon-keys.json';
import endOfLife from '../../server/src/facts/data/end-of-life.json';
import hostPaths from '../../server/src/facts/data/host-paths.json';
import imageTags from '../../server/src/facts/data/image-tags.json';
import images from '../../server/src/facts/data/images.json';
import ports from '../../server/src/facts/data/ports.json';
import registries from '../../server/src/facts/data/registries.json';
import runFlags from '../../server/src/facts/data/run-flags.json';
import secrets from '../../server/src/facts/data/secrets.json';
import setuid from '../../server/src/facts/data/setuid.json';
import { parseImageReference } from '../../server/src/facts/image-reference.js';
import { imageProfile, profiledImages } from '../../server/src/facts/images.js';
import { packageManagers } from '../../server/src/facts/package-managers.js';

const tables = {
  capabilities,
  composeKeys,
  daemonKeys,
  endOfLife,
  hostPaths,
  imageTags,
  images,
  ports,
  registries,
  runFlags,
  secrets,
  setuid,
};

function isDay(text: string): boolean {
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

function assertUnique(values: readonly string[]): void {
  assert.deepEqual(
    values.filter((value, index) => values.indexOf(value) !== index),
    [],
  );
}

test('every table names its source, its licence and the day it was read', () => {
  for (const [name, table] of Object.entries(tables)) {
    assert.ok(table.source.length > 10, name);
    assert.ok(table.licence.length > 5, name);
    assert.ok(isDay(table.retrieved), name);
  }
  assert.ok(isDay(endOfLife.dataDate) && isDay(imageTags.dataDate));
});

test('no table speaks of the machine it was made on', () => {
  assert.doesNotMatch(JSON.stringify(tables), /this machine|\/work\//i);
});

test('cycles have names of their own and days that exist', () => {
  for (const [id, product] of Object.entries(endOfLife.products)) {
    assertUnique(product.cycles.map((cycle) => String(cycle[0])));
    for (const cycle of product.cycles) {
      const [name, eol, ...rest] = cycle;
      assert.equal(typeof name, 'string', id);
      assert.ok(typeof eol === 'boolean' || isDay(String(eol)), `${id} ${name}: ${eol}`);
      for (const day of rest.slice(0, 2))
        assert.ok(day === 0 || day === true || isDay(String(day)), `${id} ${name}: ${day}`);
    }
  }
});

test('every image of the end-of-life table has known products', () => {
  for (const [image, ids] of Object.entries(endOfLife.images))
    for (const id of ids.split(' ')) assert.ok(id === 'pg' || id in endOfLife.products, `${image}: ${id}`);
  for (const value of Object.values(endOfLife.suffixes)) {
    const [id = ''] = value.split(' ');
    assert.ok(id in endOfLife.products, value);
  }
});

test('deprecated images are written once, with replacements that can be pulled', () => {
  assertUnique(endOfLife.deprecated.map((one) => one.image));
  for (const one of endOfLife.deprecated) {
    if ('since' in one && one.since !== undefined) assert.ok(isDay(one.since), one.image);
    for (const name of one.replacements) assert.notEqual(parseImageReference(name), undefined, name);
  }
});

test('lines of tags have a key, heads and tails', () => {
  for (const [image, lists] of Object.entries(imageTags.images)) {
    const retired: readonly string[] = 'retired' in lists ? lists.retired : [];
    for (const line of [...lists.current, ...retired])
      assert.match(line, /^[a-z0-9.-]*\|[^| ]+(?: [^| ]+)*\|[^| ]+(?: [^| ]+)*$/, image);
    for (const line of retired) assert.match(line, /^20\d\d-(?:0[1-9]|1[0-2])\|/, image);
  }
});

test('every profile can be asked for, and its facts have an origin', () => {
  assertUnique(profiledImages);
  for (const name of profiledImages) {
    const reference = parseImageReference(name.replace('*', 'some'));
    assert.ok(reference, name);
    const profile = imageProfile(reference);
    assert.ok(profile, name);
    for (const [field, fact] of Object.entries(profile)) {
      if (field === 'image' || typeof fact !== 'object') continue;
      assert.ok(fact.source.length > 3, `${name} ${field}`);
      assert.match(fact.confidence, /^(?:derived|reported)$/);
    }
    for (const cap of profile.minimalCaps?.value ?? []) assert.ok(capability(cap), `${name}: ${cap}`);
    for (const path of profile.readOnly?.value.tmpfs ?? [])
      assert.ok(path.startsWith('/'), `${name}: ${path}`);
    for (const port of profile.ports?.value ?? [])
      assert.match(port, /^\d+\/(?:tcp|udp)$|^\d+-\d+\/(?:tcp|udp)$/, name);
  }
});

test('capabilities are the 41 of Linux, with the 14 that Docker grants', () => {
  assertUnique(allCapabilities);
  assert.equal(allCapabilities.length, 41);
  assert.equal(defaultCapabilities.length, 14);
  assert.deepEqual(
    capabilities.records.map((one) => one.number),
    capabilities.records.map((_, index) => index),
  );
  for (const one of capabilities.records) {
    assert.match(one.class, /^(?:host-root|host-reach|bounded|default)$/);
    assert.match(one.gain, /^[A-Z].*\.$/);
  }
});

test('ports, paths, keys and programs are written once, with known classes', () => {
  assertUnique(ports.records.map((one) => String(one.port)));
  assertUnique(hostPaths.records.map((one) => one.path));
  assertUnique(setuid.records.map((one) => one.program));
  assertUnique(daemonKeys.keys.map((one) => one.key));
  assertUnique(runFlags.run.map(([name]) => name ?? ''));
  assertUnique(composeKeys.service.join(' ').split(' '));
  assertUnique(secrets.tokens.map((one) => one.id));
  for (const one of ports.records) {
    assert.match(one.class, /^(?:datastore|admin|debug|remote|other)$/);
    assert.ok(one.port > 0 && one.port < 65536 && !one.reason.endsWith('.'));
  }
  for (const one of hostPaths.records) {
    assert.match(one.risk, /^(?:critical|high|medium|low|none)$/);
    assert.match(one.match, /^(?:exact|tree|prefix)$/);
    assert.ok(!one.path.startsWith('/var/run'), one.path);
  }
});

test('patterns of secrets have no look-around, no back-reference and no unbounded repeat', () => {
  for (const { id, regex } of secrets.tokens) {
    const bare = regex.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
    assert.doesNotMatch(bare, /[*+]|\(\?[=!<]|\{\d*,\}/, id);
  }
});

test('package managers have one name each, and lists without doubles', () => {
  assertUnique(packageManagers.map((one) => one.name));
  for (const one of packageManagers) {
    assert.ok(one.install.length > 0, one.name);
    for (const value of Object.values(one)) if (Array.isArray(value)) assertUnique(value.map(String));
    const verbs = [one.install, one.update, one.upgrade, one.distUpgrade, one.clean, one.remove].flat();
    assertUnique(verbs);
  }
});
