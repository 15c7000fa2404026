import type { RuleFile } from './listing.js';

const HEAD = `// Generated from the folder listing by \`npm run generate\`; do not edit.`;

/** As the formatter has it. */
const LINE_WIDTH = 110;

/** The text of server/src/rules/index.ts. */
export function registry(files: readonly RuleFile[]): string {
  if (files.length === 0)
    return `${HEAD}\nimport type { AnyRule } from './rule.js';\n\nexport const rules: readonly AnyRule[] = [];\n`;
  const sorted = [...files].sort((a, b) => compare(`./${a.practice}/${a.id}`, `./${b.practice}/${b.id}`));
  const names = files.map(({ id }) => camelCase(id));
  const oneLine = `export const rules: readonly AnyRule[] = [${names.join(', ')}];`;
  const list =
    oneLine.length <= LINE_WIDTH
      ? [oneLine]
      : ['export const rules: readonly AnyRule[] = [', ...names.map((name) => `  ${name},`), '];'];
  return [
    HEAD,
    ...sorted.map(({ practice, id }) => `import ${camelCase(id)} from './${practice}/${id}.js';`),
    `import type { AnyRule } from './rule.js';`,
    '',
    '/** In order of practice, then of id. */',
    ...list,
    '',
  ].join('\n');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function camelCase(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
