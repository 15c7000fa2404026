import { isDummy, isGuessed } from '../../facts/secret-values.js';
import { credentialsInUrl } from '../../facts/secrets.js';
import { type Message, say } from '../../l10n/message.js';
import type { Step } from '../../model/build.js';
import type { ContainerSpec, Literal, Variable } from '../../model/container.js';
import type { Place } from '../../text/span.js';
import { cis, containerFix, defineRule, dockerDocs, type Fix, type Problem } from '../rule.js';
import { hostOf, isLoopbackHost } from '../shared/hosts.js';
import { inImage } from '../shared/layers.js';

export default defineRule({
  meta: {
    id: 'secret-in-url',
    practice: 'registries',
    severity: 'warning',
    title: 'Address contains a password',
    why: 'Addresses end up in logs, process lists and error reports, with the password in them, besides the file that everybody with access to the repository reads.',
    advice:
      'Keep the password in a variable or secret of its own and put the address together from it; use a credential helper for Git and package indexes.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['manual'],
    references: [
      cis('4.10'),
      dockerDocs('secrets in Compose', '/compose/how-tos/use-secrets/'),
      dockerDocs('build secrets', '/build/building/secrets/'),
    ],
    equivalents: ['compose-lint:CL-0021'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const { environment, labels, build, startWords, healthcheck, name } = container;
      for (const variable of [...environment, ...(build?.args ?? []), ...labels]) {
        const user = variable.literal && userIn(variable.literal);
        if (user === undefined) continue;
        yield {
          at: variable.place,
          message: say`\`${variable.name}\` of \`${name}\` contains the password ${owner(user)}: every reader has it`,
          fixes: () => fromVariable(container, variable),
        };
      }
      for (const { literal, place } of startWords) {
        const user = userIn(literal);
        if (user !== undefined) yield inCommand(name, user, place);
      }
      if (healthcheck.state !== 'set') return;
      const user = credentialsInUrl(healthcheck.value.test.join(' '))?.user;
      if (user !== undefined) yield inCommand(name, user, healthcheck.span);
    },
    *stage(stage) {
      const ships = inImage(stage);
      for (const step of stage.steps) {
        for (const { user, at } of addressesOf(step))
          yield {
            at,
            message: ships
              ? say`This address contains the password ${owner(user)}: everyone who pulls the image has it`
              : say`This address contains the password ${owner(user)}: everyone who reads the Dockerfile has it`,
          };
      }
    },
  },
});

function inCommand(name: string, user: string, at: Place): Problem {
  return {
    at,
    message: say`This command of \`${name}\` contains the password ${owner(user)}: every process list shows it`,
  };
}

function owner(user: string): Message {
  return user === '' ? say`of the service` : say`of \`${user}\``;
}

/** A dollar sign that is left in the literal text is part of the password. */
function userIn({ text }: Literal): string | undefined {
  return credentialsInUrl(text.replaceAll('$', 'S'))?.user;
}

function* addressesOf(step: Step): Iterable<{ readonly user: string; readonly at: Place }> {
  if ('variables' in step) {
    for (const { value, namePlace } of step.variables) {
      const found = value.state === 'set' ? lasting(value.value, step.kind) : undefined;
      if (found) yield { user: found.user, at: namePlace };
    }
  } else if (step.kind === 'add' || step.kind === 'copy') {
    for (const { value, place } of step.sources) {
      const found = value.state === 'set' ? credentialsInUrl(value.value) : undefined;
      if (found) yield { user: found.user, at: place };
    }
  } else if ('script' in step) {
    for (const { assignments, words, input, programWord, span } of step.script.commands) {
      for (const word of [...assignments, ...words]) {
        const found = lasting(word.value, step.kind);
        if (found) yield { user: found.user, at: word.span };
      }
      const found = input === undefined ? undefined : lasting(input, step.kind);
      if (found) yield { user: found.user, at: (programWord ?? { span }).span };
    }
  }
}

/**
 * What a build step is given for a database that is not there while it runs is a dummy; so is an address that nobody
 * can have meant.
 */
function lasting(text: string, kind: Step['kind']): { readonly user: string } | undefined {
  const found = credentialsInUrl(text);
  if (found === undefined) return undefined;
  const password = text.slice(found.start, found.end);
  const host = hostOf(`x${text.slice(text.lastIndexOf('://', found.start))}`);
  const staysHere = host !== undefined && isLoopbackHost(host);
  if (kind === 'run') return isGuessed(found.user, password) || staysHere ? undefined : found;
  return isDummy(password) && staysHere ? undefined : found;
}

/** Only a value that is written as it is read can be cut without touching anything else. */
function fromVariable(container: ContainerSpec, variable: Variable): readonly Fix[] {
  const { written = '', name } = variable;
  const found = written.includes('$') ? undefined : credentialsInUrl(written);
  if (found === undefined) return [];
  const own = `${name.replace(/\W/g, '_').toUpperCase()}_PASSWORD`;
  const value = `${written.slice(0, found.start)}\${${own}}${written.slice(found.end)}`;
  return containerFix(
    container,
    say`Take the password from a variable (set it in .env, name as you like)…`,
    'manual',
    [{ setVariable: variable, value, placeholder: own }],
  );
}
