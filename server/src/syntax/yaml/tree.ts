/**
 * The YAML tree: what was written, with the place of every part. Aliases and merge keys are kept as written;
 * resolving them is the reader's job. All spans are UTF-16 offsets into the whole text.
 */
import type { Message } from '../../l10n/message.js';
import type { Span } from '../../text/span.js';

export type YamlNode = YamlScalar | YamlMap | YamlSeq | YamlAlias;

interface NodeBase {
  /**
   * The content without tag and anchor; quotes, brackets and the header of a block scalar belong to it. For an empty
   * node: an empty span after the `:` or `-` that announces it, or after its own tag and anchor.
   */
  readonly span: Span;
  /** The content with its tag and anchor in front. */
  readonly full: Span;
  /** The tag as written, `!reset`, `!!str`. */
  readonly tag?: { readonly name: string; readonly span: Span };
  /** The anchor's name without `&`; the span includes the `&`. */
  readonly anchor?: { readonly name: string; readonly span: Span };
}

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  /** Text after unquoting, unescaping and folding. */
  readonly value: string;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** Nothing was written: `key:` or `- `. */
  readonly empty: boolean;
}

export interface YamlPair {
  readonly key: YamlNode;
  readonly value: YamlNode;
  /** From the start of the key, its tag and anchor included, to the end of the value. */
  readonly span: Span;
}

export interface YamlMap extends NodeBase {
  readonly kind: 'map';
  /** Written with braces. */
  readonly flow: boolean;
  /** In order of writing; duplicate keys and several `<<` are kept. */
  readonly pairs: readonly YamlPair[];
}

export interface YamlSeq extends NodeBase {
  readonly kind: 'seq';
  /** Written with brackets. */
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
  /** Block style: the span of each `-`; flow style: empty. */
  readonly dashes: readonly Span[];
}

export interface YamlAlias extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  /** The anchored node that ends before it in the same document; undefined when there is none: no cycles. */
  readonly target: YamlNode | undefined;
  /** The anchor is there, but with all that it stands for it would be too much to follow: `target` is left out. */
  readonly excessive?: true;
}

export interface YamlDocument {
  /** Undefined for an empty document. */
  readonly root: YamlNode | undefined;
  readonly span: Span;
}

export interface YamlComment {
  /** From the `#` to the end of the line. */
  readonly span: Span;
}

export interface YamlProblem {
  readonly at: Span;
  readonly message: Message;
}

export interface YamlTree {
  readonly documents: readonly YamlDocument[];
  readonly comments: readonly YamlComment[];
  /** Syntax errors in order of place. What surrounds them is still in the tree. */
  readonly problems: readonly YamlProblem[];
  /** The first alias that is not followed since it stands for too much. */
  readonly excessive: Span | undefined;
  /** False when recovery gave up and a part of the text is in no document. */
  readonly complete: boolean;
}
