/**
 * The Dockerfile tree: instructions as written, with the place of every part. Variables are not expanded here.
 * Spans are UTF-16 offsets into the whole text; a span of an instruction covers its continuation lines and heredocs.
 */
import type { Message } from '../../l10n/message.js';
import type { Span } from '../../text/span.js';
import type { ShellScript } from '../shell/tree.js';

/** One word of an instruction after quote removal; continuation, comments and blanks between words are gone. */
export interface DockerfileWord {
  readonly span: Span;
  /** Quotes removed; escapes resolved; `$VAR` kept as written. */
  readonly value: string;
  /** As written, without continuation marks inside it. */
  readonly raw: string;
}

export interface DockerfileFlag {
  /** Without the dashes, lower case: `from`, `mount`. */
  readonly name: string;
  readonly span: Span;
  readonly nameSpan: Span;
  /** Undefined for `--link`. */
  readonly value: string | undefined;
  readonly valueSpan: Span;
  /** `--mount=type=cache,target=/x` in parts; a part without `=` has the value undefined. Empty for other flags. */
  readonly parts: readonly {
    readonly name: string;
    readonly value: string | undefined;
    readonly span: Span;
  }[];
}

export interface Heredoc {
  readonly name: string;
  /** `<<EOF` as written. */
  readonly opener: Span;
  /** The lines between, with their last line break. */
  readonly body: Span;
  /**
   * The closing line without its break; undefined when it is missing. The body then ends before the next line that
   * starts with an instruction in capitals, so that what follows is not lost while the closing line is being typed.
   */
  readonly closer: Span | undefined;
  /** `<<'EOF'`: no expansion. */
  readonly quoted: boolean;
  /** `<<-`. */
  readonly stripTabs: boolean;
}

/** `NAME=value` of ENV, ARG and LABEL. */
export interface DockerfileProperty {
  readonly name: string;
  readonly nameSpan: Span;
  /** Quotes removed, `$VAR` kept; undefined for `ARG NAME`. */
  readonly value: string | undefined;
  /** As written, quotes included, without continuation marks inside it: what `expand` takes. */
  readonly raw: string | undefined;
  /** As written, quotes included; an empty span after the name when there is none. */
  readonly valueSpan: Span;
  readonly span: Span;
}

export interface DockerfileInstruction {
  /** Upper case; unknown words are kept. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** From the keyword to the last character of the last line, heredocs included. */
  readonly span: Span;
  /** Everything after the keyword and its flags, without heredoc bodies; empty span when there is nothing. */
  readonly argumentSpan: Span;
  readonly flags: readonly DockerfileFlag[];
  /**
   * The words of the arguments, those of the JSON form if there is one. Each ENV, ARG or LABEL pair is one word, so is
   * all of USER, WORKDIR, STOPSIGNAL and MAINTAINER. Empty for the shell text of RUN, CMD and ENTRYPOINT, which
   * `runScript` reads, and for ONBUILD and HEALTHCHECK, whose trigger has them. `<<NAME` words are in `heredocs` only.
   */
  readonly words: readonly DockerfileWord[];
  /** The strings of the JSON (exec) form, unescaped, with the span of each string including its quotes. */
  readonly json: readonly DockerfileWord[] | undefined;
  /** ENV, ARG, LABEL; empty for others. */
  readonly properties: readonly DockerfileProperty[];
  /** Those of an instruction behind ONBUILD are found at both. */
  readonly heredocs: readonly Heredoc[];
  /** For ONBUILD: the instruction behind it. For HEALTHCHECK: the CMD or NONE behind its flags. */
  readonly trigger: DockerfileInstruction | undefined;
}

/** `# syntax=…`, `# escape=…`, `# check=…` */
export interface DockerfileDirective {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

export interface DockerfileTree {
  readonly escape: '\\' | '`';
  readonly directives: readonly DockerfileDirective[];
  readonly instructions: readonly DockerfileInstruction[];
  /** Real comments, from `#` to the end of the line, those between continuation lines included. No directive is one. */
  readonly comments: readonly { readonly span: Span }[];
  /** Syntax errors in order of place; what surrounds them is still in the tree. */
  readonly problems: readonly { readonly at: Span; readonly message: Message }[];
}

/** Which shell reads the text of a RUN. */
export type ShellKind = 'posix' | 'powershell' | 'cmd' | 'unknown';

export type { ShellScript };
