/** A handful of rules for tests of what surrounds rules, so that those tests do not depend on the catalogue. */
import { type AnyRule, containerFix, defineRule, type RuleMeta } from '../../server/src/rules/rule.js';

function meta(id: string, more: Partial<RuleMeta>): RuleMeta {
  return {
    id,
    practice: 'images',
    severity: 'warning',
    title: `Title of ${id}`,
    why: `Why of ${id}.`,
    advice: `Advice of ${id}.`,
    presence: 'presence',
    profile: 'recommended',
    fixes: [],
    references: [{ title: 'A benchmark, section 1' }, { title: 'A page', url: 'https://example.com/page' }],
    equivalents: [],
    since: '0.0.0',
    ...more,
  };
}

/** A safe fix for one value: `image: x:latest` becomes `x:stable`. */
export const latestTag = defineRule({
  meta: meta('tag-latest', { fixes: ['safe'] }),
  check: {
    *container(container) {
      const { image } = container;
      if (image.state !== 'set' || !image.value.endsWith(':latest')) return;
      const text = image.value.replace(/latest$/, 'stable');
      yield {
        at: image.span,
        message: `\`${image.value}\` moves`,
        related: [{ at: container.namePlace, message: 'the service' }],
        fixes: () => containerFix(container, 'Use `stable`', 'safe', [{ replace: image.span, text }]),
      };
    },
  },
});

/** An unsafe fix that removes a key. */
export const privileged = defineRule({
  meta: meta('privileged-set', { severity: 'error', fixes: ['unsafe'] }),
  check: {
    *container(container) {
      const { privileged: setting } = container;
      if (setting.state !== 'set' || !setting.value) return;
      yield {
        at: setting.span,
        message: `\`${container.name}\` is privileged`,
        fixes: () =>
          containerFix(container, 'Remove `privileged` (devices disappear)', 'unsafe', [
            { remove: setting.span },
          ]),
      };
    },
  },
});

export const memoryMissing = defineRule({
  meta: meta('memory-missing', {
    severity: 'info',
    presence: 'absence',
    fixes: ['unsafe'],
    practice: 'resources',
  }),
  check: {
    *container(container) {
      if (container.memory.state !== 'unset') return;
      yield {
        at: container.memory.anchor,
        message: `\`${container.name}\` has no memory limit`,
        missing: 'memory limit',
        fixes: () =>
          containerFix(container, 'Add `mem_limit`', 'unsafe', [{ set: 'memory', value: 512 * 1024 * 1024 }]),
      };
    },
  },
});

export const readOnlyMissing = defineRule({
  meta: meta('read-only-missing', { severity: 'info', presence: 'absence', fixes: ['unsafe'] }),
  check: {
    *container(container) {
      if (container.readOnly.state !== 'unset') return;
      yield {
        at: container.readOnly.anchor,
        message: `\`${container.name}\` can write everywhere`,
        missing: 'read-only root',
        fixes: () =>
          containerFix(container, 'Add `read_only: true`', 'unsafe', [{ set: 'readOnly', value: true }]),
      };
    },
  },
});

/** A fix with a value that only the user knows, and one that creates a file. */
export const baseUntagged = defineRule({
  meta: meta('base-untagged', { fixes: ['manual', 'safe'] }),
  check: {
    *stage(stage) {
      const at = stage.at;
      if (stage.steps.length > 0) return;
      yield {
        at,
        message: 'This stage does nothing',
        fixes: () => [
          {
            title: 'Add a user …',
            applicability: 'manual',
            edits: [
              {
                span: { start: stage.span.end, end: stage.span.end },
                text: '\nUSER name',
                placeholder: { start: 6, end: 10 },
              },
            ],
          },
          {
            title: 'Add a `.dockerignore`',
            applicability: 'safe',
            edits: [],
            creates: [{ path: '.dockerignore', text: '.git\n' }],
          },
        ],
      };
    },
  },
});

/** Throws for the image `crash`. */
export const crashing = defineRule({
  meta: meta('crashing', {}),
  check: {
    container({ image }) {
      if (image.state === 'set' && image.value === 'crash') throw new TypeError('no such thing');
      return [];
    },
  },
});

export const tinyRules: readonly AnyRule[] = [
  latestTag,
  privileged,
  memoryMissing,
  readOnlyMissing,
  baseUntagged,
  crashing,
];
