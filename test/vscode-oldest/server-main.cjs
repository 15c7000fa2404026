// Starts the server of the old VS Code in this folder. Its own `out/server-main.js` only exports how that is done; the one of
// newer versions is a program. Flags and the line that tells the port are the same for both.
const { createServer } = require('node:http');
const { join } = require('node:path');

/** `--flag value` and `--flag`, as VS Code's own parser gives them. */
function parse(words) {
  const args = { _: [] };
  while (words.length > 0) {
    const name = words.shift().slice(2);
    args[name] = words.length === 0 || words[0].startsWith('--') ? true : words.shift();
  }
  return args;
}

async function main() {
  const args = parse(process.argv.slice(2));
  const { loadCodeWithNls } = require(
    join(__dirname, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  );
  const code = await loadCodeWithNls();
  const server = await code.createServer(null, args);
  const http = createServer((request, response) => server.handleRequest(request, response));
  http.on('upgrade', (request, socket) => server.handleUpgrade(request, socket));
  http.listen(Number(args.port), args.host, () =>
    console.log(`Extension host agent listening on ${http.address().port}`),
  );
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
