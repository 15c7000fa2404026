/** What can stand in a field of a container or a stage, and what each word means for its security. */
import type { TypedWord } from '../../documents/typed-word.js';
import { allCapabilities, type Capability, capability } from '../../facts/capabilities.js';
import { parseImageReference } from '../../facts/image-reference.js';
import { type Fact, type ImageProfile, imageProfile } from '../../facts/images.js';
import { type SecurityOptionFact, securityOptionFacts } from '../../facts/security-options.js';
import { type Message, say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import type { ContainerSpec } from '../../model/container.js';
import { known } from '../../model/setting.js';
import { createdUsers } from '../../rules/shared/created-users.js';
import { baseProfileOf, isRoot } from '../../rules/shared/users.js';
import type { Choice } from './choice.js';
import { limitChoices } from './limit-choices.js';
import { capabilityHover, capabilityRisk } from '../hover/term.js';
import type { Wording } from '../markup.js';

/**
 * `typed`: the word so far, whose spelling is followed. `whole`: the same container as the project has it, when it can
 * be told; what is being typed may be a part of it.
 */
export function fieldChoices(
  word: TypedWord,
  typed: string,
  { whole, stage }: { readonly whole?: ContainerSpec | undefined; readonly stage?: Stage | undefined } = {},
): readonly Choice[] {
  const choices = choicesOf(word, typed, {
    image: imageOf(word.container, whole),
    stage: word.stage ?? stage,
  });
  if (word.needs === 'dash') return choices.map((choice) => ({ ...choice, ...asItem(choice, typed) }));
  if (word.needs === 'brackets') return choices.map((choice) => ({ ...choice, ...inList(choice, word) }));
  const isYaml = word.container !== undefined;
  return isYaml && word.quote === undefined
    ? choices.map((choice) => ({ ...choice, ...quoted(choice) }))
    : choices;
}

/** What a container runs. */
interface Known {
  readonly image: ImageProfile | undefined;
  /** Made by this stage. */
  readonly stage: Stage | undefined;
}

function choicesOf(word: TypedWord, typed: string, known: Known): readonly Choice[] {
  switch (word.field) {
    case 'capAdd':
    case 'capDrop':
      return capabilityChoices(word, typed, known);
    case 'securityOpt':
      return securityOptionFacts
        .filter(({ value }) => !standsIn(word.container?.securityOpt, value))
        .map(securityOptionChoice);
    case 'user':
      return userChoices(known);
    case 'tmpfs':
      return tmpfsChoices(word, known);
    case 'memory':
    case 'cpus':
    case 'pids':
      return limitChoices(word.field);
  }
}

/** Where a list is wanted and none is there, the choice brings its brackets, unless a quote is open already. */
function inList(choice: Choice, { quote }: TypedWord): Partial<Choice> {
  const text = choice.text ?? choice.label;
  return quote === undefined ? { text: `[${text}]`, filter: choice.filter ?? text } : {};
}

/** The dash itself may be what was typed. */
function asItem(choice: Choice, typed: string): Partial<Choice> {
  const text = `- ${choice.text ?? choice.label}`;
  return { text, filter: typed.startsWith('-') ? text : (choice.filter ?? choice.text ?? choice.label) };
}

/** Numbers with colons are one number in base 60 to some readers of YAML. */
function quoted(choice: Choice): Partial<Choice> {
  const text = choice.text ?? choice.label;
  return /^\d+:\d+$/.test(text) ? { text: `"${text}"`, filter: choice.filter ?? text } : {};
}

const RISKS: readonly Capability['risk'][] = ['low', 'medium', 'high', 'critical'];

function capabilityChoices(
  { field, container }: TypedWord,
  typed: string,
  { image }: Known,
): readonly Choice[] {
  const prefix = /^-?cap_/i.test(typed) ? 'CAP_' : '';
  const list = field === 'capAdd' ? container?.capAdd : container?.capDrop;
  const needed = field === 'capAdd' ? image?.minimalCaps : undefined;
  const names = ['ALL', ...allCapabilities].filter((name) => !standsIn(list, name, `CAP_${name}`));
  const all = names.flatMap((name) => capability(name) ?? []);
  return ordered(all, field, needed?.value ?? []).map((one): Choice => {
    const isNeeded = needed?.value.includes(one.name) === true;
    const risk = one.dockerDefault ? say`${capabilityRisk(one)} · Docker default` : capabilityRisk(one);
    return {
      label: one.name,
      text: one.name === 'ALL' ? one.name : prefix + one.name,
      detail: field === 'capDrop' ? dropDetail(one) : isNeeded ? say`needed by the image · ${risk}` : risk,
      explain: (markup) =>
        markup.paragraphs([
          ...(isNeeded && needed ? [withReason(say`The image needs it`, needed, markup)] : []),
          capabilityHover({ name: one.name, granted: true }, markup) ?? '',
        ]),
    };
  });
}

function dropDetail(capability: Capability): Message {
  if (capability.name === 'ALL') return say`recommended: drop all, then add what is needed`;
  return capability.dockerDefault
    ? say`Docker default · ${capabilityRisk(capability)}`
    : say`not granted by default`;
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

const EFFECT: Readonly<Record<SecurityOptionFact['effect'], Message>> = {
  hardens: say`recommended`,
  default: say`what Docker does by itself`,
  weakens: say`takes protection away`,
};

function securityOptionChoice({ value, effect, meaning }: SecurityOptionFact): Choice {
  return { label: value, detail: EFFECT[effect], explain: (markup) => markup.fact(meaning) };
}

function userChoices({ image, stage }: Known): readonly Choice[] {
  const profile = stage ? baseProfileOf(stage) : image;
  const created = stage ? createdUsers(stage) : [];
  const own = created.flatMap(({ name, uid }): readonly Choice[] => {
    const explain = ({ tell }: Wording) => tell(say`Created by a RUN of this build.`);
    const named = { label: name, detail: say`created in this build`, explain };
    return uid === undefined || isRoot(String(uid))
      ? [named]
      : [{ ...named, label: String(uid), detail: say`the user ${name}, created in this build` }, named];
  });
  const fact = profile?.nonRootUser;
  if (fact === undefined) return unique(stage?.base.scratch ? [...own, NUMBER] : own);
  const { name, uid, gid } = fact.value;
  const detail = say`non-root user of the image`;
  const explain = (markup: Wording) => withReason(say`Non-root user that the image brings`, fact, markup);
  const ids = uid === undefined ? [] : [gid === undefined ? `${uid}` : `${uid}:${gid}`];
  return unique([...own, ...[name, ...ids].map((label) => ({ label, detail, explain }))]);
}

/** What images for `scratch` usually take: no name is known there, and every number works. */
const NUMBER: Choice = {
  label: '65532',
  detail: say`a number, for there are no user names in scratch`,
  explain: ({ tell }) =>
    tell(say`Any number but 0 runs the program without root; files that it writes must belong to it.`),
};

function unique(choices: readonly Choice[]): readonly Choice[] {
  return choices.filter(({ label }, index) => choices.findIndex((one) => one.label === label) === index);
}

function tmpfsChoices({ container }: TypedWord, { image }: Known): readonly Choice[] {
  const fact = image?.readOnly;
  const paths = fact?.value.readOnly === true ? fact.value.tmpfs : [];
  const there = known(container?.tmpfs ?? []).map(({ value }) => value.split(':')[0]);
  const ofImage = paths.map(
    (path): Choice => ({
      label: path,
      detail: say`written by the image`,
      explain: (markup) => withReason(WRITTEN, fact, markup),
    }),
  );
  const usual: Choice = {
    label: '/tmp',
    detail: say`temporary files`,
    explain: ({ tell }) => tell(say`Most programs expect to be able to write here.`),
  };
  return unique([...ofImage, usual]).filter(({ label }) => !there.includes(label));
}

/** Half a line may name no image where another file does. */
function imageOf(...containers: readonly (ContainerSpec | undefined)[]): ImageProfile | undefined {
  if (containers.some((one) => one?.build !== undefined)) return undefined;
  for (const one of containers) {
    const reference = one?.image.state === 'set' ? parseImageReference(one.image.value) : undefined;
    if (reference) return imageProfile(reference);
  }
  return undefined;
}

const WRITTEN = say`The image writes here, so it needs a tmpfs when the root file system is read-only`;

/** A sentence, then what for, what else to know, how sure. */
function withReason(sentence: Message, fact: Fact<unknown> | undefined, markup: Wording): string {
  const sure =
    fact?.confidence === 'reported' ? markup.tell(say`reported by users, not verified`) : undefined;
  const parts = [fact?.why, fact?.note, fact?.doubt].flatMap((part) =>
    part === undefined ? [] : markup.fact(part),
  );
  const all = sure === undefined ? parts : [...parts, sure];
  return `${markup.tell(sentence)}${all.length === 0 ? '' : `: ${all.join('; ')}`}.`;
}

function standsIn(list: ContainerSpec['capAdd'] | undefined, ...words: readonly string[]): boolean {
  return known(list ?? []).some(({ value }) => words.includes(value.toUpperCase()) || words.includes(value));
}
