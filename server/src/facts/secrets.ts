// Recognises secrets by name and by shape. Works on values that are already separated from their file; it does not read
// files. All expressions are bounded, so the time grows with the length of the value, and long values are skipped.
import data from './data/secrets.json';

export const secretSource = { source: data.source, date: data.retrieved } as const;

/** A value of more UTF-16 units is not looked at. */
const longestValue = 20_000;
const longestName = 200;

const namePattern = new RegExp(data.envName[0] ?? '(?!)');
/** Kinds of keys that the pattern of the table does not have. A licence key opens nothing, that of New Relic does. */
const moreNames =
  /(?:^|_)(?:NEW_RELIC_LICEN[CS]E_KEY|HMAC_KEY|DEPLOY_KEY|JWT_KEY|CRYPTO_KEY|CIPHER_KEY|ERLANG_COOKIE|AUTH_KEY|AUTHKEY|APP_KEY|REDISCLI_AUTH|SECRET_KEY_BASE|SESSION_KEY|COOKIE_KEY|ROOT_TOKEN_ID|ACCESS_KEY_ID|TOKENS|API_?KEYS|PASSWORDS|PWORD|SSHPASS)$/;
/** Words that mean a secret with any letters in front: `PGPASSWORD`. */
const gluedNames =
  /[A-Z](?:PASSWORD|PASSPHRASE|APIKEY|SECRETKEY|ACCESSKEY|AUTHTOKEN|ACCESSTOKEN|CLIENTSECRET)$/;
/** Bundler takes the login of a gem server from a variable with its host, two lines in place of a dot. */
const bundlerHost = /^BUNDLE_(?!MIRROR__|LOCAL__|BUILD__|DISABLE|PLUGINS)[A-Z0-9_]+__[A-Z0-9]{2,12}$/;
const harmlessNames = new Set(
  [
    ...data.envNot.flatMap((words) => words.split(' ')),
    'GOOGLE_APPLICATION_CREDENTIALS',
    'PROXY_PASS',
  ].filter((word) => word !== 'KEY_ID'),
);
/** Kafka's images take the names of files with passwords here. */
const fileNames = /(?:^|_)SSL_(?:KEYSTORE|KEY|TRUSTSTORE)_CREDENTIALS$/;
/** A switch about secrets, not a secret. */
const switchName =
  /(?:^|_)(?:ALLOW|DISABLE|ENABLE|REQUIRE|REQUIRED|USE|HAS|NO|IS|SKIP|HIDE|SHOW|RESET|FORGOT|RANDOM|GENERATE|EMPTY|MAX|MIN|PUBLIC|PUBLISHABLE)_/;

/** True when a variable of that name (any case, `dbPassword` and `spring.datasource.password` too) holds a secret. */
export function secretName(name: string): boolean {
  if (name.length > longestName) return false;
  const upper = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[.-]/g, '_')
    .toUpperCase();
  if (harmlessNames.has(upper) || switchName.test(upper) || fileNames.test(upper)) return false;
  return (
    namePattern.test(upper) || moreNames.test(upper) || gluedNames.test(upper) || bundlerHost.test(upper)
  );
}

/** A token found in a value; UTF-16 offsets in the value, end exclusive. */
export interface TokenMatch {
  /** `github-token`, `private-key`, … */
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** `low`: also the shape of harmless things, such as a password hash. */
  readonly confidence: 'high' | 'medium' | 'low';
}

interface TokenPattern {
  readonly id: string;
  readonly confidence: TokenMatch['confidence'];
  readonly prefixes: readonly string[];
  readonly regex: RegExp;
}
const tokens: readonly TokenPattern[] = data.tokens
  // Credentials in addresses have a function of their own, below.
  .filter(({ id }) => id !== 'url-credentials')
  .map(({ id, confidence, prefixes, regex }) => ({
    id,
    confidence: confidence === 'high' || confidence === 'medium' ? confidence : 'low',
    prefixes,
    regex: new RegExp(regex),
  }));

/** Most values hold none of all prefixes, which one look tells. */
const anyPrefix = new RegExp(
  tokens
    .flatMap(({ prefixes }) => prefixes)
    .map((prefix) => prefix.replace(/[^\w\s]/g, '\\$&'))
    .join('|'),
);

/** The first token of a known shape in the value, by the order of the table; undefined when there is none. */
export function tokenIn(value: string): TokenMatch | undefined {
  if (value.length < 8 || value.length > longestValue || !anyPrefix.test(value)) return undefined;
  for (const { id, confidence, prefixes, regex } of tokens) {
    if (!prefixes.some((prefix) => value.includes(prefix))) continue;
    const match = regex.exec(value);
    if (match !== null && !isExample(match[0]))
      return { id, confidence, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

/** Where a password stands in an address; UTF-16 offsets in the value, end exclusive. */
export interface UrlCredentials {
  readonly user: string;
  /** Of the password alone. */
  readonly start: number;
  readonly end: number;
}

/** `scheme://user:password@host` with a literal password; undefined when it is empty or a variable. */
export function credentialsInUrl(value: string): UrlCredentials | undefined {
  if (value.length > longestValue || !value.includes('://')) return undefined;
  const match =
    /\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}:\/\/([^\s:/@$'"{}]{0,64}):([^\s/@$'"{}<>]{1,128})@[^\s/@]/.exec(value);
  if (match === null) return undefined;
  const [, user = '', password = ''] = match;
  const end = match.index + match[0].length - 2;
  if (isPlaceholder(password) || IN_CAPITALS.test(`${user}:${password}`)) return undefined;
  return { user, start: end - password.length, end };
}

/** How documentation writes what everybody has to fill in. */
const IN_CAPITALS = /^(?:USER(?:_?NAME)?|LOGIN):(?:PASS(?:WORD|WD)?|PWD)$/;

const weak = new Set(data.weak.flatMap((words) => words.split(' ')));

/** True for a default or demo password, in any case and with digits or `!` behind it (`Password123!`). */
export function isWeakValue(value: string): boolean {
  if (value.length > 100) return false;
  const lower = value.trim().toLowerCase();
  return weak.has(lower) || weak.has(lower.replace(/[\d!]{1,6}$/, ''));
}

const placeholders = data.placeholders.map((source) => new RegExp(source));

/** True for a value that is no secret: empty, a switch, a variable, a path, `<your-key>`, `xxx`. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text.length > longestValue) return false;
  if (placeholders.some((pattern) => pattern.test(text))) return true;
  return /^(?:\.{0,2}|~)\/[\w.-]+(?:\/[\w.-]+)*$/.test(text) || /^%[A-Za-z_]+%$/.test(text);
}

/** A variable of a well-known image or service that holds a secret. */
export interface SecretVariable {
  readonly name: string;
  /** What reads it: `postgres`, `aws`, … */
  readonly tool: string;
  /** The variable that takes the path of a file instead, when the image has one. */
  readonly fileVariant: string | undefined;
}

const variables: ReadonlyMap<string, SecretVariable> = new Map(
  data.variables.map(([name = '', tool = '', fileVariant]) => [name, { name, tool, fileVariant }]),
);

/** What is known of a variable by its exact name; undefined for all others. */
export function knownSecretVariable(name: string): SecretVariable | undefined {
  return variables.get(name);
}

/** Keys that documentation prints. */
function isExample(token: string): boolean {
  return /EXAMPLE|XXXXXX|xxxxxx|000000000000/.test(token);
}
