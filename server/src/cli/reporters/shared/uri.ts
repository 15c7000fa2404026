import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A path of a report as URI reference: relative ones stay relative, whatever characters they hold. */
export function uriReference(path: string): string {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path)) return path;
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split('/').map(encodeURIComponent).join('/');
}

export const isRelative = (uri: string) => !/^[a-z][a-z\d+.-]*:/i.test(uri);
