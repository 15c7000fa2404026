/** Behind the name of a service and of a stage: its effective user and limits, wherever they are written. */
import type { InlayHint, Range } from 'vscode-languageserver-types';
import { type Argument, type Message, listed, say } from '../l10n/message.js';
import type { ContainerSpec } from '../model/container.js';
import type { Setting } from '../model/setting.js';
import { containerRunsAs, stageRunsAs } from '../rules/shared/users.js';
import type { Place } from '../text/span.js';
import type { DiagnosticInput } from './diagnostics.js';
import { ownContainers, shippingStages, userWord } from './subject-words.js';

const TOOLTIP = say`What holds in the end, wherever it is written (bulkhead.inlayHints)`;

/** In order of place, for the lines of a range. */
export function inlayHints({ analysis, capabilities }: DiagnosticInput, range: Range): readonly InlayHint[] {
  const { source } = analysis.document;
  const { tell } = capabilities;
  const tooltip = tell(TOOLTIP);
  const hint = (at: Place, parts: readonly (Argument | undefined)[]): readonly InlayHint[] => {
    const line = source.lineAt(at.end);
    const label = tell(listed(parts.filter((part) => part !== undefined)));
    if (label === '' || line < range.start.line || line > range.end.line) return [];
    const { start, end } = source.lineSpan(line);
    const written = source.text.slice(start, end).trimEnd();
    return [{ position: source.positionAt(start + written.length), label, paddingLeft: true, tooltip }];
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

function asUser(user: Argument | undefined): Message | undefined {
  return user === undefined ? undefined : say`user ${user}`;
}

/** Nothing about a limit whose value cannot be told. Short: VS Code cuts hints off after 43 characters. */
function limits({ memory, cpus, pids, incomplete }: ContainerSpec): readonly Argument[] {
  const shown: Argument[] = [];
  const missing: Argument[] = [];
  const look = (setting: Setting<number>, name: Argument, inWords: (value: number) => Argument) => {
    if (setting.state === 'set' && setting.value > 0) shown.push(inWords(setting.value));
    else if (setting.state === 'set' || (setting.state === 'unset' && incomplete.length === 0))
      missing.push(name);
  };
  look(memory, say`memory`, inBytes);
  look(cpus, 'CPU', (value) => (value === 1 ? say`1 CPU` : say`${value} CPUs`));
  look(pids, 'pids', (value) => (value === 1 ? say`1 pid` : say`${value} pids`));
  const [first, second, third] = missing;
  if (first === undefined) return shown;
  if (second === undefined) return [...shown, say`no ${first} limit`];
  return [
    ...shown,
    third === undefined ? say`no ${first}/${second} limit` : say`no ${first}/${second}/${third} limit`,
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
