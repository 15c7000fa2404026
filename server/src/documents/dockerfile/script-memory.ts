/**
 * The scripts of a Dockerfile, kept from one reading to the next: while somebody types in one instruction, those of all
 * others stay as they are or only move. Owned by whoever reads the document again and again.
 */
import { movedScript } from '../../syntax/shell/moved.js';
import { parseShell } from '../../syntax/shell/parse.js';
import type { ShellScript } from '../../syntax/shell/tree.js';

export interface ScriptMemory {
  /** Begins a reading. Everything that is kept is from the reading before. */
  read(): typeof parseShell;
}

/** The scripts of one text, by where it starts in the document. */
type Places = Map<number, ShellScript>;

export function scriptMemory(): ScriptMemory {
  let last: ReadonlyMap<string, Places> = new Map();
  return {
    read() {
      const before = last;
      const known = new Map<string, Places>();
      last = known;
      return (text, { start, end }, options = {}) => {
        const head = options.dockerfile ? (options.escape ?? '\\') : ' ';
        // A text of its own: parts of the document would keep all of it in memory.
        const own = `${head}${text.slice(start, end)}`;
        const here = known.get(own) ?? new Map<number, ShellScript>();
        known.set(own, here);
        const script =
          before.get(own)?.get(start) ??
          moved(before.get(own) ?? here, start) ??
          movedScript(parseShell(own, { start: 1, end: own.length }, options), start - 1);
        here.set(start, script);
        return script;
      };
    },
  };
}

/** One of the scripts as it is at another place; undefined when there is none. */
function moved(places: Places, start: number): ShellScript | undefined {
  for (const [from, script] of places) return movedScript(script, start - from);
  return undefined;
}
