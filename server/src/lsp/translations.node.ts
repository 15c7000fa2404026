/** The translations that are shipped beside the program, for editors that say their language and bring no bundle. */
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Bundle } from '../l10n/translate.js';
import { toBundle } from './language.js';

/** `locale` is a language tag, `de` or `de-AT`. Undefined when there is no translation, or none that can be read. */
export async function shippedTranslation(locale: string): Promise<Bundle | undefined> {
  const language = /^[a-z]{2,3}(?=$|[-_])/i.exec(locale)?.[0].toLowerCase();
  const [, program] = process.argv;
  if (language === undefined || program === undefined) return undefined;
  try {
    // dist/ and l10n/ lie side by side; a command may be a link to what is in dist/.
    const folder = join(dirname(await realpath(program)), '..', 'l10n');
    return toBundle(JSON.parse(await readFile(join(folder, `bundle.l10n.${language}.json`), 'utf8')));
  } catch {
    return undefined;
  }
}
