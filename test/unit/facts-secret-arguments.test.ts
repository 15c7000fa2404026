import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretArguments } from '../../server/src/facts/secret-arguments.js';

/** The secrets of a command line, words parted by blanks. */
function secrets(line: string): readonly string[] {
  const [program = '', ...args] = line.split(' ');
  return secretArguments(program, args).map(({ index, start, end }) => (args[index] ?? '').slice(start, end));
}

test('secrets in options', () => {
  for (const line of [
    'docker login -u me -p S registry',
    'docker login --password S',
    'docker login -pS',
    'helm registry login --password=S host',
    'skopeo copy --src-creds=me:S a b',
    'podman pull --creds me:S a',
    'mysql -uroot -pS',
    'mongosh -u root -p S',
    'redis-cli -a S ping',
    'redis-server --requirepass S',
    'curl -u me:S https://example.com',
    'curl --user=me:S https://example.com',
    'sshpass -p S ssh host',
    'openssl rsa -passin pass:S -in key',
    'keytool -storepass S -list',
    'anything --api-key=S',
    'anything --client-secret S',
    'cloudflared tunnel run --token S',
  ])
    assert.deepEqual(secrets(line), ['S'], line);
});

test('secrets in operands', () => {
  for (const line of [
    'aws configure set aws_secret_access_key S',
    'aws configure --profile x set x.aws_secret_access_key S',
    'npm config set //registry.npmjs.org/:_authToken S',
    'npm config set //registry.npmjs.org/:_authToken=S',
    'npm set _auth S',
    'composer config -g github-oauth.github.com S',
    'composer config http-basic.example.com me S',
    'rabbitmqctl add_user me S',
    'mc alias set minio http://minio:9000 me S',
    'ngrok config add-authtoken S',
  ])
    assert.deepEqual(secrets(line), ['S'], line);
});

test('what is no secret', () => {
  for (const line of [
    'docker login --password-stdin',
    'docker run -p 80:80 app',
    'docker build --secret id=a,env=B .',
    'mysql -p',
    'curl -u me https://example.com',
    'cp -p a b',
    'ssh -p 22 host',
    'tool --password-file /run/secrets/a',
    'tool --token-ttl=5m --password -v',
    'echo --password=S',
    'npm config set registry https://example.com',
    'aws configure set region eu-west-1',
    'keytool -storepass changeit -list',
  ])
    assert.deepEqual(secrets(line), [], line);
});
