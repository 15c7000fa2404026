/** What the extension is in every host; the entry points add how a server is started there. */
import { commands, type ExtensionContext, type TextDocument, version, workspace } from 'vscode';
import type { HardenCommand, OpenRulePageCommand } from '../../server/src/lsp/protocol.js';
import { copyDebugInformation, hostInWords } from './debug-information.js';
import { registerBaseline } from './baseline.js';
import { registerConfiguration } from './configuration.js';
import { onOtherDockerfileSupport } from './dockerfile-support.js';
import { needsServer } from './documents.js';
import { exportReport } from './export-report.js';
import { createEffectiveView } from './effective.js';
import { hardenAll, hardenHere, offerHardening } from './harden.js';
import { openRulePage, openRulePageHere } from './rule-page.js';
import { type CreateClient, createLog, createServer, type Server } from './server.js';
import { createOtherExtensions } from './other-extensions.js';
import { createStatusView, type StatusView } from './status.js';
import { createViews, type Views } from './views/views.js';
import { createTyping } from './typing.js';
import { registerWalkthrough } from './walkthrough.js';
import { createWorkspaceLint } from './workspace-lint.js';

export interface Bulkhead {
  readonly server: Server;
  readonly exports: Exports;
}

/** What activating the extension returns: for its own tests, nothing that others can rely on. */
export interface Exports {
  readonly views: Pick<Views, 'scoreCard' | 'acceptedRisks' | 'state' | 'badge'>;
  readonly status: Pick<StatusView, 'shown' | 'isInStatusBar'>;
}

/** Registers everything, and starts the server with the first document that needs it. */
export function startBulkhead(context: ExtensionContext, createClient: CreateClient): Bulkhead {
  const log = createLog();
  const extensionVersion = String((context.extension.packageJSON as { readonly version?: string }).version);
  log.info(`Bulkhead ${extensionVersion} in VS Code ${version}, ${hostInWords()}`);
  const status = createStatusView();
  const typing = createTyping();
  const server = createServer(log, createClient, typing, {
    onState(state) {
      status.onState(state);
      views.onState(state);
      lint.onState(state);
      others.onState(state);
      // A server that was started anew knows of none that are shown.
      if (state === 'running') effective.changed(undefined);
    },
    onStatus: (params) => status.onStatus(params),
    onScore: (errors) => views.onScore(errors),
    onEffectiveChanged: ({ uri }) => effective.changed(uri),
  });
  const views = createViews(context, server, log);
  const others = createOtherExtensions(server);
  const effective = createEffectiveView(server);
  const lint = createWorkspaceLint(server, log);
  const openPage: OpenRulePageCommand = '_bulkhead.openRulePage';
  const harden: HardenCommand = '_bulkhead.harden';
  context.subscriptions.push(
    log,
    typing,
    status,
    views,
    lint,
    effective,
    others,
    onOtherDockerfileSupport((present) => server.tellOtherDockerfileSupport(present)),
    registerWalkthrough(),
    commands.registerCommand('bulkhead.restartServer', () => server.restart()),
    commands.registerCommand('bulkhead.showLog', () => log.show()),
    commands.registerCommand('bulkhead.copyDebugInformation', () =>
      copyDebugInformation({ extensionVersion, state: server.state }),
    ),
    commands.registerCommand('bulkhead.lintWorkspace', () => lint.run()),
    commands.registerCommand('bulkhead.clearWorkspaceResults', () => lint.clear()),
    ...registerConfiguration(server, log),
    ...registerBaseline(server, log),
    commands.registerCommand('bulkhead.harden', hardenHere),
    commands.registerCommand('bulkhead.hardenAll', hardenAll),
    commands.registerCommand('bulkhead.exportReport', (target: unknown) =>
      exportReport(server, lint, target),
    ),
    commands.registerCommand('bulkhead.showEffectiveConfiguration', (resource: unknown) =>
      effective.show(resource),
    ),
    commands.registerCommand('bulkhead.openRulePage', () => openRulePageHere(context.extensionUri)),
    commands.registerCommand(openPage, (rule: unknown, href: unknown) =>
      openRulePage(context.extensionUri, rule, href),
    ),
    commands.registerCommand(harden, offerHardening),
  );
  startWithFirstDocument(context, server);
  return { server, exports: { views, status } };
}

function startWithFirstDocument(context: ExtensionContext, server: Server): void {
  let started = false;
  const look = (document: TextDocument) => {
    if (started || !needsServer(document)) return;
    started = true;
    for (const listener of listeners) listener.dispose();
    // A failure is in the log and in the status item.
    server.ready().catch(() => undefined);
  };
  const listeners = [
    workspace.onDidOpenTextDocument(look),
    // A YAML file may become a Compose file while it is typed.
    workspace.onDidChangeTextDocument(({ document }) => look(document)),
  ];
  context.subscriptions.push(...listeners);
  workspace.textDocuments.forEach(look);
}
