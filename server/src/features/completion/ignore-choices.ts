/** Ids behind `# bulkhead-ignore`: first the rules that found something there, then all others. */
import type { Analysis } from '../../engine/analyse.js';
import { UNUSED_IGNORE } from '../../engine/suppress/comments.js';
import { type Message, say, words } from '../../l10n/message.js';
import { practices } from '../../rules/practices.js';
import type { AnyRule, RuleMeta } from '../../rules/rule.js';
import type { Choice, Choices } from './choice.js';
import type { Wording } from '../markup.js';

const WORDS: readonly (readonly [word: string, detail: Message])[] = [
  ['bulkhead-ignore', say`accept a finding of the next line`],
  ['bulkhead-ignore-file', say`accept a finding in the whole file`],
];

/** Undefined outside comments, and in comments that are none of ours. */
export function ignoreChoices(
  analysis: Analysis,
  rules: readonly AnyRule[],
  offset: number,
): Choices | undefined {
  const { source, comments } = analysis.document;
  const comment = comments.find(({ start, end }) => start < offset && offset <= end);
  if (comment === undefined) return undefined;
  const before = source.text.slice(comment.start, offset);
  const rest = /^[\w-]*/.exec(source.text.slice(offset, comment.end))?.[0].length ?? 0;
  const spanOf = (typed: string) => ({ start: offset - typed.length, end: offset + rest });

  const word = /^#[ \t]*(b[\w-]*)$/.exec(before)?.[1];
  if (word !== undefined)
    return {
      span: spanOf(word),
      choices: WORDS.map(([label, detail]) => ({
        label,
        text: `${label} `,
        detail,
        explain: ({ tell }: Wording) => tell(say`Followed by the ids of rules, then \`: \` and the reason.`),
      })),
    };

  const ignored = /^#[ \t]*bulkhead-ignore(-file)?[ \t]+((?:[a-z0-9-]+[ \t]*,[ \t]*)*)([a-z0-9-]*)$/.exec(
    before,
  );
  if (ignored === null) return undefined;
  const [, file, others = '', typed = ''] = ignored;
  const there = new Set(others.split(',').map((id) => id.trim()));
  const found = foundNear(analysis, source.lineAt(comment.start), file !== undefined);
  const all = rules.map(({ meta }) => meta).filter(({ id }) => !there.has(id));
  const near = all.filter(({ id }) => found.has(id));
  return {
    span: spanOf(typed),
    choices: [
      ...near.map((rule) => choiceOf(rule, say`found here: ${words(rule.title)}`)),
      ...all.filter((rule) => !near.includes(rule)).map((rule) => choiceOf(rule, words(rule.title))),
    ],
  };
}

function choiceOf(rule: RuleMeta, detail: Message): Choice {
  return {
    label: rule.id,
    detail,
    explain: (markup) => {
      const practice = practices.find(({ slug }) => slug === rule.practice)?.title ?? rule.practice;
      const { tell } = markup;
      return markup.paragraphs([
        `${markup.bold(tell(words(rule.title)))} · ${tell(words(practice))}`,
        tell(words(rule.why)),
      ]);
    },
  };
}

/** Rules with a finding that a comment on this line can accept. */
function foundNear({ document, findings }: Analysis, line: number, wholeFile: boolean): ReadonlySet<string> {
  const { source } = document;
  let next = line + 1;
  while (source.slice(source.lineSpan(next)).trimStart().startsWith('#')) next++;
  const isNear = (offset: number) => {
    const at = source.lineAt(offset);
    return at === line || at === next || document.commentLineAbove(offset) === next;
  };
  return new Set(
    findings
      .filter(({ at }) => at.file === undefined && (wholeFile || isNear(at.start)))
      .map(({ rule }) => rule.id)
      // That the comment accepts nothing yet is why it is being typed.
      .filter((id) => id !== UNUSED_IGNORE),
  );
}
