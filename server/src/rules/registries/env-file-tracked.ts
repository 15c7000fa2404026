import { secretValue } from '../../facts/secret-values.js';
import { credentialsInUrl } from '../../facts/secrets.js';
import { enumerated, say } from '../../l10n/message.js';
import type { ValueFile } from '../../model/project.js';
import { defineRule, dockerDocs, type Reference } from '../rule.js';

const GIT: Reference = { title: 'Git documentation: gitignore', url: 'https://git-scm.com/docs/gitignore' };
/** Variables named in a message. */
const SHOWN = 2;

export default defineRule({
  meta: {
    id: 'env-file-tracked',
    practice: 'registries',
    severity: 'info',
    title: 'File with credentials is not ignored by Git',
    why: 'The next commit takes the file along, and from then on everybody who may read the repository has the credentials, also after the file is deleted.',
    advice:
      'Name the file in .gitignore and commit an example without values instead. When it is in the repository already, take it out with `git rm --cached` and change the credentials.',
    presence: 'presence',
    profile: 'recommended',
    fixes: [],
    references: [
      dockerDocs(
        'environment variables in Compose',
        '/compose/how-tos/environment-variables/best-practices/',
      ),
      GIT,
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *project({ valueFiles }) {
      const said = new Set<string>();
      for (const file of valueFiles) {
        const { path, place, ignored, kind } = file;
        if (ignored !== false || isExample(path) || said.has(path)) continue;
        said.add(path);
        const names = credentialsIn(file);
        if (kind === 'secret')
          yield {
            at: place,
            message: say`Git does not ignore \`${path}\`: the next commit publishes the secret`,
          };
        else if (names.length > SHOWN)
          yield {
            at: place,
            message: say`Git does not ignore \`${path}\`: the next commit publishes ${names.length} credentials in it`,
          };
        else if (names.length > 0)
          yield {
            at: place,
            message: say`Git does not ignore \`${path}\`: the next commit publishes ${enumerated(names.map((name) => say`\`${name}\``))}`,
          };
      }
    },
  },
});

/** Files that show how the real ones look are meant to be in the repository. */
function isExample(path: string): boolean {
  return /(?:^|[._/-])(?:example|sample|template|dist|tpl|defaults?)(?:[._/-]|$)/i.test(path);
}

/** The names of variables whose value is a credential, and no gap for one. */
function credentialsIn({ values }: ValueFile): readonly string[] {
  return [...values].flatMap(([name, text]) => {
    const secret = secretValue(name, text);
    const isSecret = secret !== undefined && secret.kind !== 'template';
    return isSecret || credentialsInUrl(text) !== undefined ? [name] : [];
  });
}
