/** The last lines of the text format: how much was found, and what can be done about it. */
import type { LintRun } from './lint-run.js';
import { count, wrap } from './plain-text.js';
import type { View } from './reporter.js';

export function summaryLine({ files, summary }: LintRun, { style, columns }: View): string {
  const read = files.length - summary.unreadable;
  const { error, warning, info, hint } = summary.findings;
  const counts = [
    error > 0 ? style.red(count(error, 'error')) : '',
    warning > 0 ? style.yellow(count(warning, 'warning')) : '',
    info > 0 ? style.cyan(count(info, 'info')) : '',
    hint > 0 ? count(hint, 'hint') : '',
  ].filter((part) => part !== '');
  const complete = summary.incomplete === 0 && summary.unreadable === 0;
  const first =
    counts.length > 0
      ? `${style.bold(counts.join(', '))} in ${count(read, 'file')}`
      : `${count(read, 'file')}, no findings${complete ? '' : ' in what could be read'}`;
  const parts = [
    counts.length === 0 && complete ? style.green(first) : first,
    fixable(summary.fixable),
    summary.suppressed > 0 ? `${summary.suppressed} suppressed` : '',
    files.some(({ absence }) => absence === 'off') ? 'missing settings not shown' : '',
  ].filter((part) => part !== '');
  const caveats = [
    summary.incomplete > 0
      ? `${count(summary.incomplete, 'file')} could not be read completely and may hold more.`
      : '',
    summary.obsolete > 0
      ? `${count(summary.obsolete, 'finding')} of the baseline ${summary.obsolete === 1 ? 'is' : 'are'} no longer there; \`bulkhead baseline --update\` takes ${summary.obsolete === 1 ? 'it' : 'them'} out.`
      : '',
    summary.unreadable > 0 ? `${count(summary.unreadable, 'file')} could not be read at all.` : '',
  ].filter((part) => part !== '');
  return [parts.join('; '), ...caveats.map(style.yellow)]
    .map((line) => style.code(wrap(line, columns)))
    .join('\n');
}

function fixable({ safe, unsafe }: LintRun['summary']['fixable']): string {
  const careful =
    unsafe > 0 ? `${unsafe}${safe > 0 ? ' more' : ' can be fixed'} with \`bulkhead fix --unsafe\`` : '';
  if (safe === 0) return careful;
  return `${safe} can be fixed with \`bulkhead fix\`${careful === '' ? '' : `, ${careful}`}`;
}
