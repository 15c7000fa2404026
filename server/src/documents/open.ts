/** Text -> document: the one way into the readers. */
import type { ContainerDocument, DocumentKind, SectionUser } from '../model/document.js';
import { sourceText } from '../text/source-text.js';
import { readCompose } from './compose/read.js';
import { readDockerfile } from './dockerfile/read.js';
import type { ScriptMemory } from './dockerfile/script-memory.js';

export interface OpenOptions {
  /** Values of the .env files in force. */
  readonly environment?: ReadonlyMap<string, string>;
  /** The .dockerignore of a Dockerfile's context: null = looked for and not there; left out = nobody looked. */
  readonly dockerignore?: string | null;
  /**
   * Where that file is or belongs, relative to the folder of the Dockerfile, with `/`; null where nobody should write.
   * Left out: beside the Dockerfile.
   */
  readonly dockerignorePath?: string | null;
  /** What a project gives to a Dockerfile's arguments; undefined for what cannot be told. */
  readonly args?: ReadonlyMap<string, string | undefined>;
  /** What a project puts in the place of names in FROM; undefined for what is no image. */
  readonly contexts?: ReadonlyMap<string, string | undefined>;
  /** The stages that projects build, undefined for the last one. */
  readonly targets?: readonly (string | undefined)[];
  /** The services for which they are built, each with its target. */
  readonly usedBy?: readonly (SectionUser & { readonly target: string | undefined })[];
  /** Of the readings of earlier versions of a Dockerfile. */
  readonly scripts?: ScriptMemory | undefined;
}

/** Never fails: what could not be read is said in `problems`. */
export function openDocument(text: string, kind: DocumentKind, options: OpenOptions = {}): ContainerDocument {
  const source = sourceText(text);
  switch (kind) {
    case 'compose':
      return readCompose(source, options);
    case 'dockerfile':
      return readDockerfile(source, options);
  }
}
