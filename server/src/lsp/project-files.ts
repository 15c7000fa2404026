/** Requests about the files that a project keeps: its configuration and its baseline. The client reads and writes them. */
import type { Connection } from 'vscode-languageserver';
import { folderOf, relativePath } from '../documents/compose/effective/uri.js';
import { type BaselineEntry, baselineText, entriesOf, readBaseline } from '../engine/baseline.js';
import { changedBaseline, obsoleteEntries } from '../engine/baseline-change.js';
import { defaultConfig } from '../engine/config.js';
import { importHadolint } from '../engine/config-file/from-hadolint.js';
import { withImported } from '../engine/config-file/set-rule.js';
import { loudestOf, newConfigText } from '../engine/config-file/write.js';
import { docsPage } from '../engine/rule-page.js';
import type { AnyRule } from '../rules/rule.js';
import { sourceText } from '../text/source-text.js';
import type {
  BaselineShrunkParams,
  FileFindingsMethod,
  FileFindingsParams,
  FileFindingsResult,
  NewBaselineMethod,
  NewBaselineParams,
  NewBaselineResult,
  NewConfigurationMethod,
  NewConfigurationParams,
  NewConfigurationResult,
} from './protocol.js';
import type { View } from './views.js';

export interface ProjectFilesHost {
  readonly connection: Connection;
  readonly rules: readonly AnyRule[];
  lookAtFile(params: FileFindingsParams): Promise<View | undefined>;
  /** The border at which a failure ends: it is logged. */
  guard<T>(what: string, otherwise: T, task: () => Promise<T>): Promise<T>;
}

const FILE_FINDINGS: FileFindingsMethod = 'bulkhead/fileFindings';
const NEW_CONFIGURATION: NewConfigurationMethod = 'bulkhead/newConfiguration';
const NEW_BASELINE: NewBaselineMethod = 'bulkhead/newBaseline';

export function answerProjectFiles({ connection, rules, lookAtFile, guard }: ProjectFilesHost): void {
  connection.onRequest(FILE_FINDINGS, (params: FileFindingsParams) =>
    guard<FileFindingsResult>('findings of a file', { counts: {} }, async () => {
      const view = await lookAtFile(params);
      return view ? fileFindings(view) : { counts: {} };
    }),
  );
  connection.onRequest(NEW_CONFIGURATION, (params: NewConfigurationParams) =>
    newConfiguration(params, rules),
  );
  connection.onRequest(NEW_BASELINE, newBaseline);
}

function fileFindings({ uri, look, input }: View): FileFindingsResult {
  const { analysis } = look;
  if (analysis === undefined) return { counts: {} };
  const { source } = analysis.document;
  const counts: Record<string, number> = {};
  const entries = entriesOf(analysis.findings, source, '');
  for (const { rule } of entries) counts[rule] = (counts[rule] ?? 0) + 1;
  const file = input.settings.project?.baselineFile;
  if (file === undefined) return { counts };
  return {
    counts,
    baseline: {
      uri: file.uri,
      path: relativePath(folderOf(file.uri), uri),
      complete: analysis.complete,
      entries: entries.map(({ rule, subject, fingerprint }) => ({ rule, subject, fingerprint })),
    },
  };
}

function newConfiguration(
  { counts, hadolint, present }: NewConfigurationParams,
  rules: readonly AnyRule[],
): NewConfigurationResult {
  const imported = hadolint && importHadolint(hadolint.text, rules);
  if (hadolint && imported?.problem) {
    const { line } = sourceText(hadolint.text).positionAt(imported.problem.at.start);
    const { message } = imported.problem;
    return { text: '', carried: 0, lost: 0, problem: { line, message } };
  }
  const lost = imported?.lost ?? [];
  if (present !== undefined && hadolint && imported) {
    const { text, added } = withImported(present, imported, hadolint.name);
    return { text, carried: added.length, lost: lost.length };
  }
  const text = newConfigText({
    profile: defaultConfig.profile,
    loud: loudestOf(new Map(Object.entries(counts)), rules),
    imported: imported?.rules ?? [],
    registries: imported?.registries ?? [],
    ...(hadolint && { lost: { from: hadolint.name, sentences: lost } }),
    page: docsPage('configuration'),
  });
  return { text, carried: imported?.rules.length ?? 0, lost: lost.length };
}

function newBaseline({ before, files, gone, onlyRemove }: NewBaselineParams): NewBaselineResult {
  const old = before === undefined ? [] : readBaseline(before);
  if ('problem' in old) return { text: before ?? '', total: 0, added: 0, removed: 0, problem: old.problem };
  const seen = new Map(
    files.map(({ path, entries }): [string, Map<string, BaselineEntry>] => [
      path,
      new Map(entries.map((entry) => [entry.fingerprint, { ...entry, path }])),
    ]),
  );
  const missing = new Set(gone);
  const { entries, added, removed } = changedBaseline({
    before: old,
    seen,
    unsure: new Set(files.filter(({ complete }) => !complete).map(({ path }) => path)),
    isGone: ({ path }) => missing.has(path),
    onlyRemove,
  });
  return { text: baselineText(entries), total: entries.length, added, removed };
}

/** The baseline of a document without what accepts nothing any more; undefined when there is no such entry. */
export function shrunkBaseline({ uri, look, input }: View): BaselineShrunkParams | undefined {
  const file = input.settings.project?.baselineFile;
  const { analysis } = look;
  if (file?.text === undefined || !analysis?.complete) return undefined;
  const entries = readBaseline(file.text);
  if ('problem' in entries) return undefined;
  const path = relativePath(folderOf(file.uri), uri);
  const found = entriesOf(analysis.findings, analysis.document.source, path);
  const ran = new Set(analysis.ran.map(({ meta }) => meta.id));
  const obsolete = obsoleteEntries(
    entries.filter((entry) => entry.path === path),
    found,
    ran,
  );
  if (obsolete.length === 0) return undefined;
  const text = baselineText(entries.filter((entry) => !obsolete.includes(entry)));
  return { uri: file.uri, before: file.text, text };
}
