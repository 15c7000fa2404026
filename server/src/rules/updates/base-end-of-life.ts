import { type Life, lifeOf } from '../../facts/end-of-life.js';
import { portFact } from '../../facts/ports.js';
import { isBareSystem } from '../../facts/system-images.js';
import { fullest } from '../../l10n/fit.js';
import { type Message, enumerated, say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { defineRule, dockerDocs, owasp, type Problem, type RuleContext } from '../rule.js';
import { type ImageSite, imageOfContainer, imageOfStage, withTag } from '../shared/image-sites.js';
import { inImage } from '../shared/layers.js';

export default defineRule({
  meta: {
    id: 'base-end-of-life',
    practice: 'updates',
    severity: 'warning',
    title: 'Image is past its end of life',
    why: 'Holes that are found from now on stay open: nobody rebuilds the image with the fix, and attackers know which ones are left.',
    advice: 'Move to a release that still gets fixes, and rebuild images regularly so that the fixes arrive.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    options: {
      noticeDays: {
        default: 90,
        description: 'Days before the end from which on the finding appears as information.',
      },
    },
    references: [
      owasp(0),
      dockerDocs('rebuild your images often', '/build/building/best-practices/#rebuild-your-images-often'),
      { title: 'endoflife.date', url: 'https://endoflife.date/' },
    ],
    equivalents: ['tally:tally/ruby/eol-ruby-version'],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *container(container, context) {
      const site = imageOfContainer(container);
      if (site) yield* endOf(site, context);
    },
    *stage(stage, context) {
      const site = stage.reachable ? imageOfStage(stage) : undefined;
      if (site) yield* endOf(site, context, onlyBuilds(stage, site));
    },
  },
});

/** A bare system in a stage of which nothing but single files gets into an image. */
function onlyBuilds(stage: Stage, { reference }: ImageSite): boolean {
  return isBareSystem(reference) && !inImage(stage);
}

function* endOf(
  site: ImageSite,
  { today, options }: RuleContext<{ readonly noticeDays: number }>,
  mild = false,
): Iterable<Problem> {
  const lives = lifeOf(site.reference, today);
  const ended = lives.filter((life) => life.ended);
  const soon = lives.filter((life) => life.daysLeft !== undefined && life.daysLeft <= options.noticeDays);
  const named = ended.length > 0 ? ended : soon;
  if (named.length === 0) return;
  yield {
    at: site.at,
    ...((ended.length === 0 || mild) && { severity: 'info' as const }),
    message: ended.length > 0 ? endedMessage(ended) : endingMessage(soon),
    fixes: () => named.flatMap((life) => upgrade(site, life)).slice(0, 1),
  };
}

function endedMessage(ended: readonly Life[]): Message {
  const parts = enumerated(
    ended.map((life) =>
      typeof life.eol === 'string' ? say`${nameOf(life)} since ${monthOf(life.eol)}` : nameOf(life),
    ),
  );
  const paid = ended.find((life) => life.extendedUntil !== undefined)?.extendedUntil;
  const message =
    paid === undefined
      ? say`No security fixes for ${parts}`
      : say`No security fixes for ${parts}, unless paid for until ${monthOf(paid)}`;
  return withNewest(message, ended[0]);
}

function endingMessage(soon: readonly Life[]): Message {
  const [first] = soon;
  const days = first?.daysLeft ?? 0;
  const names = enumerated(soon.map(nameOf));
  return withNewest(
    days === 1
      ? say`Security fixes for ${names} end in 1 day`
      : say`Security fixes for ${names} end in ${days} days`,
    first,
  );
}

function nameOf(life: Life): string {
  return `${life.productName} ${life.cycle}`;
}

function withNewest(message: Message, life: Life | undefined): Message {
  return life?.newest ? fullest(say`${message} (current: ${life.newest.cycle})`, message) : message;
}

function upgrade(site: ImageSite, life: Life) {
  const tag = life.newest?.tag;
  if (tag === undefined) return [];
  const price =
    life.role === 'product' && keepsData(site)
      ? say`its data must be migrated first`
      : say`read its upgrade notes`;
  return site.replaceBy(
    withTag(site, tag),
    say`Use \`${site.reference.familiar}:${tag}\` (${price})`,
    'unsafe',
  );
}

/** A database does not start on files of another major version. */
function keepsData({ profile }: ImageSite): boolean {
  const ports = profile?.ports?.value ?? [];
  return ports.some((port) => portFact(Number.parseInt(port, 10))?.class === 'datastore');
}

const MONTHS = [
  say`January`,
  say`February`,
  say`March`,
  say`April`,
  say`May`,
  say`June`,
  say`July`,
  say`August`,
  say`September`,
  say`October`,
  say`November`,
  say`December`,
];

function monthOf(day: string): Message {
  return say`${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`;
}
