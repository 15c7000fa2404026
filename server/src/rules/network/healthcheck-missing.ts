import type { HealthCheck } from '../../facts/images.js';
import type { Stage } from '../../model/build.js';
import type { ContainerSpec } from '../../model/container.js';
import { chainOf, lastOf } from '../../model/stage.js';
import { cis, containerFix, defineRule, dockerDocs, type Fix } from '../rule.js';
import { imageOfContainer, imageOfStage } from '../shared/image-sites.js';

export default defineRule({
  meta: {
    id: 'healthcheck-missing',
    practice: 'network',
    severity: 'info',
    title: 'No health check',
    why: 'A service that hangs, or was replaced by something else, keeps its traffic, and what depends on it starts too early.',
    advice:
      'Let the container ask its own service every half minute, with a tool that the image has. Kubernetes ignores it and has probes of its own.',
    presence: 'absence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [cis('4.6'), cis('5.27'), dockerDocs('HEALTHCHECK', '/reference/dockerfile/#healthcheck')],
    equivalents: [
      'checkov:CKV_DOCKER_2',
      'hadolint:DL3057',
      'tally:hadolint/DL3057',
      'kics:healthcheck_instruction_missing',
      'kics:healthcheck_not_set',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container, context) {
      if (container.healthcheck.state !== 'unset') return;
      const stage = context.stageOf(container);
      if (stage && hasCheck(stage)) return;
      const site = imageOfContainer(container);
      const known = site?.profile?.healthcheck?.value;
      if (known?.builtin) return;
      yield {
        at: container.healthcheck.anchor,
        message: `Nothing notices when \`${container.name}\` hangs: it has no health check`,
        missing: 'health check',
        fixes: () => addToContainer(container, known),
      };
    },
    *stage(stage) {
      if (!stage.ships || hasCheck(stage) || isNoService(stage)) return;
      const image = imageOfStage(chainOf(stage)[0] ?? stage);
      const known = image?.profile?.healthcheck?.value;
      if (known?.builtin) return;
      yield {
        at: stage.base.at,
        message: 'Nothing notices when the service in this image hangs: it has no health check',
        fixes: () => addToStage(stage, known),
      };
    },
  },
});

function hasCheck(stage: Stage): boolean {
  return lastOf(stage, 'healthcheck') !== undefined;
}

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

function addToContainer(container: ContainerSpec, known: HealthCheck | undefined): readonly Fix[] {
  const [form, ...test] = known?.test ?? [];
  if (form === undefined) return [];
  const words = test.map((word) => word.replaceAll('$$', '$'));
  return containerFix(container, `Add a health check: \`${short(words)}\`${price(known)}`, 'unsafe', [
    { set: 'healthcheck', value: { disabled: false, shell: form === 'CMD-SHELL', test: words } },
  ]);
}

function addToStage(stage: Stage, known: HealthCheck | undefined): readonly Fix[] {
  const [form, ...test] = known?.test ?? [];
  if (form === undefined) return [];
  const words = test.map((word) => word.replaceAll('$$', '$'));
  const command = form === 'CMD-SHELL' ? words.join(' ') : JSON.stringify(words);
  const text = `HEALTHCHECK --interval=30s --timeout=5s CMD ${command}`;
  const start = stage.steps.find((step) => step.kind === 'entrypoint' || step.kind === 'cmd');
  const edits = start ? stage.edit.insertBefore(start, [text]) : stage.edit.append([text]);
  return [
    { title: `Add a health check: \`${short(words)}\`${price(known)}`, applicability: 'unsafe', edits },
  ];
}

function short(words: readonly string[]): string {
  const text = words.join(' ');
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

function price(known: HealthCheck | undefined): string {
  return known?.adapt ? ' (adapt path and port; dependants wait for it)' : ' (dependants wait for it)';
}
