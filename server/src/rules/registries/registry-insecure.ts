import { plainRegistryPorts, registryConfigLine, registryFlags } from '../../facts/registry-flags.js';
import { say } from '../../l10n/message.js';
import type { ShellCommand, ShellWord } from '../../model/build.js';
import { cis, containerFix, defineRule, dockerDocs, owasp, type Problem } from '../rule.js';
import { isLoopbackHost } from '../shared/hosts.js';
import { type ImageSite, imageOfContainer, imageOfStage } from '../shared/image-sites.js';
import { writesFile } from '../shared/words.js';

export default defineRule({
  meta: {
    id: 'registry-insecure',
    practice: 'registries',
    severity: 'warning',
    title: 'Registry is used without TLS',
    why: 'Whoever is between a plain registry and this machine swaps images on their way, and reads the password of a push.',
    advice:
      'Give the registry a certificate, if need be from an authority of your own that the daemon knows, and drop the exception.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      cis('2.4'),
      owasp(13),
      dockerDocs('insecure registries', '/reference/cli/dockerd/#insecure-registries'),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const site = imageOfContainer(container);
      if (site) yield* plainPort(site);
      for (const { literal, place } of container.startWords) {
        if (!/^--insecure-registry=./.test(literal.text) || isLocal(literal.text)) continue;
        yield {
          at: place,
          message: say`The daemon in \`${container.name}\` takes images over connections that anybody in between can change`,
          fixes: () =>
            /\s/.test(literal.text)
              ? []
              : containerFix(
                  container,
                  say`Remove the exception (registries without a valid certificate are refused)`,
                  'unsafe',
                  [{ remove: place }],
                ),
        };
      }
    },
    *stage(stage) {
      const site = imageOfStage(stage);
      if (site) yield* plainPort(site);
      for (const step of stage.steps) {
        if (step.kind !== 'run' && step.kind !== 'cmd' && step.kind !== 'entrypoint') continue;
        const { commands } = step.script;
        for (const command of commands) {
          for (const words of exceptions(command)) {
            yield {
              at: (words[0] ?? command).span,
              message: say`\`${command.program}\` takes images over connections that anybody in between can change`,
              fixes: () => [
                {
                  title: say`Remove \`${words[0]?.value ?? ''}\` (registries without a valid certificate are refused)`,
                  applicability: 'unsafe',
                  edits: words.flatMap((word) => stage.edit.removeWord(word.span)),
                },
              ],
            };
          }
          if (!writesFile(command, commands)) continue;
          const word = command.args.find(({ value }) => registryConfigLine.test(value));
          if (word === undefined && !registryConfigLine.test(command.input ?? '')) continue;
          yield {
            at: (word ?? command.programWord ?? command).span,
            message: say`This setting lets images come over connections that anybody in between can change`,
          };
        }
      }
    },
  },
});

function* plainPort({ reference, at }: ImageSite): Iterable<Problem> {
  const [host = '', port] = reference.registry.split(/:(?=\d+$)/);
  const plain = port === undefined ? undefined : plainRegistryPorts.get(Number(port));
  if (plain === undefined || isLoopbackHost(host)) return;
  yield {
    at,
    ...(plain === 'usually' && { severity: 'info' }),
    message:
      plain === 'usually'
        ? say`Port ${port ?? ''} is usually plain HTTP: anybody on the way to \`${host}\` can swap the image`
        : say`\`${host}\` is asked over plain HTTP: anybody on the way can swap the image`,
  };
}

/** Each flag with the value behind it. */
function exceptions({ program, args }: ShellCommand): readonly (readonly ShellWord[])[] {
  const flags = registryFlags.filter(({ programs }) => programs.test(program));
  if (flags.length === 0 || args.some(({ value }) => isLocal(value))) return [];
  return args.flatMap((word, index) => {
    const known = flags.find(({ flag }) => flag.test(word.value));
    const next = args[index + 1];
    if (known === undefined) return [];
    return known.withValue && next !== undefined ? [[word, next]] : [[word]];
  });
}

/** `docker://localhost:5000/app`, `--insecure-registry=127.0.0.0/8`, `localhost:5000/app`. */
function isLocal(word: string): boolean {
  const host = /^(?:--[\w-]+=)?(?:docker:\/\/)?([\w.-]+)(?=[:/]|$)/.exec(word)?.[1];
  return host !== undefined && isLoopbackHost(host);
}
