/** What server and client say to each other beyond LSP. The client imports these types and nothing else of the server. */
import type { Diagnostic, WorkspaceEdit } from 'vscode-languageserver-types';
import type { FindingWish } from '../features/finding-edit.js';

export type {
  CardAcceptance,
  CardFile,
  CardFinding,
  CardPractice,
  CardSubject,
  ScoreCard,
} from '../features/score-card.js';

/** `initializationOptions` of a client that can do more than LSP lets it say. All of it is optional. */
export interface InitializationOptions {
  /** Settings below `bulkhead`, for editors that cannot be asked for them. */
  readonly settings?: unknown;
  /** English sentences with the same in the user's language, as `vscode.l10n.bundle` holds them. */
  readonly l10n?: Readonly<Record<string, string>>;
  /**
   * Documents that the editor holds although no tab shows them. VS Code keeps closed documents for a while, even when
   * their file was deleted; where another file depends on one, the disk is asked.
   */
  readonly hiddenDocuments?: readonly string[];
  readonly client?: {
    /** The client has the command `_bulkhead.openRulePage` with a rule's id and the page's URL as arguments. */
    readonly openRulePage?: boolean;
    /** The client has the command `_bulkhead.harden` with a URI and a position as arguments. */
    readonly harden?: boolean;
    /** The client has the command `bulkhead.showEffectiveConfiguration` with a URI, and runs it from links in hovers. */
    readonly showEffective?: boolean;
    /** The client understands `bulkhead/status`. */
    readonly status?: boolean;
    /** The client understands `bulkhead/scoreChanged`. */
    readonly scoreCard?: boolean;
    /** The client understands `bulkhead/showLog`. */
    readonly showLog?: boolean;
    /** The client understands `bulkhead/baselineShrunk`. */
    readonly baseline?: boolean;
    /** The client answers `bulkhead/readFiles`. */
    readonly readFiles?: boolean;
    /** Another extension gives general language features for Dockerfiles. Left out: not known. */
    readonly otherDockerfileSupport?: boolean;
  };
}

export type OpenRulePageCommand = '_bulkhead.openRulePage';

/** Offers what hardens the service or stage at a place. */
export type HardenCommand = '_bulkhead.harden';

/** Opens what a Compose project comes to beside the file. */
export type ShowEffectiveCommand = 'bulkhead.showEffectiveConfiguration';

/** Server -> client: show the log, because the user asked for it. No parameters. */
export type ShowLogMethod = 'bulkhead/showLog';

/** Client -> server: an extension with general language features for Dockerfiles came or went. */
export type OtherDockerfileSupportMethod = 'bulkhead/otherDockerfileSupport';

export interface OtherDockerfileSupportParams {
  readonly present: boolean;
}

/** Client -> server: what other extensions report in an open document, as far as it knows them. */
export type OtherFindingsMethod = 'bulkhead/otherFindings';

export interface OtherFindingsParams {
  readonly uri: string;
  readonly findings: readonly OtherFinding[];
}

export interface OtherFinding {
  /** From 0. */
  readonly line: number;
  /** As rules name it in their `equivalents`: `hadolint:DL3006`. */
  readonly check: string;
}

/** Server -> client, after each look at a document. */
export type StatusMethod = 'bulkhead/status';

export interface StatusParams {
  readonly uri: string;
  readonly version: number;
  readonly state: FileState;
  /** Of what is shown; all zero unless the state is `findings` or `incomplete`. */
  readonly counts: Counts;
  /** Time that reading and checking took. */
  readonly milliseconds: number;
  /** Sentences for the user: why a file has no findings, what could not be analysed, which configuration holds. */
  readonly detail?: string;
  /** URI of the project's configuration that holds for the document. */
  readonly configuration?: string;
  /** The state is `excluded` because that configuration says so, not a setting. */
  readonly isExcludedByConfiguration?: boolean;
  /** Reading and checking took longer than an editor should have to wait. */
  readonly isSlow?: boolean;
}

/**
 * - ok, findings: analysed completely
 * - incomplete: a part could not be read or a rule failed; what was found is shown
 * - off, excluded, tooLarge: not analysed, by a setting
 * - none: not a file that Bulkhead reads
 */
export type FileState = 'ok' | 'findings' | 'incomplete' | 'off' | 'excluded' | 'tooLarge' | 'none';

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly hint: number;
}

/** Client -> server: what Compose makes of the project of a Compose file. */
export type EffectiveMethod = 'bulkhead/effective';

export interface EffectiveParams {
  readonly uri: string;
}

/** Null for a file that is no Compose file. */
export type EffectiveResult = {
  /** YAML with comments. */
  readonly text: string;
} | null;

/** Server -> client, once after each answer: it holds no longer, because a file changed. */
export type EffectiveChangedMethod = 'bulkhead/effectiveChanged';

export type EffectiveChangedParams = EffectiveParams;

/** Client -> server: look at a file of the workspace that is not open. Can be cancelled. */
export type LintWorkspaceFileMethod = 'bulkhead/lintWorkspaceFile';

export interface LintWorkspaceFileParams {
  readonly uri: string;
  /** The server has no disk. Without a text the open document of that URI is meant. */
  readonly text?: string;
  readonly languageId?: string;
  /** What is found counts for the score card and for reports until it is forgotten. */
  readonly keep?: boolean;
}

export interface LintWorkspaceFileResult {
  readonly diagnostics: Diagnostic[];
  readonly state: FileState;
}

/** Client -> server: these files, or all that are not open, count no longer. */
export type ForgetWorkspaceFilesMethod = 'bulkhead/forgetWorkspaceFiles';

export interface ForgetWorkspaceFilesParams {
  readonly uris?: readonly string[];
}

/** Server -> client: the score card may be another one now. */
export type ScoreChangedMethod = 'bulkhead/scoreChanged';

export interface ScoreChangedParams {
  /** Number of findings with that severity. */
  readonly errors: number;
}

/** Client -> server, without parameters; the answer is a `ScoreCard`. */
export type ScoreCardMethod = 'bulkhead/scoreCard';

/** Client -> server: what to change for one finding of an open document. The answer is `FindingEditResult`. */
export type FindingEditMethod = 'bulkhead/findingEdit';

export interface FindingEditParams {
  readonly uri: string;
  /** `CardFinding.id` */
  readonly id: string;
  readonly wish: FindingWish;
}

export interface FindingEditResult {
  /** Left out when there is no such edit, or no such finding any more. */
  readonly edit?: WorkspaceEdit;
}

/** Client -> server: a report about everything on the score card. Can be cancelled. */
export type ReportMethod = 'bulkhead/report';

export interface ReportParams {
  readonly format: ReportFormat;
}

export type ReportFormat = 'html' | 'markdown';

export interface ReportResult {
  readonly text: string;
  /** Number of files in it; without any there is nothing to write. */
  readonly files: number;
}

/** Client -> server: what is in a file, for a new configuration or a baseline. */
export type FileFindingsMethod = 'bulkhead/fileFindings';
export type FileFindingsParams = LintWorkspaceFileParams;

export interface FileFindingsResult {
  /** Number of findings by rule; those that a comment or the configuration accepts are left out. */
  readonly counts: Readonly<Record<string, number>>;
  /** Undefined for files that are not looked at, and where there can be no baseline. */
  readonly baseline?: FileInBaseline;
}

export interface FileInBaseline {
  /** Of the baseline that holds for the file, which need not exist. */
  readonly uri: string;
  /** The file, as its entries call it. */
  readonly path: string;
  /** False: a part of the file could not be read. */
  readonly complete: boolean;
  readonly entries: readonly BaselineItem[];
}

export interface BaselineItem {
  readonly rule: string;
  readonly subject: string | undefined;
  readonly fingerprint: string;
}

/** Client -> server: the text of a configuration. */
export type NewConfigurationMethod = 'bulkhead/newConfiguration';

export interface NewConfigurationParams {
  /** Number of findings by rule. */
  readonly counts: Readonly<Record<string, number>>;
  /** The configuration of hadolint to carry over. */
  readonly hadolint?: { readonly name: string; readonly text: string };
  /** The configuration that is there: what it says stays. */
  readonly present?: string;
}

export interface NewConfigurationResult {
  readonly text: string;
  /** Number of rules that were carried over. */
  readonly carried: number;
  /** Number of settings that could not be; the text lists them. */
  readonly lost: number;
  /** Why nothing can be read from hadolint's file; the text is of no use then. */
  readonly problem?: { readonly line: number; readonly message: string };
}

/** Client -> server: the text of a baseline after a look at files. */
export type NewBaselineMethod = 'bulkhead/newBaseline';

export interface NewBaselineParams {
  readonly uri: string;
  /** The text that is there; left out when there is no file. */
  readonly before?: string;
  readonly files: readonly Omit<FileInBaseline, 'uri'>[];
  /** Paths of entries whose file does not exist any more. */
  readonly gone: readonly string[];
  /** Nothing comes in. */
  readonly onlyRemove: boolean;
}

export interface NewBaselineResult {
  readonly text: string;
  readonly total: number;
  readonly added: number;
  readonly removed: number;
  /** Why the file that is there cannot be changed: the end of a sentence that starts with its name. */
  readonly problem?: string;
}

/** Server -> client, after a document was saved: some entries of its baseline accept nothing any more. */
export type BaselineShrunkMethod = 'bulkhead/baselineShrunk';

export interface BaselineShrunkParams {
  readonly uri: string;
  /** What the file holds now, as far as the server knows: if it holds something else, nothing is to be done. */
  readonly before: string;
  readonly text: string;
}
/**
 * Server -> client: the texts of files that lie around an open one. This is how the server sees file systems that only
 * the editor knows, in a browser all of them. Reading only; nothing outside the workspace, or outside the folder of an open
 * document, is given away.
 */
export type ReadFilesMethod = 'bulkhead/readFiles';

export interface ReadFilesParams {
  readonly uris: readonly string[];
}

export interface ReadFilesResult {
  /** One for each URI, in the same order. */
  readonly files: readonly FileAnswer[];
}

/** `absent`: there is no such file. `unreadable`: there may be one, and it cannot be had. */
export type FileAnswer = { readonly text: string } | { readonly state: 'absent' | 'unreadable' };
