/**
 * What rules said of the stages of a Dockerfile, and its scripts, kept from one look to the next: while somebody types in one
 * stage, the others only move. Owned by whoever looks at the document again and again.
 */
import { type ScriptMemory, scriptMemory } from '../documents/dockerfile/script-memory.js';
import type { Stage } from '../model/build.js';
import { oncePer } from '../model/once-per.js';
import type { AnyRule, Fix, Problem } from '../rules/rule.js';
import { inImage } from '../rules/shared/layers.js';
import { isForDevelopers } from '../rules/shared/purpose.js';
import { contains, type Place } from '../text/span.js';
import type { Config } from './config.js';

export interface StageMemory {
  /** For opening the document. */
  readonly scripts: ScriptMemory;
  /** Begins a look. Everything that is kept is from the look before. */
  look(config: Config, today: string): StageRecall;
}

export interface StageRecall {
  /** What a rule says of a stage; `run` asks it, if that is not known from before. */
  problemsOf(rule: AnyRule, stage: Stage, run: (stage: Stage) => Iterable<Problem>): Iterable<Problem>;
}

/** What is known of one stage. */
interface Known {
  /** No other stage has it, or had it before. */
  readonly number: number;
  /** What each rule said; places count from the start of the stage. */
  readonly said: Map<AnyRule, readonly Problem[]>;
}

type Look = { readonly config: Config; readonly today: string; readonly known: Map<string, Known> };

export function stageMemory(): StageMemory {
  let last: Look | undefined;
  let stages = 0;
  return {
    scripts: scriptMemory(),
    look(config, today) {
      const before = last?.config === config && last.today === today ? last.known : new Map<string, Known>();
      const known = new Map<string, Known>();
      last = { config, today, known };
      const find = oncePer((stage: Stage): Known | undefined => {
        const used = usedBy(stage).map(find);
        if (stage.identity === undefined || used.includes(undefined)) return undefined;
        const numbers = used.map((one) => one?.number).join();
        // With what rules may know of the build, see `Rule.looksAround`.
        const key = `${numbers} ${inImage(stage)} ${isForDevelopers(stage)} ${stage.identity}`;
        const found = known.get(key) ?? before.get(key) ?? { number: ++stages, said: new Map() };
        known.set(key, found);
        return found;
      });
      return {
        problemsOf(rule, stage, run) {
          const own = rule.looksAround === true ? undefined : find(stage)?.said;
          if (own === undefined) return run(stage);
          const { start } = stage.span;
          const kept = own.get(rule);
          if (kept !== undefined)
            return moved(kept, start, (index) => [...run(stage)][index]?.fixes?.() ?? []);
          const problems = [...run(stage)];
          // A place elsewhere may move by itself.
          if (problems.every((problem) => isWithin(problem, stage)))
            own.set(rule, moved(problems, -start, none));
          return problems;
        },
      };
    },
  };
}

/** The stages that it starts and copies from: earlier ones, but for what is written by mistake. */
function usedBy({ base, steps, index }: Stage): readonly Stage[] {
  const copied = steps.map((step) =>
    step.kind === 'copy' || step.kind === 'add' ? step.from?.stage : undefined,
  );
  return [base.stage, ...copied].filter((one) => one !== undefined).filter((one) => one.index < index);
}

function isWithin({ at, related = [] }: Problem, stage: Stage): boolean {
  return [{ at }, ...related].every((one) => one.at.file === undefined && contains(stage.span, one.at));
}

/** Fixes are made for a text and belong to it: they would keep all of it in memory. */
const none = (): readonly Fix[] => [];

/** `fixes` are those of the problem with that number. */
function moved(
  problems: readonly Problem[],
  by: number,
  fixes: (index: number) => readonly Fix[],
): readonly Problem[] {
  if (problems.length === 0) return problems;
  const shift = (at: Place): Place => ({ start: at.start + by, end: at.end + by });
  return problems.map(({ fixes: made, ...problem }, index) => ({
    ...problem,
    at: shift(problem.at),
    ...(problem.related && { related: problem.related.map((one) => ({ ...one, at: shift(one.at) })) }),
    ...(made && { fixes: () => fixes(index) }),
  }));
}
