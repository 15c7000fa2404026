import { codenameCycle, hasEnded } from '../../facts/life-cycles.js';
import { say } from '../../l10n/message.js';
import type { Step } from '../../model/build.js';
import { defineRule, owasp, type Problem } from '../rule.js';
import { writtenTexts } from '../shared/written-texts.js';

/** Hosts where distributions put what they no longer look after. */
const ARCHIVES =
  /\b(archive\.debian\.org|old-releases\.ubuntu\.com|vault\.centos\.org|archives\.fedoraproject\.org|archive\.kernel\.org\/centos-vault)\b/;

export default defineRule({
  meta: {
    id: 'archived-package-source',
    practice: 'updates',
    severity: 'warning',
    title: 'Packages come from the archive of an ended release',
    why: 'What lies in an archive gets no more fixes: each package that is installed brings the holes that were found since.',
    advice: 'Build on a release that is still looked after.',
    presence: 'presence',
    profile: 'essential',
    fixes: [],
    references: [owasp(0), { title: 'endoflife.date', url: 'https://endoflife.date/' }],
    equivalents: [],
    since: '0.1.0',
  },
  check: {
    *stage(stage, { today }) {
      if (!stage.reachable) return;
      for (const step of stage.steps) yield* archivesIn(step, today);
    },
  },
});

function* archivesIn(step: Step, today: string): Iterable<Problem> {
  for (const { text, at } of writtenTexts(step)) {
    // `sed s/archive/living/` leads away from it: what is put in is what stays.
    const host = ARCHIVES.exec(putIn(text) ?? text)?.[1];
    const release = endedRelease(text, today);
    if (host !== undefined) {
      yield { at, message: say`What \`${host}\` holds gets no more security fixes` };
      return;
    }
    if (release !== undefined) {
      yield { at, message: say`No security fixes for packages of ${release}` };
      return;
    }
  }
}

/** Of `s/what/instead/`, in whatever signs: what stands there afterwards; undefined for other texts. */
function putIn(text: string): string | undefined {
  const [, sign = '', rest = ''] = /^s([/|#,@!%~])([\s\S]*)$/.exec(text) ?? [];
  // `s/a/b/;s/c/d/` is cut into a, b, `;s`, c, d and the end.
  return sign === ''
    ? undefined
    : rest
        .split(sign)
        .filter((_, index) => index % 3 === 1)
        .join('\n');
}

/** The code name in a line of apt's sources: `deb [options] http://host/debian stretch main`. */
function endedRelease(text: string, today: string): string | undefined {
  for (const [, suite = ''] of text.matchAll(
    /\bdeb(?:-src)?\s+(?:\[[^\]]*\]\s*)?(?:https?|ftp):\/\/(?:[\w.-]+\.)?(?:debian|ubuntu)\.(?:org|com)\/\S*\s+([a-z]+)\b/g,
  )) {
    const found = codenameCycle(suite);
    if (found !== undefined && hasEnded(found[1], today))
      return `${found[0].name} ${found[1].cycle} (${suite})`;
  }
  return undefined;
}
