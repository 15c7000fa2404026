import type { Edit } from '../../text/edit.js';

/** The edit with the first mention of a word as the part to type; as it is where the word is not in it. */
export function askingFor(word: string, edit: Edit): Edit {
  const start = edit.text.indexOf(word);
  return start < 0 ? edit : { ...edit, placeholder: { start, end: start + word.length } };
}
