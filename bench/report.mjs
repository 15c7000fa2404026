// The one table of `npm run bench`.

/**
 * A figure that could not be had is a text that says why.
 * @typedef {number | string | undefined} Value
 * @typedef {object} Row
 * @property {string} [case]
 * @property {string} measure
 * @property {string} unit
 * @property {Value} bulkhead
 * @property {Record<string, Value>} peers by name
 * @property {Value} base what cannot be beaten: a bare parse, or `node -e 0`
 */

/** The rows as a Markdown table: one line per peer. */
export function table(rows) {
  const lines = rows.flatMap((row) =>
    orNone(Object.entries(row.peers)).map(([peer, value]) => [
      row.case,
      row.measure,
      show(row.bulkhead, row.unit),
      `${peer} ${show(value, row.unit)}`.trim(),
      show(row.base, row.unit),
      ratio(row.bulkhead, value),
      ratio(row.bulkhead, row.base),
    ]),
  );
  const head = ['case', 'measure', 'Bulkhead', 'peer', 'floor', 'Bulkhead / peer', 'Bulkhead / floor'];
  const rule = ['---', '---', '--:', '--:', '--:', '--:', '--:'];
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A row without peers still has a line. */
const orNone = (peers) => (peers.length === 0 ? [['', undefined]] : peers);

/** Whether any figure is missing that should be there. */
export const isIncomplete = (rows) =>
  rows.some(({ bulkhead, base, peers }) =>
    [bulkhead, base, ...Object.values(peers)].some((value) => typeof value === 'string'),
  );

function show(value, unit) {
  if (value === undefined) return '–';
  if (typeof value === 'string') return value;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

function ratio(a, b) {
  return typeof a === 'number' && typeof b === 'number' ? (a / b).toFixed(2) : '–';
}
