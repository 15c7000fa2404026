import { say } from '../../l10n/message.js';
import type { RunStep, ShellCommand } from '../../model/build.js';
import { pipelineOf } from '../../model/pipelines.js';
import { runsOf } from '../../model/stage.js';
import type { Place } from '../../text/span.js';
import { defineRule, dockerDocs } from '../rule.js';
import { addressOf, savedOrUnpacked } from '../shared/downloads.js';
import { inImage } from '../shared/layers.js';

export default defineRule({
  meta: {
    id: 'archive-unpacked-by-hand',
    practice: 'light',
    severity: 'info',
    title: 'Archive is downloaded and unpacked by commands',
    why: 'The image needs a downloader and an unpacker for it, which serve an intruder later, and the checksum is easily left out.',
    advice: 'Use `ADD --checksum=sha256:… --unpack`, which needs no program in the image.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [dockerDocs('ADD --unpack', '/reference/dockerfile/#add---unpack')],
    equivalents: ['tally:tally/prefer-add-unpack'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!inImage(stage)) return;
      for (const step of runsOf(stage)) {
        for (const at of unpacked(step))
          yield {
            at,
            message: say`\`ADD --unpack\` gets and unpacks an archive without any program in the image, and can check its sum`,
          };
      }
    },
  },
});

const TAR = /\.(?:tar|tar\.(?:gz|bz2|xz|zst|lzma)|tgz|tbz2?|txz|tzst)(?:[?#]|$)/i;

/** Downloads of tar archives that go through a pipe into tar, or that a later command of the RUN unpacks. */
function* unpacked(step: RunStep): Iterable<Place> {
  const { commands } = step.script;
  const lastTar = commands.findLastIndex(isTar);
  for (const [index, command] of commands.entries()) {
    const address = addressOf(command)?.value;
    const use = address === undefined ? undefined : savedOrUnpacked(command, commands);
    const isUnpacked =
      use === 'unpacks'
        ? pipesIntoTar(commands, command)
        : use === 'saves' && TAR.test(address ?? '') && index < lastTar;
    if (isUnpacked) yield command.programWord?.span ?? command.span;
  }
}

/** Whether tar stands in the pipe behind the command. */
function pipesIntoTar(commands: readonly ShellCommand[], command: ShellCommand): boolean {
  const pipeline = pipelineOf(commands, command);
  return pipeline.lastIndexOf(command) < pipeline.findLastIndex(isTar);
}

function isTar({ program, args }: ShellCommand): boolean {
  return (
    /^(?:bsd)?tar$/.test(program) &&
    args.some(({ value }) => /^(?:-?[a-zA-Z]*x[a-zA-Z]*|--extract|--get)$/.test(value))
  );
}
