import { say } from '../../l10n/message.js';
import type { RunStep, ShellCommand, ShellWord, Stage } from '../../model/build.js';
import { type PackageOperation, packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs, type Fix } from '../rule.js';
import { addFlag, commandPlace, inImage, stepsBefore, stepsBehind, variableIsSet } from '../shared/layers.js';
import { isForDevelopers } from '../shared/purpose.js';

export default defineRule({
  meta: {
    id: 'dev-dependencies-shipped',
    practice: 'light',
    severity: 'info',
    title: 'Dependencies for developers are in the image that ships',
    why: 'Test frameworks, debuggers and bundlers bring hundreds of packages, each with holes of its own, that the service never uses.',
    advice:
      'Leave them out of the stage that ships; install them in a stage of its own where a build needs them.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [dockerDocs('multi-stage builds', '/build/building/multi-stage/')],
    equivalents: [
      'tally:tally/php/composer-no-dev-in-production',
      'tally:tally/ruby/missing-bundle-without-development',
    ],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      if (!inImage(stage) || isForDevelopers(stage)) return;
      for (const step of runsOf(stage)) {
        for (const operation of packageOperations(step)) {
          if (!bringsAll(stage, step, operation)) continue;
          const { command, verb, manager } = operation;
          const name = verb === command.programWord ? manager.name : `${manager.name} ${verb.value}`;
          yield {
            at: commandPlace(command, verb),
            message: say`\`${name}\` also installs what only developers need, and all of it ships`,
            fixes: () => leaveOut(stage, step, operation),
          };
        }
        for (const { command, verb } of byProjectTool(step))
          yield {
            at: commandPlace(command, verb),
            message: say`\`${command.program} ${verb.value}\` also installs what only developers need, and all of it ships`,
          };
        for (const word of forDevelopers(step))
          yield {
            at: word.span,
            message: say`\`${word.value}\` lists what only developers need, and all of it ships`,
          };
      }
    },
  },
});

/** Managers whose plain install takes the dependencies of developers along, and how they are told not to. */
const PRODUCTION: Readonly<Record<string, { readonly flag?: string; readonly variables: RegExp }>> = {
  npm: { flag: '--omit=dev', variables: /^(?:NODE_ENV|npm_config_(?:omit|production|only))$/i },
  yarn: { flag: '--production', variables: /^(?:NODE_ENV|YARN_PRODUCTION|npm_config_production)$/i },
  pnpm: { flag: '--prod', variables: /^(?:NODE_ENV|npm_config_production)$/i },
  composer: { flag: '--no-dev', variables: /^COMPOSER_NO_DEV$/ },
  bundle: { variables: /^BUNDLE_(?:WITHOUT|ONLY)$/ },
  uv: { flag: '--no-dev', variables: /^UV_NO_(?:DEV|DEFAULT_GROUPS)$/ },
};

function bringsAll(stage: Stage, step: RunStep, operation: PackageOperation): boolean {
  const { manager, action, verb, packages, opaque, command } = operation;
  const how = PRODUCTION[manager.kind];
  if (how === undefined || action !== 'install' || opaque) return false;
  if (packages.length > 0 && manager.kind !== 'bundle') return false;
  if (!/^(?:install|i|ci|clean-install|sync|bundle|yarn)$/.test(verb.value)) return false;
  if (operation.flag([...manager.production, ...OTHER_WAYS]) !== undefined) return false;
  if (variableIsSet(stage, step, command, (name) => how.variables.test(name))) return false;
  return !isDecided(stage, step, manager.kind);
}

const OTHER_WAYS = [
  '-g',
  '--global',
  '--only',
  '--omit',
  '--production',
  '--no-default-groups',
  '--only-group',
  '--no-install-project',
  '--package-lock-only',
  '--immutable',
];

/** A configuration says it already, or a later command takes them away. */
function isDecided(stage: Stage, step: RunStep, kind: string): boolean {
  const commands = (steps: readonly { readonly kind: string }[]) =>
    steps.flatMap((one) => (one.kind === 'run' ? (one as RunStep).script.commands : []));
  const text = ({ words }: ShellCommand) => words.map((word) => word.value).join(' ');
  const before = commands([...stepsBefore(stage, step), step]).map(text);
  const behind = commands([step, ...stepsBehind(stage, step)]).map(text);
  if (kind === 'bundle')
    return before.some((one) => /\bbundle config\b.*\b(?:without|only|deployment)\b/.test(one));
  if (kind === 'composer') return behind.some((one) => /\bcomposer\b.*--no-dev\b/.test(one));
  return (
    before.some((one) => /\bnpm config set\b.*\b(?:production|omit|only)\b/.test(one)) ||
    behind.some((one) =>
      /\b(?:npm|pnpm|yarn) (?:prune|autoclean)\b|--(?:production|prod|omit=dev)\b|rm -rf? .*node_modules/.test(
        one,
      ),
    )
  );
}

/** When the same stage goes on to build, it needs them: then only a stage of its own helps. */
function leaveOut(stage: Stage, step: RunStep, operation: PackageOperation): readonly Fix[] {
  const flag = PRODUCTION[operation.manager.kind]?.flag;
  const builds = [step, ...stepsBehind(stage, step)].some(
    (one) =>
      one.kind === 'run' &&
      one.script.commands.some(
        ({ program, args }) =>
          /^(?:npm|npx|yarn|pnpm|pnpx|bun|tsc|node|make|uv|php|composer)$/.test(program) &&
          args.some(({ value }) =>
            /^(?:run|build|exec|compile|generate|test|lint|next|vite|webpack)/.test(value),
          ),
      ),
  );
  if (flag === undefined || builds) return [];
  return [
    {
      title: say`Add \`${flag}\` (what only developers need is missing then)`,
      applicability: 'unsafe',
      edits: addFlag(stage, step, operation.command, operation.verb, flag),
    },
  ];
}

/** Tools that install what a project of Python lists; how each is told to leave out what developers need. */
const PROJECT_TOOLS: Readonly<Record<string, (words: readonly string[]) => boolean>> = {
  poetry: (words) => words.some((word) => /^--(?:only|without|no-dev)\b/.test(word)),
  pdm: (words) => words.some((word) => /^(?:--prod|--production|-G|--group|--no-default)\b/.test(word)),
  // Only with the option.
  pipenv: (words) => !words.some((word) => /^(?:-d|--dev)$/.test(word)),
};

function* byProjectTool(step: RunStep): Iterable<{ command: ShellCommand; verb: ShellWord }> {
  for (const command of step.script.commands) {
    const leavesOut = PROJECT_TOOLS[command.program];
    const [verb] = command.args;
    const opaque = command.args.some((word) => !word.literal);
    if (leavesOut === undefined || verb === undefined || opaque || !/^(?:install|sync)$/.test(verb.value))
      continue;
    if (!leavesOut(command.args.map(({ value }) => value))) yield { command, verb };
  }
}

/** Files and extras of Python that say whom they are for. */
function forDevelopers(step: RunStep): readonly ShellWord[] {
  return packageOperations(step)
    .filter(({ manager, action }) => manager.family === 'python' && action === 'install')
    .flatMap(({ command }) => command.args)
    .filter(({ value }) => FOR_DEVELOPERS.test(value));
}

const FOR_DEVELOPERS =
  /(?:^|[-_./])(?:dev|test|tests|development)(?:[-_.]requirements)?\.txt$|\[(?:\w+,)*(?:dev|test|tests)(?:,\w+)*\]$/;
