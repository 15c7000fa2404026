// Generated from the folder listing by `npm run generate`; do not edit.
import type { AnyRule } from './rule.js';

export const rules: readonly AnyRule[] = [];
