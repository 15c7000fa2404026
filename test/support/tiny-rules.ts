/** A handful of rules for tests of what surrounds rules, so that those tests do not depend on the catalogue. */
import { say } from '../../server/src/l10n/message.js';
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
        message: say`\`${image.value}\` moves`,
        related: [{ at: container.namePlace, message: say`the service` }],
        fixes: () => containerFix(container, say`Use \`stable\``, 'safe', [{ replace: image.span, text }]),
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
        message: say`\`${container.name}\` is privileged`,
        fixes: () =>
          containerFix(container, say`Remove \`privileged\` (devices disappear)`, 'unsafe', [
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
        message: say`\`${container.name}\` has no memory limit`,
        missing: say`memory limit`,
        fixes: () =>
          containerFix(container, say`Add \`mem_limit\``, 'unsafe', [
            { set: 'memory', value: 512 * 1024 * 1024 },
          ]),
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
        message: say`\`${container.name}\` can write everywhere`,
        missing: say`read-only root`,
        fixes: () =>
          containerFix(container, say`Add \`read_only: true\``, 'unsafe', [{ set: 'readOnly', value: true }]),
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
        message: say`This stage does nothing`,
        fixes: () => [
          {
            title: say`Add a user …`,
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
            title: say`Add a \`.dockerignore\``,
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
