import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  credentialsInUrl,
  isPlaceholder,
  isWeakValue,
  knownSecretVariable,
  secretName,
  tokenIn,
} from '../../server/src/facts/secrets.js';

test('names of secrets, and names that only sound so', () => {
  const secret = [
    ...[
      'POSTGRES_PASSWORD',
      'DB_PWD',
      'dbPassword',
      'spring.datasource.password',
      'API_KEY',
      'APIKEY',
      'JWT_SECRET',
    ],
    ...[
      'AWS_SECRET_ACCESS_KEY',
      'RABBITMQ_DEFAULT_PASS',
      'secret',
      'GITHUB_TOKEN',
      'SECRET_KEY_BASE',
      'TOKEN',
    ],
    ...['RAILS_MASTER_KEY', 'client-secret', 'REDISCLI_AUTH', 'SESSION_KEY', 'VAULT_DEV_ROOT_TOKEN_ID'],
    ...['db_pword', 'BUNDLE_GEMS__EXAMPLE__COM'],
  ];
  const harmless = [
    ...[
      'POSTGRES_PASSWORD_FILE',
      'KAFKA_SSL_KEYSTORE_CREDENTIALS',
      'PWD',
      'OLDPWD',
      'MAX_TOKENS',
      'COMPASS',
      'MYSQL_ALLOW_EMPTY_PASSWORD',
      'BYPASS',
    ],
    ...[
      'MYSQL_RANDOM_ROOT_PASSWORD',
      'PUBLIC_KEY',
      'NEXT_PUBLIC_API_KEY',
      'TOKEN_TTL',
      'KEYBOARD',
      'PROXY_PASS',
    ],
    ...[
      'PASSWORD_MIN_LENGTH',
      'BUNDLE_MIRROR__ALL',
      'SSH_AUTH_SOCK',
      'GOOGLE_APPLICATION_CREDENTIALS',
      'SECRET_NAME',
      'PATH',
      '',
      'x'.repeat(9999),
    ],
  ];
  for (const name of secret) assert.equal(secretName(name), true, name);
  for (const name of harmless) assert.equal(secretName(name), false, name);
});

test('tokens by shape, with their place', () => {
  const token = `ghp_${'a1B2'.repeat(9)}`;
  assert.deepEqual(tokenIn(`x ${token} y`), { id: 'github-token', confidence: 'high', start: 2, end: 42 });
  assert.equal(tokenIn('-----BEGIN RSA PRIVATE KEY-----')?.id, 'private-key');
  assert.equal(tokenIn(`AKIA${'Q7'.repeat(8)}`)?.id, 'aws-access-key-id');
  for (const value of ['AKIAIOSFODNN7EXAMPLE', 'ghp_short', 'hello world', '', `ghp_${'x'.repeat(36)}`])
    assert.equal(tokenIn(value), undefined, value);
  assert.equal(tokenIn(`${' '.repeat(20_000)}${token}`), undefined);
});

test('credentials in addresses', () => {
  const value = 'postgres://user:p4ss:w@db:5432/x';
  const found = credentialsInUrl(value);
  assert.equal(value.slice(found?.start, found?.end), 'p4ss:w');
  assert.equal(found?.user, 'user');
  assert.equal(credentialsInUrl('redis://:s3cret@cache')?.user, '');
  for (const none of [
    'postgres://user:${PW}@db',
    'http://proxy:3128',
    'https://u@host',
    'a:b@c',
    'http://u:$PW@h',
    'http://a/b:c@d',
    'https://USER:PASSWORD@example.com',
  ])
    assert.equal(credentialsInUrl(none), undefined, none);
});

test('weak values and placeholders', () => {
  for (const value of ['password', 'Admin', 'Password123!', 'changeme', 'postgres'])
    assert.equal(isWeakValue(value), true, value);
  for (const value of ['correct horse battery', '', 'x9!kdP3'])
    assert.equal(isWeakValue(value), false, value);
  for (const value of [
    '',
    '${X}',
    '$X',
    '<your key>',
    '{{ x }}',
    'xxxx',
    '***',
    '/run/secrets/x',
    '/etc/ssl/key.pem',
    'true',
    '%PW%',
  ])
    assert.equal(isPlaceholder(value), true, value);
  for (const value of ['hunter2', 'p$x', 'a/b', 'xray']) assert.equal(isPlaceholder(value), false, value);
});

test('known variables and their file form', () => {
  assert.equal(knownSecretVariable('POSTGRES_PASSWORD')?.fileVariant, 'POSTGRES_PASSWORD_FILE');
  assert.equal(
    knownSecretVariable('GF_SECURITY_ADMIN_PASSWORD')?.fileVariant,
    'GF_SECURITY_ADMIN_PASSWORD__FILE',
  );
  assert.equal(knownSecretVariable('REDIS_PASSWORD')?.fileVariant, undefined);
  assert.equal(knownSecretVariable('postgres_password'), undefined);
});
