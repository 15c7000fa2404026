import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnvFile } from '../../server/src/documents/compose/env-file.js';

const read = (text: string) => Object.fromEntries(readEnvFile(text));

test('plain lines, comments, export, colons, blanks', () => {
  assert.deepEqual(read('\ufeff# a comment\nA=1\r\n export B = two words # why\nC: 3\nD=a#b\nE=\n\n'), {
    A: '1',
    B: 'two words',
    C: '3',
    D: 'a#b',
    E: '',
  });
});

test('quotes keep blanks, signs and lines', () => {
  assert.deepEqual(read(`A=" a # b "\nB='$C "x"'\nC="one\ntwo"\nD="tab\\tquote\\"" # x`), {
    A: ' a # b ',
    B: '$C "x"',
    C: 'one\ntwo',
    D: 'tab\tquote"',
  });
});

test('variables set earlier are replaced', () => {
  assert.deepEqual(read('HOST=db\nURL=tcp://${HOST}:${PORT:-5432}\nPRICE=$$5\nRAW="\\$HOST"'), {
    HOST: 'db',
    URL: 'tcp://db:5432',
    PRICE: '$5',
    RAW: '$HOST',
  });
});

test('what is no assignment is skipped', () => {
  assert.deepEqual(read('just words\nKEY\n=x\nA="never closed\nB=2'), { A: '"never closed', B: '2' });
});
