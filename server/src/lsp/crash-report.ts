/** Failures of Bulkhead itself: each into the log once, one message per session, and never a word of the user's text. */
import type { Crash } from '../engine/finding.js';
import { type Message, say } from '../l10n/message.js';

export interface CrashSink {
  log(message: string): void;
  /** Tells the user that something failed. */
  tell(message: Message): void;
}

export type ReportCrash = (crash: Crash) => void;

export function crashReporter(sink: CrashSink): ReportCrash {
  const seen = new Set<string>();
  return ({ rule, error }) => {
    const text = describe(error);
    const key = `${rule}\n${text}`;
    if (seen.has(key)) return;
    if (seen.size === 0)
      sink.tell(say`Bulkhead failed in a part of its analysis. Other findings are not affected.`);
    seen.add(key);
    sink.log(`Failure in ${rule}: ${text}`);
  };
}

/** Built-in errors of these kinds speak of the program only; other messages could quote the file. */
const HARMLESS = [TypeError, RangeError, ReferenceError];

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const message = HARMLESS.some((kind) => error instanceof kind) ? `: ${error.message}` : '';
  return [`${error.name}${message}`, ...frames].join('\n');
}
