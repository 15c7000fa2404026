import { say } from '../../l10n/message.js';
import type { CopyStep, ShellCommand, ShellScript, ShellWord, Stage } from '../../model/build.js';
import type { Span } from '../../text/span.js';
import { defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { hostOf, isPrivateHost } from '../shared/hosts.js';
import { partOfWord } from '../shared/words.js';

const DOWNLOADERS = /^(?:curl|wget2?|aria2c|axel|fetch|http|lwp-download|git|svn|hg)$/;
/** They download what they install; the lists of a distribution are signed, a package named by its address is not. */
const INSTALLERS =
  /^(?:rpm|yum|dnf|yum-config-manager|microdnf|zypper|pip[\d.]*|npm|yarn|gem|apk|python[\d.]*)$/;
const PACKAGE_FILE = /\.(?:rpm|repo|whl|tar\.\w+|tgz|zip|gem|apk)(?:[?#]|$)/;
/** Compares what came with something known before: then the way it came does not matter. */
const CHECKS = /^(?:(?:sha\d+|b2|md5)sum|shasum|gpgv?|gpg2|cosign|minisign|signify|rpmkeys)$/;
/** Options that send something, name a proxy, or tell where a local server is. */
const NOT_FETCHED = /^(?:-x|--proxy|--preproxy|-H|--header|-d|--data.*|-e|--referer|-A|--user-agent)$/;

export default defineRule({
  meta: {
    id: 'plain-http-download',
    practice: 'registries',
    severity: 'info',
    title: 'File is downloaded without encryption',
    why: 'Everybody on the way, from the Wi-Fi to a hijacked route, can swap the file for another one, and the build puts it into the image.',
    advice:
      'Use the `https://` address, or compare the file with a checksum that is written in the Dockerfile.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [owasp(13), dockerDocs('ADD --checksum', '/reference/dockerfile/#add---checksum')],
    equivalents: ['datadog:avoid_http', 'sonar:S5332'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of stage.steps) {
        if (step.kind === 'run') yield* inScript(stage, step.script);
        else if (step.kind === 'add') yield* inAdd(stage, step);
      }
    },
  },
});

function* inScript(stage: Stage, { commands }: ShellScript): Iterable<Problem> {
  if (commands.some(({ program, args }) => CHECKS.test(program) && !args.some(isKeyImport))) return;
  for (const command of commands) {
    for (const word of fetched(command)) {
      const start = word.value.indexOf('http://');
      yield plainHttp(
        stage,
        word.value.slice(start),
        word.span,
        partOfWord(word, start, start + 'http'.length),
      );
    }
  }
}

function* inAdd(stage: Stage, step: CopyStep): Iterable<Problem> {
  if (step.flags.some(({ name }) => name === 'checksum')) return;
  for (const { value, written, place } of step.sources) {
    const address = value.state === 'set' ? value.value : written;
    if (!isPlain(address)) continue;
    const literal = written.startsWith('http://') && place.end - place.start === written.length;
    yield plainHttp(
      stage,
      address,
      place,
      literal ? { start: place.start, end: place.start + 'http'.length } : undefined,
    );
  }
}

/** The words of a command that are addresses without encryption, of things it brings into the image. */
function fetched({ program, args }: ShellCommand): readonly ShellWord[] {
  const downloads = DOWNLOADERS.test(program);
  if (!downloads && !INSTALLERS.test(program)) return [];
  return args.filter(
    ({ value }, index) =>
      isPlain(value.replace(/^(?:--url=|--add-repo=|-)?(?=http:)/, '')) &&
      (downloads || PACKAGE_FILE.test(value)) &&
      !NOT_FETCHED.test(args[index - 1]?.value ?? ''),
  );
}

function isPlain(address: string): boolean {
  if (!address.startsWith('http://')) return false;
  const host = hostOf(address);
  return host !== undefined && !isPrivateHost(host);
}

/** `gpg --import` only stores a key, which came the same way. */
function isKeyImport({ value }: ShellWord): boolean {
  return /^--(?:import|dearmor|recv-keys?|keyserver)/.test(value);
}

function plainHttp(stage: Stage, address: string, at: Problem['at'], scheme: Span | undefined): Problem {
  return {
    at,
    message: say`\`${hostOf(address) ?? ''}\` answers unencrypted: whoever is in between can swap what arrives`,
    fixes: () =>
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
