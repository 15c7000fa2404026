/** Messages that fit into a line: names lose their middle, remarks are left out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitted, fullest, LINE, NAME, shortened } from '../../server/src/l10n/fit.js';
import { english, listed, say } from '../../server/src/l10n/message.js';
import { found } from '../support/findings.js';

const REFERENCE = 'registry.example.com/platform/teams/storefront/web-application:2026.11.3-alpine';

test('a message that fits is left as it is', () => {
  const message = say`\`${'a'.repeat(80)}\` is long`;
  assert.equal(fitted(message), message);
});

test('a long name gives way as far as needed, and keeps its end', () => {
  const text = english(fitted(say`\`${REFERENCE}\` is not pinned: the tag may change its image`));
  assert.equal(text.length, LINE);
  assert.match(text, /^`registry\..*….*:2026\.11\.3-alpine` is not pinned: the tag may change its image$/);
});

test('names within names, and several of them', () => {
  const text = english(fitted(say`${listed([REFERENCE, REFERENCE])}: ${say`${REFERENCE} is one too many`}`));
  assert.ok(text.length <= 3 * NAME + 25, text);
  assert.equal(text.split('…').length, 4);
});

test('short names and words stay whole, even if that is too long', () => {
  const words = 'words that somebody wrote '.repeat(5);
  assert.equal(english(fitted(say`\`web\` ${words}`)), `\`web\` ${words}`);
});

test('a digest is known by its start', () => {
  const image = `debian:13@sha256:${'0123456789abcdef'.repeat(4)}`;
  assert.equal(shortened(image, NAME), 'debian:13@sha256:0123456…');
});

test('no character is cut in two', () => {
  const name = '🐳'.repeat(30);
  for (let most = 1; most < name.length; most++) {
    const text = shortened(name, most);
    assert.ok(text.length <= most, `${most}: ${text}`);
    assert.doesNotMatch(text, /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/);
  }
});

test('the fullest of several messages that fits', () => {
  const [short, long] = [say`short`, say`${'long '.repeat(30)}`];
  assert.equal(fullest(long, short), short);
  assert.equal(fullest(short, long), short);
  assert.equal(fullest(long, long), long);
});

test('findings are fitted, whatever the rule', () => {
  const [message = ''] = found('digest-missing', `image: ${REFERENCE}`);
  assert.equal(message.length, 'info '.length + LINE, message);
});
