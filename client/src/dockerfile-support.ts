/** Whether another installed extension gives general language features for Dockerfiles: then Bulkhead leaves them to it. */
import { type Disposable, extensions } from 'vscode';

const OTHERS = ['ms-azuretools.vscode-docker', 'ms-azuretools.vscode-containers', 'docker.docker'];

export function otherDockerfileSupport(): boolean {
  return OTHERS.some((id) => extensions.getExtension(id) !== undefined);
}

/** Tells when that changes, because an extension was installed, removed, enabled or disabled. */
export function onOtherDockerfileSupport(listener: (present: boolean) => void): Disposable {
  let known = otherDockerfileSupport();
  return extensions.onDidChange(() => {
    const present = otherDockerfileSupport();
    if (present !== known) listener(present);
    known = present;
  });
}
