/**
 * What rules said of the stages of a Dockerfile, kept from one look to the next: while somebody types in one stage, the
 * others only move. Owned by whoever looks at the document again and again.
 */
import type { Stage } from '../model/build.js';
import { oncePer } from '../model/once-per.js';
import type { AnyRule, Fix, Problem } from '../rules/rule.js';
import { inImage } from '../rules/shared/layers.js';
import { isForDevelopers } from '../rules/shared/purpose.js';
import { contains, type Place } from '../text/span.js';
import type { Config } from './config.js';

export interface StageMemory {
  /** Begins a look. Everything that is kept is from the look before. */
  look(config: Config, today: string): StageRecall;
}

export interface StageRecall {
  /** What a rule says of a stage; `run` asks it, if that is not known from before. */
  problemsOf(rule: AnyRule, stage: Stage, run: () => readonly Problem[]): readonly Problem[];
}

/** By the stage, then by the rule; places count from the start of the stage. */
type Said = Map<string, Map<AnyRule, readonly Problem[]>>;

export function stageMemory(): StageMemory {
  let last: { readonly config: Config; readonly today: string; readonly said: Said } | undefined;
  return {
    look(config, today) {
      const before: Said = last?.config === config && last.today === today ? last.said : new Map();
      const said: Said = new Map();
      last = { config, today, said };
      return {
        problemsOf(rule, stage, run) {
          const identity = rule.looksAround === true ? undefined : identityOf(stage);
          if (identity === undefined) return run();
          let own = said.get(identity);
          if (own === undefined) {
            own = before.get(identity) ?? new Map();
            said.set(identity, own);
          }
          const { start } = stage.span;
          const kept = own.get(rule);
          if (kept !== undefined) return moved(kept, start, (index) => run()[index]?.fixes?.() ?? []);
          const problems = run();
          // A place elsewhere may move by itself.
          if (problems.every((problem) => isWithin(problem, stage)))
            own.set(rule, moved(problems, -start, none));
          return problems;
        },
      };
    },
  };
}

/** With what rules may know of the build, see `Rule.looksAround`. */
const identityOf = oncePer((stage: Stage) =>
  stage.identity === undefined ? undefined : `${inImage(stage)} ${isForDevelopers(stage)} ${stage.identity}`,
);

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
