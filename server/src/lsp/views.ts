/** The newest look at each open document, kept until its version, its settings or the day change. */
import type { Diagnostic } from 'vscode-languageserver-types';
import { type StageMemory, stageMemory } from '../engine/stage-memory.js';
import type { EditorCapabilities } from '../features/capabilities.js';
import type { CodeActionInput } from '../features/offer.js';
import { type ConfigFileInput, configDiagnostics } from '../features/config-file.js';
import { diagnosticsOf } from '../features/diagnostics.js';
import { once } from '../text/once.js';
import { type SourceText, sourceText } from '../text/source-text.js';
import { analyseText, type FileInput, isConfigFile, type Look, lookAt } from './look.js';

export interface View {
  readonly uri: string;
  readonly version: number;
  readonly input: FileInput;
  readonly look: Look;
  /** Empty for files that are not analysed. */
  diagnostics(): Diagnostic[];
  /** What the features work on; undefined for files that are not analysed. */
  readonly features: CodeActionInput | undefined;
  /** For Bulkhead's own configuration. */
  readonly configFile: ConfigFileInput | undefined;
  /** The text of an analysed Dockerfile. */
  readonly dockerfile: SourceText | undefined;
}

/** `memory`: of the document, when it is looked at again and again. */
export function viewOf(
  version: number,
  input: FileInput,
  capabilities: EditorCapabilities,
  memory?: StageMemory,
): View {
  const { uri, settings, today } = input;
  const look = lookAt(input, memory);
  const { analysis, kind } = look;
  const features: CodeActionInput | undefined =
    analysis && kind
      ? {
          uri,
          version,
          analysis,
          absence: settings.absence,
          minimumSeverity: settings.minimumSeverity,
          covered: input.covered,
          leftOut: { ignore: !settings.codeAction.ignore, explain: !settings.codeAction.explain },
          capabilities,
          harden: settings.config.harden,
          configuration: settings.project?.configuration,
          today,
          other: (one) => {
            const file = input.neighbours?.other(one);
            return file && { uri: one, version: file.version, source: sourceText(file.text) };
          },
          reanalyse: (text, others) => analyseText(input, kind, text, { others }),
        }
      : undefined;
  const configFile =
    settings.enable && isConfigFile(uri) ? { text: input.text, rules: input.rules, capabilities } : undefined;
  return {
    uri,
    version,
    input,
    configFile,
    look,
    features,
    dockerfile: kind === 'dockerfile' ? analysis?.document.source : undefined,
    diagnostics: once(() => {
      if (configFile) return configDiagnostics(configFile);
      return features ? diagnosticsOf(features) : [];
    }),
  };
}

export interface ViewStore {
  /** The view of this version, computed unless it is the one that is kept. */
  of(version: number, input: FileInput): View;
  forget(uri: string): void;
}

export function viewStore(capabilities: EditorCapabilities): ViewStore {
  const views = new Map<string, { readonly view: View; readonly memory: StageMemory }>();
  return {
    of(version, input) {
      const kept = views.get(input.uri);
      if (kept?.view.version === version && isSame(kept.view.input, input)) return kept.view;
      const memory = kept?.memory ?? stageMemory();
      const view = viewOf(version, input, capabilities, memory);
      views.set(input.uri, { view, memory });
      return view;
    },
    forget: (uri) => views.delete(uri),
  };
}

function isSame(a: FileInput, b: FileInput): boolean {
  return (
    a.settings === b.settings &&
    a.today === b.today &&
    a.folders === b.folders &&
    a.languageId === b.languageId &&
    a.neighbours === b.neighbours &&
    a.covered === b.covered
  );
}
