import { say } from '../../l10n/message.js';
import type { ShellCommand, ShellWord } from '../../model/build.js';
import { known } from '../../model/setting.js';
import { runsOf } from '../../model/stage.js';
import { containerFix, defineRule, dockerDocs, owasp } from '../rule.js';
import { isRootless, socketMounts } from '../shared/sockets.js';

export default defineRule({
  meta: {
    id: 'group-docker',
    practice: 'non-root',
    severity: 'warning',
    title: 'User is added to the group docker',
    why: 'Members of the group may use the Docker daemon wherever its socket is: they are root on the host without a password.',
    advice: 'Leave the group out. Let a socket proxy hand out the few calls that are needed.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [owasp(1), dockerDocs('the docker group', '/engine/install/linux-postinstall/')],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const group of known(container.groupAdd)) {
        if (group.value !== 'docker') continue;
        const holdsSocket = socketMounts(container).some(({ socket }) => !isRootless(socket));
        yield {
          at: group.span,
          ...(holdsSocket && { severity: 'error' }),
          message: holdsSocket
            ? say`\`${container.name}\` joins the group \`docker\`: with the socket that it holds every user in it is root on the host`
            : say`\`${container.name}\` joins the group \`docker\`: with the socket it is root on the host`,
          fixes: () =>
            containerFix(container, say`Remove the group (calls to the Docker daemon fail)`, 'unsafe', [
              { remove: group.span },
            ]),
        };
      }
    },
    *stage(stage) {
      for (const step of runsOf(stage)) {
        for (const command of step.script.commands) {
          const word = dockerGroup(command);
          if (word === undefined) continue;
          yield {
            at: word.span,
            message: say`Members of \`docker\` are root on the host as soon as its socket is mounted`,
          };
        }
      }
    },
  },
});

const ADDS_USERS = new Set(['usermod', 'useradd', 'adduser', 'addgroup', 'gpasswd']);

/** The word that names the group a user is put into; creating the group alone does nothing. */
function dockerGroup({ program, args }: ShellCommand): ShellWord | undefined {
  if (!ADDS_USERS.has(program)) return undefined;
  const operands = args.filter(({ value }) => !value.startsWith('-'));
  switch (program) {
    case 'adduser':
    case 'addgroup':
      // `adduser app docker`; with one word it creates something of that name.
      return operands.length >= 2 && operands.at(-1)?.value === 'docker' ? operands.at(-1) : undefined;
    case 'gpasswd':
      return operands.at(-1)?.value === 'docker' ? operands.at(-1) : undefined;
    default:
      return args.find(
        ({ value }, index) =>
          /^(?:--groups=)?(?:[\w-]+,)*docker(?:,[\w-]+)*$/.test(value) &&
          /^(?:-[A-Za-z]*[gG]|--groups|--gid)$/.test(
            value.startsWith('--') ? '--groups' : (args[index - 1]?.value ?? ''),
          ),
      );
  }
}
