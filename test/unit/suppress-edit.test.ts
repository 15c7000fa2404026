import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import {
  suppressInFile,
  suppressInSection,
  suppressOnLine,
  type SuppressRequest,
} from '../../server/src/features/suppress-edit.js';
import type { DocumentKind } from '../../server/src/model/document.js';
import { applyEdits, type Edit } from '../../server/src/text/edit.js';

function accept(
  how: (request: SuppressRequest) => Edit | undefined,
  kind: DocumentKind,
  text: string,
  at: string,
  more: Partial<SuppressRequest> = {},
): string | undefined {
  const edit = how({
    document: openDocument(text, kind),
    offset: text.indexOf(at),
    rules: ['rule-a'],
    today: '2026-11-24',
    askReason: false,
    ...more,
  });
  return edit && applyEdits(text, [edit]);
}

describe('on a line', () => {
  test('the comment gets the indentation and line break of the file', () => {
    assert.equal(
      accept(suppressOnLine, 'compose', 'services:\r\n  web:\r\n\timage: x\r\n', 'web'),
      'services:\r\n  # bulkhead-ignore rule-a\r\n  web:\r\n\timage: x\r\n',
    );
  });

  test('it stands above the instruction, not between its lines', () => {
    assert.equal(
      accept(suppressOnLine, 'dockerfile', 'FROM x\nRUN a && \\\n    b\n', 'b\n'),
      'FROM x\n# bulkhead-ignore rule-a\nRUN a && \\\n    b\n',
    );
  });

  test('a comment that is there is extended, before its date and reason', () => {
    const text =
      'services:\n  # bulkhead-ignore rule-b until 2027-01-01: known\n  # more\n  web:\n    image: x\n';
    assert.equal(accept(suppressOnLine, 'compose', text, 'web'), text.replace('rule-b', 'rule-b, rule-a'));
    assert.equal(accept(suppressOnLine, 'compose', text, 'web', { rules: ['rule-b'] }), undefined);
  });

  test('so is one behind the value', () => {
    const text = 'services:\n  web:\n    image: x # bulkhead-ignore rule-b: known\n';
    assert.equal(accept(suppressOnLine, 'compose', text, 'image'), text.replace('rule-b', 'rule-b, rule-a'));
  });

  test('one that has run out or is about something else is left alone', () => {
    const text = 'services:\n  # bulkhead-ignore rule-b until 2020-01-01: old\n  web:\n    image: x\n';
    assert.equal(
      accept(suppressOnLine, 'compose', text, 'web'),
      text.replace('  web', '  # bulkhead-ignore rule-a\n  web'),
    );
    assert.equal(
      accept(suppressOnLine, 'compose', text.replace('2020', '2030'), 'image'),
      text.replace('2020', '2030').replace('    image', '    # bulkhead-ignore rule-a\n    image'),
    );
  });

  test('in a text of several lines it stands above the text', () => {
    assert.equal(
      accept(suppressOnLine, 'compose', 'services:\n  web:\n    command: |\n      a\n      b\n', 'b\n'),
      'services:\n  web:\n    # bulkhead-ignore rule-a\n    command: |\n      a\n      b\n',
    );
    assert.equal(
      accept(suppressOnLine, 'dockerfile', 'FROM x\nRUN <<E\na\nb\nE\n', 'b\n'),
      'FROM x\n# bulkhead-ignore rule-a\nRUN <<E\na\nb\nE\n',
    );
  });

  test('above a parser directive there is no place for it', () => {
    const text = '# syntax=docker/dockerfile:1\n# escape=`\nFROM x\n';
    assert.equal(accept(suppressOnLine, 'dockerfile', text, 'syntax'), undefined);
    assert.equal(accept(suppressOnLine, 'dockerfile', text, 'escape'), undefined);
  });
});

describe('for a service or stage', () => {
  const at = (name: string) => (request: SuppressRequest) => {
    const section = request.document.sections.find((one) => one.name === name);
    return section && suppressInSection(request, section);
  };

  test('the comment stands above its name', () => {
    assert.equal(
      accept(at('b'), 'compose', 'services:\n  a: {}\n  b:\n    image: x\n', 'image'),
      'services:\n  a: {}\n  # bulkhead-ignore-service rule-a\n  b:\n    image: x\n',
    );
    assert.equal(
      accept(at('b'), 'dockerfile', '# escape=`\nFROM x AS a\nFROM x `\n  AS b\nRUN c\n', 'RUN'),
      '# escape=`\nFROM x AS a\n# bulkhead-ignore-stage rule-a\nFROM x `\n  AS b\nRUN c\n',
    );
  });

  test('a comment that is there is extended, wherever it stands', () => {
    const text =
      'services:\n  a:\n    image: x\n    # bulkhead-ignore-service rule-b: y\n    user: z\n  b: {}\n';
    assert.equal(accept(at('a'), 'compose', text, 'image'), text.replace('rule-b', 'rule-b, rule-a'));
    assert.equal(
      accept(at('b'), 'compose', text, 'b: {}'),
      text.replace('  b:', '  # bulkhead-ignore-service rule-a\n  b:'),
    );
  });

  test('two names on a line are not told apart', () => {
    assert.equal(accept(at('b'), 'compose', 'services: {a: {image: x}, b: {image: y}}\n', 'y'), undefined);
  });
});

describe('in a file', () => {
  test('it stands below directives and a licence, above everything else', () => {
    assert.equal(
      accept(suppressInFile, 'dockerfile', '# escape=`\n# (c) me\n\nFROM x\n', 'FROM'),
      '# escape=`\n# (c) me\n\n# bulkhead-ignore-file rule-a\nFROM x\n',
    );
    assert.equal(
      accept(suppressInFile, 'compose', '\uFEFFservices:\n  web: {}\n', 'web'),
      '\uFEFF# bulkhead-ignore-file rule-a\nservices:\n  web: {}\n',
    );
  });

  test('a comment for the file is extended', () => {
    const text = '# bulkhead-ignore-file rule-b: known\nservices:\n  web: {}\n';
    assert.equal(accept(suppressInFile, 'compose', text, 'web'), text.replace('rule-b', 'rule-b, rule-a'));
  });
});
