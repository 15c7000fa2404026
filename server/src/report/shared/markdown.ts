/** Text for Markdown that other people render: what comes from a file stays text, and calls or links nobody. */
import { markdown } from '../../features/markup.js';
import { printable } from '../plain-text.js';
import { segments } from './words.js';

/** The zero-width space keeps a platform from taking `@name` for a person. */
export function plain(text: string): string {
  return printable(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>&#|~$!]/g, '\\$&')
    .replaceAll('@', '@\u200b')
    .replaceAll('://', ':\\/\\/')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}\\.`);
}

export function code(text: string): string {
  const shown = printable(text).trim();
  return shown === '' ? '*(empty)*' : markdown.code(shown);
}

/** A sentence with code in backquotes. */
export function prose(text: string): string {
  return segments(text)
    .map(({ text: part, isCode }) => (isCode ? code(part) : plain(part)))
    .join('');
}
