/** Ways to give a container a credential that does not stand in the file. */
import { fileVariable } from '../../facts/secret-files.js';
import { say } from '../../l10n/message.js';
import type { ContainerSpec, Variable } from '../../model/container.js';
import { oncePer } from '../../model/once-per.js';
import type { ProjectSpec } from '../../model/project.js';
import { containerFix, type Fix } from '../rule.js';
import { imageOfContainer } from './image-sites.js';

/** The best way first: a secret, which only its container sees as a file; then a variable that must be set. */
export function withoutLiteral(
  container: ContainerSpec,
  variable: Variable,
  project: ProjectSpec | undefined,
): readonly Fix[] {
  const name = variable.literal?.defaultOf ?? ownName(container, variable, project);
  return [
    ...fromSecret(container, variable, name, project?.forSwarm === true),
    ...containerFix(
      container,
      say`Take it from the environment (set \`${name}\` in .env before the next start)`,
      'unsafe',
      [{ fromEnvironment: variable, variable: name }],
    ),
  ];
}

/** For images that can read it from a file, when nothing else in the container uses the variable. */
function fromSecret(
  container: ContainerSpec,
  variable: Variable,
  name: string,
  forSwarm: boolean,
): readonly Fix[] {
  const image = imageOfContainer(container)?.reference;
  const file =
    image && container.environment.includes(variable) ? fileVariable(image, variable.name) : undefined;
  if (file === undefined || isUsedElsewhere(container, variable)) return [];
  const secret = name.toLowerCase();
  return containerFix(
    container,
    forSwarm
      ? say`Read it from a secret with \`${file}\` (run \`docker secret create ${secret} -\` before)`
      : say`Read it from a secret with \`${file}\` (set \`${name}\` in .env before the next start)`,
    'unsafe',
    [
      { renameVariable: variable, name: file, value: `/run/secrets/${secret}` },
      { attach: 'secret', name: secret },
      {
        addToProject: 'secrets',
        name: secret,
        // A Swarm keeps secrets itself and takes none from variables.
        content: {
          map: new Map([forSwarm ? ['external', { scalar: 'true' }] : ['environment', { scalar: name }]]),
        },
      },
    ],
  );
}

/** The variable's own name, unless another container of the project keeps something else under it. */
function ownName({ name }: ContainerSpec, variable: Variable, project: ProjectSpec | undefined): string {
  // Labels are words with dots, which no variable can be called.
  const own = /\W/.test(variable.name) ? variable.name.replace(/\W/g, '_').toUpperCase() : variable.name;
  const texts = project && textsByVariable(project).get(variable.name);
  const isShared = texts !== undefined && [...texts].some((text) => text !== variable.literal?.text);
  return isShared ? `${name.replace(/\W/g, '_').toUpperCase()}_${own}` : own;
}

/** What the containers of a project keep under each name: one text, or two where it is not the same everywhere. */
const textsByVariable = oncePer(({ containers }: ProjectSpec) => {
  const texts = new Map<string, Set<string | undefined>>();
  for (const { environment } of containers)
    for (const { name, literal } of environment) {
      const known = texts.get(name);
      if (known === undefined) texts.set(name, new Set([literal?.text]));
      else if (known.size < 2) known.add(literal?.text);
    }
  return texts;
});

/** A health check or command that reads the variable would find nothing. */
function isUsedElsewhere({ healthcheck, startWords, hooks }: ContainerSpec, { name }: Variable): boolean {
  const test = healthcheck.state === 'set' ? healthcheck.value.test.join(' ') : '';
  const words = [...startWords, ...hooks.flatMap((hook) => hook.words)];
  return [test, ...words.map(({ literal }) => literal.text)].some((text) =>
    new RegExp(`\\$\\{?${name.replace(/\W/g, '.')}\\b`).test(text),
  );
}
