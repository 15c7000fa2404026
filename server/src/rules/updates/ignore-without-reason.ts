import { say } from '../../l10n/message.js';
import { defineRule } from '../rule.js';

export default defineRule({
  meta: {
    id: 'ignore-without-reason',
    practice: 'updates',
    severity: 'info',
    title: 'Ignore comment does not say why',
    why: 'Nobody can tell later whether a risk was weighed or only silenced, so an exception without a reason is never taken back.',
    advice:
      'Write the reason behind a colon: `# bulkhead-ignore rule: reason`. Comments of other linters are never reported.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['manual'],
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
    *ignore({ at, reason, mistake, entries, explain }) {
      if (mistake !== undefined || reason !== undefined) return;
      // Of no use at all: to be taken out, not to be explained.
      if (entries.every(({ use }) => use === 'unused' || use === 'unknown')) return;
      yield {
        at,
        message: say`This comment does not say why the finding is accepted`,
        fixes: () => [{ title: say`Give the reason…`, applicability: 'manual', edits: explain() }],
      };
    },
  },
});
