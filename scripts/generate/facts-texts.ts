/** The sentences and phrases of facts/ that users see: `words(fact)` looks them up whole. */
import { allCapabilities, capability } from '../../server/src/facts/capabilities.js';
import endOfLife from '../../server/src/facts/data/end-of-life.json';
import hostPaths from '../../server/src/facts/data/host-paths.json';
import images from '../../server/src/facts/data/images.json';
import ports from '../../server/src/facts/data/ports.json';
import registries from '../../server/src/facts/data/registries.json';
import { noteForMessage } from '../../server/src/facts/end-of-life.js';
import { proxySections } from '../../server/src/facts/docker-api.js';
import { daemonEngines, socketReason } from '../../server/src/facts/host-paths.js';
import { secretFileKinds } from '../../server/src/facts/secret-files.js';
import { commonPortTexts } from '../../server/src/facts/ports.js';
import { securityOptionFacts } from '../../server/src/facts/security-options.js';
import { tlsTools } from '../../server/src/facts/tls-switches.js';
import { withoutRemark } from '../../server/src/rules/shared/users.js';

export function factsTexts(): readonly string[] {
  const known = ['ALL', ...allCapabilities].flatMap((name) => capability(name) ?? []);
  return [
    ...known.flatMap((one) => [one.gain, one.short]),
    ...hostPaths.records.map(({ reason }) => reason),
    ...daemonEngines.map(socketReason),
    ...ports.records.flatMap(({ service, reason }) => [...[service].filter(isPhrase), reason]),
    ...commonPortTexts().filter(isPhrase),
    ...registries.registries.map(({ reason }) => reason),
    ...endOfLife.deprecated.flatMap(({ note, replacements }) =>
      replacements.length === 0 ? [note, noteForMessage(note)] : [note],
    ),
    ...imageTexts(),
    ...proxySections.values(),
    ...secretFileKinds(),
    ...securityOptionFacts.map(({ meaning }) => meaning),
    ...tlsTools.filter(isPhrase),
  ];
}

/** A single name of a program or product is the same in each language. */
function isPhrase(text: string): boolean {
  return /\p{Ll}/u.test(text) && /[\s-]/.test(text);
}

/** What hover and completion tell of an image; other fields are for rules alone. */
const SHOWN = new Set([
  'defaultUser',
  'dropsPrivileges',
  'nonRootUser',
  'noNonRootUser',
  'nonRootAlternative',
  'minimalCaps',
  'minimalCapsAsNonRoot',
  'readOnly',
  'hostSocket',
  'requiresPrivileged',
]);

interface Leaves {
  readonly tool: string;
  readonly whole: boolean;
}

interface Remarks {
  readonly n?: string;
  readonly d?: string;
  readonly w?: string;
}

function imageTexts(): readonly string[] {
  const records = images.images as unknown as readonly {
    readonly facts: object;
    readonly variants?: readonly (readonly [string, object])[];
  }[];
  return records
    .flatMap(({ facts, variants = [] }) => [facts, ...variants.map(([, cells]) => cells)])
    .flatMap((cells) => Object.entries(cells) as [string, readonly [unknown, number, Remarks?] | null][])
    .flatMap(([field, cell]) => {
      if (cell === null || !SHOWN.has(field)) return [];
      const [value, , remarks = {}] = cell;
      const leaves = field === 'dropsPrivileges' && value ? [value as Leaves] : [];
      // A message names the tool only where the whole container leaves root.
      const tools = leaves.flatMap(({ tool, whole }) => (whole ? [tool, withoutRemark(tool)] : [tool]));
      return [...tools.filter(isPhrase), remarks.n, remarks.d, remarks.w].filter(
        (text) => text !== undefined,
      );
    });
}
