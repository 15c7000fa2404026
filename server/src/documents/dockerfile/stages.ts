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
import { resolveWord, type VariableMeter, variableMeter, Variables } from './variables.js';

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

/** Variables that BuildKit sets for the platform at hand: declared, value unknown. */
const PLATFORM_ARGS = ['TARGET', 'BUILD'].flatMap((side) =>
  ['PLATFORM', 'OS', 'ARCH', 'VARIANT', 'OSVERSION'].map((part) => side + part),
);

interface OpenStage {
  readonly stage: { -readonly [K in keyof Stage]: Stage[K] };
  readonly steps: Step[];
  readonly scope: Variables;
  shell: ShellKind;
  user: Setting<string>;
  end: number;
}

/** The stages so far, which later ones look up. */
class OpenStages {
  readonly all: OpenStage[] = [];
  readonly #byName = new Map<string | undefined, OpenStage>();

  get last(): OpenStage | undefined {
    return this.all.at(-1);
  }

  add(one: OpenStage): void {
    this.all.push(one);
    this.#byName.set(one.stage.name, one);
  }

  /** The last one of exactly that name. */
  named(name: string): OpenStage | undefined {
    return this.#byName.get(name);
  }

  /** In any case; `COPY --from` may also count stages from 0. */
  find(name: string): OpenStage | undefined {
    return this.named(name.toLowerCase()) ?? (/^\d+$/.test(name) ? this.all[Number(name)] : undefined);
  }
}

export interface ReadStages {
  readonly build: BuildSpec;
  /** The first word whose variables stand for more than can be read. */
  readonly excessive: VariableMeter['excessive'];
}

export function readStages(source: SourceText, tree: DockerfileTree, options: BuildOptions): ReadStages {
  const meter = variableMeter();
  const globals = new Variables(meter);
  for (const name of PLATFORM_ARGS) globals.set(name, undefined);
  const globalArgs: VariableStep[] = [];
  const opened = new OpenStages();
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
  if (headless) opened.add(openStage(source, tree, headless, opened, globals, build, options.contexts));
  for (const instruction of tree.instructions) {
    if (instruction.keyword === 'FROM') {
      opened.add(openStage(source, tree, instruction, opened, globals, build, options.contexts));
      continue;
    }
    const current = opened.last;
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
      if (step.kind === 'arg') declare(step, globals, new Variables(meter), options);
      globalArgs.push(step as VariableStep);
    }
  }
  for (const { stage, user, end } of opened.all) {
    stage.user = user;
    stage.span = { start: stage.at.start, end };
  }
  const stages = opened.all.map(({ stage }) => stage);
  markShipped(stages, options.targets ?? []);
  const around = JSON.stringify([
    tree.escape,
    ...[globals.own, options.args, options.contexts].map((one) =>
      [...(one ?? [])].map(([k, v]) => [k, v ?? null]),
    ),
  ]);
  for (const { stage } of opened.all) stage.identity = identityOf(stage, source, around);
  return { build: Object.assign(build, { stages }), excessive: meter.excessive };
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
  scope: Variables,
  shell: ShellKind,
  user: Setting<string>,
  onbuild: boolean,
  opened: OpenStages,
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
    findStage: (name: string) => opened.find(name)?.stage,
  };
}

function openStage(
  source: SourceText,
  tree: DockerfileTree,
  from: DockerfileInstruction,
  opened: OpenStages,
  globals: Variables,
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
  const parent = image === written && image.state === 'set' ? opened.named(image.value) : undefined;
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
  const index = opened.all.length;
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
    scope: new Variables(globals.meter, parent?.scope),
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
  opened: OpenStages,
  globals: Variables,
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
function declare(step: VariableStep, scope: Variables, globals: Variables, options: BuildOptions): void {
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
  const named = new Map(stages.toReversed().map((one) => [one.name, one]));
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
          if (mount.from !== undefined) ahead.push(named.get(mount.from.toLowerCase()));
    }
  }
}
