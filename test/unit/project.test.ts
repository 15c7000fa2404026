/** What rules and fixes see of a project of several files: values, places, edits, and what is not known. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stagesOf } from '../../server/src/engine/builds.js';
import { editsByFile } from '../../server/src/engine/fix.js';
import { loadProject, openMember, withText } from '../../server/src/engine/project.js';
import { english } from '../../server/src/l10n/message.js';
import type { ContainerDocument } from '../../server/src/model/document.js';
import type { Setting } from '../../server/src/model/setting.js';
import type { ContainerChange, ContainerSpec } from '../../server/src/model/container.js';
import { applyEdits } from '../../server/src/text/edit.js';

const ROOT = 'file:///work/app';
type Texts = Readonly<Record<string, string>>;

async function open(
  texts: Texts,
  path: string,
  roots: readonly string[] = [ROOT],
): Promise<ContainerDocument> {
  const loaded = await load(texts, path, roots);
  const document = openMember(loaded, `${ROOT}/${path}`);
  assert.ok(document);
  return document;
}

function load(texts: Texts, path: string, roots: readonly string[] = [ROOT]) {
  const read = async (uri: string) => texts[uri.slice(ROOT.length + 1)];
  return loadProject({ read }, { entry: `${ROOT}/${path}` }, { roots });
}

function container(document: ContainerDocument, name = 'a'): ContainerSpec {
  const found = document.containers.find((one) => one.name === name);
  assert.ok(found);
  return found;
}

/** The text of a value's place: `override.yml:0:user` or what stands there in the document. */
function shown<T>(document: ContainerDocument, setting: Setting<T>): string {
  if (setting.state !== 'set') return setting.state;
  const { file } = setting.span;
  const where = file === undefined ? document.source.slice(setting.span) : file.slice(ROOT.length + 1);
  return `${setting.value} in ${where}`;
}

const PAIR: Texts = {
  'compose.yaml': 'services:\n  a:\n    image: x\n    user: "0"\n    privileged: true\n',
  'compose.override.yml': 'services:\n  a:\n    user: "1000"\n    mem_limit: 1g\n',
};

describe('a file and its override', () => {
  test('each value is known with the file it stands in', async () => {
    const base = await open(PAIR, 'compose.yaml');
    const { user, memory, privileged } = container(base);
    assert.equal(shown(base, user), '1000 in compose.override.yml');
    assert.equal(shown(base, memory), '1073741824 in compose.override.yml');
    assert.equal(shown(base, privileged), 'true in true');
  });

  test('the override sees the same the other way round', async () => {
    const override = await open(PAIR, 'compose.override.yml');
    const { user, privileged, image, namePlace } = container(override);
    assert.equal(shown(override, user), '1000 in "1000"');
    assert.equal(shown(override, privileged), 'true in compose.yaml');
    assert.equal(shown(override, image), 'x in compose.yaml');
    assert.equal(namePlace.file, `${ROOT}/compose.yaml`);
  });

  test('only the first override that is there counts', async () => {
    const texts = { ...PAIR, 'docker-compose.override.yml': 'services: {a: {user: "5"}}\n' };
    assert.match(
      shown(await open(texts, 'compose.yaml'), container(await open(texts, 'compose.yaml')).user),
      /^1000/,
    );
  });

  test('COMPOSE_FILE says which files there are', async () => {
    const texts = {
      ...PAIR,
      '.env': 'COMPOSE_FILE=compose.yaml:prod.yml\n',
      'prod.yml': 'services: {a: {user: "7"}}\n',
    };
    const document = await open(texts, 'compose.yaml');
    assert.equal(shown(document, container(document).user), '7 in prod.yml');
  });

  test('documents of one file are one project', async () => {
    const document = await open(
      { 'compose.yaml': 'services: {a: {image: x, user: "1"}}\n---\nservices: {a: {user: "2"}}\n' },
      'compose.yaml',
    );
    assert.equal(document.containers.length, 1);
    assert.equal(shown(document, container(document).user), '2 in "2"');
  });
});

describe('what is not known', () => {
  test('a part of a service in an override without base lacks nothing', async () => {
    const document = await open(
      { 'compose.override.yml': PAIR['compose.override.yml'] ?? '' },
      'compose.override.yml',
    );
    const { privileged, user } = container(document);
    assert.equal(privileged.state, 'unknown');
    assert.equal(user.state, 'set');
    assert.deepEqual(document.problems, []);
  });

  test('nor does one in a variant beside a main file', async () => {
    const texts = { ...PAIR, 'compose.prod.yaml': 'services: {a: {user: "7"}, b: {image: y}}\n' };
    const document = await open(texts, 'compose.prod.yaml');
    assert.equal(container(document).readOnly.state, 'unknown');
    assert.equal(container(document, 'b').readOnly.state, 'unset');
  });

  test('a base that is missing makes the file incomplete', async () => {
    const document = await open(
      { 'compose.yaml': 'services:\n  a:\n    extends: {file: gone.yml, service: m}\n' },
      'compose.yaml',
    );
    assert.equal(container(document).readOnly.state, 'unknown');
    assert.deepEqual(
      document.problems.map(({ kind, message }) => `${kind}: ${english(message)}`),
      ['incomplete: `gone.yml` cannot be read'],
    );
  });

  test('nothing outside the given folders is read', async () => {
    const document = await open(
      { 'compose.yaml': 'include: [../other/compose.yaml]\nservices: {a: {image: x}}\n' },
      'compose.yaml',
    );
    const [problem] = document.problems;
    assert.match(problem ? english(problem.message) : '', /lies outside/);
  });

  test('repositories are not fetched', async () => {
    const document = await open(
      { 'compose.yaml': 'include: ["https://example.com/x.git#main"]\nservices: {a: {image: x}}\n' },
      'compose.yaml',
    );
    const [problem] = document.problems;
    assert.match(problem ? english(problem.message) : '', /is not fetched/);
  });

  test('a broken file costs what stands in it', async () => {
    const document = await open({ ...PAIR, 'compose.override.yml': 'services:\n  a: [\n' }, 'compose.yaml');
    assert.equal(shown(document, container(document).privileged), 'true in true');
  });
});

describe('edits of a service in several files', () => {
  async function edited(
    texts: Texts,
    path: string,
    changes: readonly ContainerChange[],
  ): Promise<string | undefined> {
    const document = await open(texts, path);
    const result = container(document).edit.apply(changes);
    return result && applyEdits(document.source.text, result.edits);
  }

  test('a value is mended in its own file', async () => {
    assert.equal(
      await edited(PAIR, 'compose.override.yml', [{ set: 'user', value: '2000' }]),
      'services:\n  a:\n    user: "2000"\n    mem_limit: 1g\n',
    );
  });

  test('a value that a later file replaces is not set', async () => {
    assert.equal(await edited(PAIR, 'compose.yaml', [{ set: 'user', value: '2000' }]), undefined);
  });

  test('what is missing is added to the file that is looked at', async () => {
    assert.equal(
      await edited(PAIR, 'compose.yaml', [{ set: 'readOnly', value: true }]),
      `${PAIR['compose.yaml']}    read_only: true\n`,
    );
  });

  describe('a value that two files give goes from both', () => {
    /** The texts of both files after the first privileged, port and mount of service `a` were removed. */
    async function removed(base: string, over: string): Promise<readonly string[]> {
      const texts = {
        'compose.yaml': `services:\n  a:\n    image: x\n${base}`,
        'compose.override.yml': `services:\n  a:\n    tty: true\n${over}`,
      };
      const document = await open(texts, 'compose.override.yml');
      const { edit, privileged, mounts, ports } = container(document);
      const result = edit.apply([
        ...(privileged.state === 'set' ? [{ remove: privileged.span }] : []),
        ...mounts.flatMap((mount) => (mount.place.file === undefined ? [{ removeMount: mount }] : [])),
        ...ports.map((port) => ({ removePort: port })),
      ]);
      assert.ok(result);
      const { own, elsewhere } = editsByFile(result.edits);
      const uri = `${ROOT}/compose.yaml`;
      assert.deepEqual(result.alsoIn, elsewhere.size === 0 ? [] : ['compose.yaml']);
      return [
        applyEdits(texts['compose.yaml'], elsewhere.get(uri) ?? []).split('image: x\n')[1] ?? '',
        applyEdits(document.source.text, own).split('tty: true\n')[1] ?? '',
      ];
    }

    test('single values', async () => {
      const line = '    privileged: true\n';
      assert.deepEqual(await removed(`${line}    user: "1"\n`, line), ['    user: "1"\n', '']);
    });

    test('items of lists', async () => {
      const list = '    volumes:\n      - /var/run/docker.sock:/s\n';
      assert.deepEqual(await removed(`${list}      - ./b:/b\n`, `${list}    init: true\n`), [
        '    volumes:\n      - ./b:/b\n',
        '    init: true\n',
      ]);
    });

    test('unless the other one says something else', async () => {
      const base = '    privileged: false\n    ports: ["80:80"]\n';
      assert.deepEqual(await removed(base, '    privileged: true\n    ports: ["80:80/tcp"]\n'), [base, '']);
    });

    test('or belongs to others as well', async () => {
      const texts = {
        'compose.yaml':
          'x-a: &a {privileged: true}\nservices:\n  a: {<<: *a, image: x}\n  b: {<<: *a, image: x}\n',
        'compose.override.yml': 'services:\n  a:\n    privileged: true\n    tty: true\n',
      };
      const { edit, privileged } = container(await open(texts, 'compose.override.yml'));
      assert.ok(privileged.state === 'set');
      assert.deepEqual(edit.apply([{ remove: privileged.span }])?.alsoIn, []);
    });
  });

  test('items of the base are not repeated', async () => {
    const texts = {
      'compose.yaml':
        'services:\n  base:\n    image: x\n    security_opt: [label:disable]\n  a:\n    extends: base\n',
    };
    assert.equal(
      await edited(texts, 'compose.yaml', [{ append: 'securityOpt', items: ['no-new-privileges:true'] }]),
      `${texts['compose.yaml']}    security_opt: [no-new-privileges:true]\n`,
    );
  });

  test('whoever extends a service changes with it', async () => {
    const texts = {
      'compose.yaml': 'services:\n  a:\n    image: x\n    privileged: true\n  b:\n    extends: a\n',
    };
    const document = await open(texts, 'compose.yaml');
    const { edit, privileged } = container(document);
    assert.ok(privileged.state === 'set');
    assert.deepEqual(edit.apply([{ remove: privileged.span }])?.alsoChanges, ['b']);
  });
});

test('another text of one file', async () => {
  const loaded = await load(PAIR, 'compose.yaml');
  const uri = `${ROOT}/compose.override.yml`;
  const document = openMember(withText(loaded, uri, 'services: {a: {user: "9"}}\n'), `${ROOT}/compose.yaml`);
  assert.ok(document);
  assert.equal(shown(document, container(document).user), '9 in compose.override.yml');
});

describe('a Dockerfile', () => {
  const compose = (more = '') => `services:\n  a:\n    build: {context: app${more}}\n`;
  const stageFile = async (texts: Texts, asked: string[] = []) => {
    const read = async (uri: string) => {
      asked.push(uri.slice(ROOT.length + 1));
      return texts[uri.slice(ROOT.length + 1)];
    };
    const request = { entry: `${ROOT}/compose.yaml`, buildFiles: true };
    const loaded = await loadProject({ read }, request, { roots: [ROOT] });
    const document = openMember(loaded, `${ROOT}/compose.yaml`);
    assert.ok(document);
    return stagesOf(loaded)(container(document))?.base.at.file?.slice(ROOT.length + 1);
  };
  const both = { 'app/Dockerfile': 'FROM a\n', 'app/dockerfile': 'FROM b\n' };

  test('is written in lower case, too, when no other is there', async () => {
    const lower = { 'app/dockerfile': 'FROM b\n' };
    assert.equal(await stageFile({ 'compose.yaml': compose(), ...lower }), 'app/dockerfile');
    const named = compose(', dockerfile: Dockerfile');
    assert.equal(await stageFile({ 'compose.yaml': named, ...lower }), 'app/dockerfile');
    const other = compose(', dockerfile: web.Dockerfile');
    assert.equal(await stageFile({ 'compose.yaml': other, ...lower }), undefined);
  });

  test('in lower case is not looked for when it need not be', async () => {
    const asked: string[] = [];
    assert.equal(await stageFile({ 'compose.yaml': compose(), ...both }, asked), 'app/Dockerfile');
    assert.deepEqual(
      asked.filter((path) => path.includes('/dockerfile')),
      [],
    );
  });
});
