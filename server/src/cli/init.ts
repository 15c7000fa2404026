/** `bulkhead init`: writes a configuration for the current folder that says what could be said in it. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { analyse } from '../engine/analyse.js';
import { defaultConfig } from '../engine/config.js';
import { type Imported, importHadolint } from '../engine/config-file/from-hadolint.js';
import { CONFIG_NAME, CONFIG_NAMES } from '../engine/config-file/shape.js';
import { loudest, newConfigText } from '../engine/config-file/write.js';
import { docsPage } from '../engine/rule-page.js';
import { count } from '../report/plain-text.js';
import type { AnyRule, Profile } from '../rules/rule.js';
import { sourceText } from '../text/source-text.js';
import type { Arguments } from './arguments.js';
import { type FoundFile, findFiles, isUnread } from './files.js';
import { type CliIo, complain, EXIT } from './io.js';
import { loadProjects } from './projects.js';
import { readText, reasonOf } from './read-file.js';
import { optionValue } from './selection.js';
import { createFile } from './write-file.js';

export async function init(args: Arguments, io: CliIo, registry: readonly AnyRule[]): Promise<number> {
  const fail = (reason: string) => {
    complain(io, reason);
    return EXIT.failed;
  };
  if (args.words.length > 0) return fail('`bulkhead init` works on the current folder and takes no path.');
  const present = CONFIG_NAMES.find((name) => existsSync(join(io.cwd, name)));
  if (present !== undefined) return fail(`${present} exists already and is left as it is.`);
  const source = optionValue(args, 'from-hadolint');
  const imported = source === undefined ? NOTHING : readHadolint(source, io, registry);
  if ('error' in imported) return fail(imported.error);
  const profile = optionValue<Profile>(args, 'profile') ?? defaultConfig.profile;
  const loud = await loudRules(profile, io, registry);
  const { rules, registries, lost } = imported;
  const page = docsPage('configuration');
  const text = newConfigText({
    profile,
    loud,
    imported: rules,
    registries,
    page,
    ...(source !== undefined && { lost: { from: source, sentences: lost } }),
  });
  try {
    createFile(join(io.cwd, CONFIG_NAME), text);
  } catch (error) {
    return fail(`${CONFIG_NAME} was not written, it ${reasonOf(error)}.`);
  }
  const carried = source === undefined ? '' : `, with ${count(rules.length, 'rule')} from ${source}`;
  io.stdout.write(`Wrote ${CONFIG_NAME} (profile ${profile}${carried}).\n`);
  if (lost.length > 0) io.stdout.write(`Not carried over:\n${lost.map((line) => `  ${line}\n`).join('')}`);
  return EXIT.clean;
}

const NOTHING: Imported = { rules: [], registries: [], lost: [], problem: undefined };

function readHadolint(
  path: string,
  io: CliIo,
  registry: readonly AnyRule[],
): Imported | { readonly error: string } {
  const content = readText(resolve(io.cwd, path));
  if ('problem' in content) return { error: `${path} ${content.problem}.` };
  const imported = importHadolint(content.text, registry);
  if (imported.problem === undefined) return imported;
  const { line, character } = sourceText(content.text).positionAt(imported.problem.at.start);
  return {
    error: `${path}:${line + 1}:${character + 1}: ${imported.problem.message}; nothing was written.`,
  };
}

/** Rules by how much they find in the folder. What cannot be read counts for nothing. */
async function loudRules(profile: Profile, io: CliIo, registry: readonly AnyRule[]) {
  const files = [...findFiles(['.'], { cwd: io.cwd, kind: undefined })].filter(
    (file): file is FoundFile => !isUnread(file),
  );
  const projects = await loadProjects(files, [], io.cwd);
  const findings = files.flatMap((file) => {
    const opened = projects.open(file, file.text);
    const config = { ...defaultConfig, profile };
    return analyse({ ...opened, rules: registry, config, today: io.today }).findings;
  });
  return loudest(findings, registry);
}
