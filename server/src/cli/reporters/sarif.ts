/**
 * SARIF 2.1.0, for code scanning platforms and viewers. Every finding by itself, accepted ones with their suppression;
 * a run that did not see everything says so in its invocation.
 */
import { BY_BASELINE } from '../../engine/baseline.js';
import { rulePage } from '../../engine/rule-page.js';
import { english } from '../../l10n/message.js';
import type { FileProblem, FileReport, LintRun, ReportedFinding } from '../../report/lint-run.js';
import type { Reporter } from '../../report/reporter.js';
import { shownPlace } from '../../report/shared/place.js';
import { practices } from '../../rules/practices.js';
import type { Fix } from '../../rules/rule.js';
import type { Edit } from '../../text/edit.js';
import type { Place } from '../../text/span.js';
import { LEVELS, ruleDescriptors } from './sarif-rules.js';
import { findingPrints } from './shared/fingerprint.js';
import { isRelative, uriReference } from './shared/uri.js';

const BASE = '%SRCROOT%';

export const reportSarif: Reporter = (run, { version }) => {
  const rules = ruleDescriptors(run);
  const paths = new Map<string, number>(run.files.map(({ path }, index) => [path, index]));
  const context: Context = {
    ruleIndex: new Map(rules.map(({ id }, index) => [id, index])),
    paths,
  };
  // First, because the files that results point to join the list of artifacts.
  const results = run.files.flatMap((file) => {
    const prints = findingPrints(file);
    return file.findings.map((one, i) => toResult(file, one, prints[i] ?? '', context));
  });
  const invocation = toInvocation(run, context);
  const kinds = new Map(run.files.map(({ path, kind }) => [path, kind]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Bulkhead',
            semanticVersion: version,
            informationUri: rulePage('README'),
            rules,
            notifications: NOTIFICATIONS,
            properties: { practices: practices.map(({ slug, title }) => ({ slug, title })) },
          },
        },
        invocations: [invocation],
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r'],
        // Without a `uri`: where the folder lies on this machine is nobody's business.
        originalUriBaseIds: {
          [BASE]: { description: { text: 'The folder in which Bulkhead was started.' } },
        },
        artifacts: [...paths.keys()].map((path) => ({
          location: artifactLocation(path),
          ...(kinds.has(path) && { roles: ['analysisTarget'] }),
          ...(kinds.get(path) && { sourceLanguage: kinds.get(path) === 'compose' ? 'yaml' : 'dockerfile' }),
        })),
        results,
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

interface Context {
  readonly ruleIndex: ReadonlyMap<string, number>;
  /** Path -> index among the artifacts; grows. */
  readonly paths: Map<string, number>;
}

function toResult(file: FileReport, { finding, fixes }: ReportedFinding, print: string, context: Context) {
  const { section, suppressed, related } = finding;
  const changes = fixes.flatMap((fix) => toFix(file, fix, context));
  return {
    ruleId: finding.rule.id,
    ruleIndex: context.ruleIndex.get(finding.rule.id) ?? -1,
    kind: 'fail',
    level: LEVELS[finding.severity],
    message: messageOf(english(finding.message)),
    locations: [
      {
        physicalLocation: physicalLocation(file, finding.at, context),
        ...(section && { logicalLocations: [{ name: section.name, kind: section.kind }] }),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ at, message }, id) => ({
        id,
        physicalLocation: physicalLocation(file, at, context),
        message: messageOf(english(message)),
      })),
    }),
    partialFingerprints: { 'bulkheadFinding/v1': print },
    ...(changes.length > 0 && { fixes: changes }),
    // Either all results of a run say whether they are suppressed, or none does.
    suppressions: suppressed
      ? [
          {
            // A comment stands in the source; configuration and baseline do not.
            kind: suppressed.at.file === undefined && suppressed.by !== BY_BASELINE ? 'inSource' : 'external',
            status: 'accepted',
            ...(suppressed.reason !== undefined && { justification: suppressed.reason }),
            location: { physicalLocation: physicalLocation(file, suppressed.at, context) },
            properties: { by: suppressed.by, until: suppressed.until ?? null },
          },
        ]
      : [],
  };
}

/** Nothing for a fix that only a person can finish, and for one that SARIF has no words for. */
function toFix(file: FileReport, fix: Fix, context: Context) {
  if (fix.applicability === 'manual' || fix.edits.length === 0 || (fix.creates ?? []).length > 0) return [];
  const byPath = new Map<string, Edit[]>();
  for (const edit of fix.edits) {
    const { path, source } = file.locate(edit.span);
    if (source === undefined) return [];
    byPath.set(path, [...(byPath.get(path) ?? []), edit]);
  }
  return [
    {
      description: messageOf(english(fix.title)),
      artifactChanges: [...byPath].map(([path, edits]) => ({
        artifactLocation: indexedLocation(path, context),
        replacements: edits.map(({ span, text }) => ({
          deletedRegion: regionOf(file, span),
          ...(text !== '' && { insertedContent: { text } }),
        })),
      })),
      properties: { applicability: fix.applicability },
    },
  ];
}

const NOTIFICATIONS = [
  { id: 'syntax', shortDescription: { text: 'A part of the file is not valid.' } },
  { id: 'incomplete', shortDescription: { text: 'A part of the file was not read.' } },
  { id: 'crash', shortDescription: { text: 'A rule failed and its findings are missing.' } },
  { id: 'unreadable', shortDescription: { text: 'Nothing of the file was read.' } },
];

function toInvocation({ files }: LintRun, context: Context) {
  return {
    executionSuccessful: files.every(({ status }) => status === 'ok'),
    toolExecutionNotifications: files.flatMap((file) =>
      file.problems.map((problem) => toNotification(file, problem, context)),
    ),
  };
}

function toNotification(file: FileReport, { kind, message, at }: FileProblem, context: Context) {
  const physical = at
    ? physicalLocation(file, at, context)
    : { artifactLocation: indexedLocation(file.path, context) };
  return {
    descriptor: { id: kind, index: NOTIFICATIONS.findIndex(({ id }) => id === kind) },
    level: kind === 'incomplete' ? 'warning' : 'error',
    message: messageOf(message),
    locations: [{ physicalLocation: physical }],
  };
}

function physicalLocation(file: FileReport, at: Place, context: Context) {
  const region = regionOf(file, at);
  return {
    artifactLocation: indexedLocation(file.locate(at).path, context),
    ...(region && { region }),
  };
}

function regionOf(file: FileReport, at: Place) {
  const { range } = shownPlace(file, at);
  if (range === undefined) return undefined;
  const { start, end } = range;
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function indexedLocation(path: string, { paths }: Context) {
  const index = paths.get(path) ?? paths.size;
  paths.set(path, index);
  return { ...artifactLocation(path), index };
}

function artifactLocation(path: string) {
  const uri = uriReference(path);
  return isRelative(uri) ? { uri, uriBaseId: BASE } : { uri };
}

/**
 * Text that viewers take for a link `[text](target)` or a placeholder `{0}` is disarmed. Other brackets and braces stay:
 * few viewers undo the escapes, and `cap_drop: [ALL]` or `${TAG}` should be readable everywhere.
 */
function messageOf(text: string) {
  return {
    text: text.replace(/\[(?=[^\]]*\]\()/g, '\\[').replace(/\{(\d+)\}/g, '{{$1}}'),
  };
}
