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
type Read = (name: string) => unknown;
const cuts: readonly ((read: Read) => Table)[] = [
  (read) => capabilities(read('capabilities.json')),
  (read) => ports(read('sensitive-ports.json')),
  (read) => setuid(read('setuid-binaries.json')),
  (read) => registries(read('official-images.json')),
  (read) => composeKeys(read('compose-spec.json')),
  (read) => images(read('image-profiles.json')),
  (read) => runFlags(read('docker-run-flags.json')),
  (read) => daemonKeys(read('daemon-options.json')),
  (read) => hostPaths(read('sensitive-paths.json')),
  (read) => secrets(read('secret-patterns.json')),
  (read) => endOfLife(read('end-of-life.json')),
  (read) => imageTags(read('official-image-tags.json'), read('end-of-life.json')),
];

const folder = process.argv.slice(2).filter((argument) => argument !== '--')[0];
if (folder === undefined) {
  console.error('usage: node scripts/run.mjs scripts/facts.ts FOLDER_OF_RAW_FILES');
  process.exit(2);
}
try {
  const read: Read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  // All are made before one is written: a failure leaves the tables as they were.
  const tables = cuts.map((cut) => cut(read));
  for (const { file, text } of tables) {
    writeFileSync(join(target, file), text);
    console.log(`${file}: ${(text.length / 1000).toFixed(1)} kB`);
  }
} catch (error) {
  if (!(error instanceof FactsError)) throw error;
  console.error(`facts: ${error.message}`);
  process.exit(1);
}
