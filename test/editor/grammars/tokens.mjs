// Tokenises text as VS Code does: with its own TextMate engine and its own grammars, from test/vscode-host.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../../scripts/bundle.mjs';
import { newest, vscodeFolder } from '../../vscode-host/versions.mjs';

const fromVSCode = createRequire(join(vscodeFolder(newest), 'package.json'));
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** @typedef {{ text: string, scopes: string[] }} Token */
/** @typedef {{ tokens: Token[], language: string }} Line `language`: of the editor's commands at the end of the line */

/** The languages of the grammars, with the numbers that they have in the engine. */
const LANGUAGES = ['', 'dockerfile', 'yaml', 'shellscript'];

/**
 * @param {{ injections: boolean }} options whether the grammars that package.json contributes are there, too
 * @returns {Promise<(language: 'dockerfile' | 'yaml', text: string) => Line[]>} Neighbours with the same scopes are one
 *   token, as on the screen.
 */
export async function tokenizer({ injections }) {
  const { Registry, INITIAL, parseRawGrammar } = fromVSCode('vscode-textmate');
  const { loadWASM, createOnigScanner, createOnigString } = fromVSCode('vscode-oniguruma');
  await loadWASM(readFileSync(fromVSCode.resolve('vscode-oniguruma/release/onig.wasm')));

  const grammars = [
    ...['docker', 'yaml', 'shellscript'].flatMap((name) =>
      contributed(join(vscodeFolder(newest), 'extensions', name)),
    ),
    ...(injections ? contributed(root) : []),
  ];
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (wanted) => {
      const found = grammars.find(({ scopeName }) => scopeName === wanted);
      return found ? parseRawGrammar(readFileSync(found.file, 'utf8'), found.file) : null;
    },
    getInjections: (wanted) =>
      grammars.filter(({ injectTo }) => injectTo.includes(wanted)).map(({ scopeName }) => scopeName),
  });
  const embedded = Object.fromEntries(
    grammars.flatMap(({ embeddedLanguages }) =>
      Object.entries(embeddedLanguages).map(([scope, language]) => [scope, LANGUAGES.indexOf(language)]),
    ),
  );
  const load = (language) =>
    registry.loadGrammarWithEmbeddedLanguages(`source.${language}`, LANGUAGES.indexOf(language), embedded);
  const loaded = { dockerfile: await load('dockerfile'), yaml: await load('yaml') };

  return (language, text) => {
    const grammar = loaded[language];
    let state = INITIAL;
    return text.split(/\r?\n/).map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      // Its numbers are pairs: where a token starts, and its language and colours in one.
      const last = grammar.tokenizeLine2(line, state).tokens.at(-1);
      state = ruleStack;
      return { tokens: merged(line, tokens), language: LANGUAGES[last & 0xff] };
    });
  };
}

/** The grammars that the manifest in this folder contributes. */
function contributed(folder) {
  return readJson(join(folder, 'package.json')).contributes.grammars.map(
    ({ scopeName, path, injectTo = [], embeddedLanguages = {} }) => ({
      scopeName,
      file: join(folder, path),
      injectTo,
      embeddedLanguages: injectTo.length > 0 ? embeddedLanguages : {},
    }),
  );
}

function merged(line, tokens) {
  const all = [];
  for (const { startIndex, endIndex, scopes } of tokens) {
    const text = line.slice(startIndex, endIndex);
    if (text === '') continue;
    const before = all.at(-1);
    if (before?.scopes.join(' ') === scopes.join(' ')) before.text += text;
    else all.push({ text, scopes });
  }
  return all;
}
