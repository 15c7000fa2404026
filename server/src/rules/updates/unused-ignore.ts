import { either, say } from '../../l10n/message.js';
import type { IgnoreComment, IgnoreEntry } from '../../model/ignore-comment.js';
import { defineRule, type Fix, type Problem } from '../rule.js';

export default defineRule({
  meta: {
    id: 'unused-ignore',
    practice: 'updates',
    severity: 'info',
    title: 'Ignore comment that accepts nothing',
    why: 'An exception that outlives its reason waits for the next flaw of that kind and accepts it unseen; one with a misspelt name does not accept what its author thinks.',
    advice:
      'Remove the comment or the name in it that is not needed, or correct the name. Comments of other linters are never reported.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['safe', 'unsafe', 'manual'],
    references: [
      {
        title: 'Bulkhead: accept findings by comments',
        url: 'https://github.com/bulkhead/bulkhead/blob/main/docs/ignoring.md',
      },
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *ignore(comment) {
      if (comment.mistake !== undefined)
        yield { at: comment.at, message: say`This comment accepts nothing: ${comment.mistake}` };
      const idle = comment.entries.filter(
        ({ use, meant }) => use === 'unused' || (use === 'unknown' && !meant),
      );
      const whole = idle.length > 0 && idle.length === comment.entries.length;
      if (whole) yield reportAll(comment, idle);
      else for (const entry of idle) yield reportOne(comment, entry);
      for (const entry of comment.entries)
        if (entry.use === 'unknown' && entry.meant) yield misspelt(comment, entry);
    },
  },
});

function reportAll(comment: IgnoreComment, idle: readonly IgnoreEntry[]): Problem {
  const unknown = idle.filter(({ use }) => use === 'unknown').map(({ name }) => `\`${name}\``);
  const [first, second] = idle;
  const why =
    unknown.length > 0
      ? say`there is no rule ${either(unknown)}`
      : second === undefined
        ? say`\`${first?.name ?? ''}\` finds nothing here`
        : say`its rules find nothing here`;
  return {
    at: comment.at,
    message: say`This comment accepts nothing: ${why}`,
    fixes: () => [{ title: say`Remove this comment`, applicability: 'safe', edits: comment.remove([]) }],
  };
}

function reportOne(comment: IgnoreComment, entry: IgnoreEntry): Problem {
  const { name, at, use } = entry;
  return {
    at,
    message:
      use === 'unknown'
        ? say`There is no rule \`${name}\``
        : say`\`${name}\` finds nothing here that could be accepted`,
    fixes: () => [removal(comment, entry, 'safe')],
  };
}

/** Never part of fix-all: the reason would be lost, or a finding accepted that is shown now. */
function misspelt(comment: IgnoreComment, entry: IgnoreEntry): Problem {
  const { name, at, meant = '' } = entry;
  return {
    at,
    message: say`There is no rule \`${name}\`, so nothing is accepted; \`${meant}\` may be meant`,
    fixes: () => [
      {
        title: say`Change to \`${meant}\`…`,
        applicability: 'manual',
        edits: [{ span: at, text: meant, placeholder: { start: 0, end: meant.length } }],
      },
      removal(comment, entry, 'unsafe'),
    ],
  };
}

function removal(comment: IgnoreComment, entry: IgnoreEntry, applicability: Fix['applicability']): Fix {
  const alone = comment.entries.length === 1;
  return {
    title: alone ? say`Remove this comment` : say`Remove \`${entry.name}\` from this comment`,
    applicability,
    edits: comment.remove([entry]),
  };
}
