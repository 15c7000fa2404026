import assert from 'node:assert/strict';
import { parseDockerfile } from '../../server/src/syntax/dockerfile/parse.js';
import { runScript } from '../../server/src/syntax/dockerfile/run.js';
import type {
  DockerfileInstruction,
  DockerfileTree,
  ShellKind,
  ShellScript,
} from '../../server/src/syntax/dockerfile/tree.js';
import type { Span } from '../../server/src/text/span.js';
import { checkScript, inside } from './shell.js';

/** Reads the text and checks that all spans of the tree make sense. */
export function dockerfile(text: string): DockerfileTree {
  const tree = parseDockerfile(text);
  checkTree(text, tree);
  return tree;
}

/** The tree, and its instruction with this number, which must exist. */
export function instruction(text: string, index = 0): DockerfileInstruction {
  const found = dockerfile(text).instructions[index];
  assert.ok(found, `instruction ${index}`);
  return found;
}

/** The script of the last instruction. */
export function lastScript(text: string, kind: ShellKind = 'posix'): { script: ShellScript; form: string } {
  const tree = dockerfile(text);
  const last = tree.instructions.at(-1);
  assert.ok(last);
  const result = runScript(text, tree, last, { kind });
  checkScript(text, result.script);
  return result;
}

/** What holds for every tree, whatever the text. */
export function checkTree(text: string, tree: DockerfileTree): void {
  let last = 0;
  for (const instruction of tree.instructions) {
    assert.ok(instruction.span.start >= last, 'instructions in order, apart from each other');
    last = instruction.span.end;
    inside(instruction.span, { start: 0, end: text.length }, 'instruction in text');
    checkInstruction(instruction);
  }
  last = 0;
  for (const { span } of [...tree.directives, ...tree.comments]) {
    assert.ok(span.start >= last, 'comments in order');
    assert.equal(text[span.start], '#');
    assert.ok(!text.slice(span.start, span.end).includes('\n'));
    last = span.end;
  }
  for (const { at } of tree.problems) inside(at, { start: 0, end: text.length }, 'problem in text');
}

function checkInstruction(instruction: DockerfileInstruction): void {
  const { span, keywordSpan, argumentSpan, flags, words, properties, heredocs, trigger } = instruction;
  inside(keywordSpan, span, 'keyword');
  inside(argumentSpan, span, 'arguments');
  assert.ok(keywordSpan.start === span.start && argumentSpan.start >= keywordSpan.end);
  inOrder(flags.map((flag) => flag.span));
  for (const flag of flags) {
    inside(flag.span, { start: keywordSpan.end, end: argumentSpan.start }, 'flag before arguments');
    for (const part of [flag.nameSpan, flag.valueSpan]) inside(part, flag.span, 'part of flag');
    for (const part of flag.parts) inside(part.span, flag.valueSpan, 'part of mount');
  }
  inOrder(words.map((word) => word.span));
  for (const word of words) inside(word.span, argumentSpan, 'word in arguments');
  inOrder(properties.map((property) => property.span));
  for (const property of properties) {
    inside(property.span, argumentSpan, 'property in arguments');
    inside(property.nameSpan, property.span, 'name');
    inside(property.valueSpan, property.span, 'value');
  }
  for (const heredoc of heredocs) {
    inside(heredoc.opener, argumentSpan, 'heredoc in arguments');
    inside(heredoc.body, span, 'body');
    if (heredoc.closer) inside(heredoc.closer, span, 'closer');
  }
  if (trigger) {
    inside(trigger.span, { start: argumentSpan.start, end: span.end }, 'trigger');
    checkInstruction(trigger);
  }
}

function inOrder(spans: readonly Span[]): void {
  let last = 0;
  for (const { start, end } of spans) {
    assert.ok(start >= last, 'in order');
    last = end;
  }
}
