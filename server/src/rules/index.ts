// Generated from the folder listing by `npm run generate`; do not edit.
import addInsteadOfCopy from './images/add-instead-of-copy.js';
import privilegedContainer from './non-root/privileged-container.js';
import memoryLimitMissing from './resources/memory-limit-missing.js';
import type { AnyRule } from './rule.js';

/** In order of practice, then of id. */
export const rules: readonly AnyRule[] = [memoryLimitMissing, privilegedContainer, addInsteadOfCopy];
