/** In which language the editor is spoken to. */
import { type Bundle, type Tell, teller } from '../l10n/translate.js';

/** What the client brings wins, then what is shipped for the language of its user, then English. */
export async function languageOf(
  { own, locale }: { readonly own: Bundle | undefined; readonly locale: string | undefined },
  shipped?: (locale: string) => Promise<Bundle | undefined>,
): Promise<Tell> {
  if (own !== undefined) return teller(own);
  const isEnglish = locale === undefined || /^en\b/i.test(locale);
  return teller(isEnglish ? undefined : await shipped?.(locale));
}

/** The texts of an untrusted value; undefined when it is no bundle at all. */
export function toBundle(value: unknown): Bundle | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
