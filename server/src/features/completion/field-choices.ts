/** What can stand in a field of a container or a stage, and what each word means for its security. */
import type { TypedWord } from '../../documents/typed-word.js';
import { allCapabilities, type Capability, capability } from '../../facts/capabilities.js';
import { parseImageReference } from '../../facts/image-reference.js';
import { type Fact, type ImageProfile, imageProfile } from '../../facts/images.js';
import { type SecurityOptionFact, securityOptionFacts } from '../../facts/security-options.js';
import type { ContainerSpec } from '../../model/container.js';
import { known } from '../../model/setting.js';
import { createdUsers } from '../../rules/shared/created-users.js';
import { baseProfileOf, isRoot } from '../../rules/shared/users.js';
import type { Choice } from './choice.js';
import { capabilityHover } from '../hover/term.js';
import type { Markup } from '../markup.js';

/** `typed`: the word so far, whose spelling is followed. */
export function fieldChoices(word: TypedWord, typed: string): readonly Choice[] {
  const choices = choicesOf(word, typed);
  if (word.needsList) return choices.map((choice) => ({ ...choice, ...inList(choice, word) }));
  return word.quote === undefined ? choices.map((choice) => ({ ...choice, ...quoted(choice) })) : choices;
}

function choicesOf(word: TypedWord, typed: string): readonly Choice[] {
  switch (word.field) {
    case 'capAdd':
    case 'capDrop':
      return capabilityChoices(word, typed);
    case 'securityOpt':
      return securityOptionFacts
        .filter(({ value }) => !standsIn(word.container?.securityOpt, value))
        .map(securityOptionChoice);
    case 'user':
      return userChoices(word);
    case 'tmpfs':
      return tmpfsChoices(word.container);
  }
}

/** Where a list is wanted and none is there, the choice brings its brackets, unless a quote is open already. */
function inList(choice: Choice, { quote }: TypedWord): Partial<Choice> {
  const text = choice.text ?? choice.label;
  return quote === undefined ? { text: `[${text}]`, filter: choice.filter ?? text } : {};
}

/** Numbers with colons are one number in base 60 to some readers of YAML. */
function quoted(choice: Choice): Partial<Choice> {
  const text = choice.text ?? choice.label;
  return /^\d+:\d+$/.test(text) ? { text: `"${text}"`, filter: choice.filter ?? text } : {};
}

const RISKS: readonly Capability['risk'][] = ['low', 'medium', 'high', 'critical'];

function capabilityChoices({ field, container }: TypedWord, typed: string): readonly Choice[] {
  const prefix = /^cap_/i.test(typed) ? 'CAP_' : '';
  const list = field === 'capAdd' ? container?.capAdd : container?.capDrop;
  const needed = field === 'capAdd' ? profileOf(container)?.minimalCaps : undefined;
  const names = ['ALL', ...allCapabilities].filter((name) => !standsIn(list, name, `CAP_${name}`));
  const all = names.flatMap((name) => capability(name) ?? []);
  return ordered(all, field, needed?.value ?? []).map((one): Choice => {
    const isNeeded = needed?.value.includes(one.name) === true;
    const words = [`risk ${one.risk}`, ...(one.dockerDefault ? ['Docker default'] : [])];
    return {
      label: one.name,
      text: one.name === 'ALL' ? one.name : prefix + one.name,
      detail:
        field === 'capDrop'
          ? dropDetail(one)
          : [...(isNeeded ? ['needed by the image'] : []), ...words].join(' · '),
      explain: (markup) =>
        markup.paragraphs([
          ...(isNeeded && needed ? [`The image needs it${reasonOf(needed, markup)}.`] : []),
          capabilityHover({ name: one.name, granted: true }, markup) ?? '',
        ]),
    };
  });
}

function dropDetail({ name, dockerDefault, risk }: Capability): string {
  if (name === 'ALL') return 'recommended: drop all, then add what is needed';
  return dockerDefault ? `Docker default · risk ${risk}` : 'not granted by default';
}

/** To add: what the image needs, then the least harm first. To drop: all, then the worst first. */
function ordered(
  all: readonly Capability[],
  field: TypedWord['field'],
  needed: readonly string[],
): readonly Capability[] {
  const rank = ({ name, risk, dockerDefault }: Capability): number => {
    const step = RISKS.indexOf(risk);
    if (field === 'capDrop')
      return name === 'ALL' ? -1 : (dockerDefault ? 0 : RISKS.length) + RISKS.length - step;
    return needed.includes(name) ? -1 : step;
  };
  return [...all].sort((a, b) => rank(a) - rank(b));
}

const EFFECT: Readonly<Record<SecurityOptionFact['effect'], string>> = {
  hardens: 'recommended',
  default: 'what Docker does by itself',
  weakens: 'takes protection away',
};

function securityOptionChoice({ value, effect, meaning }: SecurityOptionFact): Choice {
  return { label: value, detail: EFFECT[effect], explain: (markup) => markup.text(meaning) };
}

function userChoices({ container, stage }: TypedWord): readonly Choice[] {
  const profile = stage ? baseProfileOf(stage) : profileOf(container);
  const created = stage ? createdUsers(stage) : [];
  const own = created.flatMap(({ name, uid }): readonly Choice[] => {
    const explain = () => 'Created by a RUN of this build.';
    const named = { label: name, detail: 'created in this build', explain };
    return uid === undefined || isRoot(String(uid))
      ? [named]
      : [{ ...named, label: String(uid), detail: `the user ${name}, created in this build` }, named];
  });
  const fact = profile?.nonRootUser;
  if (fact === undefined) return unique(own);
  const { name, uid, gid } = fact.value;
  const detail = 'non-root user of the image';
  const explain = (markup: Markup) => `Non-root user that the image brings${reasonOf(fact, markup)}.`;
  const ids = uid === undefined ? [] : [gid === undefined ? `${uid}` : `${uid}:${gid}`];
  return unique([...own, ...[name, ...ids].map((label) => ({ label, detail, explain }))]);
}

function unique(choices: readonly Choice[]): readonly Choice[] {
  return choices.filter(({ label }, index) => choices.findIndex((one) => one.label === label) === index);
}

function tmpfsChoices(container: ContainerSpec | undefined): readonly Choice[] {
  const fact = profileOf(container)?.readOnly;
  const paths = fact?.value.readOnly === true ? fact.value.tmpfs : [];
  const there = known(container?.tmpfs ?? []).map(({ value }) => value.split(':')[0]);
  const ofImage = paths.map(
    (path): Choice => ({
      label: path,
      detail: 'written by the image',
      explain: (markup) =>
        `The image writes here, so it needs a tmpfs when the root file system is read-only${fact ? reasonOf(fact, markup) : ''}.`,
    }),
  );
  const usual: Choice = {
    label: '/tmp',
    detail: 'temporary files',
    explain: () => 'Most programs expect to be able to write here.',
  };
  return unique([...ofImage, usual]).filter(({ label }) => !there.includes(label));
}

function profileOf(container: ContainerSpec | undefined): ImageProfile | undefined {
  if (container?.image.state !== 'set' || container.build !== undefined) return undefined;
  const reference = parseImageReference(container.image.value);
  return reference && imageProfile(reference);
}

/** Behind a sentence: what for, what else to know, how sure. */
function reasonOf(fact: Fact<unknown>, markup: Markup): string {
  const sure = fact.confidence === 'reported' ? 'reported by users, not verified' : undefined;
  const parts = [fact.why, fact.note, fact.doubt, sure].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : `: ${parts.map((part) => markup.text(part)).join('; ')}`;
}

function standsIn(list: ContainerSpec['capAdd'] | undefined, ...words: readonly string[]): boolean {
  return known(list ?? []).some(({ value }) => words.includes(value.toUpperCase()) || words.includes(value));
}
