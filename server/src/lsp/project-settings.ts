/** Editor settings of a document under its project's configuration, which has more to say. */
import { baseName, folderOf, relativePath } from '../documents/compose/effective/uri.js';
import { overruledSettings, withFile } from '../engine/config-file/merge.js';
import { CONFIG_NAME } from '../engine/config-file/shape.js';
import { excluder } from '../engine/exclude.js';
import { type Message, listed, say } from '../l10n/message.js';
import type { AnyRule } from '../rules/rule.js';
import type { ProjectConfig } from './project-config.js';
import type { Settings } from './settings.js';

export function withProject(
  settings: Settings,
  { file, baseline, notes, home, baselineFile }: ProjectConfig,
  uri: string,
  rules: readonly AnyRule[],
): Settings {
  if (file === undefined) {
    const configuration = { uri: `${home}/${CONFIG_NAME}`, text: undefined };
    return { ...settings, project: { excludedBy: undefined, baseline, notes, configuration, baselineFile } };
  }
  const name = baseName(file.uri);
  const overruled = overruledSettings({ ...settings.config, absence: settings.absence }, file.config);
  const isExcluded = excluder(file.config.exclude)(relativePath(folderOf(file.uri), uri));
  return {
    ...settings,
    config: withFile(settings.config, file.config, { uri: file.uri, rules }),
    absence: file.config.absence ?? settings.absence,
    project: {
      excludedBy: isExcluded ? name : undefined,
      baseline,
      configuration: { uri: file.uri, text: file.text },
      baselineFile,
      notes: overruled.length === 0 ? notes : [...notes, overruledNote(name, overruled)],
    },
  };
}

function overruledNote(name: string, settings: readonly string[]): Message {
  const list = listed(settings.map((setting) => `\`bulkhead.${setting}\``));
  return settings.length === 1
    ? say`\`${name}\` overrules the setting ${list}`
    : say`\`${name}\` overrules the settings ${list}`;
}
