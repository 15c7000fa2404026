/** What a finding means and what to do about it. Works without a network. */
import type { Finding } from '../../engine/finding.js';
import { rulePage } from '../../engine/rule-page.js';
import { listed, say, words } from '../../l10n/message.js';
import type { Tell } from '../../l10n/translate.js';
import { practices } from '../../rules/practices.js';
import { type RuleMeta, shortTitle } from '../../rules/rule.js';
import type { Wording } from '../markup.js';

/** For one finding, or for the members of a group. `isBrief`: others stand at the same place and want room, too. */
export function findingHover(members: readonly Finding[], markup: Wording, isBrief = false): string {
  const wordsFor = wordsOf(markup.tell);
  return markup.kind === 'markdown'
    ? markdown(members, wordsFor, markup.tell, isBrief)
    : plainText(members, wordsFor, markup.tell);
}

/** Why each member of a group matters: long, so for the end of a hover. Undefined for a single finding. */
export function groupReasons(members: readonly Finding[], markup: Wording): string | undefined {
  if (members.length < 2 || markup.kind !== 'markdown') return undefined;
  const wordsFor = wordsOf(markup.tell);
  return markup.items(
    members.map(({ rule }) => {
      const { title, why } = wordsFor(rule);
      return `**${title}.** ${why}`;
    }),
  );
}

/**
 * VS Code shows about twelve lines without scrolling and has told the message above: what it costs and what to do come
 * first, in few paragraphs.
 */
function markdown(members: readonly Finding[], wordsFor: WordsFor, tell: Tell, isBrief: boolean): string {
  const [only, second] = members;
  if (only === undefined) return '';
  if (second !== undefined) {
    const links = members.map(
      ({ rule, missing }) => `[${missing ? tell(missing) : wordsFor(rule).title}](${rulePage(rule.id)})`,
    );
    return [
      `**${tell(say`Missing:`)}** ${tell(listed(links))}`,
      `**${tell(say`What to do:`)}** ${tell(ADD)}`,
    ].join('\n\n');
  }
  const { rule } = only;
  const { title, why, advice } = wordsFor(rule);
  const todo = `**${tell(say`What to do:`)}** ${advice}`;
  if (isBrief) return `**[${title}](${rulePage(rule.id)}).** ${why}\n\n${todo}`;
  const references = rule.references.map((one) =>
    one.url === undefined ? shortTitle(one) : `[${shortTitle(one)}](${one.url})`,
  );
  return [
    `**${title}.** ${why}`,
    todo,
    [`[${tell(say`Rule \`${rule.id}\``)}](${rulePage(rule.id)})`, ...references].join(' · '),
  ].join('\n\n');
}

function plainText(members: readonly Finding[], wordsFor: WordsFor, tell: Tell): string {
  const [only, second] = members;
  if (only === undefined) return '';
  if (second !== undefined) {
    const rows = members.map(({ rule }) => `- ${wordsFor(rule).title} (${rule.id})`);
    return `${tell(MISSING)}:\n${rows.join('\n')}\n${tell(ADD)}`;
  }
  const { rule } = only;
  const { title, practice, why, advice } = wordsFor(rule);
  return [`${title} (${practice})`, why, advice, rulePage(rule.id)].join('\n');
}

const MISSING = say`Hardening settings missing`;
const ADD = say`Add those that fit. The light bulb offers each of them, and "Harden" shows all of them with reason and price first.`;

type WordsFor = ReturnType<typeof wordsOf>;

/** What a rule says about itself, in the user's language. */
function wordsOf(tell: Tell) {
  return ({ title, why, advice, practice: slug }: RuleMeta) => ({
    title: tell(words(title)),
    why: tell(words(why)),
    advice: tell(words(advice)),
    practice: tell(words(practices.find((practice) => practice.slug === slug)?.title ?? slug)),
  });
}
