import { enumerated, say } from '../../l10n/message.js';
import type { BuildContextFacts, BuildSpec, CopyStep, StepWord } from '../../model/build.js';
import { packageOperations } from '../../model/package-operations.js';
import { copiesOf, runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs, type Fix } from '../rule.js';
import { isLetThrough } from '../shared/dockerignore.js';
import { inImage } from '../shared/layers.js';

export default defineRule({
  meta: {
    id: 'copy-everything',
    practice: 'light',
    severity: 'info',
    title: 'Whole build context is copied, secrets and history included',
    why: 'Passwords in `.env`, the history in `.git` and whatever else lies in the folder of whoever builds can be read from the image.',
    advice: 'Copy what the program needs by name, and keep the rest out of the build with a `.dockerignore`.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [
      dockerDocs('.dockerignore files', '/build/concepts/context/#dockerignore-files'),
      dockerDocs('exclude with .dockerignore', '/build/building/best-practices/#exclude-with-dockerignore'),
    ],
    equivalents: ['hadolint:DL3067', 'sonar:S6470'],
    since: '0.1.0',
  },
  check: {
    *build(build) {
      const { dockerignore } = build.context;
      if (dockerignore === undefined) return;
      const unwanted = unwantedIn(build);
      for (const stage of build.stages) {
        if (!inImage(stage)) continue;
        for (const step of copiesOf(stage)) {
          const source = wholeContext(step);
          const passing = source === undefined ? [] : letThrough(dockerignore, step, unwanted);
          if (source === undefined || passing.length === 0) continue;
          const names = enumerated(passing.map((name) => `\`${name}\``));
          yield {
            at: source.place,
            message:
              dockerignore === null
                ? say`Without a .dockerignore the whole folder gets into the image, with ${names}`
                : passing.length > 1
                  ? say`The .dockerignore lets ${names} through, so they end up in the image`
                  : say`The .dockerignore lets ${names} through, so it ends up in the image`,
            fixes: () => ignoreFix(build.context, passing),
          };
        }
      }
    },
  },
});

/** `.`, `./` or `/` of the context, not of another stage. */
function wholeContext(step: CopyStep): StepWord | undefined {
  if (step.from !== undefined) return undefined;
  return step.sources.find(
    ({ value }) => value.state === 'set' && /^(?:\.?\/?\*?|\.\/\.)$/.test(value.value),
  );
}

/** What nearly every project has beside its Dockerfile; what npm installs, where the build does that itself. */
function unwantedIn({ stages }: BuildSpec): readonly string[] {
  const installs = stages.some((stage) =>
    runsOf(stage).some((step) =>
      packageOperations(step).some(
        ({ manager, action }) => manager.family === 'javascript' && action === 'install',
      ),
    ),
  );
  return ['.git', '.env', ...(installs ? ['node_modules'] : [])];
}

/** A file that a pattern must keep out so that nothing of it is left; `.git/**` leaves the folder, which is empty. */
const INSIDE: Readonly<Record<string, string>> = {
  '.git': '.git/config',
  node_modules: 'node_modules/x/index.js',
};

function letThrough(
  dockerignore: string | null,
  step: CopyStep,
  unwanted: readonly string[],
): readonly string[] {
  const excluded = step.flags.flatMap(({ name, value }) =>
    name === 'exclude' && value.state === 'set' ? [value.value] : [],
  );
  const text = [dockerignore ?? '', ...excluded].join('\n');
  return unwanted.filter((name) => isLetThrough(text, INSIDE[name] ?? name));
}

const CONTENT = `# What the image must not hold
.git
.env
.env.*
!.env.example
*.key
*.pem
.aws
.ssh

# What it does not need
node_modules
Dockerfile*
.dockerignore
compose*.yaml
compose*.yml
docker-compose*.yaml
docker-compose*.yml
`;

function ignoreFix(context: BuildContextFacts, passing: readonly string[]): readonly Fix[] {
  const { dockerignore, dockerignorePath: path } = context;
  if (path === undefined || dockerignore === undefined) return [];
  if (dockerignore === null)
    return [
      {
        title: say`Create \`.dockerignore\` (what it lists no longer gets into the build)`,
        applicability: 'unsafe',
        edits: [],
        creates: [{ path, text: CONTENT }],
      },
    ];
  // Who wrote an exception for it wants it in the image.
  const isMeant = dockerignore
    .split(/\r?\n/)
    .some((line) => /^\s*!\s*\/?(?:\.git|\.env|node_modules)\b/.test(line));
  if (isMeant) return [];
  const names = enumerated(passing.map((name) => `\`${name}\``));
  const eol = dockerignore.includes('\r\n') ? '\r\n' : '\n';
  const isOpen = dockerignore !== '' && !/\n$/.test(dockerignore);
  return [
    {
      title: say`Add ${names} to \`${path.slice(path.lastIndexOf('/') + 1)}\` (no longer in the build)`,
      applicability: 'unsafe',
      edits: [],
      creates: [
        {
          path,
          existing: dockerignore,
          text: (isOpen ? eol : '') + passing.map((name) => name + eol).join(''),
        },
      ],
    },
  ];
}
