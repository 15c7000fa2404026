/**
 * The ignore comments of other linters. They accept the findings of rules that check the same thing: those that name
 * the check in their `equivalents`. Names that Bulkhead has no rule for mean nothing here and are nobody's mistake.
 *
 * Not understood: ids of KICS (`disable=`, they are UUIDs), and tools that are told in a file of their own.
 */
import type { ContainerDocument } from '../../model/document.js';
import type { RuleMeta } from '../../rules/rule.js';
import type { Place } from '../../text/span.js';
import { isDay, type Scope } from './comments.js';

export interface ForeignComment {
  readonly tool: string;
  readonly scope: Scope;
  readonly span: Place;
  readonly until: string | undefined;
  readonly reason: string | undefined;
  accepts(rule: RuleMeta): boolean;
}

/** What one comment says, before it is known where it stands. */
interface Said {
  readonly scope: Scope;
  /** Undefined: all checks of the tool. */
  readonly names: readonly string[] | undefined;
  readonly until?: string | undefined;
  readonly reason?: string | undefined;
}

interface Tool {
  readonly name: string;
  /** What a comment says; several things when it holds several. */
  read(comment: string, document: ContainerDocument): readonly Said[];
  /** A name in the form in which names are compared; as it is when left out. */
  normal?(name: string): string;
}

const tools: readonly Tool[] = [
  {
    // `# hadolint ignore=DL3006,DL3008`, `# hadolint global ignore=DL3006`
    name: 'hadolint',
    read: (comment) => pragma(/^#\s*hadolint\s+(global\s+)?ignore\s*=\s*([\w,\s]+)/i.exec(comment)),
  },
  {
    // `# tally ignore=hadolint/DL3006`, `# tally global ignore=DL3006;reason=why`
    name: 'tally',
    read: (comment) =>
      pragma(/^#\s*tally\s+(global\s+)?ignore\s*=\s*([\w/,\s-]+)(?:;\s*reason\s*=(.*))?/i.exec(comment)),
    normal: lastSegment,
  },
  {
    // `#trivy:ignore:AVD-DS-0002:exp:2030-12-31`; above FROM it covers the stage.
    name: 'trivy',
    read: (comment) =>
      /^#\s*trivy:ignore:/i.test(comment)
        ? [...comment.matchAll(/trivy:ignore:([\w*-]+)(?:\[[^\]]*\])?((?::[\w-]+)*)/gi)].map((match) => {
            const until = /:exp:([\d-]+)/.exec(match[2] ?? '')?.[1];
            return {
              scope: 'block',
              names: match[1] === '*' ? undefined : [match[1] ?? ''],
              until: until !== undefined && isDay(until) ? until : undefined,
            };
          })
        : [],
    // Older versions write DS002 and AVD-DS-0002 for DS-0002.
    normal: (name) =>
      name
        .toUpperCase()
        .replace(/^AVD-/, '')
        .replace(/^DS(\d{3})$/, 'DS-0$1'),
  },
  {
    // `#checkov:skip=CKV_DOCKER_2:why`, anywhere in a Dockerfile; inside a service of a Compose file
    name: 'checkov',
    read: (comment, { kind }) =>
      [
        ...comment.matchAll(/(?:checkov|bridgecrew):skip=\s*([A-Z_\d]+(?:\s*,\s*[A-Z_\d]+)*)(?::(.*))?/gi),
      ].map((match) => ({
        scope: kind === 'dockerfile' ? 'file' : 'section',
        names: namesOf(match[1]),
        reason: match[2]?.trim(),
      })),
  },
  {
    // `# kics-scan ignore`, `ignore-line`, `ignore-block`
    name: 'kics',
    read: (comment) => {
      const word = /^#\s*kics-scan\s+ignore(-line|-block)?\s*$/i.exec(comment);
      if (word === null) return [];
      const scope = word[1] === undefined ? 'file' : word[1].toLowerCase() === '-line' ? 'line' : 'block';
      return [{ scope, names: undefined }];
    },
  },
  {
    // `# nosemgrep`, `# nosemgrep: dockerfile.security.missing-user.missing-user`
    name: 'semgrep',
    read: (comment) => {
      const word = /^#\s*nosem(?:grep)?(?::\s*([\w.,\s-]+))?$/i.exec(comment);
      return word === null
        ? []
        : [{ scope: 'line', names: word[1] === undefined ? undefined : namesOf(word[1]) }];
    },
    normal: lastSegment,
  },
];

const BUILDKIT: Tool = { name: 'buildkit', read: () => [] };

export function readForeignComments(document: ContainerDocument): readonly ForeignComment[] {
  const { source } = document;
  const comments = document.comments.flatMap((span) => {
    const text = source.slice(span).trimEnd();
    return tools.flatMap((tool) =>
      tool
        .read(text, document)
        .map((said) => foreign(tool, said, { start: span.start, end: span.start + text.length })),
    );
  });
  return [...comments, ...buildChecks(document)];
}

/** `# check=skip=RuleA,RuleB;error=true`, which is a directive and holds for the file. */
function buildChecks({ builds }: ContainerDocument): readonly ForeignComment[] {
  return builds
    .flatMap((build) => build.directives)
    .flatMap(({ name, value, place }) => {
      const list = name === 'check' ? /(?:^|;)\s*skip\s*=\s*([\w,\s]+)/i.exec(value)?.[1] : undefined;
      return list === undefined
        ? []
        : [foreign(BUILDKIT, { scope: 'file', names: orAll(namesOf(list)) }, place)];
    });
}

function foreign(tool: Tool, { scope, names, until, reason }: Said, span: Place): ForeignComment {
  const normal = (name: string) => (tool.normal?.(name) ?? name).toLowerCase();
  const wanted = names && new Set(names.map(normal));
  const prefix = `${tool.name}:`;
  return {
    tool: tool.name,
    scope,
    span,
    until,
    reason: reason === '' ? undefined : reason,
    accepts: ({ equivalents }) =>
      equivalents.some(
        (one) => one.startsWith(prefix) && (wanted?.has(normal(one.slice(prefix.length))) ?? true),
      ),
  };
}

/** For tools that write `tool ignore=NAMES` and `tool global ignore=NAMES`. */
function pragma(match: RegExpExecArray | null): readonly Said[] {
  if (match === null) return [];
  return [
    {
      scope: match[1] === undefined ? 'line' : 'file',
      names: orAll(namesOf(match[2])),
      reason: match[3]?.trim(),
    },
  ];
}

function orAll(names: readonly string[]): readonly string[] | undefined {
  return names.some((name) => name.toLowerCase() === 'all') ? undefined : names;
}

/** Blanks end a list unless a comma stands before them: what follows are somebody's words. */
function namesOf(list = ''): readonly string[] {
  const [names = ''] = list.trim().split(/(?<!,)\s+(?!,)/);
  return names.split(',').flatMap((name) => name.trim() || []);
}

function lastSegment(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('.')) + 1);
}
