import assert from 'node:assert/strict';
import { parseShell, type ShellOptions } from '../../server/src/syntax/shell/parse.js';
import type { ShellCommand, ShellScript, ShellWord } from '../../server/src/syntax/shell/tree.js';
import type { Span } from '../../server/src/text/span.js';

/** Reads the whole text as a script and checks that all its spans make sense. */
export function script(text: string, options?: ShellOptions): ShellScript {
  const result = parseShell(text, { start: 0, end: text.length }, options);
  checkScript(text, result);
  return result;
}

/**
 * One line per command: join, program and arguments as received, `~` behind those that are not literal; in front the
 * wrappers in brackets, and the context with the number of the parent.
 */
export function outline({ commands }: ShellScript): string[] {
  return commands.map((command) => {
    const place = command.context === 'list' ? '' : `${command.context}(${command.parent ?? '-'}) `;
    const wrappers = command.wrappers.map((name) => `[${name}] `).join('');
    const words = [command.program || '-', ...command.args.map(shown)];
    return `${place}${command.join} ${wrappers}${words.join(' ')}`;
  });
}

export function shown(word: ShellWord): string {
  return word.literal ? word.value : `${word.value}~`;
}

export function slice(text: string, at: Span): string {
  return text.slice(at.start, at.end);
}

/** What holds for every script, whatever the text. */
export function checkScript(text: string, { commands }: ShellScript): void {
  let last = 0;
  for (const [index, command] of commands.entries()) {
    inside(command.span, { start: 0, end: text.length }, 'command in text');
    assert.ok(command.span.start >= last, 'commands in order of writing');
    last = command.span.start;
    checkParts(command);
    assert.ok(command.parent === undefined || (command.parent < index && command.context !== 'list'));
    const { programWord, words, args } = command;
    if (programWord) assert.deepEqual(words.slice(words.indexOf(programWord) + 1), args);
    else assert.equal(args.length, 0);
  }
}

function checkParts(command: ShellCommand): void {
  for (const { span } of [...command.assignments, ...command.words, ...command.redirects]) {
    inside(span, command.span, 'word in command');
  }
  for (const { target, span } of command.redirects) inside(target.span, span, 'target in redirect');
  let end = command.span.start;
  for (const { span } of [...command.assignments, ...command.words]) {
    assert.ok(span.start >= end || span.end <= end, 'words one behind the other');
    end = span.end;
  }
}

export function inside(inner: Span, outer: Span, what: string): void {
  const holds = outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end;
  assert.ok(holds, `${what}: ${JSON.stringify(inner)} in ${JSON.stringify(outer)}`);
}
