/** The score card as the server last told it. Asked for only while somebody looks at it. */
import { type Disposable, type Event, EventEmitter, type LogOutputChannel } from 'vscode';
import type { ScoreCard, ScoreCardMethod } from '../../../server/src/lsp/protocol.js';
import type { Server, ServerState } from '../server.js';

const CARD: ScoreCardMethod = 'bulkhead/scoreCard';
const EMPTY: ScoreCard = { practices: [], files: [] };

export interface ScoreStore extends Disposable {
  /** The last good one; without files before anything was looked at. */
  readonly card: ScoreCard;
  readonly isStopped: boolean;
  /** The server runs and has not told a card yet. */
  readonly isWaiting: boolean;
  readonly onDidChange: Event<void>;
  /** `viewer`: who looks, or looks no longer. */
  setVisible(viewer: string, isVisible: boolean): void;
  /** What is shown may be out of date. */
  outdated(): void;
  onState(state: ServerState): void;
}

export function createScoreStore(server: Server, log: LogOutputChannel): ScoreStore {
  const changed = new EventEmitter<void>();
  const viewers = new Set<string>();
  let card = EMPTY;
  let state: ServerState = 'starting';
  let isDirty = false;
  let isAsking = false;
  let isTold = false;

  function show(next: ScoreCard): void {
    card = next;
    changed.fire();
  }

  /** One question at a time; what changed meanwhile is asked for afterwards. */
  async function ask(): Promise<void> {
    if (isAsking || !isDirty || viewers.size === 0) return;
    const client = server.running();
    if (client === undefined) return;
    isAsking = true;
    isDirty = false;
    try {
      const answer = await client.sendRequest<ScoreCard>(CARD);
      if (server.running() === client) {
        isTold = true;
        show(answer);
      }
    } catch (error) {
      log.debug('The score card could not be asked for', error);
    } finally {
      isAsking = false;
    }
    await ask();
  }

  function outdated(): void {
    isDirty = true;
    void ask();
  }

  return {
    get card() {
      return card;
    },
    get isStopped() {
      return state === 'stopped' || state === 'failed';
    },
    get isWaiting() {
      return state === 'running' && !isTold;
    },
    onDidChange: changed.event,
    setVisible(viewer, isVisible) {
      if (isVisible) viewers.add(viewer);
      else viewers.delete(viewer);
      void ask();
    },
    outdated,
    onState(next) {
      state = next;
      if (next === 'running') {
        isTold = false;
        changed.fire();
        outdated();
      }
      // During a restart the last card stays.
      else if (next !== 'starting') show(EMPTY);
    },
    dispose: () => changed.dispose(),
  };
}
