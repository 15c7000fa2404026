/** Where an address leads: to this machine, to a network nobody else is in, or out. */

/** The host of an address with a scheme, lower case, without user and port; undefined when a variable hides it. */
export function hostOf(address: string): string | undefined {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@\s]*@)?(\[[^\]\s]+\]|[^/:?#\s"']+)/i.exec(address);
  const host = match?.[1]?.toLowerCase();
  return host === undefined || /[$`{<%]/.test(host) ? undefined : host.replace(/^\[|\]$/g, '');
}

export function isLoopbackHost(host: string): boolean {
  return (
    /^(?:localhost|0\.0\.0\.0|::1?|ip6-localhost)$/.test(host) ||
    /^127\.\d+\.\d+\.\d+$/.test(host) ||
    host.endsWith('.localhost')
  );
}

/** A private address, a name without dots, or one under a domain that is never public. */
export function isPrivateHost(host: string): boolean {
  return (
    isLoopbackHost(host) ||
    !/[.:]/.test(host) ||
    /^(?:10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host) ||
    /^f[cde][0-9a-f]{2}:/.test(host) ||
    /\.(?:local|internal|lan|intranet|corp|home|svc|test|example|invalid|arpa)$/.test(host)
  );
}
