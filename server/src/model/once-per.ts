/**
 * A question about an object that never changes, which many rules ask: the answer is kept as long as the object is. It
 * must be a function of the object alone, so that nobody can see whether it was kept.
 */
export function oncePer<K extends object, T>(compute: (of: K) => T): (of: K) => T {
  const kept = new WeakMap<K, { readonly it: T }>();
  return (of) => {
    let value = kept.get(of);
    if (value === undefined) {
      value = { it: compute(of) };
      kept.set(of, value);
    }
    return value.it;
  };
}
