/** A text, three rules and what becomes of their findings: for tests of ignore comments. */
import { openDocument } from '../../server/src/documents/open.js';
import { type Analysis, analyse } from '../../server/src/engine/analyse.js';
import { type Config, defaultConfig } from '../../server/src/engine/config.js';
import { english, say } from '../../server/src/l10n/message.js';
import type { DocumentKind } from '../../server/src/model/document.js';
import { type AnyRule, defineRule } from '../../server/src/rules/rule.js';
import unusedIgnore from '../../server/src/rules/updates/unused-ignore.js';
import { memoryMissing, privileged, readOnlyMissing } from './tiny-rules.js';

/** Finds every `bad` image, `RUN` with the word and environment variable, whatever other linters call it. */
const badThing = defineRule({
  meta: {
    ...privileged.meta,
    id: 'bad-thing',
    fixes: [],
    equivalents: [
      'buildkit:BadThing',
      'checkov:CKV_DOCKER_2',
      'hadolint:DL3006',
      'kics:bad_thing',
      'semgrep:bad-thing',
      'tally:hadolint/DL3006',
      'trivy:DS-0002',
    ],
  },
  check: {
    *container({ image, command }) {
      for (const setting of [image, command])
        if (setting.state === 'set' && String(setting.value).includes('bad'))
          yield { at: setting.span, message: say`This is bad` };
    },
    *stage(stage) {
      if (stage.base.written.includes('bad')) yield { at: stage.base.at, message: say`A bad base` };
      for (const step of stage.steps)
        if (step.kind === 'user') yield { at: step.at, message: say`A bad step` };
        else if (step.kind === 'run')
          for (const { words } of step.script.commands)
            if (words[0]?.value === 'bad') yield { at: words[0].span, message: say`A bad command` };
    },
  },
});

export const suppressRules: readonly AnyRule[] = [
  badThing,
  privileged,
  memoryMissing,
  readOnlyMissing,
  unusedIgnore,
];

export interface Judgement {
  readonly analysis: Analysis;
  /** `line rule` of findings that are shown, without those about comments. */
  readonly shown: readonly string[];
  /** `line rule by` of those that are accepted. */
  readonly accepted: readonly string[];
  /** `line text: message` of comments that accept nothing. */
  readonly unused: readonly string[];
}

export function judge(
  kind: DocumentKind,
  text: string,
  more: Partial<Config> = {},
  alsoBy: readonly AnyRule[] = [],
): Judgement {
  const analysis = analyse({
    document: openDocument(text, kind),
    rules: [...suppressRules, ...alsoBy],
    config: { ...defaultConfig, ...more },
    today: '2026-11-24',
  });
  const { source } = analysis.document;
  const line = (offset: number) => source.lineAt(offset) + 1;
  const others = analysis.findings.filter(({ rule }) => rule.id !== 'unused-ignore');
  const about = analysis.findings.filter(
    ({ rule, suppressed }) => rule.id === 'unused-ignore' && !suppressed,
  );
  return {
    analysis,
    shown: others.filter((one) => !one.suppressed).map((one) => `${line(one.at.start)} ${one.rule.id}`),
    accepted: others.flatMap(({ at, rule, suppressed }) =>
      suppressed ? [`${line(at.start)} ${rule.id} ${suppressed.by}`] : [],
    ),
    unused: about.map(({ at, message }) => `${line(at.start)} ${source.slice(at)}: ${english(message)}`),
  };
}
