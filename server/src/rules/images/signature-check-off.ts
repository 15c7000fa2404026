import { say } from '../../l10n/message.js';
import type { RunStep, ShellCommand, ShellWord, Stage, Step } from '../../model/build.js';
import { packageOperations } from '../../model/package-operations.js';
import { defineRule, type Fix, owasp, type Problem } from '../rule.js';
import { writtenTexts } from '../shared/written-texts.js';

export default defineRule({
  meta: {
    id: 'signature-check-off',
    practice: 'images',
    severity: 'warning',
    title: 'Signatures of packages are not checked',
    why: 'Whoever gets between the build and the mirror, or into the mirror, puts programs of his own into the image.',
    advice:
      'Remove the switch and install the key of the repository instead, with `signed-by` in the case of apt.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [owasp(13), { title: 'Debian wiki: SecureApt', url: 'https://wiki.debian.org/SecureApt' }],
    equivalents: [
      'checkov:CKV2_DOCKER_7',
      'checkov:CKV2_DOCKER_8',
      'checkov:CKV2_DOCKER_9',
      'checkov:CKV2_DOCKER_10',
      'checkov:CKV2_DOCKER_11',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of stage.steps) {
        const switches = step.kind === 'run' ? [...ofManagers(step), ...ofRpm(step)] : [];
        for (const one of switches) yield switchedOff(stage, one);
        yield* sourcesIn(step, switches);
      }
    },
  },
});

interface Switch {
  readonly command: ShellCommand;
  readonly flag: ShellWord;
  readonly program: string;
}

function switchedOff(stage: Stage, { command, flag, program }: Switch): Problem {
  const value = valueBehind(command, flag);
  const name = value === undefined ? flag.value : `${flag.value} ${value.value}`;
  return {
    at: flag.span,
    message: say`With \`${name}\` ${program} installs packages whoever made them`,
    fixes: () => [removal(stage, name, flag, value)],
  };
}

function ofManagers(step: RunStep): readonly Switch[] {
  return packageOperations(step).flatMap((operation) => {
    if (!/^(?:install|update|upgrade|dist-upgrade)$/.test(operation.action)) return [];
    // That the index is out of date is another matter.
    const options = operation.manager.signatureOff.filter(
      (option) => !/valid-until|repo_gpgcheck|localpkg/i.test(option),
    );
    const flag = operation.flag([...options, ...(operation.manager.kind === 'zypper' ? ZYPPER : [])]);
    if (flag === undefined || /repo_gpgcheck/.test(flag.value)) return [];
    return [{ command: operation.command, flag, program: operation.manager.name }];
  });
}

const ZYPPER = [
  '--gpgcheck-allow-unsigned',
  '--gpgcheck-allow-unsigned-repo',
  '--gpgcheck-allow-unsigned-package',
];

/** rpm itself; a query does not care. */
function ofRpm(step: RunStep): readonly Switch[] {
  return step.script.commands.flatMap((command) => {
    if (command.program !== 'rpm') return [];
    const installs = command.args.some(({ value }) =>
      /^(?:-[hvf]*[iUF]\w*|--install|--upgrade|--freshen)$/.test(value),
    );
    if (!installs) return [];
    return command.args
      .filter(({ value }) => /^--no(?:signature|digest|verify|filedigest|gpg)$/.test(value))
      .map((flag) => ({ command, flag, program: 'rpm' }));
  });
}

/** `-o Some::Option=1` and `--setopt x=0` are two words. */
function valueBehind({ args }: ShellCommand, flag: ShellWord): ShellWord | undefined {
  return /^(?:-o|--option|--setopt)$/.test(flag.value) ? args[args.indexOf(flag) + 1] : undefined;
}

function removal(stage: Stage, name: string, flag: ShellWord, value: ShellWord | undefined): Fix {
  return {
    title: say`Remove \`${name}\` (packages without a known signature are refused)`,
    applicability: 'unsafe',
    edits: [
      ...stage.edit.removeWord(flag.span),
      ...(value === undefined ? [] : stage.edit.removeWord(value.span)),
    ],
  };
}

/** What configures a repository so that nothing of it is checked. */
const SOURCES: readonly { readonly pattern: RegExp; readonly shown: string }[] = [
  {
    pattern: /\bdeb(?:-src)?\s+\[[^\]]*\btrusted=yes\b[^\]]*\]\s+(?!file:|copy:)|^Trusted:\s*yes$/im,
    shown: 'trusted=yes',
  },
  {
    pattern: /\bdeb(?:-src)?\s+\[[^\]]*\ballow-insecure=yes\b[^\]]*\]\s+(?!file:|copy:)/,
    shown: 'allow-insecure=yes',
  },
  { pattern: /\bAPT::Get::AllowUnauthenticated["\s]+"?(?:true|1|yes)\b/i, shown: 'AllowUnauthenticated' },
  { pattern: /\bSigLevel\s*=\s*(?:Never|[^\n]*\bTrustAll\b)/, shown: 'SigLevel' },
];

/** What all of them hold, for a first look. */
const HINT = /trusted|allow-insecure|AllowUnauthenticated|SigLevel|gpgcheck/i;

function* sourcesIn(step: Step, switches: readonly Switch[]): Iterable<Problem> {
  for (const { text, at } of writtenTexts(step)) {
    if (!HINT.test(text)) continue;
    if (switches.some(({ flag, command }) => at === flag.span || at === valueBehind(command, flag)?.span))
      continue;
    const shown =
      SOURCES.find(({ pattern }) => pattern.test(text))?.shown ??
      (offByGpgcheck(text) ? 'gpgcheck=0' : undefined);
    if (shown === undefined) continue;
    yield { at, message: say`With \`${shown}\` packages of this repository are installed whoever made them` };
  }
}

/** The last mention counts: `s/gpgcheck=0/gpgcheck=1/` switches it on. The signature of the index is another one. */
function offByGpgcheck(text: string): boolean {
  const all = [...text.replaceAll('\\n', '\n').matchAll(/(?<![\w-])(?:pkg_)?gpgcheck\s*=\s*(\w+)/g)];
  return /^(?:0|false|no|off)$/i.test(all.at(-1)?.[1] ?? '');
}
