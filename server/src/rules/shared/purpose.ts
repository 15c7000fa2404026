/** What an image is meant for, as its names and commands say. */
import type { BuildSpec, Stage } from '../../model/build.js';
import { oncePer } from '../../model/once-per.js';
import { lastOf, rootOf } from '../../model/stage.js';

/** Its name or its command says that it is no image for production. */
export const isForDevelopers: (stage: Stage) => boolean = oncePer((stage: Stage) =>
  buildIsForDevelopers(stage.build),
);

const buildIsForDevelopers = oncePer((build: BuildSpec) => {
  const shipped = build.stages.filter((one) => one.ships);
  if (shipped.some((one) => /devcontainer/.test(rootOf(one).base.written))) return true;
  if (
    shipped.some((one) =>
      /(?:^|[-_])(?:dev|devel|development|debug|test|tests|testing|ci|e2e|lint)(?:$|[-_])/.test(
        one.name ?? '',
      ),
    )
  )
    return true;
  return shipped.some((one) => {
    const words = (['entrypoint', 'cmd'] as const)
      .flatMap((kind) => lastOf(one, kind)?.words ?? [])
      .flatMap((word) => word.written.split(/\s+/))
      .map((word) => word.slice(word.lastIndexOf('/') + 1));
    const waits = /^(?:bash|sh|ash|zsh)$/.test(words[0] ?? '')
      ? words.length === 1
      : /^(?:sleep|tail)$/.test(words[0] ?? '');
    return waits || words.some((word) => DEVELOPS.test(word));
  });
});

/** Words of a command that serves people who write the program. */
const DEVELOPS =
  /^(?:dev|develop|(?:dev|watch|test):.*|.*:(?:dev|watch|test)|watch|nodemon|tests?|jest|pytest|vitest|storybook|--watch|--reload)$/;
