import { deprecatedImage, noteForMessage } from '../../facts/end-of-life.js';
import { type Message, either, listed, say, words } from '../../l10n/message.js';
import { defineRule, owasp, type Problem } from '../rule.js';
import { type ImageSite, imageOfContainer, imageOfStage } from '../shared/image-sites.js';

export default defineRule({
  meta: {
    id: 'image-deprecated',
    practice: 'updates',
    severity: 'warning',
    title: 'Image has been given up by its publisher',
    why: 'The repository gets no more rebuilds: its holes stay open, and some names were moved or may be taken over.',
    advice: 'Move to the replacement that the publisher names.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [
      owasp(0),
      { title: 'Docker Hub: deprecated official images', url: 'https://hub.docker.com/u/library' },
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const site = imageOfContainer(container);
      if (site) yield* givenUp(site);
    },
    *stage(stage) {
      const site = stage.reachable ? imageOfStage(stage) : undefined;
      if (site) yield* givenUp(site);
    },
  },
});

function* givenUp(site: ImageSite): Iterable<Problem> {
  const fact = deprecatedImage(site.reference);
  if (fact === undefined) return;
  const { familiar } = site.reference;
  const instead =
    fact.replacements.length === 0
      ? words(noteForMessage(fact.note))
      : say`use ${choices(fact.replacements)}`;
  yield {
    at: site.at,
    message:
      fact.since === undefined
        ? say`\`${familiar}\` gets no fixes any more: ${instead}`
        : say`\`${familiar}\` has had no fixes since ${fact.since.slice(0, 7)}: ${instead}`,
    fixes: () => {
      const [only, other] = fact.replacements;
      if (only === undefined || other !== undefined) return [];
      const text = only.includes(':')
        ? only
        : `${only}${site.text.slice(site.reference.spans.name.end).replace(/@.*$/, '')}`;
      return site.replaceBy(text, say`Use \`${text}\` (check that the tag exists there)`, 'unsafe');
    },
  };
}

/** Two names are enough for a message; the page of the image lists the others. */
function choices(names: readonly string[]): Message {
  const shown = names.slice(0, 2).map((name) => `\`${name}\``);
  return names.length > 2 ? say`${listed(shown)} or another` : either(shown);
}
