/**
 * Paths of a project as URIs. They are made here and compared as text, so every part is encoded in one way: that of
 * editors, where only letters, digits and `-._~` stand for themselves.
 */

/** `folder` + `path` as Compose joins them; undefined for what lies in no known place: `~/x`, another drive. */
export function resolvePath(folder: string, path: string): string | undefined {
  const unix = path.replaceAll('\\', '/');
  if (unix.startsWith('~') || /^[A-Za-z]:/.test(unix)) return undefined;
  const { root, segments } = splitUri(folder);
  const result = unix.startsWith('/') ? [] : [...segments];
  for (const segment of unix.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') result.pop();
    else result.push(encode(segment));
  }
  return `${root}/${result.join('/')}`;
}

/** The URI of an absolute path with `/`: `/srv/app`, `C:/app`. */
export function toFileUri(path: string): string {
  return `file:///${path
    .split('/')
    .filter((segment) => segment !== '')
    .map(encode)
    .join('/')}`;
}

/** The folder that holds a file; the root for a file in the root. */
export function folderOf(uri: string): string {
  const { root, segments } = splitUri(uri);
  return `${root}/${segments.slice(0, -1).join('/')}`;
}

/** The last part of a URI, decoded. */
export function baseName(uri: string): string {
  return decode(splitUri(uri).segments.at(-1) ?? '');
}

/** Whether `uri` is `folder` or lies below it. */
export function isInside(uri: string, folder: string): boolean {
  const top = folder.replace(/\/+$/, '');
  return uri === top || uri.startsWith(`${top}/`);
}

/** The path that a file URI means, for showing: `/srv/app/compose.yaml`. */
export function pathOf(uri: string): string {
  const { segments } = splitUri(uri);
  const path = segments.map(decode).join('/');
  return /^[A-Za-z]:/.test(path) ? path : `/${path}`;
}

/** `path` seen from `folder`, with `/`: `../common.yml`. */
export function relativePath(folder: string, uri: string): string {
  const from = splitUri(folder).segments;
  const to = splitUri(uri).segments;
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common).map(decode)].join('/') || '.';
}

/** Nothing on this disk: a Git repository, an OCI artefact, a URL. */
export function isRemote(path: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:\/\//i.test(path) ||
    /^git@/.test(path) ||
    /^github\.com\//.test(path) ||
    /\.git(?:#|$)/.test(path)
  );
}

function splitUri(uri: string): { readonly root: string; readonly segments: readonly string[] } {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*:(?:\/\/[^/]*)?)?(.*)$/s.exec(uri);
  return {
    root: match?.[1] ?? '',
    segments: (match?.[2] ?? '').split('/').filter((segment) => segment !== ''),
  };
}

function encode(segment: string): string {
  return encodeURIComponent(wellFormed(segment)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `encodeURIComponent` throws on half a surrogate pair. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
