/**
 * Errors for which BuildKit refuses the file. Only those that are certain from the text alone: a file with a frontend
 * of someone else (`# syntax=…`) may have other instructions and flags.
 */
import { say } from '../../l10n/message.js';
import type { Message } from '../../l10n/message.js';
import type { Span } from '../../text/span.js';
import type { DockerfileDirective, DockerfileInstruction, DockerfileTree } from './tree.js';

type Problem = DockerfileTree['problems'][number];
type Report = (at: Span, message: Message) => void;

const KEYWORDS = new Set([
  ...[
    'ADD',
    'ARG',
    'CMD',
    'COPY',
    'ENTRYPOINT',
    'ENV',
    'EXPOSE',
    'FROM',
    'HEALTHCHECK',
    'LABEL',
    'MAINTAINER',
  ],
  ...['ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'],
]);
/** Flags that take a value, and below those that may stand alone; an instruction without entry has none. */
const VALUE_FLAGS: Readonly<Record<string, readonly string[]>> = {
  ADD: ['chown', 'chmod', 'checksum', 'exclude'],
  COPY: ['from', 'chown', 'chmod', 'exclude'],
  FROM: ['platform'],
  RUN: ['mount', 'network', 'security', 'device'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
};
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  ADD: ['link', 'keep-git-dir', 'unpack'],
  COPY: ['link', 'parents'],
};
/** An empty RUN, CMD or ENTRYPOINT is accepted. */
const NEEDS_ARGUMENT = new Set([
  ...['ADD', 'ARG', 'COPY', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD'],
  ...['SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'],
]);
const STAGE_NAME = /^[a-z][a-z0-9-_.]*$/;

export function findProblems(
  text: string,
  instructions: readonly DockerfileInstruction[],
  directives: readonly DockerfileDirective[],
): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (at, message) => problems.push({ at, message });
  const dialect = directives.find(({ name }) => name === 'syntax')?.value;
  const foreign =
    dialect !== undefined && !/^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?:[:@]|$)/.test(dialect);
  /** After a heredoc without end, lines of its body may stand as instructions. */
  let broken = false;
  for (const instruction of instructions) {
    const unterminated = instruction.heredocs.find(({ closer }) => !closer);
    if (unterminated) {
      report(unterminated.opener, say`The here-document has no closing line \`${unterminated.name}\`.`);
      broken = true;
    }
    if (!KEYWORDS.has(instruction.keyword)) {
      if (!foreign && !broken) {
        const { start, end } = instruction.keywordSpan;
        const word = text.slice(start, Math.min(end, start + 40));
        report(instruction.keywordSpan, say`\`${word}\` is no Dockerfile instruction.`);
      }
    } else {
      if (!foreign) checkFlags(text, instruction, report);
      checkArguments(instruction, report);
    }
  }
  if (!foreign && !broken) checkOrder(instructions, report);
  return problems;
}

function checkFlags(text: string, { keyword, flags, trigger }: DockerfileInstruction, report: Report): void {
  // ARG reads no flags at all: a word `--x` in front of its names is dropped.
  if (keyword === 'ARG') return;
  for (const flag of flags) {
    // Flag names are case-sensitive, so the spelling of the user counts.
    const name = text.slice(flag.nameSpan.start, flag.nameSpan.end);
    const takesValue = VALUE_FLAGS[keyword]?.includes(name);
    if (!takesValue && !SWITCHES[keyword]?.includes(name)) {
      report(flag.span, say`${keyword} has no flag \`--${name}\`.`);
    } else if (takesValue && flag.value === undefined) {
      report(flag.span, say`The flag \`--${name}\` needs a value: \`--${name}=…\`.`);
    }
  }
  if (keyword === 'ONBUILD' && trigger) checkFlags(text, trigger, report);
}

function checkArguments(instruction: DockerfileInstruction, report: Report): void {
  const { keyword, keywordSpan, argumentSpan, words, heredocs, json, properties, trigger } = instruction;
  if (argumentSpan.start === argumentSpan.end) {
    if (NEEDS_ARGUMENT.has(keyword)) report(keywordSpan, say`${keyword} needs an argument.`);
    return;
  }
  if (keyword === 'FROM') checkFrom(instruction, report);
  else if (keyword === 'SHELL' && !json) {
    report(keywordSpan, say`SHELL needs the JSON form: \`["/bin/bash", "-c"]\`.`);
  } else if ((keyword === 'COPY' || keyword === 'ADD') && words.length + heredocs.length < 2) {
    report(keywordSpan, say`${keyword} needs a source and a destination.`);
  } else if (keyword === 'ENV' || keyword === 'LABEL') {
    const bare = properties.find(({ value }) => value === undefined);
    if (bare) report(bare.nameSpan, say`${keyword} needs a value: \`${bare.name}=…\`.`);
  } else if (keyword === 'ONBUILD' && trigger) checkTrigger(trigger, report);
  else if (keyword === 'HEALTHCHECK' && trigger) checkHealthcheck(trigger, report);
}

function checkFrom({ keywordSpan, words }: DockerfileInstruction, report: Report): void {
  const [, as, name] = words;
  if (words.length !== 1 && (words.length !== 3 || as?.value.toUpperCase() !== 'AS')) {
    report(keywordSpan, say`FROM takes one image, and then nothing or \`AS name\`.`);
  } else if (name && !STAGE_NAME.test(name.raw.toLowerCase())) {
    report(
      name.span,
      say`\`${name.raw}\` is no name for a stage: it starts with a letter and has no blanks or \`/\`.`,
    );
  }
}

function checkTrigger(trigger: DockerfileInstruction, report: Report): void {
  if (['ONBUILD', 'FROM', 'MAINTAINER'].includes(trigger.keyword)) {
    report(trigger.keywordSpan, say`${trigger.keyword} is not allowed behind ONBUILD.`);
  } else if (KEYWORDS.has(trigger.keyword)) checkArguments(trigger, report);
}

function checkHealthcheck(trigger: DockerfileInstruction, report: Report): void {
  const { keyword, keywordSpan, argumentSpan } = trigger;
  const isEmpty = argumentSpan.start === argumentSpan.end;
  if (keyword !== 'CMD' && keyword !== 'NONE') {
    report(keywordSpan, say`HEALTHCHECK takes \`CMD command\` or \`NONE\`.`);
  } else if (keyword === 'CMD' && isEmpty) report(keywordSpan, say`The health check has no command.`);
  else if (keyword === 'NONE' && !isEmpty) report(keywordSpan, say`\`HEALTHCHECK NONE\` takes no arguments.`);
}

/** Only ARG may stand in front of the first FROM. */
function checkOrder(instructions: readonly DockerfileInstruction[], report: Report): void {
  const first = instructions.find(({ keyword }) => keyword !== 'ARG');
  if (first ? KEYWORDS.has(first.keyword) && first.keyword !== 'FROM' : instructions.length > 0) {
    const at = first ?? instructions[0];
    if (at)
      report(at.keywordSpan, say`There is no stage yet: a Dockerfile starts with FROM, behind ARG at most.`);
  }
}
