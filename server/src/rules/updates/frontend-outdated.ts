import { parseImageReference } from '../../facts/image-reference.js';
import { type Message, say } from '../../l10n/message.js';
import { defineRule, dockerDocs } from '../rule.js';

const NEWEST = 'docker/dockerfile:1';
/** Version 1.13. Who pins a newer one keeps it up to date, or has just started. */
const FIRST_OF_2025 = 13;

export default defineRule({
  meta: {
    id: 'frontend-outdated',
    practice: 'updates',
    severity: 'info',
    title: 'Dockerfile frontend is old, experimental or unknown',
    why: 'The frontend is an image that decides what is built from the file: an old one gets no more fixes, a foreign one must be trusted like a base image.',
    advice: 'Use `# syntax=docker/dockerfile:1`, which moves to each new stable release.',
    presence: 'presence',
    profile: 'strict',
    fixes: ['safe'],
    references: [dockerDocs('Dockerfile frontend', '/build/buildkit/frontend/')],
    equivalents: [],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      // The directive stands above all stages.
      if (stage.index > 0) return;
      for (const { name, value, valuePlace } of stage.build.directives) {
        if (name !== 'syntax') continue;
        const trouble = troubleOf(value.split(/\s/)[0] ?? '');
        if (trouble === undefined) continue;
        yield {
          at: valuePlace,
          message: trouble.message,
          fixes: () =>
            !trouble.replaceable
              ? []
              : [
                  {
                    title: say`Use \`${NEWEST}\``,
                    applicability: 'safe',
                    edits: stage.edit.replace(valuePlace, NEWEST),
                  },
                ],
        };
      }
    },
  },
});

function troubleOf(text: string): { readonly message: Message; readonly replaceable: boolean } | undefined {
  const reference = parseImageReference(text);
  if (reference === undefined || text.includes('$')) return undefined;
  const { familiar, tag = 'latest', digest } = reference;
  if (familiar === 'docker/dockerfile-upstream')
    return { message: say`\`${text}\` is built from unreleased code`, replaceable: false };
  if (familiar !== 'docker/dockerfile')
    return {
      message: say`\`${familiar}\` reads this file in place of BuildKit and decides what is built`,
      replaceable: false,
    };
  // A digest is a decision to stay; `labs` is the only way to what is not stable yet.
  if (digest !== undefined || tag.endsWith('labs')) return undefined;
  if (tag.endsWith('experimental'))
    return {
      message: say`\`${tag}\` is a frontend of 2020: what was experimental is part of \`${NEWEST}\``,
      replaceable: true,
    };
  const minor = /^1\.(\d+)/.exec(tag)?.[1];
  return minor !== undefined && Number(minor) < FIRST_OF_2025
    ? {
        message: say`Frontend \`${tag}\` is from before 2025 and gets none of the fixes made since`,
        replaceable: true,
      }
    : undefined;
}
