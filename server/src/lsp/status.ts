/** What the editor's status item says about a view. */
import type { Diagnostic } from 'vscode-languageserver-types';
import { type Message, say } from '../l10n/message.js';
import type { Tell } from '../l10n/translate.js';
import { INCOMPLETE, relativePath } from './look.js';
import type { Counts, StatusParams } from './protocol.js';
import type { View } from './views.js';

/** From here on the time is worth a word. */
const SLOW_MILLISECONDS = 500;

export function statusOf(view: View, tell: Tell): StatusParams {
  const { uri, version, look } = view;
  const counts = countsOf(view.diagnostics());
  const milliseconds = Math.round(look.milliseconds);
  const { project } = view.input.settings;
  const isConfigured = project?.configuration.text !== undefined;
  const rest = {
    uri,
    version,
    counts,
    milliseconds,
    ...(isConfigured && { configuration: project.configuration.uri }),
    ...(milliseconds > SLOW_MILLISECONDS && { isSlow: true }),
  };
  if (look.state !== 'analysed')
    return {
      ...rest,
      state: look.state,
      ...(look.detail === undefined ? {} : { detail: tell(look.detail) }),
      ...(project?.excludedBy !== undefined && { isExcludedByConfiguration: true }),
    };
  if (look.analysis?.complete === false) return { ...rest, state: 'incomplete', detail: tell(reason(view)) };
  const found = Object.values(counts).some((count) => count > 0);
  const notes = [
    isConfigured
      ? configuredBy(project.configuration.uri, view)
      : say`Configured by the settings of the editor`,
    ...(project?.notes ?? []),
    ...steppedBack(view),
    ...(milliseconds > SLOW_MILLISECONDS ? [say`The analysis took ${milliseconds} ms`] : []),
  ];
  return {
    ...rest,
    state: found ? 'findings' : 'ok',
    detail: notes.map(tell).join('. '),
  };
}

function configuredBy(uri: string, { input }: View): Message {
  return say`Configured by \`${relativePath(uri, input.folders)}\``;
}

/** Why findings do not stand in lists. */
function steppedBack({ features, input }: View): readonly Message[] {
  if (features === undefined || input.covered.size === 0) return [];
  return [
    say`What another extension reports on the same line is shown as a hint (\`bulkhead.avoidDuplicates\`)`,
  ];
}

function reason({ look }: View): Message {
  const { crashes = [], problems = [] } = look.analysis ?? {};
  if (crashes.length > 0) return INCOMPLETE;
  const unread = problems.find((problem) => problem.kind === 'incomplete');
  return unread?.message ?? say`Parts of this file could not be read because of syntax errors`;
}

const BY_SEVERITY = ['error', 'warning', 'info', 'hint'] as const;

function countsOf(diagnostics: readonly Diagnostic[]): Counts {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity = 1 } of diagnostics) {
    const name = BY_SEVERITY[severity - 1];
    if (name) counts[name]++;
  }
  return counts;
}
