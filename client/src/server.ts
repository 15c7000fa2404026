/** The life of the language server: started when first needed, restarted on wish, one step after the other. */
import { type Disposable, l10n, type LogOutputChannel, window, workspace } from 'vscode';
import {
  type BaseLanguageClient,
  DidChangeWatchedFilesNotification,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
} from 'vscode-languageclient';
import type {
  EffectiveChangedMethod,
  EffectiveChangedParams,
  BaselineShrunkMethod,
  BaselineShrunkParams,
  InitializationOptions,
  OtherDockerfileSupportMethod,
  OtherDockerfileSupportParams,
  ScoreChangedMethod,
  ScoreChangedParams,
  ReadFilesMethod,
  ShowEffectiveCommand,
  ShowLogMethod,
  StatusMethod,
  StatusParams,
} from '../../server/src/lsp/protocol.js';
import { shrinkBaseline } from './baseline.js';
import { otherDockerfileSupport } from './dockerfile-support.js';
import { selector } from './documents.js';
import { createFileReader } from './files.js';
import { watchAroundLoneDocuments } from './lone-documents.js';
import { crashHandler } from './server-crashes.js';
import { shownDocuments } from './shown-documents.js';
import type { Typing } from './typing.js';

export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

export type ServerState = 'stopped' | 'starting' | 'running' | 'failed';

export interface ServerEvents {
  onState(state: ServerState): void;
  onStatus(status: StatusParams): void;
  /** The score card may be another one now. */
  onScore(errors: number): void;
  /** An effective configuration that was asked for is old. */
  onEffectiveChanged(params: EffectiveChangedParams): void;
}

export interface Server {
  /** The running client, started if need be. Rejects when the server cannot be started. */
  ready(): Promise<BaseLanguageClient>;
  readonly state: ServerState;
  /** The client if it is running now; nothing is started for it. */
  running(): BaseLanguageClient | undefined;
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Says it to a running server; one that is started later asks by itself. */
  tellOtherDockerfileSupport(present: boolean): void;
}

const SCORE: ScoreChangedMethod = 'bulkhead/scoreChanged';
const STATUS: StatusMethod = 'bulkhead/status';
const OTHER_SUPPORT: OtherDockerfileSupportMethod = 'bulkhead/otherDockerfileSupport';
const EFFECTIVE_CHANGED: EffectiveChangedMethod = 'bulkhead/effectiveChanged';
const BASELINE_SHRUNK: BaselineShrunkMethod = 'bulkhead/baselineShrunk';
/** The only command that a hover may hold, whatever a file puts into one. */
const SHOW_EFFECTIVE: ShowEffectiveCommand = 'bulkhead.showEffectiveConfiguration';
const SHOW_LOG: ShowLogMethod = 'bulkhead/showLog';
const READ_FILES: ReadFilesMethod = 'bulkhead/readFiles';

export function createServer(
  log: LogOutputChannel,
  create: CreateClient,
  typing: Pick<Typing, 'rest'>,
  events: ServerEvents,
): Server {
  let client: BaseLanguageClient | undefined;
  let state: ServerState = 'stopped';
  let watching: Disposable | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** Starts, stops and restarts never overlap, however fast they are asked for. */
  function next<T>(step: () => Promise<T>): Promise<T> {
    const result = last.then(step);
    last = result.catch(() => undefined);
    return result;
  }

  function tell(next: ServerState): void {
    state = next;
    events.onState(next);
  }

  /** A new client each time: one that gave up after crashes cannot be started again. */
  async function start(): Promise<BaseLanguageClient> {
    if (client?.isRunning()) return client;
    await stop();
    const starting = create(clientOptions(log, typing));
    client = starting;
    tell('starting');
    starting.onDidChangeState(({ newState }) => {
      if (client === starting) tell(toServerState(newState));
    });
    starting.onNotification(STATUS, (status: StatusParams) => events.onStatus(status));
    starting.onNotification(SCORE, ({ errors }: ScoreChangedParams) => events.onScore(errors));
    starting.onNotification(EFFECTIVE_CHANGED, (params: EffectiveChangedParams) =>
      events.onEffectiveChanged(params),
    );
    starting.onNotification(SHOW_LOG, () => log.show());
    starting.onNotification(BASELINE_SHRUNK, (shrunk: BaselineShrunkParams) => shrinkBaseline(shrunk));
    starting.onRequest(READ_FILES, createFileReader());
    try {
      await starting.start();
    } catch (error) {
      log.error('The language server could not be started', error);
      tell('failed');
      throw error;
    }
    watching = watchAroundLoneDocuments((uri, type) => {
      const changes = [{ uri: starting.code2ProtocolConverter.asUri(uri), type }];
      if (starting.isRunning())
        void starting.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
    });
    return starting;
  }

  async function stop(): Promise<void> {
    const stopping = client;
    client = undefined;
    watching?.dispose();
    watching = undefined;
    try {
      await stopping?.dispose();
    } catch (error) {
      // It was dead or hung: what matters is that nobody talks to it any more.
      log.debug('The language server did not stop in an orderly way', error);
    }
  }

  return {
    get state() {
      return state;
    },
    ready: () => next(start),
    running: () => (client?.isRunning() ? client : undefined),
    restart: () => next(async () => void (await stop().then(start))),
    stop: () => next(stop),
    tellOtherDockerfileSupport(present) {
      const params: OtherDockerfileSupportParams = { present };
      if (client?.isRunning()) void client.sendNotification(OTHER_SUPPORT, params);
    },
  };
}

function toServerState(state: State): ServerState {
  if (state === State.Running) return 'running';
  if (state === State.Starting) return 'starting';
  return state === State.StartFailed ? 'failed' : 'stopped';
}

function clientOptions(log: LogOutputChannel, typing: Pick<Typing, 'rest'>): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    ...(l10n.bundle && { l10n: l10n.bundle }),
    hiddenDocuments: hiddenDocuments(),
    client: {
      openRulePage: true,
      harden: true,
      showEffective: true,
      baseline: true,
      showLog: true,
      status: true,
      scoreCard: true,
      readFiles: true,
      otherDockerfileSupport: otherDockerfileSupport(),
    },
  };
  return {
    documentSelector: [...selector],
    initializationOptions,
    outputChannel: log,
    errorHandler: crashHandler(),
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: 'bulkhead',
    markdown: { isTrusted: { enabledCommands: [SHOW_EFFECTIVE] } },
    diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true, onTabs: false },
    middleware: {
      async provideDiagnostics(document, previousResultId, token, next) {
        await typing.rest(token);
        return next(document, previousResultId, token);
      },
    },
  };
}

/** What is typed in a document counts, whether a tab shows it or not. */
function hiddenDocuments(): readonly string[] {
  const shown = shownDocuments();
  return workspace.textDocuments
    .filter(({ isDirty, isUntitled }) => !isDirty && !isUntitled)
    .map(({ uri }) => uri.toString())
    .filter((uri) => !shown.has(uri));
}

export function createLog(): LogOutputChannel {
  return window.createOutputChannel('Bulkhead', { log: true });
}
