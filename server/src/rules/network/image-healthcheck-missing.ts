import type { HealthCheck } from '../../facts/images.js';
import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { chainOf, lastOf } from '../../model/stage.js';
import { cis, defineRule, dockerDocs, type Fix } from '../rule.js';
import { restingOn } from '../shared/image-facts.js';
import { checkTitle, checkWords } from '../shared/health-checks.js';
import { imageOfStage } from '../shared/image-sites.js';

export default defineRule({
  meta: {
    id: 'image-healthcheck-missing',
    practice: 'network',
    severity: 'info',
    title: 'Image has no health check',
    why: 'Whoever runs the image has to find out alone how to tell that its service hangs; most never do.',
    advice:
      'Let the image ask its own service every half minute, with a tool that it has. Kubernetes ignores it and has probes of its own.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['unsafe'],
    references: [cis('4.6'), dockerDocs('HEALTHCHECK', '/reference/dockerfile/#healthcheck')],
    equivalents: [
      'checkov:CKV_DOCKER_2',
      'hadolint:DL3057',
      'tally:hadolint/DL3057',
      'kics:healthcheck_instruction_missing',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      // Without a base, the file is a fragment or is being typed.
      if (stage.base.image.state === 'unset') return;
      if (!stage.ships || lastOf(stage, 'healthcheck') !== undefined || isNoService(stage)) return;
      const image = imageOfStage(chainOf(stage)[0] ?? stage);
      const known = image?.profile?.healthcheck?.value;
      if (known?.builtin) return;
      yield {
        at: stage.base.at,
        message: say`Nothing notices when the service in this image hangs: it has no health check`,
        fixes: () => restingOn(addToStage(stage, known), image?.reference, image?.profile?.healthcheck),
      };
    },
  },
});

/** Bases whose images are called, not watched: functions, and images that start no program of their own. */
const FUNCTION_BASES =
  /(?:^|\/)(?:lambda|aws-lambda|azure-functions|functions|cloud-functions|faas)(?:[/:-]|$)/i;

function isNoService(stage: Stage): boolean {
  const [root] = chainOf(stage);
  if (root === undefined || FUNCTION_BASES.test(root.base.written)) return true;
  const starts = lastOf(stage, 'cmd') !== undefined || lastOf(stage, 'entrypoint') !== undefined;
  const image = imageOfStage(root);
  const profile = image?.profile;
  // A base that listens brings its own command; of an unknown one nothing can be said.
  return !starts && profile !== undefined && (profile.ports?.value.length ?? 0) === 0;
}

function addToStage(stage: Stage, known: HealthCheck | undefined): readonly Fix[] {
  const [form, ...test] = known?.test ?? [];
  if (form === undefined) return [];
  const words = checkWords(test);
  const command = form === 'CMD-SHELL' ? words.join(' ') : JSON.stringify(words);
  const text = `HEALTHCHECK --interval=30s --timeout=5s CMD ${command}`;
  const start = stage.steps.find((step) => step.kind === 'entrypoint' || step.kind === 'cmd');
  const edits = start ? stage.edit.insertBefore(start, [text]) : stage.edit.append([text]);
  return [{ title: checkTitle(words, known), applicability: 'unsafe', edits }];
}
