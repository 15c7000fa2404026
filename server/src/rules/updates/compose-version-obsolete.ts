import { say } from '../../l10n/message.js';
import { defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'compose-version-obsolete',
    practice: 'updates',
    severity: 'info',
    title: 'Top-level version is obsolete',
    why: 'Compose ignores it and warns at every start; readers believe that keys of newer versions do not work.',
    advice: 'Remove the line.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['safe'],
    references: [dockerDocs('Compose version and name', '/reference/compose-file/version-and-name/')],
    equivalents: ['dclint:no-version-field'],
    since: '0.1.0',
  },
  check: {
    *project(project) {
      const { version, forSwarm } = project;
      // `docker stack deploy` reads by it.
      if (version.state !== 'set' || forSwarm) return;
      yield {
        at: version.span,
        message: say`\`version\` is ignored by Compose, which warns about it at every start`,
        fixes: () => {
          const edits = project.edit.removeKey(version.span);
          return edits === undefined
            ? []
            : [{ title: say`Remove \`version\``, applicability: 'safe', edits }];
        },
      };
    },
  },
});
