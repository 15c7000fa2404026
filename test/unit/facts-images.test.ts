import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { distributionOf } from '../../server/src/facts/distribution.js';
import { factKey, type ImageReference, parseImageReference } from '../../server/src/facts/image-reference.js';
import { currentTags, retiredTag, tagExists } from '../../server/src/facts/image-tags.js';
import { hasTool, imageProfile, isRootUser, startsAsRoot } from '../../server/src/facts/images.js';
import {
  officialImage,
  publisherKnown,
  registryClass,
  registryOf,
} from '../../server/src/facts/registries.js';
import { smallerImages } from '../../server/src/facts/smaller-images.js';

function ref(text: string): ImageReference {
  const reference = parseImageReference(text);
  assert.ok(reference, text);
  return reference;
}

describe('parseImageReference', () => {
  test('fills in registry and library, and keeps a short name', () => {
    const node = ref('node');
    assert.deepEqual(
      [node.registry, node.repository, node.namespace, node.name, node.tag, node.familiar, node.isOfficial],
      ['docker.io', 'library/node', 'library', 'node', undefined, 'node', true],
    );
    assert.equal(ref('docker.io/node:22').repository, 'library/node');
    assert.equal(ref('index.docker.io/grafana/grafana').familiar, 'grafana/grafana');
    assert.equal(ref('grafana/grafana').isOfficial, false);
  });

  test('tells a host from a namespace', () => {
    assert.equal(ref('localhost/app').registry, 'localhost');
    assert.equal(ref('localhost:5000/app:1').registry, 'localhost:5000');
    assert.equal(ref('localhost:5000/app:1').namespace, undefined);
    assert.equal(ref('[::1]:5000/app').registry, '[::1]:5000');
    assert.equal(ref('host:5000/app').tag, undefined);
    assert.equal(ref('ghcr.io/a/b/c').namespace, 'a/b');
    assert.equal(ref('my/app').registry, 'docker.io');
  });

  test('says where tag and digest stand', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const text = `localhost:5000/team/app:1.2@${digest}`;
    const { spans, tag } = ref(text);
    assert.equal(tag, '1.2');
    assert.equal(text.slice(spans.name.start, spans.name.end), 'localhost:5000/team/app');
    assert.equal(text.slice(spans.tag?.start, spans.tag?.end), '1.2');
    assert.equal(text.slice(spans.digest?.start, spans.digest?.end), digest);
  });

  test('refuses what Docker refuses', () => {
    const bad = [
      '',
      'Node',
      'node:',
      'node:-x',
      'a//b',
      '/a',
      'a/',
      'node 22',
      '${IMAGE}',
      'node:${TAG}',
      'node@sha256:12',
    ];
    for (const text of [...bad, 'a'.repeat(64), `node:${'x'.repeat(129)}`, '-a'])
      assert.equal(parseImageReference(text), undefined, text);
  });

  test('knows mirrors of official images', () => {
    assert.equal(factKey(ref('public.ecr.aws/docker/library/redis:7')), 'library/redis');
    assert.equal(factKey(ref('mirror.gcr.io/library/redis')), 'library/redis');
    assert.equal(ref('public.ecr.aws/docker/library/redis').isOfficial, true);
    assert.equal(factKey(ref('quay.io/keycloak/keycloak')), 'quay.io/keycloak/keycloak');
  });
});

describe('imageProfile', () => {
  test('gives users, and other ids for other variants', () => {
    assert.equal(imageProfile(ref('node:22'))?.nonRootUser?.value.name, 'node');
    assert.equal(imageProfile(ref('postgres:16'))?.nonRootUser?.value.uid, 999);
    assert.equal(imageProfile(ref('postgres:16-alpine3.22'))?.nonRootUser?.value.uid, 70);
    assert.equal(imageProfile(ref('ubuntu:24.04'))?.nonRootUser?.value.name, 'ubuntu');
    assert.equal(imageProfile(ref('ubuntu:20.04'))?.nonRootUser, undefined);
    assert.equal(imageProfile(ref('ubuntu:jammy'))?.noNonRootUser?.value, true);
    assert.equal(imageProfile(ref('python:3.12'))?.noNonRootUser?.value, true);
  });

  test('knows who starts as root', () => {
    assert.equal(startsAsRoot(ref('node:22')), true);
    assert.equal(startsAsRoot(ref('grafana/grafana:11.0.0')), false);
    assert.equal(startsAsRoot(ref('gcr.io/distroless/static-debian12')), true);
    assert.equal(startsAsRoot(ref('gcr.io/distroless/static-debian12:nonroot')), false);
    assert.equal(startsAsRoot(ref('haproxy:2.2')), true);
    assert.equal(startsAsRoot(ref('some/thing')), undefined);
  });

  test('follows inheritance and wildcards, and gives nothing for the unknown', () => {
    assert.equal(imageProfile(ref('pgvector/pgvector:pg16'))?.nonRootUser?.value.name, 'postgres');
    assert.equal(imageProfile(ref('linuxserver/plex'))?.image, 'lscr.io/linuxserver/*');
    assert.equal(imageProfile(ref('some/thing')), undefined);
  });

  test('lists the capabilities that survive the second start', () => {
    assert.deepEqual(imageProfile(ref('postgres:16'))?.minimalCaps?.value, [
      'CHOWN',
      'DAC_READ_SEARCH',
      'FOWNER',
      'SETGID',
      'SETUID',
    ]);
    assert.deepEqual(imageProfile(ref('php:8.3-fpm'))?.minimalCaps?.value, ['SETGID', 'SETUID']);
    assert.deepEqual(imageProfile(ref('php:8.3'))?.minimalCaps?.value, []);
    assert.deepEqual(imageProfile(ref('drupal:11'))?.minimalCaps?.value, [
      'NET_BIND_SERVICE',
      'SETGID',
      'SETUID',
    ]);
  });

  test('knows tools by variant', () => {
    assert.equal(hasTool(ref('node:22'), 'curl'), true);
    assert.equal(hasTool(ref('node:22-slim'), 'curl'), false);
    assert.equal(hasTool(ref('node:22-alpine'), 'wget'), true);
    assert.equal(hasTool(ref('postgres:16'), 'wget'), false);
    assert.equal(hasTool(ref('postgres:16-alpine'), 'wget'), true);
    assert.equal(hasTool(ref('postgres:16-alpine'), 'curl'), undefined);
    assert.equal(hasTool(ref('nginx:alpine-slim'), 'curl'), false);
    assert.equal(hasTool(ref('gcr.io/distroless/static'), 'sh'), false);
    assert.equal(hasTool(ref('some/thing'), 'curl'), undefined);
    assert.equal(hasTool(ref('node:22'), 'nc'), undefined);
  });

  test('recognises root in its spellings', () => {
    for (const user of ['root', '0', '0:0', 'root:root', '00', ' root ', 'ContainerAdministrator'])
      assert.equal(isRootUser(user), true, user);
    for (const user of ['node', '1000', '10', 'rooted', '', '1000:0'])
      assert.equal(isRootUser(user), false, user);
  });
});

describe('tags of official images', () => {
  test('current, retired, unknown', () => {
    assert.equal(tagExists(ref('node'), '22-slim'), true);
    assert.equal(tagExists(ref('node'), '99'), false);
    assert.equal(tagExists(ref('some/thing'), '1'), undefined);
    assert.match(retiredTag(ref('maven:3-jdk-8'))?.since ?? '', /^2022-/);
    // Ended, so the end is the news.
    assert.equal(retiredTag(ref('node:18-alpine3.14')), undefined);
    assert.equal(retiredTag(ref('node:22')), undefined);
    assert.equal(retiredTag(ref('node:99')), undefined);
    // Moving tags that were missing on the day of the data.
    assert.equal(retiredTag(ref('mongo:latest')), undefined);
    assert.equal(retiredTag(ref('mongo:8')), undefined);
    assert.equal(retiredTag(ref('node')), undefined);
    assert.ok(currentTags(ref('alpine')).includes('3.22'));
  });

  test('names of objects are no images', () => {
    assert.equal(tagExists(ref('constructor'), '1'), undefined);
    assert.equal(imageProfile(ref('constructor')), undefined);
  });
});

test('smaller variants keep the version and exist', () => {
  const names = (text: string): readonly string[] => smallerImages(ref(text)).map((one) => one.image);
  assert.deepEqual(names('node:22'), [
    'node:22-slim',
    'node:22-alpine',
    'gcr.io/distroless/nodejs22-debian13',
  ]);
  assert.deepEqual(names('node:22.3.0'), [
    'node:22.3.0-slim',
    'node:22.3.0-alpine',
    'gcr.io/distroless/nodejs22-debian13',
  ]);
  assert.deepEqual(names('node:22-slim'), []);
  assert.deepEqual(names('node:lts'), []);
  assert.deepEqual(names('some/thing:1'), []);
});

test('the kind of system behind an image', () => {
  const cases = {
    'node:22': 'debian',
    'node:22-alpine': 'alpine',
    'eclipse-temurin:21-jre': 'ubuntu',
    'mysql:8': 'redhat',
    'registry.access.redhat.com/ubi9/ubi': 'redhat',
    'mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled': 'distroless',
    'mcr.microsoft.com/windows/servercore:ltsc2022': 'windows',
    'team/app:1-bookworm': 'debian',
    scratch: 'scratch',
  };
  for (const [image, system] of Object.entries(cases))
    assert.equal(distributionOf(ref(image)), system, image);
  assert.equal(distributionOf(ref('team/app:1')), undefined);
  assert.equal(distributionOf(ref('team/app:bookworm')), undefined);
});

test('registries by the longest match, publishers and official images', () => {
  assert.equal(registryOf(ref('gcr.io/distroless/static'))?.class, 'hardened');
  assert.equal(registryOf(ref('gcr.io/my-project/app'))?.class, 'mixed');
  assert.equal(registryOf(ref('nginx'))?.class, 'official');
  assert.equal(registryClass('ghcr.io.evil.example'), undefined);
  assert.equal(publisherKnown('grafana'), true);
  assert.equal(publisherKnown('grafanaa'), false);
  assert.equal(officialImage('nginx'), 'yes');
  assert.equal(officialImage('centos'), 'removed');
  assert.equal(officialImage('ngnix'), 'no');
});
