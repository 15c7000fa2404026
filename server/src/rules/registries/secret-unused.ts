import { say } from '../../l10n/message.js';
import type { ContainerSpec } from '../../model/container.js';
import type { ProjectSpec } from '../../model/project.js';
import { defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'secret-unused',
    practice: 'registries',
    severity: 'info',
    title: 'Secret is defined and no service uses it',
    why: 'A credential lies around that nobody needs, and can leak all the same; or the service that should get it reads it from a worse place.',
    advice: 'Remove the entry and revoke the credential, or name the secret in the service that needs it.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [dockerDocs('secrets in Compose', '/compose/how-tos/use-secrets/')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *project(project) {
      const used = usedSecrets(project);
      if (used === undefined) return;
      for (const { name, place } of project.secrets) {
        if (used.has(name)) continue;
        yield {
          at: place,
          message: say`No service uses the secret \`${name}\`: a credential that nobody needs can leak all the same`,
          fixes: () => {
            const edits = project.edit.removeEntry(place);
            const title = say`Remove the secret \`${name}\` (the credential itself stays where it is)`;
            return edits ? [{ title, applicability: 'unsafe', edits }] : [];
          },
        };
      }
    },
  },
});

/** Undefined when a service was not read completely, or is a part of one: it may use any. */
function usedSecrets({ containers }: ProjectSpec): ReadonlySet<string> | undefined {
  if (containers.length === 0 || containers.some(isPart)) return undefined;
  return new Set(
    containers.flatMap(({ secrets, build }) => [
      ...secrets.map(({ source }) => source),
      ...(build?.secrets ?? []),
    ]),
  );
}

function isPart({ incomplete, image, build, provider }: ContainerSpec): boolean {
  const starts = image.state === 'set' || build !== undefined || provider.state === 'set';
  return incomplete.length > 0 || !starts;
}
