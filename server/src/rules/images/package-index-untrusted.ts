import { say } from '../../l10n/message.js';
import type { ShellWord, Stage, Step } from '../../model/build.js';
import { packageOperation } from '../../model/package-operations.js';
import { defineRule, type Fix, owasp, type Problem } from '../rule.js';
import { hostOf, isPrivateHost } from '../shared/hosts.js';
import { partOfWord } from '../shared/words.js';

export default defineRule({
  meta: {
    id: 'package-index-untrusted',
    practice: 'images',
    severity: 'warning',
    title: 'Packages are installed from an index without encryption',
    why: 'Packages of Python, JavaScript and Ruby carry no signature: whoever is in between exchanges them, and their install scripts run at once.',
    advice: 'Use the `https://` address of the index.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      owasp(13),
      { title: 'pip: index options', url: 'https://pip.pypa.io/en/stable/cli/pip_install/' },
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of stage.steps) {
        for (const { address, at, scheme } of indexesOf(step)) {
          const host = hostOf(address);
          if (host === undefined || isPrivateHost(host)) continue;
          yield problem(stage, host, at, scheme);
        }
      }
    },
  },
});

interface Index {
  readonly address: string;
  readonly at: Problem['at'];
  /** Where `http` stands. */
  readonly scheme: Problem['at'] | undefined;
}

function indexesOf(step: Step): readonly Index[] {
  if (step.kind === 'env' || step.kind === 'arg')
    return step.variables.flatMap(({ name, value, place, valuePlace }) => {
      if (!VARIABLES.test(name) || value.state !== 'set' || !value.value.startsWith('http://')) return [];
      const isPlain = valuePlace.end - valuePlace.start === value.value.length;
      const scheme = { start: valuePlace.start, end: valuePlace.start + 'http'.length };
      return [{ address: value.value, at: place, scheme: isPlain ? scheme : undefined }];
    });
  if (step.kind !== 'run') return [];
  return step.script.commands.flatMap((command) =>
    [
      ...command.args.filter((_, i) => namesIndex(command, i)),
      ...command.assignments.filter(({ value }) => VARIABLES.test(value.split('=')[0] ?? '')),
    ].flatMap(indexIn),
  );
}

const VARIABLES =
  /^(?:PIP_(?:EXTRA_)?INDEX_URL|PIP_FIND_LINKS|UV_(?:EXTRA_|DEFAULT_)?INDEX(?:_URL)?|npm_config_registry|YARN_(?:NPM_REGISTRY_SERVER|REGISTRY)|GOPROXY|BUNDLE_MIRROR__.*)$/i;

function indexIn(word: ShellWord): readonly Index[] {
  const start = word.value.search(/http:\/\//);
  if (start < 0) return [];
  return [
    {
      address: word.value.slice(start),
      at: word.span,
      scheme: partOfWord(word, start, start + 'http'.length),
    },
  ];
}

/** `--index-url URL`, `--registry=URL`, `npm config set registry URL`, `gem sources --add URL`. */
function namesIndex(command: Parameters<typeof packageOperation>[0], index: number): boolean {
  const { args } = command;
  const [value, before] = [args[index]?.value ?? '', args[index - 1]?.value ?? ''];
  if (!value.includes('http://')) return false;
  const operation = packageOperation(command);
  if (operation === undefined || operation.manager.family === 'system') return false;
  const flags = operation.manager.sourceFlags;
  if (flags.some((flag) => before === flag || value.startsWith(`${flag}=`))) return true;
  const words = args.slice(0, index).map((word) => word.value);
  return (
    (words[0] === 'config' &&
      words.some((word) => /registry|index-url|mirror|repos?\b|npmRegistryServer/i.test(word))) ||
    (/^sources?$/.test(words[0] ?? '') && /^(?:-a|--add)$/.test(before)) ||
    /^(?:registry|global\.index-url|index-url)=/.test(value)
  );
}

function problem(stage: Stage, host: string, at: Problem['at'], scheme: Problem['at'] | undefined): Problem {
  return {
    at,
    message: say`Packages of \`${host}\` come unencrypted and unsigned: others on the way can swap them`,
    fixes: (): readonly Fix[] =>
      scheme === undefined
        ? []
        : [
            {
              title: say`Use \`https://\` (fails where the server offers none)`,
              applicability: 'unsafe',
              edits: stage.edit.replace(scheme, 'https'),
            },
          ],
  };
}
