import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deprecatedImage, type Life, lifeOf, supportedTags } from '../../server/src/facts/end-of-life.js';
import { type ImageReference, parseImageReference } from '../../server/src/facts/image-reference.js';

const today = '2026-11-24';

function ref(text: string): ImageReference {
  const reference = parseImageReference(text);
  assert.ok(reference, text);
  return reference;
}
function lives(text: string, day = today): readonly Life[] {
  return lifeOf(ref(text), day);
}
/** What has ended, as "product cycle". */
function ended(text: string): readonly string[] {
  return lives(text)
    .filter((life) => life.ended)
    .map((life) => `${life.product} ${life.cycle}`);
}

describe('lifeOf', () => {
  const over: Readonly<Record<string, readonly string[]>> = {
    'node:16': ['nodejs 16'],
    'node:16-bullseye': ['nodejs 16', 'debian 11'],
    'node:18-alpine3.14': ['nodejs 18', 'alpine-linux 3.14'],
    'node:lts-gallium-slim': ['nodejs 16'],
    'node:gallium': ['nodejs 16'],
    'python:3.7-slim-buster': ['python 3.7', 'debian 10'],
    'python:2': ['python 2.7'],
    'php:7': ['php 7.4'],
    'php:7.4-fpm-alpine': ['php 7.4'],
    'debian:buster-slim': ['debian 10'],
    'debian:buster-20230411-slim': ['debian 10'],
    'debian:10.3': ['debian 10'],
    'ubuntu:20.04': ['ubuntu 20.04'],
    'ubuntu:focal': ['ubuntu 20.04'],
    'alpine:3.12': ['alpine-linux 3.12'],
    'alpine:3.12.4': ['alpine-linux 3.12'],
    'centos:7': ['centos 7'],
    'centos:centos7.9.2009': ['centos 7'],
    'quay.io/centos/centos:stream8': ['centos-stream 8'],
    'golang:1.20': ['go 1.20'],
    'golang:1.20-alpine3.17': ['go 1.20', 'alpine-linux 3.17'],
    'postgres:11': ['postgresql 11'],
    'mysql:5.7': ['mysql 5.7'],
    'nginx:1.25': ['nginx 1.25'],
    'mcr.microsoft.com/dotnet/sdk:6.0': ['dotnet 6'],
    'mcr.microsoft.com/dotnet/aspnet:6.0-focal': ['dotnet 6', 'ubuntu 20.04'],
    'ruby:2.7': ['ruby 2.7'],
    'rust:1.70': ['rust 1.70'],
    'eclipse-temurin:17-jre-focal': ['ubuntu 20.04'],
    'openjdk:8-jdk-alpine3.9': ['alpine-linux 3.9'],
    'node:22-bullseye': ['debian 11'],
    'traefik:v2.10': ['traefik 2.10'],
    'timescale/timescaledb:2.11.0-pg12': ['postgresql 12'],
    'pgvector/pgvector:pg11': ['postgresql 11'],
    'mcr.microsoft.com/devcontainers/javascript-node:1-16-bullseye': ['nodejs 16', 'debian 11'],
    'registry.access.redhat.com/ubi7/nodejs-14:1': ['rhel 7'],
    'registry.access.redhat.com/ubi8/openjdk-11:1.15': ['red-hat-build-of-openjdk 11'],
    'nvidia/cuda:11.8.0-base-ubuntu20.04': ['ubuntu 20.04'],
    'zabbix/zabbix-server-mysql:alpine-5.4-latest': ['zabbix 5.4'],
    'bitnami/node:14-debian-10': ['nodejs 14', 'debian 10'],
    'public.ecr.aws/docker/library/node:16': ['nodejs 16'],
    // Before the oldest cycle that is known.
    'redis:3.2.8': ['redis 3.2'],
    'redis:3-alpine': ['redis 3'],
    'golang:1.7.3': ['go 1.7'],
    'docker:1.12': ['docker-engine 1.12'],
  };
  for (const [image, expected] of Object.entries(over))
    test(`${image} has ended`, () => assert.deepEqual(ended(image), expected));

  const fine = [
    ...[
      'node:22',
      'python:3.13',
      'python:3',
      'alpine:3.22',
      'alpine:3',
      'debian:12-slim',
      'ubuntu:24.04',
      'golang:1',
    ],
    ...[
      'redis:6',
      'mysql:8',
      'mariadb:10',
      'maven:3-jdk-8',
      'eclipse-temurin:17-jre',
      'tomcat:9-jdk11',
      'nginx:1.30',
    ],
    ...['mcr.microsoft.com/dotnet/sdk:10.0', 'rust:1', 'jenkins/jenkins:lts', 'postgres:17-alpine'],
  ];
  for (const image of fine) test(`${image} has not ended`, () => assert.deepEqual(ended(image), []));

  const silent = [
    ...[
      'node',
      'node:latest',
      'node:lts',
      'node:current-alpine',
      'debian:stable-slim',
      'debian:sid',
      'alpine:edge',
    ],
    ...[
      'ubuntu:rolling',
      'openjdk:11',
      'node:99',
      'python:3.15-rc',
      'alpine:20230329',
      'nginx:mainline',
      'team/app:16',
    ],
    ...[
      'team/app:etch',
      'team/app:buster-special',
      'confluentinc/cp-kafka:5.5.0',
      'redis/redis-stack:6.2.6-v9',
    ],
    ...[
      'mcr.microsoft.com/devcontainers/python:3',
      `node@sha256:${'a'.repeat(64)}`,
      'constructor:1',
      'ubuntu:22',
    ],
  ];
  for (const image of silent) test(`${image} says nothing`, () => assert.deepEqual(lives(image), []));

  test('a digest behind the tag changes nothing', () => {
    assert.deepEqual(ended(`node:16@sha256:${'a'.repeat(64)}`), ['nodejs 16']);
  });

  test('the last day is not the end, the next one is', () => {
    assert.equal(lives('python:3.9', '2025-10-31')[0]?.ended, false);
    assert.equal(lives('python:3.9', '2025-10-31')[0]?.daysLeft, 0);
    assert.equal(lives('python:3.9', '2025-11-01')[0]?.ended, true);
    assert.equal(lives('python:3.9', '2025-10-01')[0]?.daysLeft, 30);
  });

  test('Debian ends with its free LTS, Ubuntu before its paid years', () => {
    const debian = lives('debian:11', '2026-08-31')[0];
    assert.deepEqual([debian?.ended, debian?.longTerm, debian?.eol], [false, true, '2026-08-31']);
    const ubuntu = lives('ubuntu:20.04')[0];
    assert.deepEqual([ubuntu?.ended, ubuntu?.eol, ubuntu?.extendedUntil], [true, '2025-05-31', '2030-04-02']);
  });

  test('a moving tag has no days left', () => {
    const [life] = lives('redis:6');
    assert.deepEqual([life?.cycle, life?.floating, life?.daysLeft], ['6.2', true, undefined]);
  });

  test('says where in the tag the words stand', () => {
    const tag = 'lts-gallium-buster-slim';
    const spans = lives(`node:${tag}`).map(
      (life) => life.inTag && tag.slice(life.inTag.start, life.inTag.end),
    );
    assert.deepEqual(spans, ['lts-gallium', 'buster']);
    const pair = '2019-CU18-ubuntu-20.04';
    const base = lives(`mcr.microsoft.com/mssql/server:${pair}`)[1];
    assert.equal(pair.slice(base?.inTag?.start, base?.inTag?.end), 'ubuntu-20.04');
  });

  test('offers the newest long-term cycle with the same variant, only when that tag exists', () => {
    const tag = (image: string, index = 0): string | undefined => lives(image)[index]?.newest?.tag;
    assert.equal(tag('node:16'), '26');
    assert.equal(tag('node:16.20.1-buster-slim'), '26-trixie-slim');
    assert.equal(tag('node:16-bullseye', 1), '26-trixie');
    assert.equal(tag('node:22-bullseye', 1), '22-trixie');
    assert.equal(tag('python:3.7-slim'), '3.14-slim');
    assert.equal(tag('php:7'), '8');
    assert.equal(tag('debian:buster-slim'), 'trixie-slim');
    assert.equal(tag('debian:10'), '13');
    assert.equal(tag('ubuntu:focal'), 'resolute');
    assert.equal(tag('traefik:v2.10'), 'v3.7');
    assert.equal(tag('mcr.microsoft.com/dotnet/sdk:6.0'), '10.0');
    assert.equal(tag('maven:3.6-jdk-11-slim'), undefined);
    assert.equal(tag('circleci/node:10'), undefined);
    assert.equal(lives('centos:7')[0]?.newest, undefined);
  });
});

test('supportedTags: one per cycle, long-term first, with the variant', () => {
  assert.deepEqual(supportedTags(ref('node'), today), ['26', '24', '22']);
  assert.deepEqual(supportedTags(ref('node'), today, 'alpine'), ['26-alpine', '24-alpine', '22-alpine']);
  assert.deepEqual(supportedTags(ref('alpine'), today), ['3.24', '3.23', '3.22']);
  assert.deepEqual(supportedTags(ref('team/app'), today), []);
  assert.deepEqual(supportedTags(ref('adminer'), today), ['6', '5']);
});

test('deprecatedImage: whole repositories, single tags, publishers', () => {
  assert.equal(deprecatedImage(ref('openjdk:11'))?.since, '2022-07-31');
  assert.deepEqual(deprecatedImage(ref('vault'))?.replacements, ['hashicorp/vault']);
  assert.ok(deprecatedImage(ref('bitnami/redis:7')));
  assert.ok(deprecatedImage(ref('amazonlinux:1')));
  assert.equal(deprecatedImage(ref('amazonlinux:2023')), undefined);
  assert.equal(deprecatedImage(ref('hashicorp/vault')), undefined);
  assert.equal(deprecatedImage(ref('nextcloud')), undefined);
  assert.equal(deprecatedImage(ref('team/openjdk')), undefined);
});
