/** Entries of a container's list of memory file systems. */

export interface TmpfsEntry {
  readonly path: string;
  /** `size=64m`, `exec`, in the order in which they are written. */
  readonly options: readonly string[];
}

/** Splits `path:option,option`. */
export function tmpfsEntry(text: string): TmpfsEntry {
  const colon = text.indexOf(':');
  if (colon < 0) return { path: text, options: [] };
  const options = text.slice(colon + 1).split(',');
  return { path: text.slice(0, colon), options: options.filter((option) => option !== '') };
}

/** The entry as text again; without options just the path. */
export function tmpfsText({ path, options }: TmpfsEntry): string {
  return options.length === 0 ? path : `${path}:${options.join(',')}`;
}
