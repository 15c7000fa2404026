/** What the readers hand to the engine: one text, the subjects found in it and what could not be read. */
import type { Message } from '../l10n/message.js';
import type { SourceText } from '../text/source-text.js';
import type { Place, Span } from '../text/span.js';
import type { BuildSpec } from './build.js';
import type { ContainerSpec } from './container.js';
import type { DaemonSpec } from './daemon.js';
import type { ProjectSpec } from './project.js';

export type DocumentKind = 'dockerfile' | 'compose';

export interface DocumentProblem {
  readonly at: Place;
  readonly message: Message;
  /** 'syntax' is the user's to mend; 'incomplete' says that a part was not read and why. */
  readonly kind: 'syntax' | 'incomplete';
}

export interface ContainerDocument {
  readonly kind: DocumentKind;
  readonly source: SourceText;
  readonly containers: readonly ContainerSpec[];
  readonly builds: readonly BuildSpec[];
  readonly project: ProjectSpec | undefined;
  readonly daemon: DaemonSpec | undefined;
  readonly problems: readonly DocumentProblem[];
  /** From the comment sign to the end of the line. */
  readonly comments: readonly Span[];
  /**
   * Above which line a comment about this offset stands: its own, or the first line of the instruction or text of
   * several lines that it lies in. Undefined where no comment can be about it (a parser directive).
   */
  commentLineAbove(offset: number): number | undefined;
  /**
   * The subject that owns an offset, for grouping and per-service suppression: a service's or stage's name and span.
   */
  readonly sections: readonly Section[];
  /** What the project makes of the service or key at an offset; undefined where it makes nothing of it. */
  effectiveAt?(offset: number): EffectiveValue | undefined;
}

/** A value as it holds in the end, over all files of a project. */
export interface EffectiveValue {
  /** The key or value in this document that it is about. */
  readonly at: Span;
  /** `web`, `web.mem_limit` */
  readonly name: string;
  /** In the document's own notation; behind each value stands where it is written. */
  readonly text: string;
  /** The document says the same at this very place. */
  readonly asWritten: boolean;
}

/** A named part of a document: a service, a stage. */
export interface Section {
  readonly name: string;
  readonly kind: 'service' | 'stage';
  readonly namePlace: Place;
  readonly span: Span;
  /** The services of a project whose images are made of this stage. */
  readonly usedBy?: readonly SectionUser[];
}

export interface SectionUser {
  readonly service: string;
  /** The service's `build`, in the file where it is written. */
  readonly at: Place;
}
