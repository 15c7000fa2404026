/** The imports of a TypeScript file that the formatter has formatted: statements start at the start of a line. */

export interface ImportStatement {
  /** As written: `../text/span.js`, `node:fs`. */
  readonly from: string;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

export function importsOf(text: string): readonly ImportStatement[] {
  const statements = [...text.matchAll(/^(?:import|export)\b([^;'"]*?)\bfrom\s+['"]([^'"]+)['"]/gm)].map(
    ([, clause = '', from = '']) => ({ from, typeOnly: isTypeOnly(clause) }),
  );
  // `import('x')` in a type has the same shape as the dynamic import; it is not used here, so both count.
  const others = [
    ...text.matchAll(/^import\s+['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/gm),
  ].map(([, bare, called]) => ({ from: bare ?? called ?? '', typeOnly: false }));
  return [...statements, ...others];
}

function isTypeOnly(clause: string): boolean {
  if (/^\s+type\b/.test(clause)) return true;
  const names = /^\s*\{([\s\S]*)\}\s*$/.exec(clause)?.[1]?.split(',') ?? ['default'];
  return names.map((name) => name.trim()).every((name) => name === '' || name.startsWith('type '));
}
