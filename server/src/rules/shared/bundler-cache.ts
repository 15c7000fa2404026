/** Where Bundler keeps the gems it downloads: in a folder beside those it installs, which a project may choose. */
import type { RunStep, ShellCommand, Stage } from '../../model/build.js';
import type { PackageOperation } from '../../model/package-operations.js';
import { stepsBefore, variableIsSet } from './layers.js';

/** The command that deletes them; undefined where it cannot be told where they are. */
export function cleanBundler(stage: Stage, step: RunStep, operation: PackageOperation): string | undefined {
  const folder = cacheFolder(stage, step, operation);
  // At the end of the RUN, a relative path may start elsewhere.
  const moves = !/^["/~]/.test(folder ?? '') && step.script.commands.some(({ program }) => program === 'cd');
  return folder === undefined || moves ? undefined : `rm -rf ~/.bundle/cache ${folder}`;
}

/** As a word of a shell command. */
function cacheFolder(stage: Stage, step: RunStep, operation: PackageOperation): string | undefined {
  const { command } = operation;
  const configured = configuredPath(stage, step, operation);
  if (configured === UNKNOWN) return undefined;
  if (configured !== undefined) return below(configured);
  // Given to one command, it is gone when the next one runs.
  if (command.assignments.some(({ value }) => value.startsWith('BUNDLE_'))) return undefined;
  if (variableIsSet(stage, step, command, (name) => name === 'BUNDLE_PATH')) return below('"${BUNDLE_PATH}"');
  return isDeployment(stage, step, operation) ? below(DEPLOYMENT_PATH) : '"$(gem env gemdir)/cache"';
}

const DEPLOYMENT_PATH = 'vendor/bundle';
/** No path is written so. */
const UNKNOWN = '';

function below(path: string): string {
  return `${path}/ruby/*/cache`;
}

function isDeployment(stage: Stage, step: RunStep, operation: PackageOperation): boolean {
  return (
    operation.flag(['--deployment']) !== undefined ||
    variableIsSet(stage, step, operation.command, (name) => name === 'BUNDLE_DEPLOYMENT') ||
    settings(stage, step, 'deployment').some((value) => value === 'true' || value === '1')
  );
}

/** The path that a flag or a setting names; the last one holds. */
function configuredPath(stage: Stage, step: RunStep, operation: PackageOperation): string | undefined {
  const path = operation.value('--path') ?? settings(stage, step, 'path').at(-1);
  return path === undefined || /^[\w./~-]+$/.test(path) ? path : UNKNOWN;
}

/** What `bundle config [set] [--local] name value` said before this step or in it; an empty text for what is not known. */
function settings(stage: Stage, step: RunStep, name: string): readonly string[] {
  const runs = [...stepsBefore(stage, step).filter((one) => one.kind === 'run'), step];
  return runs.flatMap((run) => run.script.commands.flatMap((command) => settingIn(command, name)));
}

function settingIn({ program, args }: ShellCommand, name: string): readonly string[] {
  if (program !== 'bundle' || args[0]?.value !== 'config') return [];
  const [key, value] = args.slice(1).filter(({ value: word }) => word !== 'set' && !word.startsWith('--'));
  if (key?.value !== name || value === undefined) return [];
  return [value.literal ? value.value : ''];
}
