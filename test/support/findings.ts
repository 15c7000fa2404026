/** What one rule says about a small Compose service: for tests of words and severities, which fixtures do not hold. */
import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/documents/open.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import { english } from '../../server/src/l10n/message.js';
import { loadRulesForTests } from './load-rules.js';

const { rules } = await loadRulesForTests();

/** `severity message` of a rule's findings about one service `app` with these keys. */
export function found(rule: string, keys: string): readonly string[] {
  const text = `services:\n  app:\n${keys.replace(/^/gm, '    ')}\n`;
  const { findings, crashes } = analyse({
    document: openDocument(text, 'compose', {}),
    rules: rules.filter(({ meta }) => meta.id === rule),
    config: { ...defaultConfig, profile: 'strict' },
    today: '2026-11-24',
  });
  assert.deepEqual(crashes, []);
  return findings.map(({ severity, message }) => `${severity} ${english(message)}`);
}
