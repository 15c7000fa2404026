/** Computes a value at the first call and keeps it: for what most readers of a document never ask for. */
export function once<T>(compute: () => T): () => T {
  let value: { readonly it: T } | undefined;
  return () => {
    value ??= { it: compute() };
    return value.it;
  };
}
