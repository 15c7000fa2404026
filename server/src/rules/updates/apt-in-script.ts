import { say } from '../../l10n/message.js';
import { packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, type Fix } from '../rule.js';

export default defineRule({
  meta: {
    id: 'apt-in-script',
    practice: 'updates',
    severity: 'info',
    title: 'Script uses apt in place of apt-get',
    why: 'The options and the output of `apt` are made for people and may change with each release: a rebuild for a security fix then fails.',
    advice: 'Use `apt-get` and `apt-cache`, whose behaviour stays.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['safe'],
    references: [
      { title: 'apt(8): script usage', url: 'https://manpages.debian.org/stable/apt/apt.8.en.html' },
    ],
    equivalents: [
      'hadolint:DL3027',
      'tally:hadolint/DL3027',
      'checkov:CKV_DOCKER_9',
      'kics:run_using_apt',
      'semgrep:prefer-apt-get',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of runsOf(stage)) {
        const read = new Map(packageOperations(step).map((one) => [one.command, one]));
        for (const command of step.script.commands) {
          const { program, programWord } = command;
          if (program !== 'apt' || programWord === undefined || command.args.length === 0) continue;
          const verb = read.get(command)?.verb.value ?? '';
          const isJson = step.form === 'exec' && command.context === 'list';
          const isPlain = programWord.value === 'apt' && (!programWord.quoted || isJson);
          yield {
            at: programWord.span,
            message: say`\`apt\` is made for people at a terminal: its options may change with any release`,
            fixes: (): readonly Fix[] =>
              isPlain && SAME.has(verb)
                ? [
                    {
                      title: say`Use \`apt-get\``,
                      applicability: 'safe',
                      edits: stage.edit.replace(programWord.span, isJson ? '"apt-get"' : 'apt-get'),
                    },
                  ]
                : [],
          };
        }
      }
    },
  },
});

/** What apt-get does under the same name; `list`, `search` and `show` belong to apt-cache and print other things. */
const SAME = new Set(
  'install reinstall satisfy build-dep update upgrade remove purge autoremove clean autoclean'.split(' '),
);
