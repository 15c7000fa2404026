/** Where the documentation is published. The one constant that has to change when it moves. */
const DOCS = 'https://github.com/bulkhead/bulkhead/blob/main/docs/';

export function rulePage(rule: string): string {
  return docsPage(`rules/${rule}`);
}

/** A page of the documentation by its path below docs/, without `.md`. */
export function docsPage(path: string): string {
  return `${DOCS}${path}.md`;
}
