/** One instruction -> one step of the model, with its variables replaced. */
import type {
  CommandStep,
  CopyStep,
  RunMount,
  RunStep,
  ShellScript,
  Stage,
  Step,
  StepFlag,
  StepWord,
  VariableStep,
  WordsStep,
} from '../../model/build.js';
import type { Setting } from '../../model/setting.js';
import { type RunScript, runScript } from '../../syntax/dockerfile/run.js';
import type {
  DockerfileFlag,
  DockerfileInstruction,
  DockerfileTree,
  DockerfileWord,
  ShellKind,
} from '../../syntax/dockerfile/tree.js';
import type { ScriptMemory } from './script-memory.js';
import { resolveOptional, resolveWord, type Scope } from './variables.js';

export interface StepContext {
  readonly text: string;
  readonly tree: DockerfileTree;
  /** Values before this instruction. */
  readonly scope: Scope;
  readonly user: Setting<string>;
  readonly shell: ShellKind;
  readonly onbuild: boolean;
  /** Of a memory that keeps scripts. */
  readonly parseShell: ReturnType<ScriptMemory['read']> | undefined;
  /** Earlier stages by lower-case name and by index. */
  findStage(name: string): Stage | undefined;
}

const WORD_KINDS: Readonly<Record<string, WordsStep['kind']>> = {
  USER: 'user',
  WORKDIR: 'workdir',
  EXPOSE: 'expose',
  VOLUME: 'volume',
  STOPSIGNAL: 'stopsignal',
  MAINTAINER: 'maintainer',
  SHELL: 'shell',
};

export function readStep(instruction: DockerfileInstruction, context: StepContext): Step {
  switch (instruction.keyword) {
    case 'RUN':
      return readRun(instruction, context);
    case 'COPY':
    case 'ADD':
      return readCopy(instruction, context);
    case 'ENV':
    case 'ARG':
    case 'LABEL':
      return readVariables(instruction, context);
    case 'CMD':
    case 'ENTRYPOINT':
    case 'HEALTHCHECK':
      return readCommand(instruction, context);
    default:
      return readWords(instruction, context);
  }
}

function base(instruction: DockerfileInstruction, context: StepContext) {
  return {
    span: instruction.span,
    at: instruction.keywordSpan,
    flags: instruction.flags.map((flag) => readFlag(flag, context)),
    onbuild: context.onbuild,
    user: context.user,
  };
}

function readFlag(flag: DockerfileFlag, { scope, tree }: StepContext): StepFlag {
  return {
    name: flag.name,
    value: resolveOptional(flag.value, flag.valueSpan, scope, tree.escape),
    place: flag.span,
    valuePlace: flag.valueSpan,
  };
}

/** `raw` keeps quotes, which block replacement when they are single ones. */
function readWord(word: DockerfileWord, { scope, tree }: StepContext): StepWord {
  return {
    written: word.value,
    value: resolveWord(word.raw, word.span, scope, tree.escape),
    place: word.span,
  };
}

/** Strings of the JSON form are no shell text; Docker replaces variables in them where the instruction does so at all. */
function readJsonWord(word: DockerfileWord, { scope, tree }: StepContext): StepWord {
  return {
    written: word.value,
    value: resolveWord(
      word.value.replaceAll("'", "\\'").replaceAll('"', '\\"'),
      word.span,
      scope,
      tree.escape,
    ),
    place: word.span,
  };
}

/** Read at once, although it costs: whoever looks at steps looks at their commands, and plain data is fast to look at. */
function readRun(instruction: DockerfileInstruction, context: StepContext): RunStep {
  const { form, script } = scriptOf(instruction, context);
  return {
    ...base(instruction, context),
    kind: 'run',
    form,
    shell: context.shell,
    script,
    mounts: instruction.flags.filter((flag) => flag.name === 'mount').map(readMount),
  };
}

function scriptOf(
  instruction: DockerfileInstruction,
  { text, tree, shell, parseShell }: StepContext,
): RunScript {
  return runScript(text, tree, instruction, { kind: shell, ...(parseShell && { parse: parseShell }) });
}

function readMount(flag: DockerfileFlag): RunMount {
  const options = new Map(flag.parts.map(({ name, value }) => [name.toLowerCase(), value ?? 'true']));
  const type = options.get('type') ?? 'bind';
  const known = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const;
  return {
    type: known.find((one) => one === type) ?? 'bind',
    target: options.get('target') ?? options.get('dst') ?? options.get('destination'),
    from: options.get('from'),
    options,
    optionPlaces: new Map(flag.parts.map(({ name, span }) => [name.toLowerCase(), span])),
    place: flag.span,
  };
}

function readCopy(instruction: DockerfileInstruction, context: StepContext): CopyStep {
  const words = instruction.json
    ? instruction.json.map((word) => readJsonWord(word, context))
    : instruction.words.map((word) => readWord(word, context));
  const destination = words.length + instruction.heredocs.length > 1 ? words.at(-1) : undefined;
  const from = instruction.flags.find((flag) => flag.name === 'from');
  return {
    ...base(instruction, context),
    kind: instruction.keyword === 'ADD' ? 'add' : 'copy',
    sources: destination ? words.slice(0, -1) : words,
    destination,
    inline: instruction.heredocs.map(({ name, body }) => ({
      name,
      text: context.text.slice(body.start, body.end),
      place: body,
    })),
    from:
      from?.value === undefined
        ? undefined
        : { written: from.value, stage: context.findStage(from.value), place: from.valueSpan },
  };
}

function readVariables(instruction: DockerfileInstruction, context: StepContext): VariableStep {
  const { scope, tree } = context;
  const kind = instruction.keyword === 'ENV' ? 'env' : instruction.keyword === 'ARG' ? 'arg' : 'label';
  // The pairs of one ENV are replaced together; those of ARG one after the other.
  const own = new Map<string, string>();
  const values: Scope = { get: (name) => own.get(name) ?? scope.get(name), meter: scope.meter };
  return {
    ...base(instruction, context),
    kind,
    variables: instruction.properties.map((property) => {
      const value = resolveOptional(property.raw ?? property.value, property.valueSpan, values, tree.escape);
      if (kind === 'arg' && value.state === 'set') own.set(property.name, value.value);
      return {
        name: property.name,
        namePlace: property.nameSpan,
        written: property.value,
        value,
        valuePlace: property.valueSpan,
        place: property.span,
      };
    }),
  };
}

const EMPTY: ShellScript = { commands: [], complete: true };

function readCommand(instruction: DockerfileInstruction, context: StepContext): CommandStep {
  const isHealthcheck = instruction.keyword === 'HEALTHCHECK';
  const command = isHealthcheck ? instruction.trigger : instruction;
  const none = isHealthcheck && command?.keyword === 'NONE';
  const read = command === undefined || none ? undefined : scriptOf(command, context);
  const kind = isHealthcheck ? 'healthcheck' : instruction.keyword === 'CMD' ? 'cmd' : 'entrypoint';
  return {
    ...base(instruction, context),
    kind,
    none,
    form: command?.json ? 'exec' : 'shell',
    words: command?.json
      ? command.json.map((word) => ({
          written: word.value,
          value: { state: 'set', value: word.value, span: word.span },
          place: word.span,
        }))
      : shellText(command, context),
    script: read?.script ?? EMPTY,
  };
}

function shellText(command: DockerfileInstruction | undefined, { text }: StepContext): readonly StepWord[] {
  if (command === undefined || command.argumentSpan.start === command.argumentSpan.end) return [];
  const at = command.argumentSpan;
  const written = text.slice(at.start, at.end);
  return [{ written, value: { state: 'set', value: written, span: at }, place: at }];
}

function readWords(instruction: DockerfileInstruction, context: StepContext): WordsStep {
  return {
    ...base(instruction, context),
    kind: WORD_KINDS[instruction.keyword] ?? 'other',
    keyword: instruction.keyword,
    words: (instruction.json ?? [])
      .map((word) => readJsonWord(word, context))
      .concat(instruction.json ? [] : instruction.words.map((word) => readWord(word, context))),
  };
}
