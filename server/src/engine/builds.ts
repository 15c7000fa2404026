/** From a container to the stage that makes its image, and from a Dockerfile to what projects build of it. */
import { type BuildUse, ignoreFiles } from '../documents/compose/effective/builds.js';
import { folderOf, isInside, relativePath } from '../documents/compose/effective/uri.js';
import { inDockerfile, placedStage } from '../documents/dockerfile/placed.js';
import { type OpenOptions, openDocument } from '../documents/open.js';
import type { Stage } from '../model/build.js';
import type { ContainerSpec } from '../model/container.js';
import { placeOf } from '../model/setting.js';
import { targetStage } from '../model/stage.js';
import { inFile } from '../text/span.js';
import type { LoadedProject } from './project.js';

/** For `AnalyseInput.stageOf`; needs a project loaded with `buildFiles`. */
export function stagesOf(loaded: LoadedProject): (container: ContainerSpec) => Stage | undefined {
  const uses = new Map(loaded.project.builds.map((use) => [use.service, use]));
  const found = new Map<string, Stage | undefined>();
  return (container) => {
    const use = uses.get(container.name);
    if (container.origin !== 'compose' || use === undefined) return undefined;
    if (!found.has(use.service)) found.set(use.service, findStage(loaded, use, container));
    return found.get(use.service);
  };
}

function findStage(loaded: LoadedProject, use: BuildUse, container: ContainerSpec): Stage | undefined {
  const text = 'text' in use.dockerfile ? use.dockerfile.text : textOf(loaded, use.dockerfile.uri);
  if (text === undefined) return undefined;
  // Who uses it is shown in the Dockerfile itself.
  const options: OpenOptions = { ...buildOptions(loaded, [use]), usedBy: [] };
  const read = () =>
    targetStage(openDocument(text, 'dockerfile', options).builds[0]?.stages ?? [], use.target);
  if ('uri' in use.dockerfile) {
    const { uri } = use.dockerfile;
    const { args, contexts, targets, dockerignore } = options;
    const key = JSON.stringify([entriesOf(args), entriesOf(contexts), targets, dockerignore]);
    return loaded.project.memory.stage(uri, text, key, () => {
      const stage = read();
      return stage && placedStage(stage, inDockerfile(uri), true);
    });
  }
  const stage = read();
  if (stage === undefined) return undefined;
  // The lines of a text inside YAML are indented: only the whole of it has a place.
  const whole = container.build && placeOf(container.build.inline);
  return whole && placedStage(stage, () => whole, false);
}

/** For a key: JSON leaves out what is undefined, which is not the same as not there. */
function entriesOf(map: OpenOptions['args']): readonly (readonly [string, string | null])[] {
  return [...(map ?? [])].map(([name, value]) => [name, value ?? null]);
}

/** How to read a Dockerfile that the given services build: their targets, and the arguments they agree on. */
export function buildOptions(loaded: LoadedProject, uses: readonly BuildUse[]): OpenOptions {
  const [first, ...others] = uses;
  if (first === undefined) return {};
  return {
    targets: uses.map((use) => use.target),
    usedBy: uses.map(({ service, target, at }) => ({
      service,
      target,
      at: inFile(at, at.file ?? loaded.project.document),
    })),
    args: agreed(uses.map((use) => use.args)),
    contexts: agreed(uses.map((use) => use.contexts)),
    ...(others.every((use) => use.context === first.context) && dockerignore(loaded, first)),
  };
}

/** What all of them say; undefined where they differ. */
function agreed(
  maps: readonly ReadonlyMap<string, string | undefined>[],
): ReadonlyMap<string, string | undefined> {
  const names = new Set(maps.flatMap((map) => [...map.keys()]));
  return new Map(
    [...names].map((name) => {
      const values = new Set(maps.map((map) => map.get(name)));
      return [name, values.size === 1 ? [...values][0] : undefined];
    }),
  );
}

function dockerignore(
  loaded: LoadedProject,
  use: BuildUse,
): Pick<OpenOptions, 'dockerignore' | 'dockerignorePath'> {
  const files = ignoreFiles(use).map((uri) => ({ uri, file: loaded.files.get(uri) }));
  // The first one that is not surely absent: what it says counts, and when it cannot be read nobody knows.
  const found = files.find(({ file }) => file !== undefined && !('absent' in file));
  const file = found?.file;
  if (file && 'problem' in file) return {};
  const uri = found?.uri ?? files.at(-1)?.uri;
  return { dockerignore: file?.text ?? null, dockerignorePath: ignorePath(use, uri) };
}

/** Only above the Dockerfile, where it concerns nothing but this build and its neighbours. */
function ignorePath({ dockerfile }: BuildUse, uri: string | undefined): string | null {
  if (uri === undefined || !('uri' in dockerfile)) return null;
  const folder = folderOf(dockerfile.uri);
  return isInside(folder, folderOf(uri)) ? relativePath(folder, uri) : null;
}

function textOf(loaded: LoadedProject, uri: string): string | undefined {
  const file = loaded.files.get(uri);
  return file && 'text' in file ? file.text : undefined;
}
