/**
 * The ten practices as the hull of a ship with ten compartments: one that holds is dry, one with something to do has
 * taken water, one in danger is flooded. The table below it says the same in numbers.
 */
import type { PracticeScore, PracticeState } from '../../engine/score.js';
import { STATE_WORDS } from '../shared/words.js';
import { type Html, html } from './template.js';

const LEFT = 30;
const WIDTH = 92;
const DECK = 34;
const KEEL = 170;
/** Share of the height that is under water. */
const WATER: Readonly<Record<PracticeState, number>> = { ok: 0, unknown: 0, attention: 0.42, danger: 1 };

const right = (count: number) => LEFT + count * WIDTH;

export function hullChart(scores: readonly PracticeScore[]): Html {
  const bow = right(scores.length);
  const hull = `M${LEFT - 14} ${DECK} H${bow + 26} Q${bow + 2} ${KEEL - 34} ${bow - 62} ${KEEL} H${LEFT + 42} Q${LEFT - 4} ${KEEL - 10} ${LEFT - 14} ${DECK} Z`;
  return html`<svg class="hull" viewBox="0 0 ${bow + 40} 206" role="img" aria-labelledby="hull-title hull-text">
<title id="hull-title">The ten practices as compartments of a ship</title>
<desc id="hull-text">${scores.map(({ practice, state }) => `${practice.number}. ${practice.title}: ${STATE_WORDS[state]}. `)}</desc>
<defs>
<clipPath id="inside"><path d="${hull}"/></clipPath>
<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V7"/></pattern>
</defs>
<path class="plate" d="${hull}"/>
<g clip-path="url(#inside)">${scores.map(compartment)}</g>
<path class="outline" d="${hull}"/>
${scores.map(label)}
</svg>`;
}

function compartment({ state }: PracticeScore, index: number): Html {
  // The first and the last one reach into stern and bow.
  const x = index === 0 ? 0 : right(index);
  const width = index === 0 || index === 9 ? WIDTH + LEFT : WIDTH;
  const height = Math.round((KEEL - DECK) * WATER[state]);
  const water =
    height === 0
      ? undefined
      : html`<rect class="water ${state}" x="${x}" y="${KEEL - height}" width="${width}" height="${height}"/>`;
  const hatch =
    state === 'unknown'
      ? html`<rect fill="url(#hatch)" x="${x}" y="${DECK}" width="${width}" height="${KEEL - DECK}"/>`
      : undefined;
  const wall = index === 0 ? undefined : html`<path class="wall" d="M${x} ${DECK}V${KEEL}"/>`;
  return html`${water}${hatch}${wall}`;
}

function label({ practice, state, counts }: PracticeScore, index: number): Html {
  const middle = right(index) + WIDTH / 2;
  const total = counts.error + counts.warning + counts.info + counts.hint;
  const inside = total > 0 ? String(total) : state === 'ok' ? '✓' : '?';
  return html`<text class="number" x="${middle}" y="22">${practice.number}</text>
<text class="count ${state}" x="${middle}" y="${DECK + 72}">${inside}</text>
<text class="slug" x="${middle}" y="196">${practice.slug}</text>
`;
}

/** The share of each severity, on a scale that all practices have in common. */
export function bar({ counts }: PracticeScore, longest: number): Html {
  const parts = [
    ['error', counts.error],
    ['warning', counts.warning],
    ['info', counts.info + counts.hint],
  ] as const;
  const scale = 100 / Math.max(longest, 1);
  let x = 0;
  const rects = parts.map(([severity, number]) => {
    const width = Math.round(number * scale * 100) / 100;
    const rect =
      number === 0 ? undefined : html`<rect class="${severity}" x="${x}" width="${width}" height="8"/>`;
    x += width;
    return rect;
  });
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${rects}</svg>`;
}
