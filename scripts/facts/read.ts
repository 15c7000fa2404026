// Strict readers for the raw tables: whatever is not expected stops the run, because a guess would end up in findings.

/** A problem in the raw material, with the place where it stands. */
export class FactsError extends Error {}

export function fail(where: string, what: string): never {
  throw new FactsError(`${where}: ${what}`);
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object of any keys. */
export function fields(value: unknown, where: string): Fields {
  return isFields(value) ? value : fail(where, 'expected an object');
}

/** An object with all of `required`, perhaps some of `optional`, and nothing else. */
export function shape(
  value: unknown,
  where: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Fields {
  const object = fields(value, where);
  for (const key of required) if (!(key in object)) fail(where, `"${key}" is missing`);
  for (const key of Object.keys(object))
    if (!required.includes(key) && !optional.includes(key)) fail(where, `unknown field "${key}"`);
  return object;
}

export function text(value: unknown, where: string): string {
  return typeof value === 'string' ? value : fail(where, `expected a string, got ${JSON.stringify(value)}`);
}

export function flag(value: unknown, where: string): boolean {
  return typeof value === 'boolean'
    ? value
    : fail(where, `expected true or false, got ${JSON.stringify(value)}`);
}

export function whole(value: unknown, where: string): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? value
    : fail(where, `expected a number, got ${JSON.stringify(value)}`);
}

export function list<T>(
  value: unknown,
  where: string,
  read: (item: unknown, where: string) => T,
): readonly T[] {
  if (!Array.isArray(value)) fail(where, 'expected a list');
  return value.map((item: unknown, index) => read(item, `${where}[${index}]`));
}

export function oneOf<T extends string>(value: unknown, where: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  return found ?? fail(where, `${JSON.stringify(value)} is none of ${allowed.join(', ')}`);
}

/** A day that exists, as YYYY-MM-DD. */
export function day(value: unknown, where: string): string {
  const written = text(value, where);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) fail(where, `"${written}" is no date`);
  const time = new Date(`${written}T00:00:00Z`);
  if (Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== written)
    fail(where, `there is no day ${written}`);
  return written;
}

/** True and false stand for "ended at an unknown day" and "no end announced" in dates of support. */
export function dayOrFlag(value: unknown, where: string): string | boolean {
  return typeof value === 'boolean' ? value : day(value, where);
}

export function unique(values: readonly string[], where: string): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) fail(where, `"${value}" stands there twice`);
    seen.add(value);
  }
}

/** What every table says of itself. */
export interface Head {
  readonly source: string;
  readonly retrieved: string;
  readonly licence: string;
}

export function head(file: Fields, where: string): Head {
  return {
    source: text(file.source, `${where}.source`),
    retrieved: day(file.retrieved, `${where}.retrieved`),
    licence: text(file.licence, `${where}.licence`),
  };
}
