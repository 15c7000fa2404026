/** Which files with values of a project's containers Git would take. */
import createIgnore from 'ignore';
import { readEnvFile } from '../documents/compose/env-file.js';
import {
  excludeFile,
  gitLevels,
  isRoot,
  type ValueFileUse,
} from '../documents/compose/effective/value-files.js';
import type { LoadedFiles } from '../documents/compose/effective/load.js';
import { relativePath } from '../documents/compose/effective/uri.js';
import type { ValueFile } from '../model/project.js';

/** Those that are there, each once for each place that names it. */
export function valueFiles(uses: readonly ValueFileUse[], files: LoadedFiles): readonly ValueFile[] {
  return uses.flatMap(({ kind, path, at, uri }) => {
    const text = textOf(files, uri);
    if (text === undefined) return [];
    const values = kind === 'variables' ? readEnvFile(text) : new Map<string, string>();
    return [{ kind, path, place: at, values, ignored: isIgnored(files, uri) }];
  });
}

/** Undefined when no repository was found, or no level of it could be read. The deepest file has the first word. */
function isIgnored(files: LoadedFiles, uri: string): boolean | undefined {
  const levels = gitLevels(files, uri);
  const root = levels.at(-1);
  if (root === undefined || !isRoot(files, root)) return undefined;
  const texts = [
    ...levels.map(({ folder, ignore }) => ({ folder, text: textOf(files, ignore) })),
    { folder: root.folder, text: textOf(files, excludeFile(root)) },
  ];
  for (const { folder, text } of texts) {
    if (text === undefined) continue;
    const verdict = createIgnore()
      .add(text.replace(/^\ufeff/, ''))
      .test(relativePath(folder, uri));
    if (verdict.unignored) return false;
    if (verdict.ignored) return true;
  }
  return false;
}

function textOf(files: LoadedFiles, uri: string): string | undefined {
  const file = files.get(uri);
  return file && 'text' in file ? file.text : undefined;
}
