import { enumerated, say } from '../../l10n/message.js';
import type { CopyStep, StepWord } from '../../model/build.js';
import { copiesOf } from '../../model/stage.js';
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
    equivalents: ['hadolint:DL3067'],
    since: '0.1.0',
  },
  check: {
    *build(build) {
      const { dockerignore } = build.context;
      if (dockerignore === undefined) return;
      for (const stage of build.stages) {
        if (!inImage(stage)) continue;
        for (const step of copiesOf(stage)) {
          const source = wholeContext(step);
          const passing = source === undefined ? [] : letThrough(dockerignore, step);
          if (source === undefined || passing.length === 0) continue;
          const names = enumerated(passing.map((name) => `\`${name}\``));
          yield {
            at: source.place,
            message:
              dockerignore === null
                ? say`Without a .dockerignore all of the folder ends up in the image, ${names} included`
                : passing.length > 1
                  ? say`The .dockerignore lets ${names} through, so they end up in the image`
                  : say`The .dockerignore lets ${names} through, so it ends up in the image`,
            fixes: () => (dockerignore === null ? [NEW_FILE] : []),
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

/** What nearly every project has beside its Dockerfile. */
const UNWANTED = ['.git', '.env'];

function letThrough(dockerignore: string | null, step: CopyStep): readonly string[] {
  const excluded = step.flags.flatMap(({ name, value }) =>
    name === 'exclude' && value.state === 'set' ? [value.value] : [],
  );
  const text = [dockerignore ?? '', ...excluded].join('\n');
  // `.git/**` leaves nothing of the folder but its name.
  return UNWANTED.filter((name) => isLetThrough(text, name === '.git' ? '.git/config' : name));
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

const NEW_FILE: Fix = {
  title: say`Create \`.dockerignore\` (what it lists no longer gets into the build)`,
  applicability: 'unsafe',
  edits: [],
  creates: [{ path: '.dockerignore', text: CONTENT }],
};
