/** Behind the name of a service and of a stage: its effective user and limits, wherever they are written. */
import type { InlayHint, Range } from 'vscode-languageserver-types';
import type { ContainerSpec } from '../model/container.js';
import type { Setting } from '../model/setting.js';
import { containerRunsAs, stageRunsAs } from '../rules/shared/users.js';
import type { Place } from '../text/span.js';
import type { DiagnosticInput } from './diagnostics.js';
import { count, ownContainers, shippingStages, userWord } from './subject-words.js';

const TOOLTIP = 'What holds in the end, wherever it is written (bulkhead.inlayHints)';

/** In order of place, for the lines of a range. */
export function inlayHints({ analysis }: DiagnosticInput, range: Range): readonly InlayHint[] {
  const { source } = analysis.document;
  const hint = (at: Place, parts: readonly (string | undefined)[]): readonly InlayHint[] => {
    const line = source.lineAt(at.end);
    const label = parts.filter((part) => part !== undefined).join(', ');
    if (label === '' || line < range.start.line || line > range.end.line) return [];
    const { start, end } = source.lineSpan(line);
    const written = source.text.slice(start, end).trimEnd();
    return [
      { position: source.positionAt(start + written.length), label, paddingLeft: true, tooltip: TOOLTIP },
    ];
  };
  return [
    ...ownContainers(analysis).flatMap((one) => {
      const user = userWord(containerRunsAs(one, analysis.stageOf(one)));
      return hint(one.namePlace, [asUser(user), ...limits(one)]);
    }),
    ...shippingStages(analysis).flatMap((one) =>
      hint(one.namePlace ?? one.base.at, [asUser(userWord(stageRunsAs(one)))]),
    ),
  ].sort((a, b) => a.position.line - b.position.line);
}

function asUser(user: string | undefined): string | undefined {
  return user === undefined ? undefined : `user ${user}`;
}

/** Nothing about a limit whose value cannot be told. Short: VS Code cuts hints off after 43 characters. */
function limits({ memory, cpus, pids, incomplete }: ContainerSpec): readonly string[] {
  const shown: string[] = [];
  const missing: string[] = [];
  const tell = (setting: Setting<number>, name: string, inWords: (value: number) => string) => {
    if (setting.state === 'set' && setting.value > 0) shown.push(inWords(setting.value));
    else if (setting.state === 'set' || (setting.state === 'unset' && incomplete.length === 0))
      missing.push(name);
  };
  tell(memory, 'memory', inBytes);
  tell(cpus, 'CPU', (value) => count(value, 'CPU'));
  tell(pids, 'pids', (value) => count(value, 'pid'));
  return missing.length === 0 ? shown : [...shown, `no ${missing.join('/')} limit`];
}

/** As Docker counts: 1024 bytes are a kilobyte. */
function inBytes(bytes: number): string {
  const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number(value.toFixed(1))} ${UNITS[unit] ?? ''}`;
}
