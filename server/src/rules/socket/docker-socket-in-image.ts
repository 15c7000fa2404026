import { daemonSocket } from '../../facts/host-paths.js';
import { say } from '../../l10n/message.js';
import type { StepWord } from '../../model/build.js';
import { commandsOf } from '../../model/stage.js';
import { cis, defineRule, dockerDocs, owasp } from '../rule.js';

/** They open the socket to the user of the container, or put it at another place. */
const PREPARES = /^(?:chmod|chown|chgrp|setfacl|ln|touch)$/;

const STARTS = /^(?:docker|podman|nerdctl)$/;

export default defineRule({
  meta: {
    id: 'docker-socket-in-image',
    practice: 'socket',
    severity: 'warning',
    title: 'Image is prepared for the Docker socket',
    why: 'Whoever runs the image is led to mount the socket of the host, and opening it to the user of the container takes the last hurdle away.',
    advice:
      'Talk to the daemon through a proxy that passes on only what is needed, or to one over `ssh://`; build images with a builder that needs no daemon.',
    presence: 'presence',
    profile: 'essential',
    fixes: [],
    references: [
      cis('5.32'),
      owasp(1),
      dockerDocs('daemon attack surface', '/engine/security/#docker-daemon-attack-surface'),
    ],
    equivalents: ['semgrep:dockerfile-dockerd-socket-mount'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind === 'volume') {
          for (const word of step.words.filter(isSocket))
            yield {
              at: word.place,
              message: say`The image expects a daemon socket here: whoever breaks in owns the host`,
            };
        } else if (step.kind === 'copy' || step.kind === 'add') {
          const word = [step.destination, ...step.sources].find((one) => one !== undefined && isSocket(one));
          if (word !== undefined)
            yield {
              at: word.place,
              message: say`A daemon socket is put into the image: whoever reaches it steers all containers`,
            };
        } else if (step.kind === 'run' || step.kind === 'cmd' || step.kind === 'entrypoint') {
          for (const { program, args } of commandsOf(step)) {
            const handed = STARTS.test(program) ? args.find(({ value }) => mountsSocket(value)) : undefined;
            if (handed !== undefined)
              yield {
                at: handed.span,
                message: say`\`${program}\` hands the daemon socket on to another container: it owns the host then`,
              };
            const word = PREPARES.test(program) ? args.find(({ value }) => isSocketPath(value)) : undefined;
            if (word !== undefined)
              yield {
                at: word.span,
                message: say`\`${program}\` prepares the image for a daemon socket: whoever breaks in owns the host`,
              };
          }
        }
      }
    },
  },
});

function isSocket({ value }: StepWord): boolean {
  return value.state === 'set' && isSocketPath(value.value);
}

/** `-v /var/run/docker.sock:/x`, `--mount=type=bind,source=/var/run/docker.sock,target=/x`. */
function mountsSocket(word: string): boolean {
  const source = /(?:^|[=,])(\/[^:,=]+)[:,]/.exec(word)?.[1];
  return source !== undefined && daemonSocket(source)?.via === 'itself';
}

function isSocketPath(path: string): boolean {
  return daemonSocket(path)?.via === 'itself' || /^(?:\.\/)?docker\.sock$/.test(path);
}
