/** Everything the command line tool gets from outside, so that tests can run it inside their own process. */

export interface Sink {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Width in characters; undefined when nobody knows it. */
  readonly columns: number | undefined;
}

export interface CliIo {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Absolute path of the current folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Day of the analysis, `2026-11-24`. */
  readonly today: string;
  readonly version: string;
  /** Standard input to its end. */
  readStdin(): Promise<Uint8Array>;
  /** Starts the language server on standard input and output; throws when it is not there. */
  startServer(): void;
}

/** Exit codes are a contract: scripts and CI files of users depend on them. */
export const EXIT = { clean: 0, findings: 1, failed: 2 } as const;

/** Says on standard error why something could not be done, one line each. */
export function complainAll(io: CliIo, messages: readonly string[]): void {
  for (const message of messages) complain(io, message);
}

/** The same for one reason. */
export function complain(io: CliIo, message: string): void {
  io.stderr.write(`bulkhead: ${message}\n`);
}
