// How the tables are written: one record per line, so that a diff shows which facts changed.
import type { Head } from './read.js';

/** A table ready to be written: `members` are lists or objects, each entry of which gets a line of its own. */
export interface Table {
  readonly file: string;
  readonly text: string;
}

export function table(
  file: string,
  head: Head & { readonly dataDate?: string },
  members: Readonly<Record<string, readonly unknown[] | Readonly<Record<string, unknown>>>>,
): Table {
  const lines = [
    ...Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`),
    ...Object.entries(members).map(([key, value]) => `${JSON.stringify(key)}: ${block(value)}`),
  ];
  return { file, text: `{\n${lines.join(',\n')}\n}\n` };
}

function block(value: readonly unknown[] | Readonly<Record<string, unknown>>): string {
  if (isList(value)) return `[\n${value.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${JSON.stringify(item)}`,
  );
  return `{\n${entries.join(',\n')}\n}`;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
