/** Parser directives: `# name=value` comments in the first lines of a Dockerfile. */
import { say } from '../../l10n/message.js';
import { type Escape, lineEnd, nextLine, skipBlanks } from '../continuation.js';
import type { DockerfileDirective, DockerfileTree } from './tree.js';

export interface Directives {
  readonly directives: readonly DockerfileDirective[];
  readonly escape: Escape;
  readonly problems: DockerfileTree['problems'];
  /** Where the first line that is no directive starts. */
  readonly next: number;
}

const HEAD = /#[ \t]*([a-zA-Z][a-zA-Z0-9]*)[ \t]*=[ \t]*/y;
const NAMES = new Set(['syntax', 'escape', 'check']);

/**
 * Reads directives from `start` on. The first line may be a `#!` line: BuildKit then still looks for `syntax` and
 * `check`, but no longer for `escape`.
 */
export function readDirectives(text: string, start: number): Directives {
  const directives: DockerfileDirective[] = [];
  const problems: DockerfileTree['problems'][number][] = [];
  const script = text.startsWith('#!', start);
  let escapeChar: Escape = '\\';
  let at = script ? nextLine(text, lineEnd(text, start, text.length), text.length) : start;
  while (at < text.length) {
    const stop = lineEnd(text, at, text.length);
    const directive = directiveAt(text, skipBlanks(text, at, stop), stop);
    if (!directive) break;
    if (directives.some(({ name }) => name === directive.name)) {
      problems.push({
        at: directive.span,
        message: say`The directive \`${directive.name}\` is given twice; Docker refuses the file.`,
      });
    } else if (directive.name === 'escape' && !script) {
      if (directive.value === '\\' || directive.value === '`') escapeChar = directive.value;
      else {
        problems.push({
          at: directive.valueSpan,
          message: say`The escapeChar character can only be a backslash or a backtick.`,
        });
      }
    }
    directives.push(directive);
    at = nextLine(text, stop, text.length);
  }
  if (directives.length === 0) return { directives, escape: escapeChar, problems, next: start };
  return { directives, escape: escapeChar, problems, next: at };
}

function directiveAt(text: string, start: number, lineStop: number): DockerfileDirective | undefined {
  if (text[start] !== '#') return undefined;
  let end = lineStop;
  while (end > start && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  HEAD.lastIndex = start;
  const head = HEAD.exec(text);
  const name = head?.[1]?.toLowerCase();
  if (!head || !name || !NAMES.has(name)) return undefined;
  const from = start + head[0].length;
  if (from >= end) return undefined;
  return {
    name,
    value: text.slice(from, end),
    span: { start, end },
    valueSpan: { start: from, end },
  };
}
