/** What is kept of a project between two looks never shows: the answer is the one that a fresh load gives. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ProjectMemory, projectMemory } from '../../server/src/documents/compose/effective/memory.js';
import { analyse } from '../../server/src/engine/analyse.js';
import { stagesOf } from '../../server/src/engine/builds.js';
import { defaultConfig } from '../../server/src/engine/config.js';
import { type LoadedProject, loadProject, openMember, withText } from '../../server/src/engine/project.js';
import { rules } from '../../server/src/rules/index.js';

const ROOT = 'file:///work/app';

const TEXTS: Readonly<Record<string, string>> = {
  '.env': 'TAG=1.31\nMODE=rw\n',
  'compose.yaml': [
    'include: [part.yaml]',
    'services:',
    '  web:',
    '    image: nginx:${TAG}',
    '    extends: {file: base.yaml, service: common}',
    '    volumes: ["data:/var/www"]',
    'volumes:',
    '  data: {driver_opts: {type: none, o: bind, device: /etc}}',
    '',
  ].join('\n'),
  'part.yaml': [
    'services:',
    '  api:',
    '    build: {context: ., dockerfile: api.Dockerfile}',
    '    volumes: ["data:/data", "/var/run/docker.sock:/var/run/docker.sock:${MODE}"]',
    '    ports: ["8080:80"]',
    '  db:',
    '    image: postgres:${TAG}',
    '    environment: {POSTGRES_PASSWORD: "hunter-2-hunter"}',
    '',
  ].join('\n'),
  'base.yaml': 'services:\n  common:\n    image: x:1\n    privileged: true\n    mem_limit: 1g\n',
  'api.Dockerfile': 'FROM node:22\nUSER root\nCMD ["node", "."]\n',
};

/** Each of them changes one file; some break it, as texts are while they are typed. */
const EDITS: readonly (readonly [file: string, from: string, to: string])[] = [
  ['compose.yaml', 'nginx', 'nginx-x'],
  ['compose.yaml', 'include: [part.yaml]', '# above\ninclude: [part.yaml]'],
  ['part.yaml', '8080:80', '127.0.0.1:8080:80'],
  ['compose.yaml', 'device: /etc', 'device: /srv/x'],
  ['base.yaml', 'privileged: true', 'privileged: false'],
  ['.env', 'MODE=rw', 'MODE=ro'],
  ['.env', 'TAG=1.31', 'TAG=latest'],
  ['api.Dockerfile', 'USER root', 'USER 1000'],
  ['compose.yaml', 'services:\n', 'services:\n  api:\n    user: "5"\n'],
  ['part.yaml', '  db:', '  db: {'],
  ['part.yaml', '  db: {', '  db:'],
  ['compose.yaml', '    user: "5"\n', ''],
  ['compose.yaml', '    volumes:', '    cap_add: !reset []\n    volumes:'],
  ['api.Dockerfile', 'FROM node:22', 'ARG V=22\nFROM node:$V'],
  ['part.yaml', 'dockerfile: api.Dockerfile', 'dockerfile: api.Dockerfile, args: {V: "14"}'],
  ['compose.yaml', 'volumes:\n  data: {', 'volumes:\n  other: {'],
];

const FILES = ['compose.yaml', 'part.yaml', 'base.yaml'];

function load(texts: ReadonlyMap<string, string>, entry: string, memory?: ProjectMemory) {
  const read = async (uri: string) => texts.get(uri.slice(ROOT.length + 1));
  const request = { entry: `${ROOT}/${entry}`, buildFiles: true, ...(memory && { memory }) };
  return loadProject({ read }, request, { roots: [ROOT] });
}

/** All that an editor shows of one file of the project. */
function said(loaded: LoadedProject, file: string): unknown {
  const document = openMember(loaded, `${ROOT}/${file}`);
  if (document === undefined) return undefined;
  const config = { ...defaultConfig, profile: 'strict' as const };
  const input = { document, rules, config, today: '2026-11-28', stageOf: stagesOf(loaded) };
  const { findings, problems, crashes } = analyse(input);
  assert.deepEqual(crashes, []);
  return {
    problems,
    services: document.containers.map(({ name, image, mounts }) => ({ name, image, mounts })),
    findings: findings.map((one) => ({
      rule: one.rule.id,
      at: one.at,
      message: one.message,
      fixes: one.fixes().map(({ title, edits }) => ({ title, edits })),
    })),
  };
}

describe('a memory that several looks share', () => {
  for (const viewed of FILES) {
    test(`shows ${viewed} as a fresh load does, whatever file changed before`, async () => {
      const texts = new Map(Object.entries(TEXTS));
      const memory = projectMemory();
      let different = 0;
      let before: unknown;
      for (const [file, from, to] of [['.env', '', ''] as const, ...EDITS]) {
        const text = texts.get(file) ?? '';
        assert.ok(text.includes(from), `${file} has no ${from}`);
        texts.set(file, text.replace(from, to));
        // The entry is the file itself where it stands for the project, as in an editor.
        const entry = viewed === 'base.yaml' ? 'base.yaml' : 'compose.yaml';
        const kept = said(await load(texts, entry, memory), viewed);
        const fresh = said(await load(texts, entry), viewed);
        assert.deepEqual(kept, fresh, `after ${from} became ${to}`);
        if (JSON.stringify(kept) !== JSON.stringify(before)) different++;
        before = kept;
      }
      assert.ok(different > 1, 'no edit made a difference');
    });
  }

  test('shows the same when only a text is exchanged', async () => {
    const texts = new Map(Object.entries(TEXTS));
    const loaded = await load(texts, 'compose.yaml');
    for (const [file, from, to] of EDITS.filter(([one]) => one === 'compose.yaml').slice(0, 3)) {
      texts.set(file, (texts.get(file) ?? '').replace(from, to));
      const kept = said(withText(loaded, `${ROOT}/${file}`, texts.get(file) ?? ''), file);
      assert.deepEqual(kept, said(await load(texts, 'compose.yaml'), file));
    }
  });
});

describe('what is kept', () => {
  test('is the tree of a text, until the file has another one', () => {
    const memory = projectMemory();
    const tree = memory.parse('file:///a', 'a: 1\n');
    assert.equal(memory.parse('file:///a', 'a: 1\n'), tree);
    assert.notEqual(memory.parse('file:///b', 'a: 1\n'), tree);
    assert.notEqual(memory.parse('file:///a', 'a: 2\n'), tree);
  });

  test('belongs to one memory', () => {
    const [one, other] = [projectMemory(), projectMemory()];
    assert.notEqual(one.parse('file:///a', 'a: 1\n'), other.parse('file:///a', 'a: 1\n'));
  });

  test('goes with the files that are no longer in use', () => {
    const memory = projectMemory();
    const [a, b] = [memory.parse('file:///a', ''), memory.parse('file:///b', '')];
    memory.keepOnly(new Set(['file:///a']));
    assert.equal(memory.parse('file:///a', ''), a);
    assert.notEqual(memory.parse('file:///b', ''), b);
  });

  test('is a stage, for one text and one use', async () => {
    const texts = new Map(Object.entries(TEXTS));
    const memory = projectMemory();
    const stage = async () => {
      const loaded = await load(texts, 'compose.yaml', memory);
      const document = openMember(loaded, `${ROOT}/compose.yaml`);
      const api = document?.containers.find(({ name }) => name === 'api');
      assert.ok(api);
      const found = stagesOf(loaded)(api);
      assert.ok(found);
      return found;
    };
    const first = await stage();
    texts.set('compose.yaml', `# note\n${TEXTS['compose.yaml']}`);
    assert.equal(await stage(), first);
    texts.set('api.Dockerfile', 'FROM node:20\n');
    assert.equal((await stage()).base.written, 'node:20');
  });
});
