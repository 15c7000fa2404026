/** Where the values of `${VAR}` come from: `.env` and the files named instead of it. The shell is nobody's to read. */
import { say } from '../../../l10n/message.js';
import type { Place } from '../../../text/span.js';
import { readEnvFile } from '../env-file.js';
import { type Load, report, wanted } from './load.js';

export type Variables = ReadonlyMap<string, string>;

export interface EnvFile {
  readonly uri: string;
  /** Named by the user, at this place: it must be there. */
  readonly named?: Place | undefined;
}

/** `outer` beats the files; a later file beats an earlier one. */
export function readVariableFiles(load: Load, files: readonly EnvFile[], outer: Variables): Variables {
  const values = new Map<string, string>();
  for (const { uri, named } of files) {
    const file = wanted(load, uri);
    if (file === undefined) continue;
    if ('problem' in file) {
      if (named)
        report(load, { at: named, message: say`this file of variables ${file.problem}`, kind: 'incomplete' });
      continue;
    }
    const read = readEnvFile(file.text, (name) => outer.get(name) ?? values.get(name));
    for (const [name, value] of read) values.set(name, value);
  }
  return new Map([...values, ...outer]);
}
