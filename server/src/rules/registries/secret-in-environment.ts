import { type SecretValue, secretValue } from '../../facts/secret-values.js';
import { credentialsInUrl, secretName } from '../../facts/secrets.js';
import { type Message, say } from '../../l10n/message.js';
import type { ContainerSpec, Variable } from '../../model/container.js';
import { oncePer } from '../../model/once-per.js';
import { defineRule, dockerDocs, type Problem } from '../rule.js';
import { secretsOfWords } from '../shared/command-secrets.js';
import { withoutLiteral } from '../shared/service-secrets.js';

export default defineRule({
  meta: {
    id: 'secret-in-environment',
    practice: 'registries',
    severity: 'warning',
    title: 'Credential stands in the container definition',
    why: 'Everybody who may read the repository has it, and `docker inspect` shows it to every user of the daemon; a default is what attackers try first.',
    advice:
      'Give it as a Compose secret where the image reads files, otherwise as `${NAME:?}` from an .env file that is not committed; change what was published.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      dockerDocs('secrets in Compose', '/compose/how-tos/use-secrets/'),
      dockerDocs(
        'environment variables in Compose',
        '/compose/how-tos/environment-variables/best-practices/',
      ),
    ],
    equivalents: ['compose-lint:CL-0020'],
    since: '0.1.0',
  },
  check: {
    *container(container, { project }) {
      const { name, environment, labels, build, healthcheck, startWords, hooks } = container;
      const history = say`the image's history shows it`;
      const groups = [
        [environment, say`every reader has it`, ownName],
        [build?.args ?? [], history, ownName],
        // Names of labels mean what their reader wants; only the shape of the value tells.
        [labels, say`\`docker inspect\` shows it`, () => ''],
        ...hooks.map((hook) => [hook.environment, say`every reader has it`, ownName] as const),
      ] as const;
      for (const [variables, reach, nameOf] of groups) {
        for (const variable of variables) {
          const secret = secretOf(variable, nameOf(variable), container);
          if (secret === undefined) continue;
          yield {
            at: variable.literal?.text.includes('\n') ? variable.namePlace : variable.place,
            ...(secret.kind === 'template' && { severity: 'info' }),
            message: messageFor(container, variable, secret, reach),
            fixes: () => withoutLiteral(container, variable, project),
          };
        }
      }
      for (const words of [startWords, ...hooks.map((hook) => hook.words)])
        for (const { at, what } of secretsOfWords(words)) yield inCommand(name, at, what);
      if (healthcheck.state !== 'set') return;
      const { span, value } = healthcheck;
      const words = value.test.map((text) => ({
        value: { state: 'set' as const, value: text, span },
        literal: { text, partial: false, defaultOf: undefined },
        place: span,
      }));
      for (const { at, what } of secretsOfWords(words).slice(0, 1)) yield inCommand(name, at, what);
    },
  },
});

function ownName({ name }: Variable): string {
  return name;
}

/** Only what stands in the file itself; a variable is fine, its default is not. Addresses have a rule of their own. */
function secretOf({ literal }: Variable, name: string, container: ContainerSpec): SecretValue | undefined {
  if (literal === undefined || literal.partial) return undefined;
  const { text } = literal;
  if (credentialsInUrl(text.replaceAll('$', 'S')) !== undefined) return undefined;
  const secret = secretValue(name, text);
  return secret?.kind === 'plain' && guessedFirst(container).has(text) ? { kind: 'weak' } : secret;
}

/** The name of the user, of the database or of the service is tried first. */
const guessedFirst = oncePer(({ name, environment }: ContainerSpec): ReadonlySet<string | undefined> => {
  const others = environment.filter((one) => one.literal !== undefined && !secretName(one.name));
  return new Set([name, ...others.map(({ literal }) => literal?.text)]);
});

function messageFor(
  { name }: ContainerSpec,
  { name: variable, literal }: Variable,
  { kind, token }: SecretValue,
  reach: Message,
): Message {
  const isDefault = literal?.defaultOf !== undefined;
  switch (kind) {
    case 'token':
      return say`\`${variable}\` of \`${name}\` holds what looks like a \`${token ?? ''}\`: ${reach}`;
    case 'weak':
      return isDefault
        ? say`\`${variable}\` of \`${name}\` has a default in this file that everybody guesses`
        : say`\`${variable}\` of \`${name}\` has a value in this file that everybody guesses`;
    case 'template':
      return say`\`${variable}\` of \`${name}\` asks for the secret in this file: every reader has it`;
    default:
      return isDefault
        ? say`\`${variable}\` of \`${name}\` has a default in this file: ${reach}`
        : say`\`${variable}\` of \`${name}\` has its value in this file: ${reach}`;
  }
}

function inCommand(name: string, at: Problem['at'], what: Message): Problem {
  return { at, message: say`In \`${name}\`, ${what}: every process list shows it` };
}
