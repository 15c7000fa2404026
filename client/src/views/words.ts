/** Words and pictures that the views share. */
import { l10n, Range, ThemeColor, ThemeIcon, Uri, workspace } from 'vscode';
import type { CardFinding, CardSubject } from '../../../server/src/lsp/protocol.js';

type Severity = CardFinding['severity'];

const ICONS: Readonly<Record<Severity, readonly [string, string]>> = {
  error: ['error', 'problemsErrorIcon.foreground'],
  warning: ['warning', 'problemsWarningIcon.foreground'],
  info: ['info', 'problemsInfoIcon.foreground'],
  hint: ['lightbulb', 'problemsInfoIcon.foreground'],
};

export function severityIcon(severity: Severity): ThemeIcon {
  const [name, color] = ICONS[severity];
  return new ThemeIcon(name, new ThemeColor(color));
}

export function severityWord(severity: Severity): string {
  if (severity === 'error') return l10n.t('Error');
  if (severity === 'warning') return l10n.t('Warning');
  return severity === 'info' ? l10n.t('Info') : l10n.t('Hint');
}

/** "2 errors, 1 warning"; empty when there is nothing. */
export function countsInWords(findings: readonly Pick<CardFinding, 'severity'>[]): string {
  const number = (...severities: readonly Severity[]) =>
    findings.filter(({ severity }) => severities.includes(severity)).length;
  const [errors, warnings, infos] = [number('error'), number('warning'), number('info', 'hint')];
  return [
    ...(errors > 0 ? [errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors)] : []),
    ...(warnings > 0 ? [warnings === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', warnings)] : []),
    ...(infos > 0 ? [infos === 1 ? l10n.t('1 info') : l10n.t('{0} infos', infos)] : []),
  ].join(', ');
}

export function subjectInWords({ kind, name }: CardSubject): string {
  return kind === 'service' ? l10n.t('service {0}', name) : l10n.t('stage {0}', name);
}

export const subjectIcon = ({ kind }: CardSubject) =>
  new ThemeIcon(kind === 'service' ? 'server-process' : 'layers');

/** Labels of a tree are plain text. */
export const plain = (message: string) => message.replaceAll('`', '');

/** As the protocol says it; both count alike. */
export function toRange({ range: { start, end } }: Pick<CardFinding, 'range'>): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

export interface FileWords {
  readonly uri: Uri;
  readonly name: string;
  /** The folder, relative to the workspace; empty at its root. */
  readonly folder: string;
  readonly path: string;
}

export function fileInWords(uri: string): FileWords {
  const target = Uri.parse(uri);
  const path = workspace.asRelativePath(target);
  const cut = path.lastIndexOf('/');
  return { uri: target, name: path.slice(cut + 1), folder: cut < 0 ? '' : path.slice(0, cut), path };
}
