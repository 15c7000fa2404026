/**
 * An image build: stages and their steps, with variables resolved and inheritance through `FROM stage` worked out.
 * Terms are those of the Dockerfile reference.
 */
import type { ShellScript } from '../syntax/shell/tree.js';
import type { Edit } from '../text/edit.js';
import type { Place } from '../text/span.js';
import type { Setting } from './setting.js';

export type { ShellCommand, ShellJoin, ShellRedirect, ShellScript, ShellWord } from '../syntax/shell/tree.js';

/** A word of an instruction: as written and as it is after variables are replaced. */
export interface StepWord {
  readonly written: string;
  /** Unknown when a variable has no known value. */
  readonly value: Setting<string>;
  readonly place: Place;
}

export interface StepFlag {
  readonly name: string;
  readonly value: Setting<string>;
  /** The whole flag, `--chown=1:1`. */
  readonly place: Place;
  readonly valuePlace: Place;
}

interface StepBase {
  /** The whole instruction; may span several lines. */
  readonly span: Place;
  /** The keyword: what a finding about the instruction as a whole is shown on. */
  readonly at: Place;
  readonly flags: readonly StepFlag[];
  /** Runs only in a build that is based on this image. */
  readonly onbuild: boolean;
  /** The user that this step runs as, as far as it is known; unset = whatever the base image says. */
  readonly user: Setting<string>;
}

export interface RunMount {
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';
  readonly target: string | undefined;
  readonly from: string | undefined;
  readonly options: ReadonlyMap<string, string>;
  /** Where each option stands, `mode=0444`, in the order of writing. */
  readonly optionPlaces: ReadonlyMap<string, Place>;
  readonly place: Place;
}

export interface RunStep extends StepBase {
  readonly kind: 'run';
  readonly form: 'shell' | 'exec' | 'heredoc';
  /** Commands are listed only for 'posix'. */
  readonly shell: 'posix' | 'powershell' | 'cmd' | 'unknown';
  readonly script: ShellScript;
  readonly mounts: readonly RunMount[];
}

export interface CopyStep extends StepBase {
  readonly kind: 'copy' | 'add';
  readonly sources: readonly StepWord[];
  /** Undefined while it is not typed yet. */
  readonly destination: StepWord | undefined;
  /** Files written in the Dockerfile itself. */
  readonly inline: readonly { readonly name: string; readonly text: string; readonly place: Place }[];
  /** `--from`: another stage of this build, or something outside. */
  readonly from:
    | { readonly written: string; readonly stage: Stage | undefined; readonly place: Place }
    | undefined;
}

export interface VariableStep extends StepBase {
  readonly kind: 'env' | 'arg' | 'label';
  readonly variables: readonly {
    readonly name: string;
    readonly namePlace: Place;
    readonly written: string | undefined;
    /** After replacement; unset = `ARG NAME` without default. */
    readonly value: Setting<string>;
    readonly valuePlace: Place;
    readonly place: Place;
  }[];
}

export interface WordsStep extends StepBase {
  readonly kind: 'user' | 'workdir' | 'expose' | 'volume' | 'stopsignal' | 'maintainer' | 'shell' | 'other';
  readonly keyword: string;
  readonly words: readonly StepWord[];
}

export interface CommandStep extends StepBase {
  readonly kind: 'cmd' | 'entrypoint' | 'healthcheck';
  /** HEALTHCHECK NONE. */
  readonly none: boolean;
  readonly form: 'shell' | 'exec';
  readonly script: ShellScript;
  /** Exec form: its strings. Shell form: the text as one word. */
  readonly words: readonly StepWord[];
}

export type Step = RunStep | CopyStep | VariableStep | WordsStep | CommandStep;
export type StepKind = Step['kind'];

export interface StageBase {
  /** What stands in FROM after variables are replaced: an image, `scratch` or a stage's name. */
  readonly image: Setting<string>;
  readonly written: string;
  readonly at: Place;
  /** The earlier stage this one is built on. */
  readonly stage: Stage | undefined;
  readonly scratch: boolean;
  /** `--platform`, when given. */
  readonly platform: StepWord | undefined;
}

export interface Stage {
  readonly index: number;
  /** Lower case; undefined without AS. */
  readonly name: string | undefined;
  /** For messages: its name, or `stage 2`. */
  readonly label: string;
  readonly namePlace: Place | undefined;
  /** The keyword FROM. */
  readonly at: Place;
  /** From FROM to the end of its last instruction. */
  readonly span: Place;
  readonly base: StageBase;
  /** Its own steps, without FROM and without those it inherits. */
  readonly steps: readonly Step[];
  /** This stage is what users run: the last one, or one that a project names as target. */
  readonly ships: boolean;
  /** Needed to build a stage that ships. */
  readonly reachable: boolean;
  /** The user it ends with: its own last USER, or that of the stage it is built on; unset = the base image's. */
  readonly user: Setting<string>;
  readonly build: BuildSpec;
  /** The same for two stages that differ in their place in the text only, and in the stages that they use. */
  readonly identity?: string;
  readonly edit: StageEditor;
}

export interface StageEditor {
  /** Whole instructions before a step of this stage, keeping its indentation and comments above it. */
  insertBefore(step: Step, instructions: readonly string[]): readonly Edit[];
  insertAfter(step: Step, instructions: readonly string[]): readonly Edit[];
  /** At the end of the stage. */
  append(instructions: readonly string[]): readonly Edit[];
  /** Directly behind FROM. */
  prepend(instructions: readonly string[]): readonly Edit[];
  remove(step: Step): readonly Edit[];
  /** The whole stage, from FROM on, and the blank lines behind it; nothing when comments stand in it. */
  removeStage(): readonly Edit[];
  replace(at: Place, text: string): readonly Edit[];
  /** Removes a word and the blanks (not the line breaks) that separate it from the one before. */
  removeWord(at: Place): readonly Edit[];
  /** Adds a word behind another one on the same line. */
  addWord(after: Place, text: string): readonly Edit[];
  /**
   * `&& command` behind the last command of a RUN, in the layout of its lines. Undefined when the end of the script
   * cannot be told (exec form, unread text, a background job, comments and heredocs behind it).
   */
  appendCommand(step: RunStep, command: string): readonly Edit[] | undefined;
  /**
   * The second RUN becomes the end of the first, its neighbour: `a && b`. Only places and layout are looked at, not
   * whether the commands mean the same then. Undefined for flags, heredocs and other forms than the shell form.
   */
  joinRuns(first: RunStep, second: RunStep): readonly Edit[] | undefined;
}

/** The environment file and folder facts a build needs from outside; filled by the host when it has them. */
export interface BuildContextFacts {
  /** The text of the .dockerignore in force; null when the host looked and there is none; undefined when nobody looked. */
  readonly dockerignore: string | null | undefined;
  /** Where that file is or belongs, relative to the folder of the Dockerfile, with `/`; undefined where no fix may write. */
  readonly dockerignorePath: string | undefined;
}

export interface BuildSpec {
  readonly stages: readonly Stage[];
  /** ARG before the first FROM. */
  readonly globalArgs: readonly VariableStep[];
  /** `# syntax=`, `# escape=`, `# check=`. */
  readonly directives: readonly {
    readonly name: string;
    readonly value: string;
    readonly place: Place;
    readonly valuePlace: Place;
  }[];
  readonly context: BuildContextFacts;
  /** The text's first offset, for what concerns the whole build. */
  readonly start: Place;
}
