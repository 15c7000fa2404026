// In place of `@vscode/spdlog`: writes the same log files, line by line.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

async function createLogger(_name, file) {
  mkdirSync(dirname(file), { recursive: true });
  const write = (text) => appendFileSync(file, `${text}\n`);
  const nothing = () => undefined;
  // The window waits for the file.
  appendFileSync(file, '');
  return {
    ...{ trace: write, debug: write, info: write, warn: write, error: write, critical: write },
    ...{ getLevel: () => 2, setLevel: nothing, setPattern: nothing, clearFormatters: nothing },
    ...{ flush: nothing, drop: nothing },
  };
}

exports.setLevel = exports.setFlushOn = () => undefined;
exports.createRotatingLogger = exports.createAsyncRotatingLogger = createLogger;
