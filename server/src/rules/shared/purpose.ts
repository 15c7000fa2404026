/** What an image is meant for, as its names and commands say. */
import type { Stage } from '../../model/build.js';
import { lastOf, rootOf } from '../../model/stage.js';

/** Its name or its command says that it is no image for production. */
export function isForDevelopers(stage: Stage): boolean {
  const shipped = stage.build.stages.filter((one) => one.ships);
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
      .map((word) => word.written)
      .join(' ');
    return /\b(?:dev|develop|serve:dev|start:dev|watch|nodemon|test|tests|jest|pytest|vitest|storybook|bash|sh|sleep|tail)\b(?!\.)/.test(
      words,
    );
  });
}
