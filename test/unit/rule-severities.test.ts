import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import { rules } from '../../server/src/rules/index.js';

/** Fixtures show places, not how grave a case is. A Dockerfile, a rule, and the severities of its findings in order. */
const CASES: readonly (readonly [text: string, rule: string, severities: readonly string[]])[] = [
  ['FROM debian:13\nCMD ["/app"]\n', 'user-missing', ['warning']],
  // Nothing is started, so whoever builds on it decides.
  ['FROM debian:13\nRUN make\n', 'user-missing', ['info']],
  ['FROM golang:1.27\nRUN make\n', 'user-missing', ['info']],
  ['FROM tomcat:11\nRUN make\n', 'user-missing', ['warning']],
  ['FROM node:24 AS dev\nCMD ["node", "server.js"]\n', 'user-missing', ['info']],
  ['FROM debian:13\nRUN chmod 777 /opt/app /var/lib/app\n', 'world-writable', ['warning']],
  ['FROM debian:13\nRUN chmod 777 /var/lib/app "$PGDATA" ${LOG_DIR}\n', 'world-writable', ['info']],
  ['FROM debian:13\nRUN chmod 777 /var/www/html\n', 'world-writable', ['warning']],
  ['FROM debian:10 AS b\nFROM debian:10\nCOPY --from=b /a /a\n', 'base-end-of-life', ['info', 'warning']],
  ['FROM node:16 AS b\nFROM nginx:1.31\nCOPY --from=b /a /a\n', 'base-end-of-life', ['warning']],
  ['ARG IMAGE\nFROM $IMAGE\n', 'base-unresolvable', ['info']],
  ['FROM $IMAGE\n', 'base-unresolvable', ['warning']],
];

for (const [text, rule, severities] of CASES)
  test(`${rule} in ${JSON.stringify(text)}`, () => {
    const document = openDocument(text, 'dockerfile');
    const { findings } = analyse({ document, rules, config: defaultConfig, today: '2026-11-24' });
    assert.deepEqual(
      findings.filter((finding) => finding.rule.id === rule).map(({ severity }) => severity),
      severities,
    );
  });
