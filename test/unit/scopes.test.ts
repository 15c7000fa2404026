/** What holds for a file on disk, as the command line tool finds it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { scopeReader } from '../../server/src/cli/scopes.js';
import { folderWith, sampleRules } from '../support/cli.js';

describe('a configuration', () => {
  const files = {
    'a/.bulkhead.yaml': 'profile: strict\n',
    'a/one/x': '',
    'a/two/x': '',
    'b/x': '',
    'c/x': '',
  };

  test('is one object for all folders that it holds for, also after options of the command line', (t) => {
    const { path } = folderWith(t, files);
    const scopeAt = scopeReader({
      cwd: path,
      rules: sampleRules,
      file: undefined,
      override: (config) => ({ ...config, allowedRegistries: ['ghcr.io'] }),
    });
    const [one, two, b, c] = ['a/one', 'a/two', 'b', 'c'].map((folder) => {
      const scope = scopeAt(join(path, folder));
      assert.ok('config' in scope);
      return scope.config;
    });
    assert.equal(one?.profile, 'strict');
    assert.equal(b?.profile, 'recommended');
    assert.deepEqual(b?.allowedRegistries, ['ghcr.io']);
    // What follows from a configuration is kept by the object.
    assert.equal(one, two);
    assert.equal(b, c);
  });
});
