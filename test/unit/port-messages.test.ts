/** What messages call that which listens on a port: a guess by number is said to be one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found } from '../support/findings.js';

test('a service by its own name', () => {
  assert.match(
    one('image: postgres:17\nports: ["15432:5432"]'),
    /^warning Port 15432 of `app` \(postgres\) is open/,
  );
});

test('a service that is only usual on the port', () => {
  assert.match(
    one('image: confluentinc/cp-kafka:8.1.0\nports: ["39093:9093"]'),
    /^warning Port 39093 of `app` \(usual for alertmanager\) is open/,
  );
});

test('a port that means nothing', () => {
  assert.match(one('image: nginx:1.29\nports: ["8080:8080"]'), /^info Port 8080 of `app` is open/);
});

test('a Git server is reached by SSH, another container need not be', () => {
  const ssh = 'ports: ["2222:22"]';
  assert.match(one(`image: gitea/gitea:1.25\n${ssh}`, 'port-remote-admin'), /^info SSH of `app`/);
  assert.match(one(`image: debian:13\n${ssh}`, 'port-remote-admin'), /^warning SSH of `app`/);
});

test('a port among others is named', () => {
  assert.match(
    one('image: debian:13\nports: ["20-25:20-25"]', 'port-remote-admin'),
    /^warning Port 22 \(SSH\) of `app` is open/,
  );
  assert.match(
    one('image: node:22\nports: ["9220-9229:9220-9229"]', 'port-debug'),
    /^warning Port 9222, of the Chrome debugger in `app`, is open/,
  );
});

test('a mapping that is not whole says what it lacks', () => {
  const ports = (text: string) => one(`image: nginx:1.29\nports: [${text}]`, 'port-invalid');
  assert.match(ports('"8080:"'), /`8080:` is not a port mapping: the port of the container is missing$/);
  assert.match(ports('"80:80/"'), /: the protocol behind the slash is missing$/);
  assert.match(
    ports('"127.0.0.1:80"'),
    /: behind an address come two ports, of the host and of the container$/,
  );
  assert.match(ports('""'), /^warning An empty text is not a port mapping$/);
  assert.deepEqual(found('port-on-all-interfaces', 'image: nginx:1.29\nports:\n  - 127.0.0.1:\n'), []);
});

function one(keys: string, rule = 'port-on-all-interfaces'): string {
  const [message = '', ...more] = found(rule, keys);
  assert.deepEqual(more, []);
  return message;
}
