/** What a report about a mistake of Bulkhead needs, and nothing else: no path, no name and no text of a file. */
import { env, extensions, l10n, UIKind, version, window, workspace } from 'vscode';
import { otherDockerfileSupport } from './dockerfile-support.js';
import type { ServerState } from './server.js';

/** Neighbours that read the same files, by their ids. */
const NEIGHBOURS = [
  'docker.docker',
  'exiasr.hadolint',
  'ms-azuretools.vscode-containers',
  'ms-azuretools.vscode-docker',
  'redhat.vscode-yaml',
  'sonarsource.sonarlint-vscode',
];
/** Values of these may be names of the user's own: only that they are set is told. */
const PRIVATE = /^(?:allowedRegistries|exclude|configurationPath|compose\.|harden)/;

export interface DebugSource {
  readonly extensionVersion: string;
  readonly state: ServerState;
}

export async function copyDebugInformation(source: DebugSource): Promise<void> {
  await env.clipboard.writeText(debugInformation(source));
  void window.showInformationMessage(l10n.t('The debug information is on the clipboard.'));
}

export function debugInformation({ extensionVersion, state }: DebugSource): string {
  const neighbours = NEIGHBOURS.flatMap((id) => {
    const found = extensions.getExtension<unknown>(id);
    const { version: own } = (found?.packageJSON ?? {}) as { readonly version?: string };
    return found ? [`${id} ${own ?? ''}`.trim()] : [];
  });
  const lines = [
    `Bulkhead ${extensionVersion}, language server ${state}`,
    `VS Code ${version}, ${hostInWords()}`,
    `Folders: ${workspace.workspaceFolders?.length ?? 0}, ${schemes()}, ${workspace.isTrusted ? 'trusted' : 'restricted'}`,
    `Other extensions: ${neighbours.join(', ') || 'none of those known'}`,
    `Language features for Dockerfiles left to others: ${otherDockerfileSupport() ? 'yes' : 'no'}`,
    'Settings that differ from the default:',
    ...settingLines(),
  ];
  return `${lines.join('\n')}\n`;
}

/** "desktop", "web, remote ssh-remote". */
export function hostInWords(): string {
  const host = env.uiKind === UIKind.Web ? 'web' : 'desktop';
  return env.remoteName === undefined ? host : `${host}, remote ${env.remoteName}`;
}

function schemes(): string {
  const found = new Set(workspace.workspaceFolders?.map(({ uri }) => uri.scheme));
  return found.size === 0 ? 'no scheme' : [...found].sort().join(', ');
}

function settingLines(): readonly string[] {
  const settings = workspace.getConfiguration('bulkhead');
  const manifest = extensions.getExtension<unknown>('bulkhead.bulkhead')?.packageJSON as Manifest | undefined;
  const names = (manifest?.contributes?.configuration ?? []).flatMap(({ properties = {} }) =>
    Object.keys(properties).map((name) => name.replace(/^bulkhead\./, '')),
  );
  const lines = names.flatMap((name) => {
    const { defaultValue, globalValue, workspaceValue, workspaceFolderValue } = settings.inspect(name) ?? {};
    const layers = [
      ['user', globalValue],
      ['workspace', workspaceValue],
      ['folder', workspaceFolderValue],
    ] as const;
    return layers.flatMap(([layer, value]) =>
      value === undefined || JSON.stringify(value) === JSON.stringify(defaultValue)
        ? []
        : [`  bulkhead.${name} (${layer}): ${PRIVATE.test(name) ? 'set' : JSON.stringify(value)}`],
    );
  });
  return lines.length === 0 ? ['  none'] : lines;
}

interface Manifest {
  readonly contributes?: {
    readonly configuration?: readonly { readonly properties?: Readonly<Record<string, unknown>> }[];
  };
}
