/** Where the pages of the rules are published. The one constant that has to change when they move. */
const RULE_PAGES = 'https://github.com/bulkhead/bulkhead/blob/main/docs/rules/';

export function rulePage(rule: string): string {
  return `${RULE_PAGES}${rule}.md`;
}
