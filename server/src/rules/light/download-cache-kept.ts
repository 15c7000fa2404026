import { defineRule, dockerDocs } from '../rule.js';
import { keptCaches } from '../shared/kept-caches.js';

export default defineRule({
  meta: {
    id: 'download-cache-kept',
    practice: 'light',
    severity: 'info',
    title: 'Package manager of a language leaves its downloads in the layer',
    why: 'What pip, npm, Go and the like download or compile on the way lies in the image a second time, and is stored and pulled with every copy of it.',
    advice:
      'Switch the cache off with a flag, empty it in the same RUN, or keep it outside the image with `RUN --mount=type=cache`.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['safe'],
    references: [dockerDocs('cache mounts', '/build/cache/optimize/#use-cache-mounts')],
    equivalents: [
      'hadolint:DL3042',
      'hadolint:DL3060',
      'kics:pip_install_keeping_cached_packages',
      'semgrep:missing-pip-no-cache-dir',
      'datadog:run_yarn_clean_after_yarn_install',
      'tally:tally/ruby/leftover-bundler-cache',
    ],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      yield* keptCaches(stage, LANGUAGES);
    },
  },
});

const LANGUAGES = new Set([
  'pip',
  'uv',
  'npm',
  'yarn',
  'pnpm',
  'composer',
  'bundle',
  'gem',
  'go',
  'cargo',
  'conda',
]);
