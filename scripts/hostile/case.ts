/** What a case is, and pieces that cases are made of. */

/** Texts by path; the first is the one that is looked at. */
export type Files = Readonly<Record<string, string>>;

/** Makes files of `n` of something. */
export type Case = (n: number) => Files;

export type Cases = Readonly<Record<string, Case>>;

export const oneFile =
  (path: string, text: (n: number) => string): Case =>
  (n) => ({ [path]: text(n) });

export const many = <T = string>(n: number, one: (i: number) => T): readonly T[] =>
  Array.from({ length: n }, (_, i) => one(i));

export const lines = (n: number, one: (i: number) => string): string =>
  many(n, (i) => `${one(i)}\n`).join('');

/** Repeated, each of them has made some regular expression somewhere try all ways to split them. */
export const ODD_CHARACTERS: readonly (readonly [string, string])[] = [
  ['letters', 'a'],
  ['capitals', 'A'],
  ['digits', '0'],
  ['blanks', ' '],
  ['tabs', '\t'],
  ['dots', '.'],
  ['commas', ','],
  ['dashes', '-'],
  ['underscores', '_'],
  ['slashes', '/'],
  ['steps upwards', '../'],
  ['colons', ':'],
  ['at signs', '@'],
  ['equals signs', '='],
  ['dollars', '$'],
  ['open expansions', '${'],
  ['open expansions with defaults', '${A:-'],
  ['braces', '{'],
  ['closing braces', '}'],
  ['stars', '*'],
  ['stars in folders', '**/'],
  ['question marks', '?'],
  ['number signs', '#'],
  ['percent signs', '%'],
  ['ampersands', '& '],
  ['plus signs', '+'],
  ['tildes', '~'],
  ['letters and dots', 'a.'],
  ['letters and dashes', 'a-'],
  ['letters and slashes', 'a/'],
  ['letters and colons', 'a:'],
  ['letters and blanks', 'a '],
  ['letters and equals signs', 'a=b '],
  ['digits and dots', '1.'],
  ['digits and units', '1m'],
  ['ports', '8080:80,'],
  ['addresses', 'http://a:b@'],
  ['schemes', 'https://'],
  ['emoji', '😀'],
];

/** Long values of shapes that rules know. */
export const PLAIN_VALUES: readonly (readonly [string, (n: number) => string])[] = [
  ['image name', (n) => `e.org/${'a/'.repeat(n)}b:1@sha256:${'0'.repeat(n)}`],
  ['user of an address', (n) => `https://user:${'x'.repeat(n)}@e.org/a`],
  ['host of an address', (n) => `https://${'e.'.repeat(n)}org/a`],
  ['version', (n) => `a==${'1.'.repeat(n)}0`],
  ['secret', (n) => `ghp_${'aB3'.repeat(n)}`],
  ['token of three parts', (n) => `eyJ${'aB3'.repeat(n)}.eyJ${'aB3'.repeat(n)}.${'aB3'.repeat(n)}`],
  ['private key', (n) => `-----BEGIN RSA PRIVATE KEY-----${'aB3+'.repeat(n)}`],
];
