/** What a finding tells under the pointer: as much as VS Code shows without scrolling, the weightiest first. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/documents/open.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import type { Finding } from '../../server/src/engine/finding.js';
import { loadProject, openMember } from '../../server/src/engine/project.js';
import { PLAIN_EDITOR } from '../../server/src/features/capabilities.js';
import { hoverAt } from '../../server/src/features/hover.js';
import { findingHover } from '../../server/src/features/hover/finding.js';
import { wordingFor } from '../../server/src/features/markup.js';
import { english, say } from '../../server/src/l10n/message.js';
import type { ContainerDocument } from '../../server/src/model/document.js';
import { practices } from '../../server/src/rules/practices.js';
import { rules } from '../../server/src/rules/index.js';
import { cis, dockerDocs, owasp, shortTitle } from '../../server/src/rules/rule.js';
import { ROOT } from '../support/effective.js';
import { bundle } from '../support/language.js';

const URI = `${ROOT}/compose.yaml`;
const TODAY = '2026-11-24';
const MARKDOWN = { ...PLAIN_EDITOR, markdownHover: true };

function hoverOn(document: ContainerDocument, part: string): string {
  const analysis = analyse({ document, rules, config: defaultConfig, today: TODAY });
  const offset = document.source.text.indexOf(part);
  assert.ok(offset >= 0, part);
  const input = { uri: URI, analysis, absence: 'grouped', capabilities: MARKDOWN, today: TODAY } as const;
  const contents = hoverAt(input, document.source.positionAt(offset))?.contents;
  assert.ok(contents !== undefined && typeof contents === 'object' && 'value' in contents);
  return contents.value;
}

describe('the hover of a finding', () => {
  test('says in few paragraphs what it costs, what to do and where that comes from', () => {
    const text = 'services:\n  a:\n    image: x:1\n    volumes: ["/var/run/docker.sock:/s:ro"]\n';
    const [cost, todo, from] = hoverOn(openDocument(text, 'compose'), '/var/run').split('\n\n');
    assert.match(cost ?? '', /^\*\*Container holds the Docker socket\.\*\* Whoever reaches the socket/);
    assert.match(todo ?? '', /^\*\*What to do:\*\* Do without it/);
    assert.match(from ?? '', /^\[Rule `docker-socket-mounted`\]\(\S+\) · CIS 5\.32 · \[OWASP rule 1\]\(/);
  });

  test('leaves out the references where another one stands at the same place', () => {
    const hover = hoverOn(openDocument('FROM node:16\nCMD ["node", "a.js"]\n', 'dockerfile'), 'node');
    const [first, second] = hover.split('\n\n---\n\n');
    assert.match(
      first ?? '',
      /^\*\*\[Image is past its end of life\]\(\S+\)\.\*\* .*\n\n\*\*What to do:\*\* [^\n]*$/,
    );
    assert.match(second ?? '', /^\*\*\[Image runs as root/);
  });

  test('fits between the message and the edge, whatever the rule', () => {
    // In VS Code about 95 characters are in a line, and ten lines remain when the message took two.
    const lines = (paragraph: string) => Math.ceil(shown(paragraph).length / 95);
    const wording = wordingFor(true, english);
    const long = rules.flatMap(({ meta }) => {
      const hover = findingHover([{ ...FINDING, rule: meta }], wording);
      const number = hover.split('\n\n').reduce((sum, paragraph) => sum + lines(paragraph), 0);
      return number > 10 ? [`${meta.id}: ${number} lines`] : [];
    });
    assert.deepEqual(long, []);
  });
});

describe('the hover of a service', () => {
  test('begins with all that is missing, goes on with what holds, and ends with the reasons', async () => {
    const texts: Readonly<Record<string, string>> = {
      [URI]:
        'services:\n  web:\n    image: example/web:1\n    extends: {service: base}\n  base:\n    mem_limit: 1g\n',
    };
    const loaded = await loadProject({ read: async (uri) => texts[uri] }, { entry: URI }, { roots: [ROOT] });
    const document = openMember(loaded, URI);
    assert.ok(document);
    const [missing, effective, reasons, ...more] = hoverOn(document, 'web:').split('\n\n---\n\n');
    assert.match(
      missing ?? '',
      /^\*\*Missing:\*\* \[cap_drop: ALL\]\(\S+\), \[[^\n]*\n\n\*\*What to do:\*\* [^\n]*$/,
    );
    assert.match(effective ?? '', /^\*\*Effective configuration of `web`\*\*/);
    assert.match(reasons ?? '', /^- \*\*Container keeps capabilities that it may not need\.\*\* \w/);
    assert.deepEqual(more, []);
  });
});

test('references are short in a hover, others stay as they are', () => {
  assert.equal(shortTitle(cis('5.32')), 'CIS 5.32');
  assert.equal(shortTitle(owasp(1)), 'OWASP rule 1');
  assert.equal(shortTitle(dockerDocs('networks', '/x')), 'Docker docs: networks');
  assert.equal(shortTitle({ title: 'endoflife.date' }), 'endoflife.date');
});

test('practices have names that fit into a narrow view, in each language', () => {
  const german = bundle('de');
  for (const { short } of practices)
    for (const name of [short, german[short] ?? short]) assert.ok(name.length <= 24, name);
});

const FINDING: Omit<Finding, 'rule'> = {
  severity: 'info',
  at: { start: 0, end: 1 },
  message: say`something`,
  related: [],
  missing: undefined,
  section: undefined,
  suppressed: undefined,
  expired: undefined,
  fixes: () => [],
};

/** What is left of Markdown when it is shown. */
function shown(text: string): string {
  return text.replace(/\]\([^)]*\)/g, '').replace(/[[*`]/g, '');
}
