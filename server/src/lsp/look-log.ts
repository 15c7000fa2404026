/** What the log says about looks at documents: file and time, and which configuration holds. No word of a text. */
import type { StatusParams } from './protocol.js';

export interface LookLogHost {
  log(message: string): void;
  /** As users know the file: relative to the folder that is open. */
  shownPath(uri: string): string;
}

/** `isDue`: the document was opened, saved or something around it changed; typing alone is not worth a line. */
export type LogLook = (status: StatusParams, isDue: boolean) => void;

export function lookLog({ log, shownPath }: LookLogHost): LogLook {
  const configured = new Map<string, string>();
  return ({ uri, state, counts, milliseconds, configuration, isSlow }, isDue) => {
    if (state === 'none') return;
    if (configuration !== undefined) {
      const folder = uri.slice(0, uri.lastIndexOf('/'));
      if (configured.get(folder) !== configuration)
        log(`Files beside ${shownPath(uri)} are configured by ${shownPath(configuration)}`);
      configured.set(folder, configuration);
    }
    if (!isDue && !isSlow) return;
    const total = counts.error + counts.warning + counts.info + counts.hint;
    log(`${shownPath(uri)}: ${state}, ${total} shown, ${milliseconds} ms`);
  };
}
