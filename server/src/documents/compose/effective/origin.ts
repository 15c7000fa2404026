/** Where a value of a project is written, in words that fit behind it: `compose.override.yaml:4`. */
import { english } from '../../../l10n/message.js';
import type { Tell } from '../../../l10n/translate.js';
import { type SourceText, sourceText } from '../../../text/source-text.js';
import type { Place } from '../../../text/span.js';
import type { ConfigNode } from '../config-node.js';
import type { EffectiveProject } from './project.js';
import { relativePath } from './uri.js';

export type Locate = (at: Place) => string;

/** File and line, relative to the project's folder. `textOf` gives files that are no Compose files of the project. */
export function locator(
  project: EffectiveProject,
  textOf: (uri: string) => string | undefined = () => undefined,
): Locate {
  const sources = new Map<string, SourceText | undefined>();
  return ({ file = project.document, start, end }) => {
    if (!sources.has(file)) {
      const text = project.members.get(file)?.text ?? textOf(file);
      sources.set(file, text === undefined ? undefined : sourceText(text));
    }
    const source = sources.get(file);
    const path = relativePath(project.folder, file);
    // Values of env files are known with their file only.
    return source === undefined || (start === 0 && end === 0) ? path : `${path}:${source.lineAt(start) + 1}`;
  };
}

/** The place, and what brought the value here or gave it another text. Undefined for what stands in no file. */
export function originNote(node: ConfigNode, locate: Locate, tell: Tell = english): string | undefined {
  if (!isWritten(node)) return undefined;
  const variable = node.kind === 'scalar' ? variableIn(node.written) : undefined;
  const unknown = node.kind === 'scalar' ? node.unknown : undefined;
  return [
    locate(node.place),
    ...(node.origin?.kind === 'anchor' ? [`*${node.origin.name}`] : []),
    ...(node.origin?.kind === 'extends' ? [`extends ${node.origin.name}`] : []),
    ...(variable === undefined ? [] : [variable]),
    ...(unknown === undefined ? [] : [`unknown: ${tell(unknown)}`]),
  ].join(', ');
}

/** What Compose adds by itself stands in no file. */
export function isWritten({ place }: ConfigNode): boolean {
  return place.end > place.start || place.file !== undefined;
}

/** The text with its variables, when it has some. */
function variableIn(written: string): string | undefined {
  const isOneLine = written.length <= LONGEST && !written.includes('\n');
  return isOneLine && hasVariable(written) ? written : undefined;
}

export function hasVariable(written: string): boolean {
  return /(?:^|[^$])(?:\$\$)*\$[A-Za-z_{]/.test(written);
}

const LONGEST = 60;
