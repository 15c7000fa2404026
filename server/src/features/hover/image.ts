/** What is known of an image: how long it is supported, who it runs as and what it needs to be run hardened. */
import { deprecatedImage, type Life, lifeOf, lifeSource } from '../../facts/end-of-life.js';
import { type ImageReference, parseImageReference } from '../../facts/image-reference.js';
import { type Fact, type ImageProfile, imageProfile, imageSource } from '../../facts/images.js';
import { smallerImages } from '../../facts/smaller-images.js';
import type { Markup } from '../markup.js';

/** Undefined for an image of which nothing is known. `today` is `YYYY-MM-DD`. */
export function imageHover(written: string, today: string, markup: Markup): string | undefined {
  const reference = parseImageReference(written);
  if (reference === undefined) return undefined;
  const profile = imageProfile(reference);
  const items = [
    ...deprecation(reference, markup),
    ...lifeOf(reference, today).map((life) => lifeItem(life, reference, markup)),
    ...(profile ? profileItems(profile, markup) : []),
    ...lighter(reference, profile, markup),
  ];
  if (items.length === 0) return undefined;
  const dates = profile === undefined ? `as of ${lifeSource.date}` : `as of ${imageSource.date}`;
  const head = `${markup.bold(markup.code(written))} · what is known of this image, ${dates}`;
  return markup.paragraphs([head, markup.items(items)]);
}

function deprecation(reference: ImageReference, markup: Markup): readonly string[] {
  const given = deprecatedImage(reference);
  if (given === undefined) return [];
  const since = given.since === undefined ? '' : ` since ${given.since}`;
  const instead =
    given.replacements.length === 0 ? '' : `; use ${listOf(given.replacements, markup)} instead`;
  return [
    `${markup.bold(`Given up${since}`)}: ${markup.text(given.note)}${instead}${origin(given.confidence, given.source, markup)}`,
  ];
}

function lifeItem(life: Life, reference: ImageReference, markup: Markup): string {
  const name = markup.text(`${life.productName} ${life.cycle}`);
  const moving = life.floating ? ' (this tag moves to newer releases by itself)' : '';
  const source = ` · ${markup.link('endoflife.date', `https://endoflife.date/${life.product}`)}, ${lifeSource.date}`;
  if (!life.ended) {
    const until = typeof life.eol === 'string' ? `security fixes until ${life.eol}` : 'no end announced';
    return `${name}: ${until}${moving}${source}`;
  }
  const since = typeof life.eol === 'string' ? ` since ${life.eol}` : ' any more';
  const paid = life.extendedUntil === undefined ? '' : ` (paid support until ${life.extendedUntil})`;
  return `${markup.bold(`${name}: no security fixes${since}`)}${paid}${goTo(life, reference, markup)}${source}`;
}

function goTo({ newest }: Life, reference: ImageReference, markup: Markup): string {
  if (newest === undefined) return '';
  const to = newest.tag === undefined ? newest.cycle : `${reference.familiar}:${newest.tag}`;
  return `; go to ${markup.code(to)}`;
}

function profileItems(profile: ImageProfile, markup: Markup): readonly string[] {
  return [
    ...item(profile.defaultUser, markup, (user) => `Default user: ${markup.code(user)}`),
    ...item(profile.dropsPrivileges, markup, (drop) =>
      drop === false
        ? undefined
        : `${drop.whole ? 'The entrypoint switches' : 'Its workers switch'} to ${markup.code(drop.to)} (${markup.text(drop.tool)})`,
    ),
    ...item(profile.nonRootUser, markup, ({ name, uid, gid }) => {
      const ids = uid === undefined ? '' : ` (${gid === undefined ? uid : `${uid}:${gid}`})`;
      return `Non-root user inside: ${markup.code(name)}${ids}`;
    }),
    ...item(profile.noNonRootUser, markup, (none) =>
      none ? 'No non-root user inside: create one' : undefined,
    ),
    ...item(
      profile.nonRootAlternative,
      markup,
      ({ image, port }) =>
        `Variant that runs as non-root: ${markup.code(image)}${port === undefined ? '' : `, listens on ${port}`}`,
    ),
    ...item(profile.minimalCaps, markup, (names) => `Capabilities needed: ${capabilityList(names, markup)}`),
    ...item(
      profile.minimalCapsAsNonRoot,
      markup,
      (names) => `Capabilities needed as its non-root user: ${capabilityList(names, markup)}`,
    ),
    ...item(profile.readOnly, markup, ({ readOnly, tmpfs, volumes }) => {
      if (!readOnly) return 'Does not start with a read-only root file system';
      const paths = [
        ...(tmpfs.length > 0 ? [`tmpfs at ${listOf(tmpfs, markup)}`] : []),
        ...(volumes.length > 0 ? [`volumes at ${listOf(volumes, markup)}`] : []),
      ];
      return `Runs with a read-only root file system${paths.length > 0 ? `, given ${paths.join(' and ')}` : ''}`;
    }),
    ...item(
      profile.hostSocket,
      markup,
      (need) => `The Docker socket is ${need === 'required' ? 'required for' : 'usually part of'} its job`,
    ),
    ...item(profile.requiresPrivileged, markup, (need) =>
      need ? 'Does not work without privileged mode' : undefined,
    ),
  ];
}

function item<T>(
  fact: Fact<T> | undefined,
  markup: Markup,
  say: (value: T) => string | undefined,
): readonly string[] {
  const said = fact && say(fact.value);
  if (fact === undefined || said === undefined) return [];
  const remarks = [fact.why, fact.note, fact.doubt && `not certain: ${fact.doubt}`]
    .filter((remark) => remark !== undefined && remark !== '')
    .map((remark) => `; ${markup.text(remark ?? '')}`);
  return [`${said}${remarks.join('')}${origin(fact.confidence, fact.source, markup)}`];
}

function lighter(
  reference: ImageReference,
  profile: ImageProfile | undefined,
  markup: Markup,
): readonly string[] {
  const found = smallerImages(reference);
  if (found.length === 0) return [];
  const names = found.map(
    ({ image, finalStageOnly }) =>
      `${markup.code(image)}${finalStageOnly ? ' (last stage of a build only)' : ''}`,
  );
  const fact = profile?.smaller;
  const from = fact === undefined ? '' : origin(fact.confidence, fact.source, markup);
  return [`Lighter: ${names.join(', ')}${from}`];
}

function capabilityList(names: readonly string[], markup: Markup): string {
  return names.length === 0
    ? 'none, all can be dropped'
    : `${listOf(names, markup)} after dropping ${markup.code('ALL')}`;
}

function listOf(words: readonly string[], markup: Markup): string {
  return words.map((word) => markup.code(word)).join(', ');
}

/** How sure it is and where it can be looked up. */
function origin(confidence: Fact<unknown>['confidence'], source: string, markup: Markup): string {
  const word = confidence === 'derived' ? 'read from' : 'reported in';
  if (/^https:\/\/\S+$/.test(source)) return ` · ${word} ${markup.link(hostAndPath(source), source)}`;
  const file = /^([\w.-]+\/[\w.-]+):([\w./+-]+)$/.exec(source);
  if (file === null) return confidence === 'derived' ? '' : ' · reported, not verified';
  const [, repository = '', path = ''] = file;
  // A folder name in front of the first slash may be a branch or a version that has moved since: link the repository.
  return ` · ${word} ${markup.link(`${repository}: ${path}`, `https://github.com/${repository}`)}`;
}

function hostAndPath(url: string): string {
  return url.replace(/^https:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}
