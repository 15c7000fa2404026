/** Two configurations side by side, value by value. */

export interface Difference {
  readonly path: readonly string[];
  /** What Compose's loader says; undefined when it says nothing. */
  readonly theirs: unknown;
  readonly ours: unknown;
}

export interface Comparison {
  /** Single values that one of the sides has. */
  readonly compared: number;
  readonly different: readonly Difference[];
}

/** Mappings and lists are followed to their single values; empty ones count as one value. */
export function differences(theirs: unknown, ours: unknown, path: readonly string[] = []): Comparison {
  const [left, right] = [entriesOf(theirs), entriesOf(ours)];
  if (left === undefined || right === undefined || Array.isArray(theirs) !== Array.isArray(ours)) {
    const isSame = left === undefined && right === undefined && theirs === ours;
    return { compared: 1, different: isSame ? [] : [{ path, theirs, ours }] };
  }
  const parts = [...new Set([...left.keys(), ...right.keys()])].map((key) =>
    differences(left.get(key), right.get(key), [...path, key]),
  );
  if (parts.length === 0) return { compared: 1, different: [] };
  return {
    compared: parts.reduce((sum, part) => sum + part.compared, 0),
    different: parts.flatMap((part) => part.different),
  };
}

/** Undefined for a single value. */
function entriesOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}
