import { say } from '../../l10n/message.js';
import { containerFix, defineRule, dockerDocs } from '../rule.js';

export default defineRule({
  meta: {
    id: 'port-unquoted',
    practice: 'network',
    severity: 'info',
    title: 'Unquoted port mapping may be read as a number',
    why: 'Older YAML readers take `22:22` for a number in base 60 (1342), so another port than the one meant is published.',
    advice: 'Put port mappings in quotes.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['safe'],
    references: [
      dockerDocs('Compose ports, short syntax', '/reference/compose-file/services/#short-syntax-4'),
    ],
    equivalents: ['dclint:require-quotes-in-ports'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const port of container.ports) {
        if (!port.base60) continue;
        yield {
          at: port.place,
          message: say`Some YAML readers take \`${port.text}\` for a number in base 60 and publish another port`,
          fixes: () => containerFix(container, say`Put the port in quotes`, 'safe', [{ quote: port.place }]),
        };
      }
    },
  },
});
