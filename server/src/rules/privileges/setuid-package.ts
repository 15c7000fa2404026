import { setuidProgramsOf, stripSetuidCommand } from '../../facts/setuid.js';
import { say } from '../../l10n/message.js';
import type { RunStep, Stage } from '../../model/build.js';
import { allSteps, commandsOf, runsOf } from '../../model/stage.js';
import { cis, defineRule, dockerDocs, type Fix } from '../rule.js';
import { type InstalledPackage, packageInstalls } from '../shared/packages.js';
import { chmodMode, chmodTargets, stripsSetuid } from '../shared/setuid.js';

export default defineRule({
  meta: {
    id: 'setuid-package',
    practice: 'privileges',
    severity: 'info',
    title: 'Package brings a setuid program into the image',
    why: 'Such a program runs with the rights of root for every user of the container; flaws in them are the usual way from a web shell to root.',
    advice:
      'Leave the package out of the final stage, or take the setuid bits away before the image switches its user.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [cis('4.8'), dockerDocs('multi-stage builds', '/build/building/multi-stage/')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!stage.ships || stripsSetuid(stage)) return;
      const cleaned = cleanedPrograms(stage);
      const found = runsOf(stage).flatMap((step) =>
        packageInstalls(step).flatMap(({ packages }) =>
          packages.flatMap((one) => {
            const program = newProgram(one, cleaned);
            return program === undefined ? [] : [{ step, one, program }];
          }),
        ),
      );
      const last = found.at(-1)?.step;
      for (const { one, program } of found) {
        yield {
          at: one.word.span,
          message: say`\`${one.name}\` brings \`${program}\` with the setuid bit: any user starts it as root`,
          fixes: () =>
            last === undefined || isUsedBehind(stage, last, program) ? [] : stripAfter(stage, last, program),
        };
      }
    },
  },
});

/**
 * Part of every image of a general distribution, so naming them brings nothing new. The sandbox of Chromium is a
 * package of its own on Debian.
 */
const BRINGS_NOTHING = new Set(['mount', 'util-linux', 'passwd', 'login', 'bsdutils', 'chromium']);

/** The setuid program that a package brings, unless the build takes its bit. */
function newProgram({ name }: InstalledPackage, cleaned: ReadonlySet<string>): string | undefined {
  if (BRINGS_NOTHING.has(name)) return undefined;
  const programs = setuidProgramsOf(name).filter((one) => one.mode === 'setuid');
  return programs.map(({ program }) => program).find((program) => !cleaned.has(program));
}

/** Base names of files whose bit a chmod of the build takes away. */
function cleanedPrograms(stage: Stage): ReadonlySet<string> {
  const names = new Set<string>();
  for (const step of allSteps(stage)) {
    if (step.kind !== 'run') continue;
    for (const command of commandsOf(step)) {
      const mode = command.program === 'chmod' ? chmodMode(command) : undefined;
      if (mode && (/^[ugoa]*-[a-z]*s/.test(mode.value) || /^0?[0-7]{3}$/.test(mode.value)))
        for (const target of chmodTargets(command, mode))
          names.add(target.slice(target.lastIndexOf('/') + 1));
      if (command.program === 'rm')
        for (const word of command.args) names.add(word.value.slice(word.value.lastIndexOf('/') + 1));
    }
  }
  return names;
}

/** A later step calls it, as somebody who is not root. */
function isUsedBehind(stage: Stage, step: RunStep, program: string): boolean {
  return runsOf(stage)
    .slice(runsOf(stage).indexOf(step) + 1)
    .some((run) => commandsOf(run).some((one) => one.program === program || one.wrappers.includes(program)));
}

/** One step behind the last install serves all findings of a stage: it runs as the user that installs. */
function stripAfter(stage: Stage, step: RunStep, program: string): readonly Fix[] {
  return [
    {
      title: say`Take all setuid bits away (\`${program}\` works for root only)`,
      applicability: 'unsafe',
      edits: stage.edit.insertAfter(step, [`RUN ${stripSetuidCommand}`]),
    },
  ];
}
