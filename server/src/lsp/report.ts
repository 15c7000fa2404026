/** The report for people about everything on the score card, the same that the command line writes. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { ruleRun } from '../engine/config.js';
import { english } from '../l10n/message.js';
import { reportHtml } from '../report/html.js';
import {
  type FileReport,
  fileReport,
  type Located,
  summarise,
  unreadableReport,
} from '../report/lint-run.js';
import { reportMarkdown } from '../report/markdown.js';
import { makeStyle } from '../report/plain-text.js';
import type { Reporter } from '../report/reporter.js';
import type { AnyRule } from '../rules/rule.js';
import { sourceText } from '../text/source-text.js';
import type { ReportFormat, ReportResult } from './protocol.js';
import type { View } from './views.js';

export interface ReportHost {
  readonly rules: readonly AnyRule[];
  readonly version: string;
  today(): string;
  /** The files, each looked at when it is asked for. */
  views(): AsyncIterable<View>;
  /** As users know the file: relative to the folder that is open. */
  shownPath(uri: string): string;
  /** Of any file that a finding may name; undefined when it cannot be read. */
  textOf(uri: string): Promise<string | undefined>;
}

const REPORTERS: Readonly<Record<ReportFormat, Reporter>> = { html: reportHtml, markdown: reportMarkdown };

export async function writeReport(
  host: ReportHost,
  format: ReportFormat,
  token: CancellationToken,
): Promise<ReportResult> {
  const files: FileReport[] = [];
  const ran = new Set<AnyRule>();
  const others = new Map<string, Located>();
  for await (const view of host.views()) {
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    await locateOthers(view, others, host);
    const report = reportOf(view, others, host);
    if (report === undefined) continue;
    files.push(report);
    for (const rule of host.rules) if (ruleRun(rule, view.input.settings.config)) ran.add(rule);
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const rules = host.rules.filter((rule) => ran.has(rule));
  const run = { files, rules, today: host.today(), summary: summarise(files, 0) };
  const view = {
    style: makeStyle(false),
    columns: Number.POSITIVE_INFINITY,
    quiet: false,
    version: host.version,
  };
  return { text: REPORTERS[format](run, view), files: files.length };
}

/** Undefined for files that are none of ours or are left out. */
function reportOf(
  { uri, look, input }: View,
  others: ReadonlyMap<string, Located>,
  host: ReportHost,
): FileReport | undefined {
  const path = host.shownPath(uri);
  if (look.analysis)
    return fileReport(look.analysis, {
      path,
      kind: look.kind,
      absence: input.settings.absence,
      // What is gone from a baseline only the command line can take out of it.
      obsolete: () => [],
      locate: ({ file }) => (file === undefined ? undefined : others.get(file)),
    });
  if (look.state !== 'incomplete' && look.state !== 'tooLarge') return undefined;
  return unreadableReport(path, look.kind, look.detail ? english(look.detail) : `${path} could not be read`);
}

/** Reads the other files that the findings name, each once. */
async function locateOthers(
  { look }: View,
  known: Map<string, Located>,
  { shownPath, textOf }: ReportHost,
): Promise<void> {
  for (const { at, related, suppressed } of look.analysis?.findings ?? []) {
    for (const { file } of [at, ...related.map((one) => one.at), ...(suppressed ? [suppressed.at] : [])]) {
      if (file === undefined || known.has(file)) continue;
      const text = await textOf(file);
      known.set(file, { path: shownPath(file), source: text === undefined ? undefined : sourceText(text) });
    }
  }
}
