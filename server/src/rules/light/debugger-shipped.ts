import { say } from '../../l10n/message.js';
import type { RunStep, ShellWord } from '../../model/build.js';
import { packageName, packageOperations } from '../../model/package-operations.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';
import { inImage } from '../shared/layers.js';
import { isForDevelopers } from '../shared/purpose.js';

export default defineRule({
  meta: {
    id: 'debugger-shipped',
    practice: 'light',
    severity: 'info',
    title: 'Debugger is in the image that ships',
    why: 'A debugger reads and changes the memory of the service, and one that listens lets whoever reaches it run code.',
    advice: 'Install it in a stage that only developers build.',
    presence: 'presence',
    profile: 'recommended',
    fixes: [],
    references: [dockerDocs('multi-stage builds', '/build/building/multi-stage/')],
    equivalents: ['tally:tally/php/no-xdebug-in-final-image'],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      if (!inImage(stage) || isForDevelopers(stage)) return;
      for (const step of runsOf(stage)) {
        for (const { name, word } of [...byPackage(step), ...byExtension(step)])
          yield {
            at: word.span,
            message: say`\`${name}\` is a debugger: in the image that ships it serves an intruder`,
          };
      }
    },
  },
});

interface Debugger {
  readonly name: string;
  readonly word: ShellWord;
}

const DEBUGGERS =
  /^(?:gdb|gdbserver|strace|ltrace|lldb|valgrind|php\d*(?:\.\d+)?-(?:pecl-)?xdebug\d?|debugpy|ptvsd|ipdb|pydevd-pycharm|pry-byebug|node-inspect)$/;

function byPackage(step: RunStep): readonly Debugger[] {
  const operations = packageOperations(step);
  const lastRemoval = operations.findLast(({ action }) => action === 'remove')?.index ?? -1;
  return operations.flatMap(({ manager, action, packages, index }) => {
    if (action !== 'install' || lastRemoval > index) return [];
    return packages.flatMap((word) => {
      const name = packageName(word.value, manager);
      if (/\/dlv$/.test(name)) return [{ name: 'dlv', word }];
      return DEBUGGERS.test(name) ? [{ name, word }] : [];
    });
  });
}

/** Extensions of PHP have installers of their own. */
function byExtension(step: RunStep): readonly Debugger[] {
  return step.script.commands.flatMap(({ program, args }) => {
    if (!/^(?:docker-php-ext-install|docker-php-ext-enable|install-php-extensions|pecl)$/.test(program))
      return [];
    const word = args.find(({ value }) => /^xdebug(?:-|$)/.test(value));
    return word === undefined ? [] : [{ name: 'xdebug', word }];
  });
}
