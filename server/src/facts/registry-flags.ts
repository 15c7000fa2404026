// How programs that move images are told to do without TLS, or without looking at the certificate of a registry.
// Collected from the manuals of the tools.

export interface RegistryFlag {
  readonly programs: RegExp;
  /** Matches the whole word. */
  readonly flag: RegExp;
  /** The next word names the registry. */
  readonly withValue?: true;
}

export const registryFlags: readonly RegistryFlag[] = [
  { programs: /^(?:dockerd|dockerd-entrypoint\.sh|docker|dind)$/, flag: /^--insecure-registry=./ },
  { programs: /^(?:dockerd|dockerd-entrypoint\.sh|dind)$/, flag: /^--insecure-registry$/, withValue: true },
  {
    programs: /^(?:skopeo|buildah|podman)$/,
    flag: /^--(?:src-|dest-)?tls-verify=(?:false|0)$/i,
  },
  { programs: /^nerdctl$/, flag: /^--insecure-registry(?:=true)?$/ },
  { programs: /^ctr$/, flag: /^(?:--plain-http|--skip-verify|-k)$/ },
  { programs: /^g?crane$/, flag: /^--insecure(?:=true)?$/ },
  { programs: /^(?:oras|regctl|helm)$/, flag: /^--(?:plain-http|insecure)(?:=true)?$/ },
  { programs: /^cosign$/, flag: /^--allow-(?:insecure|http)-registry(?:=true)?$/ },
  {
    programs: /^(?:executor|kaniko)$/,
    flag: /^--(?:insecure(?:-pull)?|skip-tls-verify(?:-pull)?)(?:=true)?$|^--(?:insecure|skip-tls-verify)-registry=./,
  },
];

/** Lines of registries.conf and of daemon.json that do the same. */
export const registryConfigLine = /^\s*insecure\s*=\s*true\b|"insecure-registries"\s*:\s*\[\s*"/m;

/** What Docker itself takes for the plain protocol, and what registries without TLS usually listen on. */
export const plainRegistryPorts: ReadonlyMap<number, 'surely' | 'usually'> = new Map([
  [80, 'surely'],
  [5000, 'usually'],
]);
