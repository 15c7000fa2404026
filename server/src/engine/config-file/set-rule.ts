/** Changes single rules in the text of a `.bulkhead.yaml` that is there; comments and everything else stay. */
import { addToMap, type NewValue, replaceScalar, type YamlFile } from '../../documents/compose/yaml-edit.js';
import { readStyle } from '../../documents/compose/yaml-style.js';
import { parseYaml } from '../../syntax/yaml/parse.js';
import { mapGet } from '../../syntax/yaml/scalar.js';
import type { YamlMap, YamlPair, YamlScalar } from '../../syntax/yaml/tree.js';
import { applyEdits, type Edit } from '../../text/edit.js';
import { sourceText } from '../../text/source-text.js';
import { docsPage } from '../rule-page.js';
import type { Imported } from './from-hadolint.js';
import { lostComment } from './write.js';

/** Undefined when the rule has that level already, or when the file is written in a way that cannot be changed exactly. */
export function setRule(text: string, rule: string, level: string): Edit | undefined {
  const source = sourceText(text);
  const tree = parseYaml(text);
  const root = tree.documents[0]?.root;
  if (tree.problems.length > 0) return undefined;
  if (root === undefined) return appended(text, `rules:${source.eol}  ${rule}: ${level}`);
  if (root.kind !== 'map') return undefined;
  const file: YamlFile = { source, style: readStyle(source, root) };
  const rules = mapGet(root, 'rules');
  const added = new Map<string, NewValue>([[rule, { scalar: level }]]);
  if (rules === undefined) return addKey(file, root, new Map([['rules', { map: added }]]));
  const own = rules.value.kind === 'map' ? mapGet(rules.value, rule) : undefined;
  if (own === undefined) return addToMap(file, rules, added);
  if (own.value.kind === 'map') return setSeverity(file, own, level);
  if (own.value.kind !== 'scalar' || own.value.value === level) return undefined;
  return replaceLevel(file, own.value, level);
}

function setSeverity(file: YamlFile, own: YamlPair, level: string): Edit | undefined {
  const severity = own.value.kind === 'map' ? mapGet(own.value, 'severity') : undefined;
  if (severity === undefined) return addToMap(file, own, new Map([['severity', { scalar: level }]]));
  if (severity.value.kind !== 'scalar' || severity.value.value === level) return undefined;
  return replaceLevel(file, severity.value, level);
}

/** `off` is a word here, whatever YAML 1.1 made of it. */
function replaceLevel(file: YamlFile, node: YamlScalar, level: string): Edit | undefined {
  return node.style === 'plain' && !node.empty
    ? { span: node.span, text: level }
    : replaceScalar(file, node, level, false);
}

/** At the end of the file, behind comments that stand there: they may be about what is above them. */
function addKey(file: YamlFile, root: YamlMap, added: ReadonlyMap<string, NewValue>): Edit | undefined {
  const { source } = file;
  if (root.flow) return addToMap(file, { key: root, value: root, span: root.span }, added);
  const [[key, value] = []] = added;
  if (key === undefined || value === undefined || !('map' in value)) return undefined;
  const lines = [...value.map].map(
    ([name, one]) => `${file.style.unit}${name}: ${'scalar' in one ? one.scalar : ''}`,
  );
  return appended(source.text, [`${key}:`, ...lines].join(source.eol));
}

/** With an empty line above it, unless nothing is there. */
function appended(text: string, block: string): Edit {
  const { eol } = sourceText(text);
  const end = text.length;
  const body = text.trim();
  const gap = body === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
  return { span: { start: end, end }, text: `${gap}${block}${eol}` };
}

/** The text with further rules; those that it speaks of already keep what it says. */
export function withRules(
  text: string,
  rules: readonly { readonly rule: string; readonly level: string }[],
): { readonly text: string; readonly added: readonly string[] } {
  const added: string[] = [];
  let result = text;
  for (const { rule, level } of rules) {
    const root = parseYaml(result).documents[0]?.root;
    const present = root?.kind === 'map' ? mapGet(root, 'rules')?.value : undefined;
    if (present?.kind === 'map' && mapGet(present, rule) !== undefined) continue;
    const edit = setRule(result, rule, level);
    if (edit === undefined) continue;
    result = applyEdits(result, [edit]);
    added.push(rule);
  }
  return { text: result, added };
}

/** A new file that says this alone. */
export function smallConfig(rule: string, level: string): string {
  return [
    `# What Bulkhead checks below this folder. All settings: ${docsPage('configuration')}`,
    'rules:',
    `  ${rule}: ${level}`,
    '',
  ].join('\n');
}

/** The text with what another linter's configuration says; what it says itself stays. */
export function withImported(
  text: string,
  { rules, lost }: Pick<Imported, 'rules' | 'lost'>,
  from: string,
): { readonly text: string; readonly added: readonly string[] } {
  const levels = rules.map(({ rule, level }) => ({ rule: rule.meta.id, level }));
  const { text: result, added } = withRules(text, levels);
  if (lost.length === 0) return { text: result, added };
  const comment = lostComment(from, lost).join(sourceText(result).eol);
  return { text: applyEdits(result, [appended(result, comment)]), added };
}
