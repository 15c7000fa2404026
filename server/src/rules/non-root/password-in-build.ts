import { type Message, say } from '../../l10n/message.js';
import type { ShellCommand } from '../../model/build.js';
import { runsOf } from '../../model/stage.js';
import { cis, defineRule, dockerDocs } from '../rule.js';
import { useraddOptions } from '../shared/created-users.js';

export default defineRule({
  meta: {
    id: 'password-in-build',
    practice: 'non-root',
    severity: 'warning',
    title: 'Password of an account is set in the build',
    why: 'Everybody who has the image reads the password in its history or cracks its hash, and it opens every container made from it.',
    advice: 'Leave accounts of an image without password; they need none to run a program.',
    presence: 'presence',
    profile: 'essential',
    fixes: [],
    references: [cis('4.10'), dockerDocs('build secrets', '/build/building/secrets/')],
    equivalents: ['checkov:CKV2_DOCKER_17'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of runsOf(stage)) {
        const { commands } = step.script;
        for (const [index, command] of commands.entries()) {
          const what = whatItSets(command, commands, index);
          if (what === undefined) continue;
          yield { at: command.programWord?.span ?? command.span, message: what };
        }
      }
    },
  },
});

/** A value that no password hashes to: the account stays locked. */
const LOCKED = /^(?:[!*x]+|)$/;

function whatItSets(command: ShellCommand, all: readonly ShellCommand[], index: number): Message | undefined {
  switch (command.program) {
    case 'chpasswd':
      return say`\`chpasswd\` puts a password into the image: whoever has the image has it too`;
    case 'passwd': {
      const words = command.args.map(({ value }) => value);
      if (words.some((word) => /^(?:-[a-z]*d[a-z]*|--delete)$/.test(word)))
        return say`\`passwd -d\` leaves an account that opens without password`;
      const piped = index > 0 && all[index - 1]?.pipeline === command.pipeline;
      return words.includes('--stdin') || piped || command.input !== undefined
        ? say`\`passwd\` puts a password into the image: whoever has the image has it too`
        : undefined;
    }
    case 'useradd':
    case 'usermod': {
      const options = useraddOptions(command);
      const given = options.get('p') ?? options.get('password');
      return given === undefined || LOCKED.test(given)
        ? undefined
        : say`\`${command.program} --password\` puts a password into the image: whoever has the image has it too`;
    }
    default:
      return undefined;
  }
}
