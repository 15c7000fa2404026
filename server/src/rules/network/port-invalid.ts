import { type Message, say } from '../../l10n/message.js';
import { defineRule, dockerDocs, type Fix } from '../rule.js';

export default defineRule({
  meta: {
    id: 'port-invalid',
    practice: 'network',
    severity: 'warning',
    title: 'Port is malformed or out of range',
    why: 'The container does not start, or the image announces something else than what listens.',
    advice: 'Ports go from 1 to 65535; `EXPOSE` takes the container port only, without address or host port.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['safe'],
    references: [
      dockerDocs('EXPOSE', '/reference/dockerfile/#expose'),
      dockerDocs('Compose ports', '/reference/compose-file/services/#ports'),
    ],
    equivalents: [
      'hadolint:DL3011',
      'tally:hadolint/DL3011',
      'kics:unix_ports_out_of_range',
      'semgrep:invalid-port',
      'trivy:DS-0008',
      'buildkit:ExposeInvalidFormat',
      'tally:buildkit/ExposeInvalidFormat',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const port of container.ports) {
        if (port.invalid !== undefined)
          yield {
            at: port.place,
            message:
              port.text === ''
                ? say`An empty text is not a port mapping`
                : say`\`${port.text}\` is not a port mapping: ${port.invalid}`,
          };
      }
    },
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind !== 'expose') continue;
        for (const word of step.words) {
          if (word.value.state !== 'set') continue;
          const wrong = wrongWith(word.value.value);
          if (wrong === undefined) continue;
          const container = /:(\d{1,5}(?:-\d{1,5})?(?:\/(?:tcp|udp|sctp))?)$/i.exec(word.written)?.[1];
          yield {
            at: word.place,
            message: say`\`${word.written}\` is not a container port: ${wrong}`,
            fixes: (): readonly Fix[] =>
              container === undefined || wrongWith(container) !== undefined
                ? []
                : [
                    {
                      title: say`Announce \`${container}\``,
                      applicability: 'safe',
                      edits: stage.edit.replace(word.place, container),
                    },
                  ],
          };
        }
      }
    },
  },
});

/** What BuildKit or the engine would refuse; undefined for a good port or range with an optional protocol. */
function wrongWith(text: string): Message | undefined {
  if (text === '') return undefined;
  const [range = '', protocol, more] = text.split('/');
  if (more !== undefined || (protocol !== undefined && !/^(tcp|udp|sctp)$/i.test(protocol)))
    return say`\`/${protocol ?? ''}\` is not tcp, udp or sctp`;
  if (range.includes(':')) return say`the host's side is chosen at the start`;
  const match = /^(\d+)(?:-(\d+))?$/.exec(range);
  if (match === null) return say`it is not a number`;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  if (from > 65535 || to > 65535) return say`${Math.max(from, to)} is above 65535`;
  if (to < from) return say`the range ends before it starts`;
  return undefined;
}
