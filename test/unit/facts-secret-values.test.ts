import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretValue } from '../../server/src/facts/secret-values.js';

const kinds = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([name, value]) => secretValue(name, value)?.kind);

test('secrets by name', () => {
  const pairs = [
    ['POSTGRES_PASSWORD', 'Tr0ub4dor&3xyz'],
    ['DB_PASSWORD', 'pa$w0rd-9'],
    ['PGPASSWORD', 'kq83hfhs'],
    ['AWS_ACCESS_KEY_ID', 'some-id-of-mine'],
    ['NEO4J_AUTH', 'neo4j/kq83hfhs'],
    ['API_TOKEN', '9f8a7b6c5d4e'],
  ] as const;
  assert.deepEqual(
    kinds(pairs),
    pairs.map(() => 'plain'),
  );
});

test('tokens by shape, whatever the name', () => {
  assert.deepEqual(secretValue('X', `ghp_${'a1B2'.repeat(9)}`), { kind: 'token', token: 'github-token' });
});

test('values that everybody knows', () => {
  const pairs = [
    ['POSTGRES_PASSWORD', 'postgres'],
    ['DB_PASS', '1234'],
    ['SECRET_KEY', '12345'],
    ['WORDPRESS_DB_PASSWORD', 'wordpress'],
    ['SECRET_KEY_BASE', 'dummy'],
    ['ADMIN_PASSWORD', 'change-me-please'],
    ['JWT_SECRET', 'dev-secret'],
    ['X_TOKEN', 'aaaaaaaa'],
  ] as const;
  assert.deepEqual(
    kinds(pairs),
    pairs.map(() => 'weak'),
  );
});

test('templates', () => {
  const pairs = [
    ['AUTH_TOKENS', 'your_token_here'],
    ['API_KEY', '<your key>'],
    ['SECRET', 'REPLACE_WITH_YOUR_OWN'],
    ['TOKEN', 'xxxx'],
  ] as const;
  assert.deepEqual(
    kinds(pairs),
    pairs.map(() => 'template'),
  );
});

test('what is no secret', () => {
  const pairs = [
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', 'no'],
    ['PASSWORD', '/run/secrets/db'],
    ['TOKEN', '24h'],
    ['AUTH_TOKENS', '30'],
    ['ADMIN_TOKEN', '$argon2id$v=19$m=65540'],
    ['USER_PASSWORD', '$2y$05$abcdefghijklmnop'],
    ['SSH_PRIVATE_KEY', 'ssh-ed25519 AAAAC3Nza'],
    ['API_TOKEN', 'https://example.com/token'],
    ['DB_PASSWORD', 'vault:secret/db#password'],
    ['DB_PASSWORD', '{{ db_password }}'],
    ['DB_PASSWORD', '@DB_PASSWORD@'],
    ['LICENSE_KEY', 'abcd-efgh'],
    ['PASSWORD_MIN_LENGTH', '30'],
    ['PATH', '/usr/bin'],
  ] as const;
  assert.deepEqual(
    kinds(pairs),
    pairs.map(() => undefined),
  );
});
