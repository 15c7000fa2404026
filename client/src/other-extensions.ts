/**
 * Tells the server what neighbouring extensions report in documents that concern Bulkhead. Which of its own findings that
 * covers, and what follows, the server decides.
 */
import { type Diagnostic, type Disposable, languages, type TextDocument, type Uri, workspace } from 'vscode';
import type {
  OtherFinding,
  OtherFindingsMethod,
  OtherFindingsParams,
} from '../../server/src/lsp/protocol.js';
import { needsServer } from './documents.js';
import type { Server, ServerState } from './server.js';

const METHOD: OtherFindingsMethod = 'bulkhead/otherFindings';

/** The `source` of their diagnostics, with the name that rules use for their checks. */
const SOURCES: Readonly<Record<string, string>> = {
  hadolint: 'hadolint',
  // Docker DX shows the build checks of BuildKit.
  'docker-language-server': 'buildkit',
  // SonarQube for IDE, under its new name and its old one.
  sonarqube: 'sonar',
  sonarlint: 'sonar',
  checkov: 'checkov',
};

/** A linter that clears its list before it fills it again is given this time before what it said counts as gone. */
const PATIENCE_MILLISECONDS = 1000;

export interface OtherExtensions extends Disposable {
  onState(state: ServerState): void;
}

interface Told {
  readonly version: number;
  readonly findings: readonly OtherFinding[];
}

export function createOtherExtensions(server: Server): OtherExtensions {
  const told = new Map<string, Told>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function tell(document: TextDocument, isPatient: boolean): void {
    const uri = document.uri.toString();
    const client = server.running();
    if (client === undefined || document.isClosed) return;
    const findings = otherFindings(languages.getDiagnostics(document.uri));
    const before = told.get(uri);
    if (before === undefined && findings.length === 0) return;
    if (before && isSame(before.findings, findings) && before.version === document.version) return;
    if (isPatient && before?.findings.some((one) => !findings.some((other) => isEqual(one, other)))) {
      // The lines of an edited text move: that is no reason to wait for what is there.
      if (!timers.has(uri))
        timers.set(
          uri,
          setTimeout(() => {
            timers.delete(uri);
            tell(document, false);
          }, PATIENCE_MILLISECONDS),
        );
      return;
    }
    told.set(uri, { version: document.version, findings });
    const params: OtherFindingsParams = { uri: client.code2ProtocolConverter.asUri(document.uri), findings };
    void client.sendNotification(METHOD, params);
  }

  function look(uris: readonly Uri[]): void {
    const wanted = new Set(uris.map(String));
    for (const document of workspace.textDocuments)
      if (wanted.has(document.uri.toString()) && needsServer(document)) tell(document, true);
  }

  function forget(uri: string): void {
    told.delete(uri);
    clearTimeout(timers.get(uri));
    timers.delete(uri);
  }

  const listeners = [
    languages.onDidChangeDiagnostics(({ uris }) => look(uris)),
    workspace.onDidCloseTextDocument(({ uri }) => forget(uri.toString())),
  ];
  return {
    onState(state) {
      if (state !== 'running') return;
      // A server that was started again has not heard of them.
      for (const uri of [...told.keys()]) forget(uri);
      look(workspace.textDocuments.map(({ uri }) => uri));
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
      for (const uri of [...timers.keys()]) forget(uri);
    },
  };
}

function otherFindings(diagnostics: readonly Diagnostic[]): readonly OtherFinding[] {
  return diagnostics.flatMap(({ source, code, range }) => {
    const peer = Object.hasOwn(SOURCES, (source ?? '').toLowerCase())
      ? SOURCES[(source ?? '').toLowerCase()]
      : undefined;
    const name = typeof code === 'object' ? code.value : code;
    if (peer === undefined || name === undefined) return [];
    // SonarQube puts the language in front: `docker:S6471`.
    const check = String(name).replace(/^.*[:/]/, '');
    return [{ line: range.start.line, check: `${peer}:${check}` }];
  });
}

const isEqual = (a: OtherFinding, b: OtherFinding) => a.line === b.line && a.check === b.check;

function isSame(a: readonly OtherFinding[], b: readonly OtherFinding[]): boolean {
  return a.length === b.length && a.every((one, index) => b[index] && isEqual(one, b[index]));
}
