/** Behind the name of a service and of a stage: its effective user and limits, wherever they are written. */
import type { InlayHint, Range } from 'vscode-languageserver-types';
import type { ContainerSpec } from '../model/container.js';
import type { Setting } from '../model/setting.js';
import { containerRunsAs, stageRunsAs } from '../rules/shared/users.js';
import type { Place } from '../text/span.js';
import type { DiagnosticInput } from './diagnostics.js';
import { count, ownContainers, shippingStages, userWord } from './subject-words.js';

/** In order of place, for the lines of a range. */
export function inlayHints({ analysis }: DiagnosticInput, range: Range): readonly InlayHint[] {
  const { source } = analysis.document;
  const hint = (at: Place, parts: readonly (string | undefined)[]): readonly InlayHint[] => {
    const line = source.lineAt(at.end);
    const label = parts.filter((part) => part !== undefined).join(', ');
    if (label === '' || line < range.start.line || line > range.end.line) return [];
    const { start, end } = source.lineSpan(line);
    const written = source.text.slice(start, end).trimEnd();
    return [{ position: source.positionAt(start + written.length), label, paddingLeft: true }];
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

/** Nothing about a limit whose value cannot be told. */
function limits({ memory, cpus, pids, incomplete }: ContainerSpec): readonly (string | undefined)[] {
  const limit = (setting: Setting<number>, isSome: boolean, word: string, none: string) => {
    if (setting.state === 'unknown') return undefined;
    if (setting.state === 'set') return isSome ? word : none;
    return incomplete.length > 0 ? undefined : none;
  };
  const number = (setting: Setting<number>) => (setting.state === 'set' ? setting.value : 0);
  return [
    limit(memory, number(memory) > 0, `memory ${inBytes(number(memory))}`, 'no memory limit'),
    limit(cpus, number(cpus) > 0, count(number(cpus), 'CPU'), 'no CPU limit'),
    limit(pids, number(pids) > 0, count(number(pids), 'process', 'processes'), 'no process limit'),
  ];
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
