import { parseImageReference } from '../../facts/image-reference.js';
import { say } from '../../l10n/message.js';
import type { BuildSpec, Stage } from '../../model/build.js';
import { defineRule, dockerDocs, type Fix } from '../rule.js';

export default defineRule({
  meta: {
    id: 'base-unresolvable',
    practice: 'images',
    severity: 'warning',
    title: 'Base image depends on a variable without a value',
    why: 'A plain `docker build` fails, or everybody who builds chooses a base of their own that nobody reviewed.',
    advice: 'Declare the variable with `ARG` before the first `FROM` and give it a default that works.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['manual'],
    references: [dockerDocs('ARG and FROM', '/reference/dockerfile/#understand-how-arg-and-from-interact')],
    equivalents: [
      'buildkit:InvalidDefaultArgInFrom',
      'buildkit:UndefinedArgInFrom',
      'tally:buildkit/InvalidDefaultArgInFrom',
      'tally:buildkit/UndefinedArgInFrom',
    ],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      const { base, build } = stage;
      const words = [{ written: base.written, at: base.at, mayBeEmpty: false }];
      if (base.platform)
        words.push({ written: base.platform.written, at: base.platform.place, mayBeEmpty: true });
      for (const { written, at, mayBeEmpty } of words) {
        const undeclared = plainReferences(written).find((name) => !isDeclared(build, name));
        if (undeclared !== undefined) {
          yield {
            at,
            message: say`\`${undeclared}\` is used by \`FROM\` but not declared before it: it is empty in every build`,
            fixes: () => declareFix(stage, undeclared),
          };
        } else if (!mayBeEmpty && base.image.state === 'unknown' && !staysValid(written, build)) {
          // Declared on purpose: whoever builds is asked, and told what is missing.
          yield {
            at,
            severity: 'info',
            message: say`\`${written}\` has no default: without \`--build-arg\` the build fails`,
          };
        }
      }
    },
  },
});

/** Names of `$NAME` and `${NAME}`; forms with a default say themselves what to take. */
function plainReferences(written: string): readonly string[] {
  return [...written.matchAll(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
}

const PREDEFINED = /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT|OSVERSION)$|^TARGETSTAGE$/;

function isDeclared(build: BuildSpec, name: string): boolean {
  return (
    PREDEFINED.test(name) ||
    build.globalArgs.some((step) => step.variables.some((variable) => variable.name === name))
  );
}

/** Whether the base is still an image when every variable without default is empty: `alpine${SUFFIX}` is. */
function staysValid(written: string, build: BuildSpec): boolean {
  const text = written.replace(
    /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g,
    (_, plain?: string, braced?: string) => {
      const name = plain ?? braced ?? '';
      if (PREDEFINED.test(name)) return 'x';
      const variable = build.globalArgs
        .flatMap((step) => step.variables)
        .findLast((one) => one.name === name);
      return variable?.value.state === 'set' ? variable.value.value : '';
    },
  );
  return text.includes('$') || parseImageReference(text) !== undefined;
}

function declareFix(stage: Stage, name: string): readonly Fix[] {
  const first = stage.build.stages[0];
  if (first === undefined) return [];
  const text = `ARG ${name}=`;
  const at = { start: first.at.start, end: first.at.start };
  return [
    {
      title: say`Declare \`ARG ${name}\` with a default before the first \`FROM\`…`,
      applicability: 'manual',
      edits: [
        {
          span: at,
          text: `${text}default\n`,
          placeholder: { start: text.length, end: text.length + 'default'.length },
        },
      ],
    },
  ];
}
