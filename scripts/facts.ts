// Rebuilds the tables of server/src/facts/data from a folder of raw files. It stops at anything it does not understand.
//   node scripts/run.mjs scripts/facts.ts FOLDER
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { daemonKeys, runFlags } from './facts/docker-options.js';
import { endOfLife } from './facts/end-of-life.js';
import { hostPaths } from './facts/host-paths.js';
import { imageTags } from './facts/image-tags.js';
import { images } from './facts/images.js';
import { FactsError } from './facts/read.js';
import { secrets } from './facts/secrets.js';
import { capabilities, composeKeys, ports, registries, setuid } from './facts/small.js';
import type { Table } from './facts/write.js';

const target = 'server/src/facts/data';
const cuts: readonly (readonly [string, (raw: unknown) => Table])[] = [
  ['capabilities.json', capabilities],
  ['sensitive-ports.json', ports],
  ['setuid-binaries.json', setuid],
  ['official-images.json', registries],
  ['compose-spec.json', composeKeys],
  ['image-profiles.json', images],
  ['docker-run-flags.json', runFlags],
  ['daemon-options.json', daemonKeys],
  ['sensitive-paths.json', hostPaths],
  ['secret-patterns.json', secrets],
  ['end-of-life.json', endOfLife],
  ['official-image-tags.json', imageTags],
];

const folder = process.argv.slice(2).filter((argument) => argument !== '--')[0];
if (folder === undefined) {
  console.error('usage: node scripts/run.mjs scripts/facts.ts FOLDER_OF_RAW_FILES');
  process.exit(2);
}
try {
  const tables = cuts.map(([name, cut]) => cut(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  for (const { file, text } of tables) {
    writeFileSync(join(target, file), text);
    console.log(`${file}: ${(text.length / 1000).toFixed(1)} kB`);
  }
} catch (error) {
  if (!(error instanceof FactsError)) throw error;
  console.error(`facts: ${error.message}`);
  process.exit(1);
}
