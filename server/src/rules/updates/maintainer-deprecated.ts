import { say } from '../../l10n/message.js';
import { defineRule, dockerDocs } from '../rule.js';

const LABEL = 'org.opencontainers.image.authors';

export default defineRule({
  meta: {
    id: 'maintainer-deprecated',
    practice: 'updates',
    severity: 'info',
    title: 'MAINTAINER is deprecated',
    why: 'Scanners and registries read labels: whoever finds a hole in the image does not learn whom to tell.',
    advice: `Use a label, \`LABEL ${LABEL}="…"\`.`,
    presence: 'presence',
    profile: 'strict',
    fixes: ['safe'],
    references: [
      dockerDocs('MAINTAINER', '/reference/dockerfile/#maintainer-deprecated'),
      dockerDocs('MaintainerDeprecated', '/reference/build-checks/maintainer-deprecated/'),
    ],
    equivalents: [
      'hadolint:DL4000',
      'buildkit:MaintainerDeprecated',
      'checkov:CKV_DOCKER_6',
      'kics:maintainer_instruction_being_used',
      'semgrep:maintainer-is-deprecated',
      'sonar:S6595',
      'trivy:DS-0022',
      'tally:buildkit/MaintainerDeprecated',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind !== 'maintainer') continue;
        const name = step.words.map((word) => word.written).join(' ');
        yield {
          at: step.at,
          message: say`\`MAINTAINER\` is deprecated: who looks for a contact looks at labels`,
          fixes: () =>
            name === ''
              ? []
              : [
                  {
                    title: say`Use \`LABEL ${LABEL}\``,
                    applicability: 'safe',
                    edits: stage.edit.replace(
                      step.span,
                      `LABEL ${LABEL}="${escaped(name, stage.build.directives)}"`,
                    ),
                  },
                ],
        };
      }
    },
  },
});

/** Quotes, escapes and variables stand for themselves in MAINTAINER, not in LABEL. */
function escaped(
  name: string,
  directives: readonly { readonly name: string; readonly value: string }[],
): string {
  const sign = directives.find((one) => one.name === 'escape')?.value === '`' ? '`' : '\\';
  const plain = name.replace(/^(["'])(.*)\1$/, '$2');
  return plain.replaceAll(sign, sign + sign).replace(/["$]/g, (special) => sign + special);
}
