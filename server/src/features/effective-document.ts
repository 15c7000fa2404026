/** The document that an editor shows beside a Compose file: what Compose would start from all files of its project. */
import { relativePath } from '../documents/compose/effective/uri.js';
import { describeProblem, effectiveText } from '../engine/effective-text.js';
import type { LoadedProject } from '../engine/project.js';
import { listed, type Message, say, sentence } from '../l10n/message.js';
import type { Tell } from '../l10n/translate.js';

/** YAML. Comments in front say from which files it was made and what Compose would refuse, those behind what is unknown. */
export function effectiveDocument(loaded: LoadedProject, tell: Tell): string {
  const { project } = loaded;
  const text = effectiveText(loaded);
  const files = project.files.map((uri) => relativePath(project.folder, uri));
  const others = [...project.members.keys()]
    .filter((uri) => !project.files.includes(uri))
    .map((uri) => relativePath(project.folder, uri));
  const { disabled, problems, unknown } = text;
  const head: readonly (Message | string)[] = [
    say`What Compose makes of ${listed(files)}`,
    ...(others.length > 0 ? [say`with parts of ${listed(others)}`] : []),
    ...(disabled.length > 0
      ? [say`Not started, because no profile of theirs is active: ${listed(disabled)}`]
      : []),
    ...problems.map((problem) => describeProblem(problem, text.locate, (message) => tell(sentence(message)))),
  ];
  const tail = unknown.map(({ path, at, reason }) => say`unknown: ${path} (${at}): ${reason}`);
  return `${comments(head, tell)}${text.yaml({ origins: true }, tell)}${comments(tail, tell)}`;
}

function comments(lines: readonly (Message | string)[], tell: Tell): string {
  return lines
    .map((line) => (typeof line === 'string' ? line : tell(line)))
    .map((line) => `# ${line.replace(/\s+/g, ' ')}\n`)
    .join('');
}
