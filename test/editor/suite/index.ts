// Starts mocha inside an extension host. `run` is what VS Code calls; the bundle appends the test files.
// The browser build of mocha is one file without imports, so it also loads where there is no Node.
import 'mocha/mocha.js';

/** Set while bundling; empty: all tests. */
declare const GREP: string;
/** Set while bundling: begins every line of the suite, which VS Code's own messages surround. */
declare const LINE_MARK: string;

// A window of VS Code does things of its own between two commands (settings are saved, an editor takes the focus): a
// test is tried again before it counts as failed.
const mocha = new Mocha({
  ui: 'tdd',
  reporter: 'spec',
  timeout: 60_000,
  retries: 2,
  ...(GREP ? { fgrep: GREP } : {}),
});
// Defines `suite` and `test`. The ready-made `mocha` of the browser build would want a `location`.
mocha.suite.emit('pre-require', globalThis, '', mocha);
Mocha.reporters.Base.useColors = false;
Mocha.reporters.Base.consoleLog = print;

/** Runs all tests and prints a last line of the form "3 passed, 0 failed". Rejects when one failed or none ran. */
export function run(): Promise<void> {
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      const passes = runner.stats?.passes ?? 0;
      print(`${passes} passed, ${failures} failed`);
      if (failures > 0) reject(new Error(`${failures} tests failed`));
      else if (passes === 0) reject(new Error('no test ran'));
      else resolve();
    });
  });
}

/** Like console.log: mocha passes a format with `%s` and `%d` and its values. */
function print(format = '', ...values: unknown[]): void {
  const text = format.replace(/%[sd]/g, () => String(values.shift()));
  console.log(text.replace(/^/gm, LINE_MARK));
}
