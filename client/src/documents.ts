/** Which documents concern Bulkhead: cheap questions that are asked before the server is started. */
import { languages, type TextDocument } from 'vscode';

/** Where files of a project live. Diffs, output panes and notebook cells have other schemes. */
const SCHEMES = ['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-test-web', 'vsls', 'memfs'];
const LANGUAGES = ['dockerfile', 'dockercompose', 'yaml'];
/** Files that are recognised by name, whatever language the editor gives them. */
const NAMES = [
  '[Dd]ockerfile',
  '[Dd]ockerfile.*',
  '[Dd]ockerfile-*',
  '*.[Dd]ockerfile',
  '[Cc]ontainerfile',
  '[Cc]ontainerfile.*',
  '[Cc]ontainerfile-*',
  '*.[Cc]ontainerfile',
];
/** Without braces inside braces, which the search of VS Code does not take. */
const oneOf = (names: readonly string[]) => `**/{${names.join(',')}}`;

type Filter =
  | { readonly scheme: string; readonly language: string }
  | { readonly scheme: string; readonly pattern: string };

export const selector: readonly Filter[] = SCHEMES.flatMap((scheme): readonly Filter[] => [
  ...LANGUAGES.map((language) => ({ scheme, language })),
  { scheme, pattern: oneOf(NAMES) },
]);

/** All files that may be for Bulkhead; which of the YAML files are, the server says by their content. */
export const LINT_GLOB = oneOf([...NAMES, '*.yml', '*.yaml']);
export const LINT_EXCLUDE = '**/{node_modules,.git,.hg,.svn}/**';

const CONFIG_NAME = /\/\.bulkhead\.ya?ml$/;
const COMPOSE_NAME = /compose[^/]*\.ya?ml$/i;

/** Whether a document is worth a running server. Most YAML files are not. */
export function needsServer(document: TextDocument): boolean {
  if (languages.match(selector, document) === 0) return false;
  const { path } = document.uri;
  if (document.languageId !== 'yaml' || COMPOSE_NAME.test(path) || CONFIG_NAME.test(path)) return true;
  return /^services:/m.test(document.getText());
}
