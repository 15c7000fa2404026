import { type Message, say } from '../../l10n/message.js';
import type { RunStep, ShellCommand } from '../../model/build.js';
import { packageName, packageOperations } from '../../model/package-operations.js';
import { pipelineOf } from '../../model/pipelines.js';
import { runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs, type Problem } from '../rule.js';
import { inImage } from '../shared/layers.js';
import { isForDevelopers } from '../shared/purpose.js';

export default defineRule({
  meta: {
    id: 'needless-tools',
    practice: 'light',
    severity: 'info',
    title: 'Tools for people at a terminal are in the image',
    why: 'Editors, login servers and network tools serve nobody while the service runs, and everybody who breaks in.',
    advice:
      'Leave them out, and look into a running container with `docker debug` or a second container that shares its namespaces.',
    presence: 'presence',
    profile: 'recommended',
    fixes: [],
    references: [
      dockerDocs(
        "don't install unnecessary packages",
        '/build/building/best-practices/#dont-install-unnecessary-packages',
      ),
    ],
    equivalents: [
      'hadolint:DL3001',
      'kics:run_utilities_and_posix_commands',
      'semgrep:nonsensical-command',
      'tally:hadolint/DL3001',
    ],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      for (const step of runsOf(stage)) {
        if (inImage(stage) && !isForDevelopers(stage)) yield* installed(step);
        yield* used(step);
      }
    },
  },
});

type About = (name: string) => Message;

const SERVES = say`it serves an intruder, not the service`;
/** What each group is, for the message. */
const PACKAGES: readonly (readonly [about: About, names: RegExp])[] = [
  [
    (name) => say`\`${name}\` is an editor: ${SERVES}`,
    /^(?:vim(?:-(?:tiny|nox|gtk\d*|enhanced|minimal|athena|gui-common))?|nano|emacs(?:-.*)?|neovim|joe|ed)$/,
  ],
  [
    (name) => say`\`${name}\` lets people log in: one more server to keep up to date and to guard`,
    /^(?:openssh-server|openssh|dropbear|telnetd|xrdp|tightvncserver|x11vnc)$/,
  ],
  [
    (name) => say`\`${name}\` is a client without encryption: ${SERVES}`,
    /^(?:telnet|inetutils-telnet|ftp|rsh-client|tftp(?:-hpa)?)$/,
  ],
  [
    (name) => say`\`${name}\` looks into networks: ${SERVES}`,
    /^(?:nmap|nmap-ncat|net-tools|iputils-ping|iputils|mtr(?:-tiny)?|traceroute|tcpdump|tshark|wireshark.*|iptraf.*|ettercap.*|hping3)$/,
  ],
  [
    (name) => say`\`${name}\` is a tool for terminals: ${SERVES}`,
    /^(?:screen|tmux|htop|atop|iotop|iftop|nethogs|lsof|man-db|mlocate|mc|byobu)$/,
  ],
];

function* installed(step: RunStep): Iterable<Problem> {
  const operations = packageOperations(step);
  const lastRemoval = operations.findLast(({ action }) => action === 'remove')?.index ?? -1;
  for (const { manager, action, packages, index } of operations) {
    if (manager.family !== 'system' || action !== 'install') continue;
    for (const word of packages) {
      const name = packageName(word.value, manager);
      const about = PACKAGES.find(([, names]) => names.test(name))?.[0];
      // `openssh` of other distributions than Alpine is the client too.
      if (about === undefined || (name === 'openssh' && manager.kind !== 'apk')) continue;
      if (lastRemoval > index || isCalled(step, name)) continue;
      yield { at: word.span, message: about(name) };
    }
  }
}

/** `socat …` in the same RUN: the build needs it. */
function isCalled(step: RunStep, name: string): boolean {
  return step.script.commands.some(({ program }) => program === name);
}

/** Programs that have nothing to show or to change while an image is built. */
const POINTLESS = new Set(
  'top htop vim vi nano emacs ifconfig free shutdown reboot poweroff halt less more man'.split(' '),
);

function* used(step: RunStep): Iterable<Problem> {
  for (const [index, command] of step.script.commands.entries()) {
    const { program, args, programWord } = command;
    if (programWord === undefined || command.context === 'substitution') continue;
    if (args.some(({ value }) => /^(?:--version|--help|-V)$/.test(value))) continue;
    const about = POINTLESS.has(program)
      ? nothingToDo
      : isLone(step, command, index)
        ? LONE.get(program)
        : undefined;
    if (about !== undefined) yield { at: programWord.span, message: about(program) };
  }
}

function nothingToDo(program: string): Message {
  return say`\`${program}\` has nothing to do in a build`;
}

/** These make sense only together with what comes behind them in the same RUN, or reads what they print. */
const LONE: ReadonlyMap<string, About> = new Map<string, About>([
  [
    'service',
    (name) => say`\`${name}\` starts something that ends with this RUN: containers start what CMD says`,
  ],
  ['ps', (name) => say`\`${name}\` shows the processes of the build, which nobody reads`],
  ['kill', (name) => say`\`${name}\` finds no process of an earlier step: each RUN starts alone`],
  ['mount', (name) => say`\`${name}\` has no effect behind this RUN: mounts are no part of a layer`],
  [
    'ssh',
    (name) => say`\`${name}\` logs in somewhere during the build, with keys that must not be in an image`,
  ],
]);

function isLone(step: RunStep, command: ShellCommand, index: number): boolean {
  const { commands } = step.script;
  if (pipelineOf(commands, command).length > 1) return false;
  if (command.redirects.length > 0 || command.context === 'nested') return false;
  if (command.program === 'ps' || command.program === 'ssh') return commands.length === 1;
  if (command.program === 'service')
    return (
      index === commands.length - 1 &&
      command.args.some(({ value }) => /^(?:start|restart|reload)$/.test(value))
    );
  return index === 0 && commands.length === 1;
}
