// Brings a path of the host, as people write it in a mount, into one form.

export interface HostPath {
  /** `/a/b` without trailing slash, `~/a`, `C:\a`, `\\.\pipe\a`. */
  readonly path: string;
  readonly style: 'posix' | 'home' | 'windows' | 'pipe';
  /** The same path seen from the home directory it lies in (`~/.ssh`), for paths below /home, /root, /Users and `~`. */
  readonly inHome: string | undefined;
}

/** Longer than any path of an operating system. */
const longest = 4096;

/**
 * Normal form of an absolute path; undefined for relative paths, names of volumes, and paths that start with a variable
 * other than those of the home and runtime directory. `/var/run` becomes `/run`.
 */
export function normaliseHostPath(written: string): HostPath | undefined {
  const text = written.trim();
  if (text === '' || text.length > longest) return undefined;

  const pipe = /^(?:\\\\|\/\/)[.?](?:\\|\/)pipe(?:\\|\/)(.+)$/i.exec(text.replace(/^\/\/\/\//, '//'));
  if (pipe !== null) return { path: `\\\\.\\pipe\\${pipe[1]}`, style: 'pipe', inHome: undefined };

  const drive = /^([A-Za-z]):(?:[\\/](.*))?$/.exec(text);
  if (drive !== null && (drive[2] !== undefined || text.length === 2)) {
    const parts = resolve((drive[2] ?? '').split(/[\\/]/));
    const path = `${(drive[1] ?? '').toUpperCase()}:\\${parts.join('\\')}`;
    const inHome = /^users$/i.test(parts[0] ?? '') && parts.length > 1 ? homePath(parts.slice(2)) : undefined;
    return { path, style: 'windows', inHome };
  }

  const expanded = text
    .replace(/^(?:\$HOME\b|\$\{HOME(?:[:?-][^}]*)?\}|%USERPROFILE%|\$\{?USERPROFILE\}?|~)(?=$|[\\/])/, '~')
    .replace(/^\$(?:XDG_RUNTIME_DIR\b|\{XDG_RUNTIME_DIR(?:[:?-][^}]*)?\})/, '/run/user/1000');
  if (expanded === '~' || /^~[\\/]/.test(expanded)) {
    const path = homePath(resolve(expanded.slice(1).split(/[\\/]/)));
    return { path, style: 'home', inHome: path };
  }
  if (!expanded.startsWith('/')) return undefined;

  const parts = resolve(expanded.split('/'));
  if (parts[0] === 'private' && /^(?:var|etc|tmp)$/.test(parts[1] ?? '')) parts.shift();
  if (parts[0] === 'var' && (parts[1] === 'run' || parts[1] === 'lock'))
    parts.splice(0, 2, ...(parts[1] === 'run' ? ['run'] : ['run', 'lock']));
  return { path: `/${parts.join('/')}`, style: 'posix', inHome: homeOf(parts) };
}

function homeOf(parts: readonly string[]): string | undefined {
  if (parts[0] === 'root') return homePath(parts.slice(1));
  const isHome = (parts[0] === 'home' || parts[0] === 'Users') && parts.length > 1;
  return isHome ? homePath(parts.slice(2)) : undefined;
}

function homePath(parts: readonly string[]): string {
  return parts.length === 0 ? '~' : `~/${parts.join('/')}`;
}

/** Drops empty parts and `.`, applies `..`; the top has no parent. */
function resolve(parts: readonly string[]): string[] {
  const result: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part === '..') result.pop();
    else result.push(part);
  }
  return result;
}
