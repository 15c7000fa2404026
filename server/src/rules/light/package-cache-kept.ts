import { defineRule, dockerDocs } from '../rule.js';
import { keptCaches } from '../shared/kept-caches.js';

export default defineRule({
  meta: {
    id: 'package-cache-kept',
    practice: 'light',
    severity: 'info',
    title: 'Package manager of the distribution leaves its cache in the layer',
    why: 'Lists and downloads that nobody needs again are stored and pulled with every copy of the image, and age there.',
    advice:
      'Delete them in the same RUN, switch the cache off with a flag, or keep it outside the image with `RUN --mount=type=cache`.',
    presence: 'presence',
    profile: 'recommended',
    fixes: ['safe'],
    references: [dockerDocs('building best practices, RUN', '/build/building/best-practices/#run')],
    equivalents: [
      'hadolint:DL3009',
      'hadolint:DL3019',
      'hadolint:DL3032',
      'hadolint:DL3036',
      'hadolint:DL3040',
      'kics:apk_add_using_local_cache_path',
      'kics:apt_get_install_lists_were_not_deleted',
      'kics:missing_dnf_clean_all',
      'kics:missing_zypper_clean',
      'kics:yum_clean_all_missing',
      'sonar:S6587',
      'trivy:DS-0015',
      'trivy:DS-0019',
      'trivy:DS-0020',
      'semgrep:missing-apk-no-cache',
      'semgrep:missing-dnf-clean-all',
      'semgrep:missing-zypper-clean',
      'semgrep:remove-package-cache',
      'semgrep:remove-package-lists',
    ],
    since: '0.1.0',
  },
  looksAround: true,
  check: {
    *stage(stage) {
      yield* keptCaches(stage, SYSTEM);
    },
  },
});

const SYSTEM = new Set(['apt', 'apk', 'dnf', 'zypper', 'pacman']);
