import { secretFile } from '../../facts/secret-files.js';
import { tokenIn } from '../../facts/secrets.js';
import { type Message, say, words } from '../../l10n/message.js';
import type { CopyStep, Stage, StepWord } from '../../model/build.js';
import { oncePer } from '../../model/once-per.js';
import { allSteps } from '../../model/stage.js';
import { cis, defineRule, dockerDocs, type Fix } from '../rule.js';
import { inImage } from '../shared/layers.js';

export default defineRule({
  meta: {
    id: 'secret-file-copied',
    practice: 'registries',
    severity: 'warning',
    title: 'File with credentials is copied into the image',
    why: 'Every layer can be unpacked: deleting the file in a later step hides it from nobody who may pull the image.',
    advice:
      'Mount the file where a step needs it, `RUN --mount=type=secret,id=…,target=…`, list it in .dockerignore, and give run-time secrets to the container.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['manual'],
    references: [cis('4.10'), dockerDocs('build secrets', '/build/building/secrets/')],
    equivalents: ['trivy:DS-0031'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      const shipped = inImage(stage);
      const place = shipped ? say`the image, for all who pull it` : say`the build cache`;
      const reach = shipped ? say`all who pull the image get it` : say`it goes into the build cache`;
      for (const step of stage.steps) {
        // What comes out of another stage was put there by a step of that stage.
        if ((step.kind !== 'copy' && step.kind !== 'add') || step.from?.stage !== undefined) continue;
        const named = namedByVariable(stage, step);
        for (const source of step.sources) {
          const file = source.value.state === 'set' ? secretFile(source.value.value) : undefined;
          const what = file ? words(file.what) : named;
          if (what === undefined) continue;
          const surely = file === undefined || file.risk === 'surely';
          yield {
            at: source.place,
            ...((!shipped || !surely) && { severity: 'info' }),
            message: surely
              ? say`\`${source.written}\` brings ${what} into ${place}`
              : say`\`${source.written}\` often holds ${what}: ${reach}`,
            fixes: () => fixes(stage, step, source),
          };
        }
        for (const { text, name } of step.inline) {
          const token = tokenIn(text);
          if (token === undefined || token.confidence === 'low' || step.destination === undefined) continue;
          yield {
            at: step.destination.place,
            ...(shipped && { severity: 'error' }),
            message: say`\`${name}\` holds what looks like a \`${token.id}\`: ${reach}`,
          };
        }
      }
    },
  },
});

/** Variables that tell a program where the file with its credentials lies. */
const VARIABLES =
  /^(?:GOOGLE_APPLICATION_CREDENTIALS|AWS_SHARED_CREDENTIALS_FILE|BOTO_CONFIG|KUBECONFIG|NETRC|NPM_CONFIG_USERCONFIG|SNOWFLAKE_PRIVATE_KEY_PATH)$/i;

/** What the copied file holds, when a variable of the image says so. */
function namedByVariable(stage: Stage, { destination, sources }: CopyStep): Message | undefined {
  if (destination?.value.state !== 'set' || sources.length !== 1) return undefined;
  const target = destination.value.value;
  const name = sources[0]?.written.split('/').at(-1) ?? '';
  const paths = credentialPaths(stage);
  return paths.has(target) || (target.endsWith('/') && paths.has(target + name))
    ? say`the credentials of a program`
    : undefined;
}

const credentialPaths = oncePer(
  (stage: Stage): ReadonlySet<string> =>
    new Set(
      allSteps(stage)
        .flatMap((step) => (step.kind === 'env' ? step.variables : []))
        .flatMap(({ name, value }) => (VARIABLES.test(name) && value.state === 'set' ? [value.value] : [])),
    ),
);

function fixes(stage: Stage, step: CopyStep, source: StepWord): readonly Fix[] {
  const isOnly = step.sources.length === 1 && step.inline.length === 0;
  return [
    {
      title: say`Do not copy it (mount it with \`RUN --mount=type=secret\` where it is needed)…`,
      applicability: 'manual',
      edits: isOnly ? stage.edit.remove(step) : stage.edit.removeWord(source.place),
    },
  ];
}
