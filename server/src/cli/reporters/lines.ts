/** The quiet form of the text format: `path:line:column: severity: message [rule]`, as compilers write and editors read it. */
import { english } from '../../l10n/message.js';
import type { FileReport, LintRun } from '../../report/lint-run.js';
import { printable } from '../../report/plain-text.js';
import type { View } from '../../report/reporter.js';

export function reportLines({ files }: LintRun, view: View): string {
  return files.flatMap((file) => linesOf(file, view)).join('');
}

function linesOf(file: FileReport, { style }: View): readonly string[] {
  const problems = file.problems
    .filter(({ kind }) => kind !== 'unreadable')
    .map(({ at, kind, message }) => ({
      at: at ?? { start: 0, end: 0 },
      word: kind === 'syntax' ? 'error' : 'warning',
      message,
      id: kind,
    }));
  const findings = file.findings
    .map(({ finding }) => finding)
    .filter(({ suppressed, rule }) => !suppressed && !(file.absence === 'off' && rule.presence === 'absence'))
    .map(({ at, severity, message, rule }) => ({
      at,
      word: severity,
      message: english(message),
      id: rule.id,
    }));
  return [...problems, ...findings].map(({ at, word, message, id }) => {
    const { path, source } = file.locate(at);
    const position = source?.positionAt(at.start) ?? { line: 0, character: 0 };
    const text = printable(message).replaceAll('\n', ' ');
    return `${printable(path)}:${position.line + 1}:${position.character + 1}: ${word}: ${style.code(text)} ${style.dim(`[${id}]`)}\n`;
  });
}
