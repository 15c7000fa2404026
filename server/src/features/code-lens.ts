/** Above each service and each stage that ships: how well it is closed, in one line. */
import type { CodeLens } from 'vscode-languageserver-types';
import type { Analysis } from '../engine/analyse.js';
import { type Message, say } from '../l10n/message.js';
import type { Stage } from '../model/build.js';
import type { ContainerSpec, PortBinding } from '../model/container.js';
import { portsOnEveryAddress } from '../rules/shared/ports.js';
import { containerRunsAs, type RunsAs, stageRunsAs } from '../rules/shared/users.js';
import type { Place } from '../text/span.js';
import type { DiagnosticInput } from './diagnostics.js';
import {
  NOT_ROOT,
  openFindings,
  ownContainers,
  ROOT_AT_FIRST,
  shippingStages,
  userWord,
} from './subject-words.js';
import { toVisibleRange } from './to-lsp.js';

/** In order of place. Nothing for what there is nothing to say about. */
export function codeLenses(input: DiagnosticInput): readonly CodeLens[] {
  const { analysis } = input;
  return [
    ...ownContainers(analysis).map((one) => lens(input, one.namePlace, ofContainer(one, input))),
    ...shippingStages(analysis).map((one) => lens(input, one.namePlace ?? one.at, ofStage(one, analysis))),
  ]
    .flat()
    .sort((a, b) => a.range.start.line - b.range.start.line);
}

/** An empty command is one that editors show as plain text. */
function lens(
  { uri, analysis, capabilities }: DiagnosticInput,
  at: Place,
  parts: Parts,
): readonly CodeLens[] {
  const title = parts.flatMap((part) => (part === undefined ? [] : capabilities.tell(part))).join(' · ');
  if (title === '') return [];
  const range = toVisibleRange(analysis.document.source, at);
  const command =
    capabilities.harden === undefined
      ? { title, command: '' }
      : { title, command: capabilities.harden, arguments: [uri, range.start] };
  return [{ range, command }];
}

type Parts = readonly (Message | undefined)[];

function ofContainer(container: ContainerSpec, { analysis, absence }: DiagnosticInput): Parts {
  const { privileged, networkMode } = container;
  const open = numberOfPorts(portsOnEveryAddress(container));
  return [
    absence === 'off' ? undefined : hardening(container, analysis),
    runsAs(containerRunsAs(container, analysis.stageOf(container))),
    privileged.state === 'set' && privileged.value ? say`privileged` : undefined,
    networkMode.state === 'set' && networkMode.value === 'host' ? say`host network` : undefined,
    open === 0 ? undefined : open === 1 ? say`1 port public` : say`${open} ports public`,
  ];
}

function ofStage(stage: Stage, analysis: Analysis): Parts {
  const found = openFindings(analysis, { kind: 'stage', name: stage.label }).length;
  return [
    runsAs(stageRunsAs(stage)),
    found === 0 ? say`no findings` : found === 1 ? say`1 finding` : say`${found} findings`,
  ];
}

/** How many of the hardening settings that are asked for are there: `hardening 4/9`. What was accepted counts as there. */
function hardening(container: ContainerSpec, analysis: Analysis): Message | undefined {
  // What was not read may hold any of them.
  if (container.incomplete.length > 0) return undefined;
  const asked = analysis.ran.filter(
    ({ meta, check }) => meta.presence === 'absence' && check.container,
  ).length;
  const missing = openFindings(analysis, { kind: 'service', name: container.name }).filter(
    (finding) => finding.missing !== undefined,
  ).length;
  return asked === 0 ? undefined : say`hardening ${Math.max(asked - missing, 0)}/${asked}`;
}

function runsAs(who: RunsAs): Message | undefined {
  const user = userWord(who);
  if (user === ROOT_AT_FIRST) return say`starts as root`;
  if (user === NOT_ROOT) return say`does not run as root`;
  return user === undefined ? undefined : say`runs as ${user}`;
}

function numberOfPorts(ports: readonly PortBinding[]): number {
  return ports.reduce(
    (sum, { target }) => sum + (target.state === 'set' ? target.value.to - target.value.from + 1 : 1),
    0,
  );
}
