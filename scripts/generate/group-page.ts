/** The page of the diagnostic that stands for everything a service lacks. It is no rule, but the editor links to it. */
import { GROUP_CODE } from '../../server/src/engine/group.js';
import { practices } from '../../server/src/rules/practices.js';
import type { AnyRule } from '../../server/src/rules/rule.js';
import { IGNORING, ruleTable } from './pages.js';
import { codeBlock, GENERATED } from './wording.js';

/** The text of docs/rules/hardening-missing.md. */
export function groupPageText(rules: readonly AnyRule[]): string {
  const absences = practices.flatMap(({ slug }) =>
    rules.filter(({ meta }) => meta.practice === slug && meta.presence === 'absence'),
  );
  const lines = [
    GENERATED,
    '',
    '# Hardening settings missing',
    '',
    'Most services of most Compose files lack the same settings: a memory limit, dropped capabilities, a read-only root and',
    'more. None of them is a flaw by itself; each one limits what the next flaw can do. Bulkhead shows what one service lacks',
    `as one entry on its name, \`${GROUP_CODE}\`, and lists the settings in it.`,
    '',
    '## What to do',
    '',
    'The light bulb on the name offers a fix for each setting, and *Harden* for all of them in one step. They change how the',
    'container runs, so start it afterwards; where an image is known to need something, the fix keeps it.',
    '',
    '## The rules in it',
    '',
    ...ruleTable(absences, ''),
    '',
    '## One by one, or not at all',
    '',
    'In the settings of the editor: one entry per service (`grouped`, the default), each finding by itself (`separate`), or',
    'none (`off`).',
    '',
    ...codeBlock('json', '"bulkhead.absence": "separate"'),
    '',
    'On the command line: `--absence separate` or `--absence off` for the text format. Formats for programs always list the',
    'findings one by one under the ids of their rules.',
    '',
    'To accept everything that a service lacks, on the line above its name:',
    '',
    ...codeBlock('yaml', `# bulkhead-ignore ${GROUP_CODE}: why it is accepted`),
    '',
    `Single rules can be accepted by their ids instead, and by comments for the file: [accepting findings](${IGNORING}). To`,
    'switch one off everywhere:',
    '',
    ...codeBlock('json', '"bulkhead.rules": { "memory-limit-missing": "off" }'),
  ];
  return `${lines.join('\n')}\n`;
}
