/** The number of findings at the right end of a practice, where it can be seen however narrow the view is. */
import { EventEmitter, type FileDecoration, type FileDecorationProvider, ThemeColor, Uri } from 'vscode';
import type { PracticeNode } from './nodes.js';

const SCHEME = 'bulkhead-practice';
/** A decoration has room for two characters. */
const MOST = 99;

/** Names a practice to VS Code; there is no such file. */
export function practiceUri(slug: string): Uri {
  return Uri.from({ scheme: SCHEME, path: `/${slug}` });
}

export class PracticeBadges implements FileDecorationProvider {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  #shown: ReadonlyMap<string, number> = new Map();

  show(nodes: readonly PracticeNode[]): void {
    const next = new Map(nodes.map(({ id, findings }) => [practiceUri(id).toString(), findings.length]));
    const isSame =
      next.size === this.#shown.size && [...next].every(([uri, number]) => this.#shown.get(uri) === number);
    this.#shown = next;
    if (!isSame) this.#changed.fire(undefined);
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    const number = uri.scheme === SCHEME ? (this.#shown.get(uri.toString()) ?? 0) : 0;
    if (number === 0) return undefined;
    return { badge: String(Math.min(number, MOST)), color: new ThemeColor('foreground') };
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
