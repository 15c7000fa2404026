/** The report formats by name. They are loaded when asked for: the tool starts without them. */
import type { Reporter } from '../../report/reporter.js';

const loaders: Readonly<Record<string, () => Promise<Reporter>>> = {
  text: async () => (await import('./text.js')).reportText,
  json: async () => (await import('./json.js')).reportJson,
  sarif: async () => (await import('./sarif.js')).reportSarif,
  github: async () => (await import('./github.js')).reportGithub,
  gitlab: async () => (await import('./gitlab.js')).reportGitlab,
  markdown: async () => (await import('../../report/markdown.js')).reportMarkdown,
  html: async () => (await import('../../report/html.js')).reportHtml,
};

export const formats: readonly string[] = Object.keys(loaders);

export async function loadReporter(format: string): Promise<Reporter | undefined> {
  return loaders[format]?.();
}
