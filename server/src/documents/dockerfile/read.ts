import type { ContainerDocument } from '../../model/document.js';
import type { SourceText } from '../../text/source-text.js';

export function readDockerfile(
  source: SourceText,
  _options: { readonly dockerignore: string | null | undefined },
): ContainerDocument {
  return {
    kind: 'dockerfile',
    source,
    containers: [],
    builds: [],
    project: undefined,
    daemon: undefined,
    problems: [],
    comments: [],
    sections: [],
    commentLineAbove: () => undefined,
  };
}
