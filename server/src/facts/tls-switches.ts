// How programs are told to accept any TLS certificate: environment variables, flags, settings. Collected from the
// manuals of the tools; only switches that turn the check off as a whole.

export interface TlsVariable {
  /** Who obeys it: `Node.js`. */
  readonly tool: string;
  /** Matches the values that switch the check off. */
  readonly off: RegExp;
}

const YES = /^(?:1|true|t|yes|on)$/i;
const NO = /^(?:0|false|f|no|off)$/i;
const ZERO = /^0$/;
const NOT_EMPTY = /\S/;

const variables: ReadonlyMap<string, TlsVariable> = new Map([
  ['NODE_TLS_REJECT_UNAUTHORIZED', { tool: 'Node.js', off: ZERO }],
  ['PYTHONHTTPSVERIFY', { tool: 'Python', off: ZERO }],
  // Git asks only whether the variable exists: `0` and `false` switch the check off too.
  ['GIT_SSL_NO_VERIFY', { tool: 'Git', off: /^/ }],
  ['NPM_CONFIG_STRICT_SSL', { tool: 'npm', off: NO }],
  ['YARN_STRICT_SSL', { tool: 'Yarn', off: NO }],
  ['YARN_ENABLE_STRICT_SSL', { tool: 'Yarn', off: NO }],
  ['PIP_TRUSTED_HOST', { tool: 'pip', off: NOT_EMPTY }],
  ['UV_INSECURE_HOST', { tool: 'uv', off: NOT_EMPTY }],
  ['GOINSECURE', { tool: 'Go', off: NOT_EMPTY }],
  // Requests takes an empty path for "no check".
  ['CURL_CA_BUNDLE', { tool: 'Python Requests', off: /^$/ }],
  ['REQUESTS_CA_BUNDLE', { tool: 'Python Requests', off: /^$/ }],
  ['BUNDLE_SSL_VERIFY_MODE', { tool: 'Bundler', off: ZERO }],
  ['CONDA_SSL_VERIFY', { tool: 'conda', off: NO }],
  ['PERL_LWP_SSL_VERIFY_HOSTNAME', { tool: 'Perl LWP', off: ZERO }],
  ['VAULT_SKIP_VERIFY', { tool: 'Vault', off: YES }],
  ['NOMAD_SKIP_VERIFY', { tool: 'Nomad', off: YES }],
  ['CONSUL_HTTP_SSL_VERIFY', { tool: 'Consul', off: NO }],
  ['AZURE_CLI_DISABLE_CONNECTION_VERIFICATION', { tool: 'the Azure CLI', off: YES }],
  ['CLOUDSDK_AUTH_DISABLE_SSL_VALIDATION', { tool: 'gcloud', off: YES }],
  ['HELM_KUBEINSECURE_SKIP_TLS_VERIFY', { tool: 'Helm', off: YES }],
  ['ELASTICSEARCH_SSL_VERIFICATIONMODE', { tool: 'Kibana', off: /^none$/i }],
]);

/** Who obeys a line in a file whose reader is not known. */
export const someReader = 'whatever reads this file';

/** Everybody that messages name. */
export const tlsTools: readonly string[] = [
  someReader,
  ...new Set([...variables.values()].map(({ tool }) => tool)),
];

/** The tool that an environment variable stops from checking certificates; undefined when it does not. */
export function tlsOffBy(name: string, value: string): string | undefined {
  const known = variables.get(/^npm_config_/i.test(name) ? name.toUpperCase() : name);
  return known?.off.test(value) ? known.tool : undefined;
}

export interface TlsFlag {
  readonly programs: RegExp;
  /** Matches the whole word. */
  readonly flag: RegExp;
  /** The flag stands for this when the next word matches. */
  readonly next?: RegExp;
}

const PACKAGE_MANAGERS = /^(?:npm|npx|yarn|yarnpkg|pnpm|bun)$/;
const YUM = /^(?:yum|dnf|dnf-3|dnf5|microdnf|tdnf|yum-config-manager)$/;

/** Flags that switch the check off; short ones of curl can be joined with others and are in {@link tlsShortFlags}. */
export const tlsFlags: readonly TlsFlag[] = [
  { programs: /^curl$/, flag: /^--(?:insecure|proxy-insecure|doh-insecure)$/ },
  { programs: /^(?:wget2?|apk|yt-dlp|youtube-dl)$/, flag: /^--no-check-certificates?$/ },
  { programs: /^wget2?$/, flag: /^--check-certificate=(?:off|no|false|0)$/i },
  { programs: /^aria2c$/, flag: /^--check-certificate=false$/ },
  { programs: /^https?$/, flag: /^--verify=(?:no|false)$/i },
  { programs: /^(?:pip[\d.]*|pipenv|python[\d.]*)$/, flag: /^--trusted-host=./ },
  { programs: /^(?:pip[\d.]*|pipenv|python[\d.]*)$/, flag: /^--trusted-host$/, next: /./ },
  { programs: /^uvx?$/, flag: /^--(?:allow-insecure|trusted)-host=./ },
  { programs: /^uvx?$/, flag: /^--(?:allow-insecure|trusted)-host$/, next: /./ },
  { programs: PACKAGE_MANAGERS, flag: /^--(?:no-strict-ssl|strict-ssl=false)$/ },
  { programs: PACKAGE_MANAGERS, flag: /^--strict-ssl$/, next: /^false$/ },
  { programs: YUM, flag: /^--setopt=(?:\S+\.)?(?:proxy_)?sslverify=(?:0|false|no|off)$/i },
  { programs: YUM, flag: /^--setopt$/, next: /^(?:\S+\.)?(?:proxy_)?sslverify=(?:0|false|no|off)$/i },
  {
    programs: /^apt(?:-get)?$/,
    flag: /^-o$|^--option$/,
    next: /^Acquire::https::\S*Verify-(?:Peer|Host)=(?:false|0|no)$/i,
  },
  {
    programs: /^apt(?:-get)?$/,
    flag: /^(?:-o|--option=)Acquire::https::\S*Verify-(?:Peer|Host)=(?:false|0|no)$/i,
  },
  { programs: /^git$/, flag: /^-c$/, next: /^http\.(?:\S+\.)?sslVerify=(?:false|0|no|off)$/i },
  { programs: /^(?:kubectl|oc|helm|istioctl|flux|argocd)$/, flag: /^--insecure-skip-tls-verify(?:=true)?$/ },
  { programs: /^aws$/, flag: /^--no-verify-ssl$/ },
  { programs: /^svn$/, flag: /^--trust-server-cert$/ },
  { programs: /^hg$/, flag: /^--insecure$/ },
  {
    programs: /^mvnw?$/,
    flag: /^-D(?:maven\.wagon\.http\.ssl\.insecure=true|aether\.connector\.https\.securityMode=insecure)$/,
  },
];

/** One-letter switches, and the letters whose value may follow in the same word. */
export const tlsShortFlags: ReadonlyMap<string, { readonly letter: string; readonly withValue: string }> =
  new Map([
    ['curl', { letter: 'k', withValue: 'AbcCdDeEFhHKmoPQrtTuUwxXyYz' }],
    ['axel', { letter: 'k', withValue: 'CHmnNosTU' }],
  ]);

export interface TlsSetting {
  readonly programs: RegExp;
  /** Sub-commands in front of the setting. */
  readonly verbs: RegExp;
  /** `name=value`, or `name value` with a blank between. */
  readonly setting: RegExp;
  /** The value that switches the check on again. */
  readonly on: string;
}

/** Settings that are written by a command of the tool itself: `npm config set strict-ssl false`. */
export const tlsSettings: readonly TlsSetting[] = [
  {
    programs: PACKAGE_MANAGERS,
    verbs: /^(?:config|c|set)$/,
    setting: /^(?:strict-ssl|enableStrictSsl)[ =](?:false|0)$/i,
    on: 'true',
  },
  {
    programs: /^git$/,
    verbs: /^config$/,
    setting: /^http\.(?:\S+\.)?sslVerify[ =](?:false|0|no|off)$/i,
    on: 'true',
  },
  { programs: /^composer$/, verbs: /^config$/, setting: /^disable-tls (?:true|1)$/i, on: 'false' },
  { programs: /^bundle$/, verbs: /^config$/, setting: /^(?:BUNDLE_)?ssl_verify_mode[ =]0$/i, on: '1' },
  { programs: /^(?:conda|mamba)$/, verbs: /^config$/, setting: /^ssl_verify (?:false|no|0)$/i, on: 'true' },
  {
    programs: /^gcloud$/,
    verbs: /^config$/,
    setting: /^auth\/disable_ssl_validation (?:true|1)$/i,
    on: 'false',
  },
  { programs: /^go$/, verbs: /^env$/, setting: /^GOINSECURE=./, on: '' },
  { programs: /^pip[\d.]*$/, verbs: /^config$/, setting: /^(?:global|install|site)\.trusted-host ./, on: '' },
];

/** The same settings as lines of configuration files. */
export const tlsConfigLine =
  /(?:^|[\s;[{,'"])(?:strict-ssl\s*=\s*false|sslverify\s*=\s*(?:0|false|no)|(?:Acquire::)?https::\S*Verify-(?:Peer|Host)\s*"?=?"?(?:false|0)|check[_-]certificate\s*=\s*(?:off|0|no)|ssl:verify-certificate\s+(?:no|false|off)|:ssl_verify_mode:\s*0|trusted-host\s*=\s*\S)/i;
