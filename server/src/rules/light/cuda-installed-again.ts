import { say } from '../../l10n/message.js';
import type { Stage } from '../../model/build.js';
import { packageName, packageOperations } from '../../model/package-operations.js';
import { rootOf, runsOf } from '../../model/stage.js';
import { defineRule, dockerDocs } from '../rule.js';
import { baseReferenceOf } from '../shared/users.js';

export default defineRule({
  meta: {
    id: 'cuda-installed-again',
    practice: 'light',
    severity: 'info',
    title: 'CUDA is installed on an image that has it',
    why: 'Gigabytes are in the image twice, in two versions of which one is never updated.',
    advice:
      'Choose the tag of the base that has what is needed: `-base`, `-runtime`, `-cudnn-runtime` or `-devel`.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [
      dockerDocs(
        'choose the right base image',
        '/build/building/best-practices/#choose-the-right-base-image',
      ),
    ],
    equivalents: ['tally:tally/gpu/no-redundant-cuda-install'],
    since: '0.1.0',
  },
  check: {
    *stage(stage) {
      if (!hasCuda(stage)) return;
      for (const step of runsOf(stage)) {
        for (const { manager, action, packages } of packageOperations(step)) {
          if (action !== 'install' || !/^(?:system|conda)$/.test(manager.family)) continue;
          const again = packages.find((word) => word.literal && CUDA.test(packageName(word.value, manager)));
          if (again === undefined) continue;
          yield {
            at: again.span,
            message: say`\`${again.value}\` is in \`${rootOf(stage).base.written}\` or another tag of it already`,
          };
        }
      }
    },
  },
});

/** What NVIDIA and conda call the parts of the toolkit; not the list of sources (`cuda-keyring`). */
const CUDA =
  /^(?:cuda(?!-keyring)(?:-[\w-]+)?|nvidia-cuda-(?:toolkit|dev)|cudatoolkit(?:-dev)?|cudnn\d*|libcudnn\d.*|libcublas.*|libnccl.*|libcufft.*|libcusparse.*|libcusolver.*|libnpp-.*)$/;

function hasCuda(stage: Stage): boolean {
  return /(?:^|\/)nvidia\/cuda$/.test(baseReferenceOf(stage)?.repository ?? '');
}
