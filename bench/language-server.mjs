// How long a person who types waits for diagnostics, key to answer: Bulkhead, other language servers and a bare
// parser, in a file of 200 and one of 10,000 lines, and in one file of a project of 60 services. Also how long a server
// takes to start, and its memory.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectScene, typingScene } from './generate-input.mjs';
import { bulkhead, peerServers } from './tools.mjs';
import { median, quantile, rotate, sum } from './statistics.mjs';
import { typeIntoParser, typeIntoServer } from './typing-session.mjs';

/** Fresh starts, keys in each, and the milliseconds of waiting after which a slow server types no more in a round. */
const thorough = { rounds: 3, keys: 100, budget: 15_000 };
const quick = { rounds: 1, keys: 40, budget: 5_000 };

export const languageServerCases = [
  { name: 'Dockerfile 200 lines', kind: 'dockerfile', lines: 200, tells: ['start'] },
  { name: 'Dockerfile 10000 lines', kind: 'dockerfile', lines: 10_000, tells: ['memory'] },
  { name: 'Compose 200 lines', kind: 'compose', lines: 200, tells: ['start'] },
  { name: 'Compose 10000 lines', kind: 'compose', lines: 10_000, tells: ['memory'] },
  { name: 'Compose project', kind: 'compose', project: { files: 6, services: 10 }, tells: ['memory'] },
].map((one) => ({ name: one.name, run: (options) => measure(one, options) }));

/** @returns {Promise<import('./report.mjs').Row[]>} */
async function measure({ kind, lines, project, tells }, options) {
  const effort = options.quick ? quick : thorough;
  const scene = project ? projectScene(project) : typingScene(kind, lines);
  // The others look at one file at a time; in a project they would be given less to do.
  const peers = project ? [] : peerServers(kind);
  const servers = [{ ...bulkhead, command: bulkhead.server }, ...peers];
  const subjects = [
    ...servers.map((server) => subject(server, (place) => typeIntoServer(server, place))),
    subject({ name: 'bare parse' }, typeIntoParser),
  ];
  for (let round = 0; round < effort.rounds; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
    try {
      await typeTogether(rotate(subjects, round), { kind, scene, folder }, effort);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows(subjects, tells);
}

/** Who is measured, and what came out so far; `problem` says why there are no figures. */
function subject({ name, problem }, start) {
  return { name, start, initialize: [], memory: [], keys: [], problem };
}

/**
 * One round. Everyone types the same key before anyone types the next one, so that whatever else the machine does
 * meets all of them alike.
 */
async function typeTogether(subjects, place, { keys, budget }) {
  const sessions = [];
  /** Does one step of a session; the first failure is the end of its subject. */
  const attempt = async (subject, step) => {
    if (subject.problem !== undefined) return;
    try {
      await step();
    } catch (error) {
      subject.problem = error.message;
    }
  };
  try {
    for (const subject of subjects) {
      await attempt(subject, async () => {
        const session = await subject.start(place);
        sessions.push({ subject, session, waits: [] });
        subject.initialize.push(session.initialize);
      });
    }
    for (const character of place.scene.typed.slice(0, keys)) {
      for (const { subject, session, waits } of sessions) {
        if (sum(waits) > budget) continue;
        await attempt(subject, async () => waits.push(await session.type(character)));
      }
    }
    for (const { subject, session, waits } of sessions) {
      subject.keys.push(...waits);
      subject.memory.push(session.peakMemory?.());
    }
  } finally {
    await Promise.all(sessions.map(({ session }) => session.close()));
  }
}

/** Starting does not depend on the file, so it is told once, with the short one; memory with the long one. */
function rows(subjects, tells) {
  const [bulkhead, ...others] = subjects;
  const bare = others.pop();
  const row = (measure, unit, figure, base) => {
    const value = (subject) => subject.problem ?? figure(subject);
    const peers = Object.fromEntries(others.map((peer) => [peer.name, value(peer)]));
    return { measure, unit, bulkhead: value(bulkhead), peers, base: base && value(base) };
  };
  return [
    row('key to diagnostics, p50', 'ms', ({ keys }) => median(keys), bare),
    row('key to diagnostics, p95', 'ms', ({ keys }) => quantile(keys, 0.95), bare),
    ...(tells.includes('start')
      ? [row('start to initialised', 'ms', ({ initialize }) => median(initialize))]
      : []),
    ...(tells.includes('memory') ? [row('peak memory', 'MB', ({ memory }) => median(memory))] : []),
  ];
}
