import picomatch from 'picomatch';

/**
 * Whether a path is left out by one of the globs. Paths are relative to the folder of the globs, with `/`. A glob without
 * `/` means every file or folder of that name, as in .gitignore; a folder leaves out everything below it.
 */
export function excluder(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs
    .map((glob) =>
      glob
        .trim()
        .replace(/^\.?\//, '')
        .replace(/\/+$/, ''),
    )
    .filter((glob) => glob !== '')
    .map((glob) => (glob.includes('/') ? glob : `**/${glob}`));
  if (patterns.length === 0) return () => false;
  return picomatch([...patterns, ...patterns.map((pattern) => `${pattern}/**`)], { dot: true });
}
