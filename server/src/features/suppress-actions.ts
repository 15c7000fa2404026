/** Which ways to accept findings are offered in the light bulb, from the narrowest to the widest. */
import type { Analysis } from '../engine/analyse.js';
import type { Finding } from '../engine/finding.js';
import { UNUSED_IGNORE } from '../engine/suppress/comments.js';
import type { Edit } from '../text/edit.js';
import type { EditorCapabilities } from './capabilities.js';
import { type SuppressRequest, suppressInFile, suppressInSection, suppressOnLine } from './suppress-edit.js';

export interface IgnoreOffer {
  readonly title: string;
  readonly change: Edit;
}

export interface IgnoreInput {
  readonly analysis: Analysis;
  readonly capabilities: EditorCapabilities;
  /** `2026-11-24` */
  readonly today: string;
}

/** `members`: what one diagnostic stands for. */
export function ignoreOffers(members: readonly Finding[], input: IgnoreInput): readonly IgnoreOffer[] {
  const [first] = members;
  if (first === undefined) return [];
  const rules = members.map((member) => member.rule.id);
  const what = rules.length === 1 ? `'${rules[0]}'` : `these ${rules.length} missing settings`;
  const request: SuppressRequest = {
    document: input.analysis.document,
    offset: first.at.start,
    rules,
    today: input.today,
    askReason: input.capabilities.snippetEdits,
  };
  const offer = (place: string, change: Edit | undefined): readonly IgnoreOffer[] =>
    change === undefined ? [] : [{ title: `Ignore ${what} ${place}`, change }];
  const inFile = offer('in this file', suppressInFile(request));
  // A comment about a comment helps nobody, so unused ones are accepted for the file or taken out.
  if (first.rule.id === UNUSED_IGNORE) return inFile;
  const { section } = first;
  return [
    ...offer('on this line', suppressOnLine(request)),
    ...(section ? offer(`for this ${section.kind}`, suppressInSection(request, section)) : []),
    ...inFile,
  ];
}
