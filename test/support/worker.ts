/** The server as browsers run it: the bundle in a global scope of its own, which has what a worker has and nothing of Node. */
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export interface Worker {
  request<T>(method: string, params: unknown): Promise<T>;
  notify(method: string, params: unknown): void;
  /** What the server wrote into the log, and what it tried to reach beyond its messages. */
  readonly said: readonly string[];
}

/** Ways out of a worker, none of which the server may try. */
const WAYS_OUT = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'importScripts', 'Worker'];

/** `answer` gives the results of what the server asks the editor. */
export function startWorker(bundle: string, answer: (method: string, params: unknown) => unknown): Worker {
  const said: string[] = [];
  const waiting = new Map<number, (message: Message) => void>();
  let next = 1;

  const scope = {
    TextDecoder,
    TextEncoder,
    clearTimeout,
    crypto: globalThis.crypto,
    performance,
    queueMicrotask,
    setTimeout,
    onmessage: (_event: { readonly data: unknown }) => {},
    addEventListener: () => undefined,
    postMessage(message: Message): void {
      const { id, method, params } = message;
      if (method === 'window/logMessage' || method === 'window/showMessageRequest')
        said.push(JSON.stringify(params));
      if (method === undefined) waiting.get(id ?? 0)?.(message);
      else if (id !== undefined) post({ id, result: answer(method, params) ?? null });
    },
  };
  // As in a worker messages are copied, and come later.
  const post = (message: Message) => {
    const data = JSON.parse(JSON.stringify({ jsonrpc: '2.0', ...message }));
    setImmediate(() => scope.onmessage({ data }));
  };
  for (const name of WAYS_OUT)
    Object.defineProperty(scope, name, {
      get: () => {
        said.push(`tried ${name}`);
        return undefined;
      },
    });
  Object.defineProperty(scope, 'self', { value: scope });
  runInContext(readFileSync(bundle, 'utf8'), createContext(scope));
  return {
    said,
    notify: (method, params) => post({ method, params }),
    request(method, params) {
      const id = next++;
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ result, error }) => {
          waiting.delete(id);
          // The caller says what it expects of the server.
          if (error === undefined) resolve(result as never);
          else reject(new Error(error.message));
        });
        post({ id, method, params });
      });
    },
  };
}
