// Tells what the editor suite prints from what VS Code says around it.

/** Begins every line that the suite prints; see `bundleSuite`. */
export const lineMark = 'suite| ';

/**
 * Prints the lines of the suite as they come, without their mark, and keeps those of VS Code apart.
 * @param {(line: string) => string | undefined} locate names the sources in a line; undefined: leave the line out
 */
export function suiteOutput(locate) {
  /** @type {string[]} */
  const others = [];
  let summary;
  return {
    /** What VS Code itself said. VERBOSE=1 prints that as well. */
    others,
    /** The last line of the suite, "N passed, N failed"; undefined before. It is for the caller to print, as his last. */
    summary: () => summary,
    /** The same as numbers. */
    counts() {
      const [passed, failed] = summary?.match(/\d+/g)?.map(Number) ?? [];
      return passed === undefined || failed === undefined ? undefined : { passed, failed };
    },
    /** @param {string} text whole lines */
    take(text) {
      for (const line of text.split(/\r?\n/)) {
        if (!line.startsWith(lineMark)) {
          others.push(line);
          if (process.env.VERBOSE) console.log(line);
          continue;
        }
        const own = line.slice(lineMark.length);
        if (/^\d+ passed, \d+ failed$/.test(own)) summary = own;
        else print(locate(own));
      }
    },
  };
}

function print(line) {
  if (line !== undefined) console.log(line);
}
