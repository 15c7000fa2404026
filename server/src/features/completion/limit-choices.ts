/** Amounts to begin with where a limit is typed: nobody but the user can know the right one, so each says how to find it. */
import { type Message, say } from '../../l10n/message.js';
import type { Choice } from './choice.js';

type LimitField = 'memory' | 'cpus' | 'pids';

/** From small to large; the one that the quick fix of the missing limit writes stands among them. */
export function limitChoices(field: LimitField): readonly Choice[] {
  return AMOUNTS[field].map(
    ([label, detail]): Choice => ({
      label,
      detail,
      explain: (markup) => markup.tell(HOW[field](markup.code('docker stats'))),
    }),
  );
}

type Amount = readonly [label: string, detail: Message];

const AMOUNTS: Readonly<Record<LimitField, readonly Amount[]>> = {
  memory: [
    ['64m', say`64 MB, enough for a small helper`],
    ['128m', say`128 MB`],
    ['256m', say`256 MB, enough for many web servers`],
    ['512m', say`512 MB, a usual start for an application`],
    ['1g', say`1 GB, a usual start for a database`],
    ['2g', say`2 GB`],
    ['4g', say`4 GB`],
  ],
  cpus: [
    ['0.25', say`a quarter of one CPU`],
    ['0.5', say`half of one CPU`],
    ['1', say`one whole CPU, a usual start`],
    ['2', say`two CPUs`],
    ['4', say`four CPUs`],
  ],
  pids: [
    ['64', say`64 processes and threads, enough for a small helper`],
    ['128', say`128 processes and threads`],
    ['256', say`256 processes and threads, a usual start`],
    ['512', say`512 processes and threads`],
    ['1024', say`1024 processes and threads, for programs with many threads`],
  ],
};

const HOW: Readonly<Record<LimitField, (tool: string) => Message>> = {
  memory: (tool) =>
    say`The container is killed when it needs more. Measure its peak with ${tool} and stay a little above.`,
  cpus: (tool) =>
    say`The container is slowed down when it needs more; nothing breaks. ${tool} shows what it uses.`,
  pids: (tool) =>
    say`What the container starts beyond it fails. Threads count as processes; ${tool} shows the number.`,
};
