/** What is known of the documents and collections that are still open while a tree is built. */
import type { Span } from '../../text/span.js';
import type { YamlNode, YamlPair } from './tree.js';

export interface DocumentFrame {
  readonly kind: 'document';
  readonly start: number;
  root: YamlNode | undefined;
}

export interface SeqFrame {
  readonly kind: 'seq';
  readonly start: number;
  readonly flow: boolean;
  readonly properties: Properties | undefined;
  readonly items: YamlNode[];
  readonly dashes: Span[];
}

export interface MapFrame {
  readonly kind: 'map';
  readonly start: number;
  readonly flow: boolean;
  /** A pair inside brackets, `[a: b]`: a mapping without braces of its own. */
  readonly bare: boolean;
  readonly properties: Properties | undefined;
  readonly pairs: YamlPair[];
  /** A `?` stands before the key: its `:` may be missing. */
  explicit: boolean;
  key: YamlNode | undefined;
}

export type Frame = DocumentFrame | SeqFrame | MapFrame;

/** Tag and anchor of a node, ready to be spread into it. */
export interface Properties {
  readonly tag?: { readonly name: string; readonly span: Span };
  readonly anchor?: { readonly name: string; readonly span: Span };
}

/** The node with its tag and anchor; `full` then begins with the first of them. */
export function withProperties<N extends YamlNode>(node: N, properties: Properties | undefined): N {
  if (properties === undefined) return node;
  const { tag, anchor } = properties;
  const start = Math.min(tag?.span.start ?? node.span.start, anchor?.span.start ?? node.span.start);
  return { ...node, ...properties, full: { start, end: node.span.end } };
}
