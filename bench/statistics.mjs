/** The value that the share `q` (0 to 1) of the numbers does not exceed; undefined for no numbers. */
export function quantile(numbers, q) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))];
}

export const median = (numbers) => quantile(numbers, 0.5);
export const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

/** The list, begun at another place: who goes first pays for cold caches, so that must not always be the same one. */
export function rotate(list, by) {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
