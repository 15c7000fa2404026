/** Names of images that are bare systems, lack tools, or say that they do not start as root. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseImageReference } from '../../server/src/facts/image-reference.js';
import { isBareSystem, lacksUserTools, namedNonRoot } from '../../server/src/facts/system-images.js';

function matching(
  images: readonly string[],
  is: (reference: NonNullable<ReturnType<typeof parseImageReference>>) => boolean,
) {
  return images.filter((image) => {
    const reference = parseImageReference(image);
    assert.ok(reference, image);
    return is(reference);
  });
}

test('bare systems and tool chains start as root, services are not among them', () => {
  const bare = [
    'debian:13-slim',
    'docker.io/library/alpine',
    'arm64v8/ubuntu:24.04',
    'registry.access.redhat.com/ubi9/ubi-minimal:9.6',
    'redhat/ubi9',
    'quay.io/centos/centos:stream9',
    'public.ecr.aws/amazonlinux/amazonlinux:2023',
    'gcc:15',
    'openjdk:8-jre',
    'nvidia/cuda:12.8.1-runtime-ubuntu22.04',
  ];
  const others = [
    'postgres:17',
    'registry.access.redhat.com/ubi9/nodejs-22',
    'example/debian',
    'quay.io/keycloak/keycloak',
  ];
  assert.deepEqual(matching([...bare, ...others], isBareSystem), bare);
});

test('the small images of the family of Red Hat cannot create users', () => {
  const without = [
    'registry.access.redhat.com/ubi9/ubi-minimal:9.6',
    'amazonlinux:2023',
    'oraclelinux:9-slim',
    'gcr.io/distroless/static-debian13',
  ];
  const able = ['registry.access.redhat.com/ubi9/ubi:9.6', 'fedora:43', 'debian:13-slim', 'node:22-alpine'];
  assert.deepEqual(matching([...without, ...able], lacksUserTools), without);
});

test('names and tags can say that an image is not root', () => {
  const named = [
    'nginxinc/nginx-unprivileged:1',
    'gcr.io/distroless/static-debian13:nonroot',
    'gitea/gitea:1.25-rootless',
    'example/app:1-non-root',
    'public.ecr.aws/lambda/python:3.13',
  ];
  const others = ['nginx:1.29', 'example/rootlessness:1', 'debian:13'];
  assert.deepEqual(matching([...named, ...others], namedNonRoot), named);
});
