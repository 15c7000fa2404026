// The whole way once: file, language server, diagnostic, quick fix, no diagnostic.
import { applyQuickFix, closeEditors, diagnosticOf, diagnosticsOf, openText, ruleOf } from './support.js';

suite('a Dockerfile that runs as root', () => {
  teardown(closeEditors);

  test('gets a diagnostic, and the quick fix removes it', async () => {
    const document = await openText('Dockerfile');
    const diagnostic = await diagnosticOf(document.uri, 'user-missing');
    await applyQuickFix(document.uri, diagnostic.range, /USER node/);
    await diagnosticsOf(document.uri, (found) => !found.some((one) => ruleOf(one) === 'user-missing'));
  });
});
