/** Folders whose names and texts try to break out of the report that shows them. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { type Folder, folderWith } from './cli.js';

/** A small project with one finding of each sort, one of them accepted. */
export const TINY = {
  'compose.yaml': [
    'services:',
    '  db:',
    '    image: postgres:16',
    '    privileged: true',
    '  web:',
    '    image: nginx:1.29',
    '    # bulkhead-ignore container-privileged until 2027-01-31: runs on its own host',
    '    privileged: true',
    '    read_only: true',
    '    init: true',
    '',
  ].join('\n'),
  Dockerfile: 'FROM node:22\nUSER root\n',
};

export const NASTY_NAME =
  '<script>alert(1)</script>|`::error::"\'\n%0A, #{x} [a](javascript:b) @all ${{ x }}';
const NASTY_FOLDER = '<img src=x onerror=a>\n::error file=x::"\'|`,%0A [a](b)';

/** File names of Windows cannot hold any of this; there the service names have to do. */
export const nastyPath = process.platform === 'win32' ? 'nasty' : NASTY_FOLDER;

export function nastyFolder(test: TestContext): Folder {
  const name = JSON.stringify(NASTY_NAME);
  return folderWith(test, {
    [`${nastyPath}/compose.yaml`]: [
      'services:',
      `  ${name}:`,
      '    image: "</pre></style><script>alert(2)</script>"',
      '    # bulkhead-ignore container-privileged: <script>alert(3)</script> | `::x` [a](javascript:b)',
      '    privileged: true # </pre><script>alert(4)</script>',
      '  "x<b>|`":',
      '    image: a',
      '    privileged: "true" # </pre><script>alert(5)</script>',
      '',
    ].join('\n'),
    [`${nastyPath}/Dockerfile`]: 'FROM node:22 AS "<i>"\nRUM <script>alert(6)</script>\nUSER root\n',
  });
}

/** Compares with `test/golden/NAME`; with UPDATE=1 in the environment the file is written instead. */
export function assertGolden(name: string, text: string): void {
  const path = `test/golden/${name}`;
  if (process.env.UPDATE === '1') writeFileSync(path, text);
  const wanted = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  assert.equal(text, wanted, `${path} differs; UPDATE=1 npm run test:fast -- test/report rewrites it`);
}
