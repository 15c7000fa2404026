/** What is known of an image: how long it is supported, who it runs as and what it needs to be run hardened. */
import { deprecatedImage, type Life, lifeOf, lifeSource } from '../../facts/end-of-life.js';
import { type ImageReference, parseImageReference } from '../../facts/image-reference.js';
import { type Fact, type ImageProfile, imageProfile, imageSource } from '../../facts/images.js';
import { smallerImages } from '../../facts/smaller-images.js';
import { type Message, enumerated, listed, say } from '../../l10n/message.js';
import type { Wording } from '../markup.js';

/** Undefined for an image of which nothing is known. `today` is `YYYY-MM-DD`. */
export function imageHover(written: string, today: string, markup: Wording): string | undefined {
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
  const { date } = profile === undefined ? lifeSource : imageSource;
  const head = `${markup.bold(markup.code(written))} · ${markup.tell(say`what is known of this image, as of ${date}`)}`;
  return markup.paragraphs([head, markup.items(items)]);
}

function deprecation(reference: ImageReference, markup: Wording): readonly string[] {
  const given = deprecatedImage(reference);
  if (given === undefined) return [];
  const head = given.since === undefined ? say`Given up` : say`Given up since ${given.since}`;
  const note = `${markup.bold(markup.tell(head))}: ${markup.fact(given.note)}`;
  const replaced =
    given.replacements.length === 0
      ? note
      : markup.tell(say`${note}; use ${listOf(given.replacements, markup)} instead`);
  return [replaced + origin(given.confidence, given.source, markup)];
}

function lifeItem(life: Life, reference: ImageReference, markup: Wording): string {
  const { tell } = markup;
  const name = markup.text(`${life.productName} ${life.cycle}`);
  const url = `https://endoflife.date/${life.product}`;
  const source =
    markup.kind === 'markdown'
      ? ` · ${markup.link('endoflife.date', url, lifeSource.date)}`
      : ` · ${markup.link('endoflife.date', url)}, ${lifeSource.date}`;
  if (!life.ended) {
    const until =
      typeof life.eol === 'string'
        ? say`${name}: security fixes until ${life.eol}`
        : say`${name}: no end announced`;
    return tell(life.floating ? say`${until} (this tag moves to newer releases by itself)` : until) + source;
  }
  const since =
    typeof life.eol === 'string'
      ? say`${name}: no security fixes since ${life.eol}`
      : say`${name}: no security fixes any more`;
  const paid =
    life.extendedUntil === undefined ? '' : ` ${tell(say`(paid support until ${life.extendedUntil})`)}`;
  return `${markup.bold(tell(since))}${paid}${goTo(life, reference, markup)}${source}`;
}

function goTo({ newest }: Life, reference: ImageReference, markup: Wording): string {
  if (newest === undefined) return '';
  const to = newest.tag === undefined ? newest.cycle : `${reference.familiar}:${newest.tag}`;
  return `; ${markup.tell(say`go to ${markup.code(to)}`)}`;
}

function profileItems(profile: ImageProfile, markup: Wording): readonly string[] {
  const { code } = markup;
  return [
    ...item(profile.defaultUser, markup, (user) => say`Default user: ${code(user)}`),
    ...item(profile.dropsPrivileges, markup, (drop) => {
      if (drop === false) return undefined;
      const tool = markup.fact(drop.tool);
      return drop.whole
        ? say`The entrypoint switches to ${code(drop.to)} (${tool})`
        : say`Its workers switch to ${code(drop.to)} (${tool})`;
    }),
    ...item(profile.nonRootUser, markup, ({ name, uid, gid }) => {
      const ids = gid === undefined ? `${uid}` : `${uid}:${gid}`;
      return uid === undefined
        ? say`Non-root user inside: ${code(name)}`
        : say`Non-root user inside: ${code(name)} (${ids})`;
    }),
    ...item(profile.noNonRootUser, markup, (none) =>
      none ? say`No non-root user inside: create one` : undefined,
    ),
    ...item(profile.nonRootAlternative, markup, ({ image, port }) =>
      port === undefined
        ? say`Variant that runs as non-root: ${code(image)}`
        : say`Variant that runs as non-root: ${code(image)}, listens on ${port}`,
    ),
    ...item(
      profile.minimalCaps,
      markup,
      (names) => say`Capabilities needed: ${capabilityList(names, markup)}`,
    ),
    ...item(
      profile.minimalCapsAsNonRoot,
      markup,
      (names) => say`Capabilities needed as its non-root user: ${capabilityList(names, markup)}`,
    ),
    ...item(profile.readOnly, markup, ({ readOnly, tmpfs, volumes }) => {
      if (!readOnly) return say`Does not start with a read-only root file system`;
      const paths = [
        ...(tmpfs.length > 0 ? [say`tmpfs at ${listOf(tmpfs, markup)}`] : []),
        ...(volumes.length > 0 ? [say`volumes at ${listOf(volumes, markup)}`] : []),
      ];
      return paths.length > 0
        ? say`Runs with a read-only root file system, given ${enumerated(paths)}`
        : say`Runs with a read-only root file system`;
    }),
    ...item(profile.hostSocket, markup, (need) =>
      need === 'required'
        ? say`The Docker socket is required for its job`
        : say`The Docker socket is usually part of its job`,
    ),
    ...item(profile.requiresPrivileged, markup, (need) =>
      need ? say`Does not work without privileged mode` : undefined,
    ),
  ];
}

function item<T>(
  fact: Fact<T> | undefined,
  markup: Wording,
  about: (value: T) => Message | undefined,
): readonly string[] {
  const said = fact && about(fact.value);
  if (fact === undefined || said === undefined) return [];
  const remarks = [fact.why, fact.note]
    .filter((remark) => remark !== undefined && remark !== '')
    .map((remark) => `; ${markup.fact(remark ?? '')}`);
  const doubt = fact.doubt ? [`; ${markup.tell(say`not certain: ${markup.fact(fact.doubt)}`)}`] : [];
  return [[markup.tell(said), ...remarks, ...doubt, origin(fact.confidence, fact.source, markup)].join('')];
}

function lighter(
  reference: ImageReference,
  profile: ImageProfile | undefined,
  markup: Wording,
): readonly string[] {
  const found = smallerImages(reference);
  if (found.length === 0) return [];
  const names = found.map(({ image, finalStageOnly }) =>
    finalStageOnly ? say`${markup.code(image)} (last stage of a build only)` : markup.code(image),
  );
  const fact = profile?.smaller;
  const from = fact === undefined ? '' : origin(fact.confidence, fact.source, markup);
  return [markup.tell(say`Lighter: ${listed(names)}`) + from];
}

function capabilityList(names: readonly string[], markup: Wording): Message {
  return names.length === 0
    ? say`none, all can be dropped`
    : say`${listOf(names, markup)} after dropping ${markup.code('ALL')}`;
}

function listOf(words: readonly string[], markup: Wording): string {
  return words.map((word) => markup.code(word)).join(', ');
}

/** How sure it is and where it can be looked up: in one word where that can be a link, so that the fact stays readable. */
function origin(confidence: Fact<unknown>['confidence'], source: string, markup: Wording): string {
  const from = (title: string, url: string) => {
    const isRead = confidence === 'derived';
    if (markup.kind === 'markdown')
      return ` · ${markup.link(markup.tell(isRead ? say`source` : say`report`), url, title)}`;
    const link = markup.link(title, url);
    return ` · ${markup.tell(isRead ? say`read from ${link}` : say`reported in ${link}`)}`;
  };
  if (/^https:\/\/\S+$/.test(source)) return from(hostAndPath(source), source);
  const file = /^([\w.-]+\/[\w.-]+):([\w./+-]+)$/.exec(source);
  if (file === null) return confidence === 'derived' ? '' : ` · ${markup.tell(say`reported, not verified`)}`;
  const [, repository = '', path = ''] = file;
  // A folder name in front of the first slash may be a branch or a version that has moved since: link the repository.
  return from(`${repository}: ${path}`, `https://github.com/${repository}`);
}

function hostAndPath(url: string): string {
  return url.replace(/^https:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}
