import { say } from '../../l10n/message.js';
import type { ShellCommand } from '../../model/build.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs, type Fix } from '../rule.js';
import { variableIsSet } from '../shared/layers.js';

const DUMMY = 'SECRET_KEY_BASE_DUMMY=1';

export default defineRule({
  meta: {
    id: 'assets-built-with-key',
    practice: 'registries',
    severity: 'info',
    title: 'Rails assets are compiled with the real key',
    why: 'Rails starts only with its key, so the build fails or somebody hands it the one of production, which stays in the image or its history.',
    advice: `Set \`${DUMMY}\` for this one command: compiling assets needs no real key.`,
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [
      dockerDocs('build secrets', '/build/building/secrets/'),
      {
        title: 'Ruby on Rails guides: configuring',
        url: 'https://guides.rubyonrails.org/configuring.html#config-secret-key-base',
      },
    ],
    equivalents: ['tally:tally/ruby/asset-precompile-without-dummy-key'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of runsOf(stage)) {
        if (step.mounts.some(({ type }) => type === 'secret')) continue;
        for (const command of step.script.commands) {
          const task = command.words.find(({ value }) => /^(?:\w+:)*assets:precompile$/.test(value));
          const first = command.words[0];
          if (task === undefined || first === undefined || !isRuby(command)) continue;
          if (variableIsSet(stage, step, command, (name) => /^SECRET_KEY_BASE(?:_DUMMY)?$/.test(name)))
            continue;
          yield {
            at: task.span,
            message: say`Without a dummy this needs the real key of the program: the build fails, or the key ends up in it`,
            fixes: (): readonly Fix[] =>
              step.form === 'exec' && command.context === 'list'
                ? []
                : [
                    {
                      title: say`Set \`${DUMMY}\` for it (needs Rails 7.1)`,
                      applicability: 'unsafe',
                      edits: stage.edit.replace(
                        { start: first.span.start, end: first.span.start },
                        `${DUMMY} `,
                      ),
                    },
                  ],
          };
        }
      }
    },
  },
});

function isRuby({ program, words }: ShellCommand): boolean {
  return (
    /^(?:rails|rake|bundle|ruby)$/.test(program) ||
    words.some(({ value }) => /(?:^|\/)(?:rails|rake)$/.test(value))
  );
}
