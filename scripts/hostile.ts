/**
 * Whether anything takes longer than it is long: npm run hostile -- [--case TEXT] [--kilobytes N] [--seconds N] [--lint] [--all]
 *
 * Makes each kind of hostile file in three sizes, the largest of N kilobytes (256), asks the command line and a language
 * server everything about it (with --lint only for findings), and prints the times and how they grow: 1 is in step with the size, 2 with its square.
 * Only what stands out is printed, with --all everything. An answer that does not come within --seconds (30) ends its
 * case. Exit code 1 when a case fails, takes more than 10 seconds for a megabyte, or grows faster than it should.
 */
import { parentPort, Worker } from 'node:worker_threads';
import { askAll } from './hostile/ask.js';
import type { Case } from './hostile/case.js';
import { composeCases } from './hostile/compose-cases.js';
import { dockerfileCases } from './hostile/dockerfile-cases.js';

/** Growth is told only of what takes longer than this: below, the clock and the compiler are the larger part. */
const MILLISECONDS_THAT_COUNT = 150;
const TOO_STEEP = 1.5;
/** For a megabyte. */
const MOST_MILLISECONDS = 10_000;
const SIZES = [0.25, 0.5, 1];

const cases: ReadonlyMap<string, Case> = new Map([
  ...Object.entries(dockerfileCases).map(([name, one]) => [`dockerfile: ${name}`, one] as const),
  ...Object.entries(composeCases).map(([name, one]) => [`compose: ${name}`, one] as const),
]);

const words = process.argv.slice(2).filter((word) => word !== '--');
const option = (name: string) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
const bytes = Number(option('--kilobytes') ?? 256) * 1024;
const seconds = Number(option('--seconds') ?? 30);

const onlyLint = words.includes('--lint');

const child = option('--child');
if (child === undefined) await measureAll();
else await answer(child);

interface Told {
  readonly size: number;
  readonly question: string;
  readonly milliseconds: number;
}

async function measureAll(): Promise<void> {
  const wanted = option('--case');
  let failures = 0;
  let told = 0;
  for (const name of cases.keys()) {
    if (wanted !== undefined && !name.includes(wanted)) continue;
    told++;
    const { answers, failure } = await measure(name);
    const rows = rowsOf(answers).filter((row) => row.isSteep || row.isSlow || words.includes('--all'));
    if (rows.length > 0 || failure !== undefined) console.log(name);
    for (const { text } of rows) console.log(`  ${text}`);
    if (failure !== undefined) console.log(`  ${failure}`);
    if (failure !== undefined || rows.some((row) => row.isSteep || row.isSlow)) failures++;
  }
  console.log(`${told} cases, ${failures} of them stand out`);
  process.exitCode = failures > 0 || told === 0 ? 1 : 0;
}

/**
 * In a thread of its own, which can be ended when it does not end, and with the stack that the main thread of Node has.
 * What counts is the time of the processor: a busy machine makes no case slow.
 */
function measure(name: string): Promise<{ readonly answers: readonly Told[]; readonly failure?: string }> {
  const answers: Told[] = [];
  const worker = new Worker(process.argv[1] ?? '', {
    argv: [...words, '--child', name],
    resourceLimits: { stackSizeMb: 1.2, maxOldGenerationSizeMb: 3000 },
  });
  let since = process.cpuUsage();
  worker.on('message', (told: Told) => {
    answers.push(told);
    since = process.cpuUsage();
  });
  return new Promise((resolve) => {
    const after = () => {
      const last = answers.at(-1);
      return last ? `after "${last.question}" of ${last.size} units` : 'at once';
    };
    const watch = setInterval(() => {
      const { user, system } = process.cpuUsage(since);
      if (user + system < 1_000_000 * seconds) return;
      done(`STOPPED: no answer for ${seconds} s, ${after()}`);
      void worker.terminate();
    }, 500);
    const done = (failure?: string) => {
      clearInterval(watch);
      resolve({ answers, ...(failure !== undefined && { failure }) });
    };
    worker.on('error', (error) =>
      done(`FAILED ${after()}: ${(error.stack ?? String(error)).slice(0, 2000)}`),
    );
    worker.on('exit', () => done());
  });
}

interface Row {
  readonly text: string;
  readonly isSteep: boolean;
  readonly isSlow: boolean;
}

/** One for each question: the longest answer at each size, and the growth over all of them. */
function rowsOf(answers: readonly Told[]): readonly Row[] {
  return [...new Set(answers.map(({ question }) => question))].map((question) => {
    const times = new Map<number, number>();
    for (const one of answers)
      if (one.question === question)
        times.set(one.size, Math.max(times.get(one.size) ?? 0, one.milliseconds));
    const [large, small] = [...times].reverse();
    const growth =
      large && small && large[1] > MILLISECONDS_THAT_COUNT
        ? Math.log(large[1] / small[1]) / Math.log(large[0] / small[0])
        : undefined;
    const shown = [...times.values()].map((time) => `${time.toFixed(0)} ms`).join(', ');
    return {
      text: `${question}: ${shown}${growth === undefined ? '' : `, growth ${growth.toFixed(1)}`}`,
      isSteep: growth !== undefined && growth > TOO_STEEP,
      // What takes the same time at each size is bounded.
      isSlow:
        large !== undefined &&
        large[1] > 1000 &&
        large[1] / large[0] > MOST_MILLISECONDS / 1024 ** 2 &&
        (growth ?? 0) > 0.7,
    };
  });
}

/** Asks about one case. Without a thread around it, each answer is printed. */
async function answer(name: string): Promise<void> {
  const make = cases.get(name);
  if (make === undefined) throw new Error(`there is no case "${name}"`);
  const send = (told: Told) => (parentPort ? parentPort.postMessage(told) : console.log(told));
  // What is loaded and compiled the first time is no part of the growth.
  await askAll(ofSize(make, 4096), () => undefined, onlyLint);
  for (const part of SIZES) {
    const files = ofSize(make, bytes * part);
    const size = sizeOf(files);
    const tell = (question: string, milliseconds: number) => send({ size, question, milliseconds });
    await askAll(files, tell, onlyLint);
  }
  process.exit(0);
}

/** The number of pieces is what makes about this many bytes. */
function ofSize(make: Case, wanted: number) {
  let n = 64;
  for (let i = 0; i < 4; i++) n = Math.max(1, Math.round((n * wanted) / sizeOf(make(n))));
  return make(n);
}

function sizeOf(files: Readonly<Record<string, string>>): number {
  return Object.values(files).reduce((sum, text) => sum + text.length, 0);
}
