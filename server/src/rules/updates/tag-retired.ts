import { lifeOf, retiredTag } from '../../facts/end-of-life.js';
import type { ImageReference } from '../../facts/image-reference.js';
import { tagExists } from '../../facts/image-tags.js';
import { say } from '../../l10n/message.js';
import { defineRule, dockerDocs, owasp, type Problem, type RuleContext } from '../rule.js';
import { type ImageSite, imageOfContainer, imageOfStage, withTag } from '../shared/image-sites.js';

export default defineRule({
  meta: {
    id: 'tag-retired',
    practice: 'updates',
    severity: 'info',
    title: 'Image tag is no longer rebuilt',
    why: 'The product lives, but this tag stays as it was on its last day: fixes go to other tags only.',
    advice: 'Use a tag that is on the list of the publisher today.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['unsafe'],
    references: [
      owasp(0),
      dockerDocs('rebuild your images often', '/build/building/best-practices/#rebuild-your-images-often'),
    ],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *container(container, context) {
      const site = imageOfContainer(container);
      if (site) yield* retired(site, context);
    },
    *stage(stage, context) {
      const site = stage.reachable ? imageOfStage(stage) : undefined;
      if (site) yield* retired(site, context);
    },
  },
});

/** A product or base that has ended is the graver fact; `base-end-of-life` says it. */
function* retired(site: ImageSite, { today }: RuleContext<object>): Iterable<Problem> {
  const { reference } = site;
  const fact = retiredTag(reference);
  if (fact === undefined || lifeOf(reference, today).some((life) => life.ended)) return;
  yield {
    at: site.at,
    message: say`\`${reference.familiar}:${reference.tag ?? ''}\` has not been rebuilt since ${fact.since}: fixes go to newer tags only`,
    fixes: () => {
      const tag = currentForm(reference);
      const title = say`Use \`${reference.familiar}:${tag ?? ''}\`, which is still rebuilt`;
      return tag === undefined ? [] : site.replaceBy(withTag(site, tag), title, 'unsafe');
    },
  };
}

/** The same tag said less exactly: `22-alpine3.18` is rebuilt as `22-alpine`, `15.10` as `15`. */
function currentForm(reference: ImageReference): string | undefined {
  const tag = reference.tag ?? '';
  const looseBase = tag.replace(/alpine\d+\.\d+$/, 'alpine').replace(/-(?!slim|alpine)[a-z]+$/, '');
  const forms = [
    looseBase,
    tag.replace(/^(\d+\.\d+)\.\d+/, '$1'),
    tag.replace(/^(\d+)\.[\d.]+/, '$1'),
    looseBase.replace(/^(\d+)\.[\d.]+/, '$1'),
  ];
  return forms.find((form) => form !== tag && tagExists(reference, form));
}
