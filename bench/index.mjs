// Measures Bulkhead beside other tools and prints one Markdown table; the figures also go to artefacts/bench.json.
//   npm run bench -- [--quick] [--only TEXT] [--cli] [--lsp]
// The table is all of standard output; progress goes to standard error. Exit code 1: some figure could not be had.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commandLineCases } from './command-line.mjs';
import { languageServerCases } from './language-server.mjs';
import { installPeers } from './tools.mjs';
import { isIncomplete, table } from './report.mjs';

const usage = `usage: npm run bench -- [OPTION…]
  --quick      fewer repetitions: about one minute instead of several, with rougher figures
  --only TEXT  only cases whose name contains TEXT, such as "compose" or "200 lines"
  --cli        only the command line
  --lsp        only the language server
  --help       this text`;

const artefacts = join(import.meta.dirname, '../artefacts');
const say = (line) => process.stderr.write(`${line}\n`);

async function bench(options) {
  const all = [
    ...(options.cli && !options.lsp ? [] : languageServerCases),
    ...(options.lsp && !options.cli ? [] : commandLineCases),
  ];
  const cases = all.filter(({ name }) => name.toLowerCase().includes(options.only.toLowerCase()));
  if (cases.length === 0) {
    throw new Error(
      `No case is called "${options.only}". There are: ${all.map(({ name }) => name).join(', ')}.`,
    );
  }
  installPeers({ say });
  const rows = [];
  for (const [i, { name, run }] of cases.entries()) {
    say(`${i + 1}/${cases.length} ${name} …`);
    rows.push(...(await run(options)).map((row) => ({ case: name, ...row })));
  }
  return rows;
}

function save(rows, { quick }) {
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  const result = { date: new Date().toISOString(), quick, ...machine, rows };
  mkdirSync(artefacts, { recursive: true });
  writeFileSync(join(artefacts, 'bench.json'), `${JSON.stringify(result, undefined, 2)}\n`);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string', default: '' },
        cli: { type: 'boolean', default: false },
        lsp: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Error(`${error.message}\n${usage}`);
  }
}

try {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
  } else {
    const rows = await bench(options);
    save(rows, options);
    console.log(table(rows));
    process.exitCode = isIncomplete(rows) ? 1 : 0;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
