import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import { wordingFor } from '../../server/src/features/markup.js';
import { termHover } from '../../server/src/features/hover/term.js';
import { english } from '../../server/src/l10n/message.js';
import type { DocumentKind } from '../../server/src/model/document.js';
import { termAt } from '../../server/src/model/terms.js';

const TODAY = '2026-11-24';
const markdown = wordingFor(true, english);
const plainText = wordingFor(false, english);

/** What is said at the first occurrence of a part of the text. */
function said(text: string, part: string, kind: DocumentKind = 'compose', markup = plainText) {
  const document = openDocument(text, kind);
  const offset = text.indexOf(part);
  assert.ok(offset >= 0, part);
  const term = termAt(document, offset);
  return (term && termHover(term, TODAY, markup)) ?? '';
}

const service = (...lines: readonly string[]) =>
  ['services:', '  web:', ...lines.map((line) => `    ${line}`), ''].join('\n');

describe('an image', () => {
  const postgres = said(service('image: postgres:17'), 'postgres');

  test('tells its support, user, capabilities, read-only paths and lighter variants', () => {
    for (const part of [
      /PostgreSQL 17: security fixes until 2029-/,
      /Default user: root/,
      /The entrypoint switches to postgres \(gosu\)/,
      /Capabilities needed: .*SETUID/,
      /Runs with a read-only root file system, given tmpfs at .*\/tmp/,
      /Lighter: postgres:17-alpine/,
    ])
      assert.match(postgres, part);
  });

  test('tells how sure each fact is and where it comes from', () => {
    assert.match(postgres, /Capabilities needed: [^\n]*reported in github\.com\/docker-library\/postgres/);
    assert.match(postgres, /Default user: [^\n]*read from docker-library\/postgres: 17\//);
    assert.match(postgres, /https:\/\/endoflife\.date\/postgresql/);
    assert.match(postgres, /as of 2026-\d\d-\d\d/);
  });

  test('past its end of life says so and where to go', () => {
    const node = said('FROM node:16-bullseye AS build\nRUN true\n', 'node', 'dockerfile');
    assert.match(node, /Node\.js 16: no security fixes since 2023-09-11; go to node:\d+/);
    assert.match(node, /Debian 11: no security fixes/);
  });

  test('is known too where only files are taken from it', () => {
    const text = 'FROM a AS redis\nCOPY --from=postgres:13 /a /b\nRUN --mount=from=nginx:1.27,target=/x ls\n';
    assert.match(said(text, 'postgres', 'dockerfile'), /postgres:13[\s\S]*no security fixes since/);
    assert.match(said(text, 'from=nginx', 'dockerfile'), /nginx:1\.27/);
    const others =
      'FROM a AS redis\nCOPY --from=redis /a /b\nRUN --mount=from=REDIS,target=/x ls\nCOPY --from=0 /a /c\n';
    for (const part of ['=redis', '=REDIS', '=0']) assert.equal(said(others, part, 'dockerfile'), '', part);
  });

  test('of another stage, from scratch, unknown or hidden by a variable says nothing', () => {
    assert.equal(said('FROM node:22 AS a\nFROM a AS b\n', 'a AS b', 'dockerfile'), '');
    assert.equal(said('FROM scratch\n', 'scratch', 'dockerfile'), '');
    assert.equal(said(service('image: example.org/nobody/knows:1'), 'example'), '');
    assert.equal(said(service('image: $IMAGE'), '$IMAGE'), '');
  });
});

describe('a capability', () => {
  test('tells what it allows and its risk, in any spelling', () => {
    const text = service('cap_add: [cap_sys_admin]', 'cap_drop:', '  - CHOWN');
    assert.match(said(text, 'cap_sys'), /Capability SYS_ADMIN · risk critical · not granted by default/);
    assert.match(said(text, 'CHOWN'), /Docker grants it by default[\s\S]*Dropped here/);
    assert.equal(said(service('cap_add: [NOT_ONE]'), 'NOT_ONE'), '');
  });
});

describe('a port', () => {
  test('tells what usually listens there and who reaches it', () => {
    const text = service('ports:', '  - "15432:5432"', '  - 127.0.0.1:6379:6379', '  - "8123"');
    assert.match(said(text, '15432'), /Port 5432 in the container: usually postgres[\s\S]*every address/);
    assert.match(said(text, '127.0.0.1'), /redis[\s\S]*this machine only/);
    const web = service('ports: ["80:80", "9999:9999"]');
    assert.match(said(web, '80:'), /Port 80 in the container: usually HTTP; web pages, not encrypted/);
    assert.match(
      said(web, '9999'),
      /Port 9999 in the container: no usual service\s+Reachable at every address/,
    );
  });

  test('announced in a Dockerfile is known too; a range is cut short', () => {
    assert.match(said('FROM a\nEXPOSE 22/tcp\n', '22/', 'dockerfile'), /ssh[\s\S]*Only announced here/);
    assert.ok(said('FROM a\nEXPOSE 1-65535\n', '1-', 'dockerfile').length < 2000);
    assert.equal(said('FROM a\nEXPOSE $PORT nonsense\n', 'nonsense', 'dockerfile'), '');
  });
});

describe('a path of the host', () => {
  test('tells its risk, writable and read-only', () => {
    const text = service(
      'volumes:',
      '  - /etc:/host-etc',
      '  - /var/run/docker.sock:/s:ro',
      '  - ./data:/data',
    );
    assert.match(said(text, '/etc:'), /\/etc of the host, mounted writable · (?:critical|high) risk/);
    assert.match(said(text, '/etc:'), /Mounted read-only: (?:high|medium) risk/);
    assert.match(said(text, '/var/run'), /critical risk[\s\S]*Read-only makes no difference/);
    assert.equal(said(text, './data'), '');
  });

  test('given as a device is known too', () => {
    assert.match(said(service('devices:', '  - /dev/mem:/dev/mem'), '/dev/mem'), /device · \w+ risk/);
  });
});

test('what a file says is never taken for markup', () => {
  const text = service('volumes:', '  - "/etc/`](x)`[a:/x"');
  assert.match(said(text, '/etc', 'compose', markdown), /^\*\*`` \/etc\/`\]\(x\)`\[a ``\*\*/);
  assert.match(said(service('cap_add: [ALL]'), 'ALL', 'compose', markdown), /\*\*Capability `ALL`\*\*/);
  assert.ok(!/(?<!\\)</.test(said(service('image: redis:7'), 'redis', 'compose', markdown)));
});
