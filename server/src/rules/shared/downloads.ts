/** What curl and wget do in a build: what they get, whether it is kept, and whether anything checks it. */
import type { ShellCommand, ShellWord, Stage, Step } from '../../model/build.js';
import { oncePer } from '../../model/once-per.js';
import { pipelineOf } from '../../model/pipelines.js';

/** Keys are what others are checked by; lists of packages are signed; an address with a commit never changes. */
export function isKeptElsewhere(address: string): boolean {
  const path = address.replace(/[?#].*$/, '');
  return (
    /\.(?:asc|gpg|pgp|key|pub|pem|crt|sig|sign|sha\d+|sha\d+sums?|sha\d+sum|list|repo|sources|rpmkey)$/i.test(
      path,
    ) ||
    /(?:SHASUMS?|SHA\d+SUMS?|checksums?|\bkeys?\b|gpgkey|RPM-GPG-KEY|install-keys|release\.key)[\w.-]*$/i.test(
      path,
    ) ||
    /[/@][0-9a-f]{40}\//.test(path)
  );
}

const CHECKS =
  /^(?:(?:sha\d+|b2|b3|md5|sha)sum|shasum|sha\d+|gpgv\d?|cosign|minisign|signify|openssl|apksigner|slsa-verifier|rpmkeys|debsig-verify|cksum|git-verify|pgpverify|keybase)$/;

/** Whether something in the step looks at what came. `gpg` alone may only store a key. */
function verifies({ program, args }: ShellCommand): boolean {
  if (CHECKS.test(program))
    return program !== 'openssl' || /^(?:dgst|sha\d+|md5|sm3|blake2\w+)$/.test(args[0]?.value ?? '');
  if (/^gpg2?$/.test(program))
    return args.some(({ value }) => /^--(?:verify|batch-verify|decrypt)$/.test(value));
  if (program === 'rpm')
    return args.some(({ value }) => value === '--checksig' || value === '-K' || value === '--import');
  if (program === 'gh') return args.some(({ value }) => value === 'attestation');
  // A script or function of the file's own that says so.
  return (
    /(?:verify|check_?sum)/i.test(program) ||
    args.some(({ value }) => /sha(?:256|512|1|384)(?:sum)?\b.*(?:-c|--check)\b/.test(value))
  );
}

/** The address that curl or wget gets a file from; undefined for other uses of them. */
export function addressOf({ program, args }: ShellCommand): ShellWord | undefined {
  if (program !== 'curl' && program !== 'wget') return undefined;
  const asks = args.some(({ value }) =>
    /^(?:-I|--head|--spider|-X|--request(?:=.*)?|-d|--data.*|-T|--upload-file|-F|--form|--post-data.*|--version|-V|--help)$/.test(
      value,
    ),
  );
  if (asks) return undefined;
  return args.find(
    ({ value }) => /^(?:https?|ftp):\/\//i.test(value) || /^"?\$\{?\w*(?:URL|URI|LINK)\w*\}?/i.test(value),
  );
}

export function isHere(address: string): boolean {
  return /^https?:\/\/(?:localhost|127\.|\[::1\]|0\.0\.0\.0|host\.docker\.internal)/i.test(address);
}

const UNPACKERS = new Set([
  'tar',
  'bsdtar',
  'unzip',
  'gunzip',
  'zcat',
  'xz',
  'xzcat',
  'bunzip2',
  'zstd',
  'cpio',
  'dpkg',
  'rpm',
  'busybox',
]);

/** `saves` or `unpacks`; undefined for what only looks at the answer. */
export function savedOrUnpacked(
  command: ShellCommand,
  commands: readonly ShellCommand[],
): 'saves' | 'unpacks' | undefined {
  const behind = pipelineOf(commands, command).filter((one) => one.span.start > command.span.end);
  if (behind.some(({ program }) => UNPACKERS.has(program))) return 'unpacks';
  if (behind.length > 0 || command.context === 'substitution') return undefined;
  const target = targetOf(command);
  return target === undefined || isKeptElsewhere(target) || /^\/dev\//.test(target) ? undefined : 'saves';
}

/** The file that the download becomes; '' for the name it has on the server, undefined when it is only printed. */
function targetOf({ program, args, redirects }: ShellCommand): string | undefined {
  const redirect = redirects.find(({ operator }) => /^1?>{1,2}$/.test(operator))?.target.value;
  const values = args.map((word) => word.value);
  const short = program === 'curl' ? /^-[a-zA-Z]*o$/ : /^-[a-zA-Z]*O$/;
  const long = program === 'curl' ? '--output' : '--output-document';
  const at = values.findIndex((value) => short.test(value) || value === long);
  const joined = values
    .map((value) =>
      value.startsWith(`${long}=`)
        ? value.slice(long.length + 1)
        : program === 'wget'
          ? /^-[a-zA-Z]*O(.+)$/.exec(value)?.[1]
          : /^-o(.+)$/.exec(value)?.[1],
    )
    .find((value) => value !== undefined);
  const named = at >= 0 ? values[at + 1] : joined;
  if (named !== undefined) return named === '-' || named === '/dev/stdout' ? redirect : named;
  if (redirect !== undefined) return redirect;
  if (program === 'wget') return '';
  return values.some((value) => /^-[a-zA-Z]*O/.test(value) || value.startsWith('--remote-name'))
    ? ''
    : undefined;
}

/** Whether a command of the same step or of a later one of the stage checks what came. */
export function isVerified(stage: Stage, step: Step): boolean {
  return stage.steps.indexOf(step) <= lastCheck(stage);
}

/** Index of the last step that checks something; -1 when none does. */
const lastCheck = oncePer((stage: Stage) =>
  stage.steps.findLastIndex((one) => one.kind === 'run' && one.script.commands.some(verifies)),
);

/** An encrypted address of one version changes only when somebody takes the server over. */
export function severityOf(address: string): { readonly severity?: 'info' } {
  const isFixed =
    /[\d$]/.test(address.replace(/^\w+:\/\/[^/]*/, '')) &&
    !/\b(?:latest|master|main|HEAD|nightly)\b/.test(address);
  return isFixed && !/^(?:http|ftp):/i.test(address) ? { severity: 'info' } : {};
}
