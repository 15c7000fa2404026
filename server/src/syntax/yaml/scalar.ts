import type { YamlScalar } from './tree.js';

/** interim */
export function coreScalar(scalar: YamlScalar): string | number | boolean | null {
  if (scalar.tag?.name === '!!str') return scalar.value;
  if (scalar.empty) return scalar.style === 'plain' ? null : '';
  if (scalar.style !== 'plain') return scalar.value;
  const text = scalar.value;
  if (text === '' || text === '~' || /^null$/i.test(text)) return null;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^[-+]?\d[\d_]*$/.test(text)) return /^0\d/.test(text) ? Number.parseInt(text, 8) : Number(text.replaceAll('_', ''));
  if (/^0x[0-9a-f]+$/i.test(text) || /^0o[0-7]+$/.test(text)) return Number(text);
  if (/^[-+]?(\d[\d_]*)?\.\d+(e[-+]?\d+)?$|^[-+]?\d+(\.\d*)?(e[-+]?\d+)$/i.test(text)) return Number(text.replaceAll('_', ''));
  return text;
}
