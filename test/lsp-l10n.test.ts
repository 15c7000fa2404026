/** The language of the editor: German whole, and no English that was not looked up. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CodeLens, CompletionItem, InlayHint } from 'vscode-languageserver-types';
import { PLAIN_EDITOR } from '../server/src/features/capabilities.js';
import { diagnosticsOf } from '../server/src/features/diagnostics.js';
import { hoverAt } from '../server/src/features/hover.js';
import { keyOf, type Message } from '../server/src/l10n/message.js';
import { rules } from '../server/src/rules/index.js';
import { analyseAs, listRuleFixtures, TODAY } from './support/fixtures.js';
import { bundle, plainEnglish, pseudoBundle } from './support/language.js';
import { codesOf, type Editor, editorsWith, messageOf } from './support/lsp-editor.js';

const COMPOSE = 'file:///project/compose.yaml';
const DOCKERFILE = 'file:///project/Dockerfile';
const CONFIG = 'file:///project/.bulkhead.yaml';

const start = editorsWith(rules);

const WEB = 'services:\n  web:\n    image: redis:7\n    privileged: true\n';

describe('German', () => {
  test('is spoken to a client that brings its bundle', async () => {
    const editor = await start({ initializationOptions: { l10n: bundle('de') } });
    editor.open(COMPOSE, WEB);
    const found = await editor.diagnostics(COMPOSE);
    const privileged = found.find(({ code }) => code === 'privileged-container');
    assert.equal(privileged?.message, '`web` läuft privilegiert: wer es steuert, steuert den Host');
    assert.equal(privileged?.source, 'bulkhead');
    assert.match(privileged?.codeDescription?.href ?? '', /privileged-container/);

    const group = found.find(({ code }) => code === 'hardening-missing');
    assert.match(
      messageOf(group),
      /^`web`: \d+ Härtungseinstellungen fehlen: .*CPU-Limit.* und \d+ weitere$/,
    );

    const titles = (await editor.actions(COMPOSE, 'true')).map(({ title }) => title);
    assert.ok(titles.includes('`privileged` entfernen (Gerätezugriff und Mounts funktionieren nicht mehr)'));
    assert.ok(titles.includes("'privileged-container' in dieser Zeile ignorieren"), titles.join('\n'));

    const hover = await editor.hover(COMPOSE, editor.rangeOf(COMPOSE, 'true').start);
    assert.match(JSON.stringify(hover), /Container oder Build-Schritt läuft privilegiert/);
    assert.match(JSON.stringify(hover), /Was zu tun ist:/);
    assert.match(JSON.stringify(hover), /Regel `privileged-container`/);

    const lenses: CodeLens[] = await editor.client.sendRequest('textDocument/codeLens', {
      textDocument: { uri: COMPOSE },
    });
    assert.match(lenses[0]?.command?.title ?? '', /^Härtung \d\/\d+ .* privilegiert$/);
  });

  test('is spoken to a client that says its language, when it is shipped', async () => {
    const editor = await start({
      locale: 'de-CH',
      translation: async (locale) => (locale === 'de-CH' ? bundle('de') : undefined),
    });
    editor.open(DOCKERFILE, 'FROM debian:12\nUSER root\n');
    const found = await editor.diagnostics(DOCKERFILE);
    assert.ok(codesOf(found).includes('user-root'));
    assert.match(found.map(messageOf).join('\n'), /^`USER root` ist das letzte: das Image läuft als root$/m);
  });

  for (const [why, options] of [
    ['says nothing', {}],
    ['speaks English', { locale: 'en-US', translation: async () => bundle('de') }],
    ['speaks what is not shipped', { locale: 'fr', translation: async () => undefined }],
    ['has no disk to read from', { locale: 'de' }],
    ['brings something else', { initializationOptions: { l10n: ['x'] as never } }],
  ] as const)
    test(`gives way to English when the client ${why}`, async () => {
      const editor = await start(options);
      editor.open(COMPOSE, WEB);
      const found = await editor.diagnostics(COMPOSE);
      assert.match(found.map(messageOf).join('\n'), /^`web` runs privileged: whoever controls it/m);
    });
});

const SAMPLE = `services:
  web:
    image: redis:5
    privileged: true
    network_mode: host
    environment:
      DB_PASSWORD: hunter22hunter
    cap_add: [SYS_ADMIN, NET_ADMIN, BOGUS]
    volumes: ["/var/run/docker.sock:/var/run/docker.sock", "/etc:/etc", "tmp:/tmp"]
    tmpfs: [/tmp:exec]
    ports: ["22:22", "5432", 99999]
    restart: always
  # bulkhead-ignore tag-latest: nothing here
  db:
    image: postgres:9.6
    user: root
    extends: {file: gone.yaml, service: x}
    cap_add: []
  bad: [
volumes: {tmp: {}}
`;

const IMAGE = `FROM node:16
FROM debian:latest AS final
ENV API_TOKEN=ghp_0123456789abcdefghijABCDEFGHIJ012345
ADD https://example.com/x.tar.gz /
RUN apt-get update && apt-get install -y vim curl sudo
RUN curl -k https://example.com/x.sh | bash && chmod 777 /srv
COPY . .
EXPOSE 22 99999
FOO bar
HEALTHCHECK NONE
`;

const SETTINGS = 'profil: strict\nrules:\n  tag-latest: loud\nabsence: []\nprofile: strict\n';

describe('a language of which nothing can be read', () => {
  test('is all that editors show', async () => {
    const editor = await start({
      initializationOptions: { l10n: pseudoBundle(), client: { harden: true, status: true } },
      settings: { profile: 'strict', absence: 'separate', inlayHints: true },
    });
    const said: string[] = [];
    for (const [uri, text] of [
      [COMPOSE, SAMPLE],
      [DOCKERFILE, IMAGE],
      [CONFIG, SETTINGS],
    ] as const) {
      editor.open(uri, text);
      said.push(...(await shownFor(editor, uri)));
    }
    assert.ok(said.length > 150, `${said.length} texts were looked at`);
    const left = said.filter((text) => plainEnglish(text).length > 0);
    assert.deepEqual(left, [], 'these were not translated');
  });
});

/** Everything that an editor shows of a file. */
async function shownFor(editor: Editor, uri: string): Promise<readonly string[]> {
  const textDocument = { uri };
  const said: string[] = [];
  const found = await editor.diagnostics(uri);
  for (const { message, relatedInformation = [], range } of found) {
    said.push(messageText(message), ...relatedInformation.map((one) => one.message));
    const hover = await editor.hover(uri, range.start);
    if (hover !== null && 'value' in (hover.contents as object))
      said.push((hover.contents as { value: string }).value);
  }
  for (const part of ['web', 'privileged', 'redis', 'debian', '777', 'vim', 'COPY'])
    if (editor.text(uri).includes(part))
      for (const { title, edit } of await editor.actions(uri, part))
        said.push(
          title,
          ...Object.values(edit?.changeAnnotations ?? {}).flatMap((one) => [
            one.label,
            one.description ?? '',
          ]),
        );
  const lenses: CodeLens[] | null = await editor.client.sendRequest('textDocument/codeLens', {
    textDocument,
  });
  said.push(...(lenses ?? []).map(({ command }) => command?.title ?? ''));
  const end = { line: 100, character: 0 };
  const hints: InlayHint[] | null = await editor.client.sendRequest('textDocument/inlayHint', {
    textDocument,
    range: { start: { line: 0, character: 0 }, end },
  });
  said.push(...(hints ?? []).flatMap(({ label, tooltip }) => [String(label), String(tooltip)]));
  for (const part of ['cap_add: []', 'user: root', 'ignore tag-latest', 'profil: strict', 'tag-latest: loud'])
    if (editor.text(uri).includes(part)) {
      const { end: position } = editor.rangeOf(uri, part.replace(/\]$/, ''));
      const items: CompletionItem[] | null = await editor.client.sendRequest('textDocument/completion', {
        textDocument,
        position,
      });
      for (const { detail, documentation } of items ?? [])
        said.push(
          detail ?? '',
          typeof documentation === 'object' ? documentation.value : (documentation ?? ''),
        );
    }
  return said;
}

function messageText(message: unknown): string {
  return typeof message === 'string' ? message : String((message as { value: string }).value);
}

test('every sentence about the fixtures of all rules is among those that translators get', () => {
  const known = bundle();
  const unknown = new Set<string>();
  const tell = (message: Message): string => {
    const key = keyOf(message);
    // Names, and gaps with a comma between them, are the same in each language.
    if (/\p{Ll}.*[\s-]|[\s-].*\p{Ll}/u.test(key.replace(/`[^`]*`/g, '')) && !(key in known)) unknown.add(key);
    return message.args.map((one) => (typeof one === 'object' ? tell(one) : '')).join('');
  };
  for (const fixture of listRuleFixtures().fixtures) {
    const analysis = analyseAs(fixture, rules, fixture.text);
    const capabilities = { ...PLAIN_EDITOR, tell, relatedInformation: true, markdownHover: true };
    const input = { uri: COMPOSE, analysis, absence: 'separate', capabilities, today: TODAY } as const;
    diagnosticsOf(input);
    for (const finding of analysis.findings) {
      for (const fix of finding.fixes()) tell(fix.title);
      hoverAt(input, analysis.document.source.positionAt(finding.at.start));
    }
  }
  assert.deepEqual([...unknown], [], 'words(…) of something that scripts/generate does not collect');
});
