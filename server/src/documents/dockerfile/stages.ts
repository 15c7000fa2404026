/** Instructions -> stages: variables, the user in force at each step, and what is built on what. */
import { say } from '../../l10n/message.js';
import type { BuildSpec, Stage, StageBase, Step, VariableStep } from '../../model/build.js';
import type { SectionUser } from '../../model/document.js';
import { type Setting, setTo, unknown, unset } from '../../model/setting.js';
import { targetStage } from '../../model/stage.js';
import { shellKindOf } from '../../syntax/dockerfile/run.js';
import type { DockerfileInstruction, DockerfileTree, ShellKind } from '../../syntax/dockerfile/tree.js';
import type { SourceText } from '../../text/source-text.js';
import type { Place } from '../../text/span.js';
import { stageEditor } from './edit.js';
import type { ScriptMemory } from './script-memory.js';
import { readStep, type StepContext } from './steps.js';
import { resolveWord } from './variables.js';

export interface BuildOptions {
  /** Values that a project gives with `build.args`; undefined for one that cannot be told. */
  readonly args?: ReadonlyMap<string, string | undefined>;
  /** Stages that projects build, undefined for the last one; without any, the last stage ships. */
  readonly targets?: readonly (string | undefined)[];
  /** Images that a project puts in the place of a name in FROM; undefined for another kind of context. */
  readonly contexts?: ReadonlyMap<string, string | undefined>;
  readonly dockerignore?: string | null | undefined;
  /** Services for which stages are built. */
  readonly usedBy?: readonly (SectionUser & { readonly target: string | undefined })[];
  /** As in OpenOptions. */
  readonly dockerignorePath?: string | null;
  readonly scripts?: ScriptMemory | undefined;
}

type Values = Map<string, string | undefined>;

/** Variables that BuildKit sets for the platform at hand: declared, value unknown. */
const PLATFORM_ARGS = ['TARGET', 'BUILD'].flatMap((side) =>
  ['PLATFORM', 'OS', 'ARCH', 'VARIANT', 'OSVERSION'].map((part) => side + part),
);

interface OpenStage {
  readonly stage: { -readonly [K in keyof Stage]: Stage[K] };
  readonly steps: Step[];
  readonly scope: Values;
  shell: ShellKind;
  user: Setting<string>;
  end: number;
}

export function readStages(source: SourceText, tree: DockerfileTree, options: BuildOptions): BuildSpec {
  const globals: Values = new Map(PLATFORM_ARGS.map((name) => [name, undefined]));
  const globalArgs: VariableStep[] = [];
  const opened: OpenStage[] = [];
  const parseShell = options.scripts?.read();
  const build: BuildSpec = {
    stages: [],
    globalArgs,
    directives: tree.directives.map(({ name, value, span, valueSpan }) => ({
      name,
      value,
      place: span,
      valuePlace: valueSpan,
    })),
    context: {
      dockerignore: options.dockerignore,
      dockerignorePath:
        options.dockerignorePath === null ? undefined : (options.dockerignorePath ?? '.dockerignore'),
    },
    start: { start: 0, end: 0 },
  };
  const headless = headOfFragment(tree);
  if (headless) opened.push(openStage(source, tree, headless, opened, globals, build, options.contexts));
  for (const instruction of tree.instructions) {
    if (instruction.keyword === 'FROM') {
      opened.push(openStage(source, tree, instruction, opened, globals, build, options.contexts));
      continue;
    }
    const current = opened.at(-1);
    if (current) addStep(source.text, tree, instruction, current, opened, globals, options, parseShell);
    else if (instruction.keyword === 'ARG') {
      const step = readStep(
        instruction,
        stepContext(
          source.text,
          tree,
          globals,
          'posix',
          unset(instruction.keywordSpan),
          false,
          opened,
          undefined,
        ),
      );
      if (step.kind === 'arg') declare(step, globals, new Map(), options);
      globalArgs.push(step as VariableStep);
    }
  }
  for (const { stage, user, end } of opened) {
    stage.user = user;
    stage.span = { start: stage.at.start, end };
  }
  const stages = opened.map(({ stage }) => stage);
  markShipped(stages, options.targets ?? []);
  const around = JSON.stringify([
    tree.escape,
    ...[globals, options.args, options.contexts].map((one) =>
      [...(one ?? [])].map(([k, v]) => [k, v ?? null]),
    ),
  ]);
  for (const { stage } of opened) stage.identity = identityOf(stage, source, around);
  return Object.assign(build, { stages });
}

/** `around`: what all stages of the build take from outside. */
function identityOf(
  { index, label, ships, reachable, span }: Stage,
  source: SourceText,
  around: string,
): string {
  return `${around} ${index} ${label} ${ships} ${reachable} ${source.slice(span)}`;
}

/**
 * A file without any FROM is a fragment that something else puts behind one, or is being typed: its instructions make a
 * stage of which nobody knows the base. In front of a FROM nothing but ARG may stand, so there it is no stage.
 */
function headOfFragment({ instructions }: DockerfileTree): DockerfileInstruction | undefined {
  if (instructions.some(({ keyword }) => keyword === 'FROM')) return undefined;
  const first = instructions.find(({ keyword }) => IN_STAGES.has(keyword));
  const head = first && instructions[0];
  if (head === undefined) return undefined;
  const { start } = head.span;
  return { ...head, keyword: 'FROM', span: { start, end: start }, words: [], flags: [] };
}

const IN_STAGES = new Set(
  'RUN COPY ADD ENV LABEL USER WORKDIR EXPOSE VOLUME CMD ENTRYPOINT HEALTHCHECK SHELL STOPSIGNAL ONBUILD MAINTAINER'.split(
    ' ',
  ),
);

function stepContext(
  text: string,
  tree: DockerfileTree,
  scope: Values,
  shell: ShellKind,
  user: Setting<string>,
  onbuild: boolean,
  opened: readonly OpenStage[],
  parseShell: StepContext['parseShell'],
) {
  return {
    text,
    tree,
    scope,
    shell,
    user,
    onbuild,
    parseShell,
    findStage: (name: string) => findStage(opened, name, true),
  };
}

/** The last stage of that name; `COPY --from` may also count stages from 0. */
function findStage(opened: readonly OpenStage[], name: string, byIndex: boolean): Stage | undefined {
  const named = opened.findLast(({ stage }) => stage.name === name.toLowerCase());
  return named?.stage ?? (byIndex && /^\d+$/.test(name) ? opened[Number(name)]?.stage : undefined);
}

function openStage(
  source: SourceText,
  tree: DockerfileTree,
  from: DockerfileInstruction,
  opened: readonly OpenStage[],
  globals: Values,
  build: BuildSpec,
  contexts: BuildOptions['contexts'],
): OpenStage {
  const [imageWord, as, nameWord] = from.words;
  const named = as?.value.toUpperCase() === 'AS' ? nameWord : undefined;
  const platform = from.flags.find((flag) => flag.name === 'platform');
  const at: Place = imageWord?.span ?? from.keywordSpan;
  const written =
    imageWord === undefined ? unset<string>(at) : resolveWord(imageWord.raw, at, globals, tree.escape);
  const image = behindContext(written, contexts);
  // Only the exact spelling of an earlier stage means that stage.
  const parent =
    image === written && image.state === 'set'
      ? opened.findLast(({ stage }) => stage.name === image.value)
      : undefined;
  const base: StageBase = {
    image,
    written: imageWord?.value ?? '',
    at,
    stage: parent?.stage,
    scratch: image.state === 'set' && image.value === 'scratch',
    platform:
      platform?.value === undefined
        ? undefined
        : {
            written: platform.value,
            value: resolveWord(platform.value, platform.valueSpan, globals, tree.escape),
            place: platform.valueSpan,
          },
  };
  const index = opened.length;
  const steps: Step[] = [];
  const name = named?.value.toLowerCase();
  const user: Setting<string> = parent === undefined ? unset(at) : inherit(parent.user, at, base);
  const result: OpenStage = {
    stage: {
      index,
      name,
      label: name ?? `stage ${index + 1}`,
      namePlace: named?.span,
      at: from.keywordSpan,
      span: from.span,
      base,
      steps,
      ships: false,
      reachable: false,
      user,
      build,
      edit: stageEditor(source, tree, from.span, () => result.end),
    },
    steps,
    scope: new Map(parent?.scope),
    shell:
      parent?.shell ??
      (base.image.state === 'set' && /windows|nanoserver/i.test(base.image.value) ? 'cmd' : 'posix'),
    user,
    end: from.span.end,
  };
  return result;
}

/** A context of that name beats images and stages. */
function behindContext(image: Setting<string>, contexts: BuildOptions['contexts']): Setting<string> {
  if (image.state !== 'set' || !contexts?.has(image.value)) return image;
  const given = contexts.get(image.value);
  return given === undefined
    ? unknown(image.span, say`\`${image.value}\` is a context that the project gives`)
    : setTo(given, image.span);
}

function inherit(user: Setting<string>, at: Place, base: StageBase): Setting<string> {
  if (user.state === 'unset') return unset(at);
  return user.state === 'set'
    ? setTo(user.value, user.span, { kind: 'stage', at: base.at, name: base.written })
    : user;
}

function addStep(
  text: string,
  tree: DockerfileTree,
  instruction: DockerfileInstruction,
  current: OpenStage,
  opened: readonly OpenStage[],
  globals: Values,
  options: BuildOptions,
  parseShell: StepContext['parseShell'],
): void {
  current.end = Math.max(current.end, instruction.span.end);
  const isOnbuild = instruction.keyword === 'ONBUILD' && instruction.trigger !== undefined;
  const effective = isOnbuild && instruction.trigger ? instruction.trigger : instruction;
  const step = readStep(
    effective,
    stepContext(text, tree, current.scope, current.shell, current.user, isOnbuild, opened, parseShell),
  );
  current.steps.push(step);
  if (isOnbuild) return;
  if (step.kind === 'user') {
    const [word] = step.words;
    if (word) current.user = word.value.state === 'set' ? setTo(word.value.value, word.place) : word.value;
  }
  if (step.kind === 'shell') current.shell = shellKindOf(step.words.map((word) => ({ value: word.written })));
  if (step.kind === 'arg') declare(step, current.scope, globals, options);
  if (step.kind === 'env')
    for (const { name, value } of step.variables)
      current.scope.set(name, value.state === 'set' ? value.value : undefined);
}

/** `--build-arg` beats the default; a bare ARG takes the global value. */
function declare(step: VariableStep, scope: Values, globals: Values, options: BuildOptions): void {
  for (const { name, value } of step.variables) {
    const own = value.state === 'set' ? value.value : value.state === 'unset' ? globals.get(name) : undefined;
    scope.set(name, options.args?.has(name) ? options.args.get(name) : own);
  }
}

function markShipped(
  stages: readonly { -readonly [K in keyof Stage]: Stage[K] }[],
  targets: readonly (string | undefined)[],
): void {
  const shipped = new Set(targets.flatMap((target) => targetStage(stages, target) ?? []));
  const last = stages.at(-1);
  if (last && shipped.size === 0) shipped.add(last);
  for (const stage of shipped) stage.ships = true;
  // A list of what is to be looked at, not calls within calls: stages may stand on each other thousands deep.
  const ahead: (Stage | undefined)[] = [...shipped];
  while (ahead.length > 0) {
    const stage = ahead.pop();
    const open = stage && stages[stage.index];
    if (open === undefined || open.reachable) continue;
    open.reachable = true;
    ahead.push(open.base.stage);
    for (const step of open.steps) {
      if (step.kind === 'copy' || step.kind === 'add') ahead.push(step.from?.stage);
      if (step.kind === 'run')
        for (const mount of step.mounts)
          ahead.push(stages.find((one) => one.name !== undefined && one.name === mount.from?.toLowerCase()));
    }
  }
}
