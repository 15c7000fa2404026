/**
 * Fixtures on disk: which files belong together, and how they are opened. What must hold for them is in
 * fixture-checks.ts. Names, below `test/fixtures/rules/<practice>/<rule>/`:
 *
 *     <idea>.compose.yaml  <idea>.Dockerfile                  a marked text
 *     <idea>.fixed.compose.yaml  <idea>.fixed.Dockerfile      the same after all fixes up to unsafe
 *     <idea>.fixed.dockerignore                               a file that those fixes create (`.dockerignore`)
 *     <idea>.env  <idea>.dockerignore                         neighbours of the text
 *     <idea>.build.Dockerfile                                 builds the image of every service with `build`
 *     <idea>.fixed.build.Dockerfile                           the same after all fixes up to unsafe
 *     <idea>.options.json                                     see FixtureOptions
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedFile } from '../../server/src/documents/compose/effective/load.js';
import { effectiveProject } from '../../server/src/documents/compose/effective/project.js';
import { resolvePath } from '../../server/src/documents/compose/effective/uri.js';
import { type OpenOptions, openDocument } from '../../server/src/documents/open.js';
import { type Analysis, analyse } from '../../server/src/engine/analyse.js';
import { type Config, defaultConfig } from '../../server/src/engine/config.js';
import { openMember } from '../../server/src/engine/project.js';
import { say } from '../../server/src/l10n/message.js';
import { inDockerfile, placedStage } from '../../server/src/documents/dockerfile/placed.js';
import type { Stage } from '../../server/src/model/build.js';
import type { ContainerSpec } from '../../server/src/model/container.js';
import { targetStage } from '../../server/src/model/stage.js';
import type { ContainerDocument, DocumentKind } from '../../server/src/model/document.js';
import type { AnyRule } from '../../server/src/rules/rule.js';
import type { NewFile } from '../../server/src/text/edit.js';
import { type Marker, readMarkers } from './markers.js';

/** The day of every fixture: rules that look at dates give the same answer for ever. */
export const TODAY = '2026-11-24';
export const RULE_FIXTURES = 'test/fixtures/rules';
export const WHOLE_FIXTURES = 'test/fixtures/whole';

/** What `<idea>.options.json` may say. */
export interface FixtureOptions {
  /** Options of the rule. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly allowedRegistries?: readonly string[];
  /** null: the host looked for a .dockerignore and there is none. */
  readonly dockerignore?: null;
  /** Files around a Compose text, by path from its folder: it is opened as a project then. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Fixture {
  /** Relative to the root of the repository, with `/`. */
  readonly path: string;
  readonly folder: string;
  /** The first part of the file's name. */
  readonly idea: string;
  readonly kind: DocumentKind;
  /** Undefined: all rules of the recommended profile run. */
  readonly rule: string | undefined;
  readonly practice: string | undefined;
  /** Without markers. */
  readonly text: string;
  readonly markers: readonly Marker[];
  readonly fixedPath: string;
  /** Undefined when there is no such file. */
  readonly fixed: string | undefined;
  /** Files that the fixes create: path as in the fix -> text. */
  readonly created: ReadonlyMap<string, string>;
  readonly open: OpenOptions;
  readonly settings: FixtureOptions;
  /** The text of `<idea>.build.Dockerfile`. */
  readonly buildFile: string | undefined;
}

const ENDINGS: Readonly<Record<DocumentKind, string>> = { compose: 'compose.yaml', dockerfile: 'Dockerfile' };
const KINDS: readonly DocumentKind[] = ['compose', 'dockerfile'];

export interface FixtureListing {
  readonly fixtures: readonly Fixture[];
  /** Files that belong to no fixture: a slip in the name would otherwise test nothing, in silence. */
  readonly strays: readonly string[];
}

/** All fixtures of rules. `root` is the folder of the repository. */
export function listRuleFixtures(root = process.cwd()): FixtureListing {
  const parts = foldersIn(root, RULE_FIXTURES).flatMap((practice) =>
    foldersIn(root, `${RULE_FIXTURES}/${practice}`).map((rule) =>
      readFolder(root, `${RULE_FIXTURES}/${practice}/${rule}`, rule, practice),
    ),
  );
  return {
    fixtures: parts.flatMap((part) => part.fixtures),
    strays: parts.flatMap((part) => part.strays),
  };
}

/** Whole files that all rules of the recommended profile look at. */
export function listWholeFixtures(root = process.cwd()): FixtureListing {
  return readFolder(root, WHOLE_FIXTURES, undefined, undefined);
}

function readFolder(
  root: string,
  folder: string,
  rule: string | undefined,
  practice: string | undefined,
): FixtureListing {
  const names = new Set(filesIn(root, folder));
  const used = new Set<string>();
  const read = (name: string): string | undefined => {
    if (!names.has(name)) return undefined;
    used.add(name);
    return readFileSync(join(root, folder, name), 'utf8');
  };
  const fixtures = [...names].flatMap((name): Fixture[] => {
    const dot = name.indexOf('.');
    const idea = name.slice(0, dot);
    const kind = KINDS.find((one) => name.slice(dot + 1) === ENDINGS[one]);
    if (kind === undefined || dot <= 0) return [];
    const fixedName = `${idea}.fixed.${ENDINGS[kind]}`;
    const { text, markers } = readMarkers(read(name) ?? '');
    const settings = readOptions(read(`${idea}.options.json`));
    const base = { path: `${folder}/${name}`, folder, idea, kind, rule, practice, text, markers, settings };
    return [
      {
        ...base,
        fixedPath: `${folder}/${fixedName}`,
        fixed: read(fixedName),
        created: readCreated(idea, [...names], read),
        open: openOptions(settings, read(`${idea}.env`), read(`${idea}.dockerignore`)),
        buildFile: read(`${idea}.build.Dockerfile`),
      },
    ];
  });
  return {
    fixtures,
    strays: [...names].filter((name) => !used.has(name)).map((name) => `${folder}/${name}`),
  };
}

/** What the file holds after the fix. */
export function wholeText({ existing = '', text }: NewFile): string {
  return existing + text;
}

/** Name of the file that holds what a fix creates: `.dockerignore` -> `<idea>.fixed.dockerignore`. */
export function createdName(fixture: Pick<Fixture, 'folder' | 'idea'>, path: string): string {
  return `${fixture.folder}/${fixture.idea}.fixed.${path.replace(/^\./, '').replaceAll('/', '__')}`;
}

function readCreated(
  idea: string,
  names: readonly string[],
  read: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  const prefix = `${idea}.fixed.`;
  const ownNames = KINDS.map((kind) => prefix + ENDINGS[kind]);
  const created = names.filter((name) => name.startsWith(prefix) && !ownNames.includes(name));
  return new Map(created.map((name) => [name, read(name) ?? '']));
}

function openOptions(
  settings: FixtureOptions,
  env: string | undefined,
  dockerignore: string | undefined,
): OpenOptions {
  const ignored = dockerignore ?? settings.dockerignore;
  return {
    ...(env === undefined ? {} : { environment: readEnv(env) }),
    ...(ignored === undefined ? {} : { dockerignore: ignored }),
  };
}

/** `NAME=value` lines; fixtures need no quoting. */
function readEnv(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const split = line.indexOf('=');
    if (split > 0 && !line.startsWith('#')) values.set(line.slice(0, split), line.slice(split + 1));
  }
  return values;
}

function readOptions(json: string | undefined): FixtureOptions {
  return json === undefined ? {} : (JSON.parse(json) as FixtureOptions);
}

/** The Dockerfile of a fixture's services: `<idea>.build.Dockerfile`. */
export const BUILD_NAME = 'build.Dockerfile';
export const BUILD_FILE = `file:///${BUILD_NAME}`;

/**
 * Opens and analyses a text as this fixture, with its rule or with all of the recommended profile.
 * `created` are files that fixes have made beside it, or changed.
 */
export function analyseAs(
  fixture: Fixture,
  rules: readonly AnyRule[],
  text: string,
  created: readonly NewFile[] = [],
): Analysis {
  const own = rules.filter((rule) => rule.meta.id === fixture.rule);
  const ignore = created.find((file) => file.path.endsWith('.dockerignore'));
  const dockerignore = ignore && wholeText(ignore);
  const open = dockerignore === undefined ? fixture.open : { ...fixture.open, dockerignore };
  return analyse({
    document: openInProject(fixture, text) ?? openDocument(text, fixture.kind, open),
    rules: fixture.rule === undefined ? rules : own,
    known: rules,
    config: configOf(fixture),
    today: TODAY,
    stageOf: stageLookup(created.find((file) => file.path === BUILD_NAME)?.text ?? fixture.buildFile),
  });
}

const PROJECT = 'file:///work/project';

/** Loads the project as a host does, from the files that the fixture names; undefined when it names none. */
function openInProject({ settings }: Fixture, text: string): ContainerDocument | undefined {
  if (settings.files === undefined) return undefined;
  const entry = `${PROJECT}/compose.yaml`;
  const present = new Map(
    Object.entries(settings.files).map(([path, content]) => [resolvePath(PROJECT, path) ?? path, content]),
  ).set(entry, text);
  const files = new Map<string, LoadedFile>();
  const request = { entry, buildFiles: true, valueFiles: true };
  for (;;) {
    const project = effectiveProject(request, files);
    if (project.needs.length === 0) return openMember({ request, files, project }, entry);
    for (const uri of project.needs) {
      const content = present.get(uri);
      files.set(uri, content === undefined ? { problem: say`cannot be read` } : { text: content });
    }
  }
}

function configOf({ rule, settings }: Fixture): Config {
  const { options, allowedRegistries = [] } = settings;
  if (rule === undefined) return { ...defaultConfig, allowedRegistries };
  const rules = new Map(options === undefined ? [] : [[rule, { options }]]);
  return { ...defaultConfig, profile: 'strict', rules, allowedRegistries };
}

/** The stage that Compose would build: the target that is named, or the last one. */
function stageLookup(buildFile: string | undefined): (container: ContainerSpec) => Stage | undefined {
  if (buildFile === undefined) return () => undefined;
  const [build] = openDocument(buildFile, 'dockerfile').builds;
  const stages = build?.stages.map((stage) => placedStage(stage, inDockerfile(BUILD_FILE), true)) ?? [];
  return (container) => {
    if (container.build === undefined) return undefined;
    const { target } = container.build;
    if (target.state === 'unknown') return undefined;
    return targetStage(stages, target.state === 'set' ? target.value : undefined);
  };
}

function foldersIn(root: string, folder: string): readonly string[] {
  return entriesIn(root, folder)
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function filesIn(root: string, folder: string): readonly string[] {
  return entriesIn(root, folder)
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

function entriesIn(root: string, folder: string) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
}
