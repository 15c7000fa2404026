// Where programs take secrets on their command lines. Collected from the manuals of the tools; options that take a file,
// or read from standard input, are left out.

/** A secret among the words behind a program; UTF-16 offsets in the word. */
export interface SecretArgument {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

interface OptionRule {
  readonly programs: RegExp;
  /** A sub-command that must stand somewhere in front. */
  readonly verb?: RegExp;
  /** Matches the option, which starts with a dash; a first group is the secret in the same word, otherwise the next word is looked at. */
  readonly option: RegExp;
  /** Of the next word, the first group is the secret; the whole word when left out. */
  readonly value?: RegExp;
}

const WHOLE = /^([^-].*)$/s;
const BEHIND_COLON = /^[^:]*:(.+)$/s;
const AUTH_HEADER =
  /^(?:(?:proxy-)?authorization:\s*(?:(?:bearer|token|basic|apikey)\s+)?|(?:private|job|deploy)-token:\s*|x-[\w-]*(?:token|key|secret):\s*|(?:api-?key|apikey):\s*)(\S.*)$/i;
/** `--disabled-password` and `--no-password` take none. */
const SECRET_WORDS =
  '(?!(?:disabled?|no|without|ask|use|skip|require|empty|has|reset|random|generate|lock|expire|allow)-)(?:[\\w-]*-)?(?:password|passwd|passphrase|requirepass|masterauth|storepass|keypass|authkey|authtoken|auth-token|access-token|api-?key|api-?token|secret-?key|client-secret|personal-access-token)';

/** They only print or search what is behind them. */
const TALKS = /^(?:echo|printf|grep|egrep|sed|awk|test|\[|\[\[|cat|tee|expect|for|case|read)$/;

const options: readonly OptionRule[] = [
  { programs: /^/, option: new RegExp(`^--?${SECRET_WORDS}=(.+)$`, 'is') },
  { programs: /^/, option: new RegExp(`^--${SECRET_WORDS}$`, 'i'), value: WHOLE },
  {
    programs: /^(?:oc|kubectl|cloudflared|sentry-cli|vercel|firebase|netlify|snyk|consul|gitlab-runner)$/,
    option: /^--?token=(.+)$/s,
  },
  {
    programs: /^(?:oc|kubectl|cloudflared|sentry-cli|vercel|firebase|netlify|snyk|consul|gitlab-runner)$/,
    option: /^--token$/,
    value: WHOLE,
  },
  {
    programs: /^(?:docker|podman|buildah|skopeo|nerdctl|helm|oras|g?crane|az|oc|argocd|ibmcloud|cf)$/,
    verb: /^login$/,
    option: /^-p$/,
    value: WHOLE,
  },
  { programs: /^(?:docker|podman|buildah|nerdctl)$/, verb: /^login$/, option: /^-p(.+)$/s },
  { programs: /^(?:skopeo|buildah|podman)$/, option: /^--(?:src-|dest-)?creds=[^:]*:(.+)$/s },
  { programs: /^(?:skopeo|buildah|podman)$/, option: /^--(?:src-|dest-)?creds$/, value: BEHIND_COLON },
  {
    programs: /^(?:mysql|mysqladmin|mysqldump|mysqlimport|mysqlcheck|mariadb|mariadb-admin|mariadb-dump)$/,
    option: /^-p(.+)$/s,
  },
  { programs: /^sshpass$/, option: /^-p(.+)$/s },
  {
    programs: /^(?:sshpass|mongo|mongosh|mongodump|mongorestore|mongoimport|mongoexport)$/,
    option: /^-p$/,
    value: WHOLE,
  },
  { programs: /^(?:zip|unzip)$/, option: /^-P$/, value: WHOLE },
  { programs: /^7za?$/, option: /^-p(.+)$/s },
  { programs: /^redis-cli$/, option: /^(?:-a|--pass)$/, value: WHOLE },
  { programs: /^curl$/, option: /^(?:-u|--user|-U|--proxy-user)$/, value: BEHIND_COLON },
  { programs: /^curl$/, option: /^-u[^:]+:(.+)$/s },
  { programs: /^curl$/, option: /^--(?:proxy-)?user=[^:]*:(.+)$/s },
  { programs: /^(?:http|https)$/, option: /^(?:-a|--auth)$/, value: BEHIND_COLON },
  { programs: /^(?:curl|wget|http|https)$/, option: /^(?:-H|--header)$/, value: AUTH_HEADER },
  { programs: /^(?:curl|wget)$/, option: new RegExp(`^--header=${AUTH_HEADER.source.slice(1)}`, 'i') },
  // The stores that Java brings along are opened with a word that everybody knows.
  {
    programs: /^(?:keytool|jarsigner)$/,
    option: /^-(?:(?:src|dest)?(?:store|key)pass)$/,
    value: /^(?!changeit$)([^-].*)$/s,
  },
  { programs: /^openssl$/, option: /^-pass(?:in|out)?$/, value: /^pass:(.+)$/s },
  {
    programs: /^dotnet|nuget$/,
    option: /^-(?:p|Password)$/,
    verb: /^(?:sources?|add|update)$/,
    value: WHOLE,
  },
];

interface OperandRule {
  readonly programs: RegExp;
  /** The words directly in front of the secret, options left out. */
  readonly words: readonly RegExp[];
}

const ANY = /^/;
const NPM_SECRET = /(?:^|:)_(?:authToken|auth|password)$|^npmAuth(?:Token|Ident)$/;
const operands: readonly OperandRule[] = [
  { programs: /^aws$/, words: [/^set$/, /(?:^|\.)aws_(?:secret_access_key|session_token)$/] },
  { programs: /^(?:npm|yarn|pnpm|bun)$/, words: [/^(?:config|c)$/, /^set$/, NPM_SECRET] },
  { programs: /^(?:npm|pnpm)$/, words: [/^set$/, NPM_SECRET] },
  { programs: /^composer$/, words: [/^config$/, /^(?:github-oauth|gitlab-token|gitlab-oauth|bearer)\./] },
  { programs: /^composer$/, words: [/^config$/, /^http-basic\./, ANY] },
  // Hosts have dots, settings of Bundler have none.
  { programs: /^bundle$/, words: [/^config$/, /^set$/, /^[\w-]+(?:\.[\w-]+)+$/] },
  { programs: /^bundle$/, words: [/^config$/, /^[\w-]+(?:\.[\w-]+)+$/] },
  { programs: /^rabbitmqctl$/, words: [/^(?:add_user|change_password)$/, ANY] },
  { programs: /^mc$/, words: [/^(?:alias|config)$/, /^(?:set|host)$/, ANY, ANY, ANY] },
  { programs: /^ngrok$/, words: [/^authtoken$/] },
  { programs: /^ngrok$/, words: [/^config$/, /^add-authtoken$/] },
  { programs: /^snyk$/, words: [/^auth$/] },
  { programs: /^vault$/, words: [/^login$/] },
];

/** Values of `npm config set //host/:_authToken=…`, in one word. */
const NPM_ASSIGNMENT = /(?:^|:)_(?:authToken|auth|password)=(.+)$/s;

/** The secrets that a program is given by the words behind its name; variables are given as written. */
export function secretArguments(program: string, args: readonly string[]): readonly SecretArgument[] {
  if (TALKS.test(program)) return [];
  const found = new Map<number, SecretArgument>();
  const add = (index: number, pattern: RegExp): boolean => {
    const word = args[index];
    const secret = word === undefined ? undefined : pattern.exec(word)?.[1];
    if (word === undefined || secret === undefined) return false;
    if (!found.has(index)) found.set(index, { index, start: word.length - secret.length, end: word.length });
    return true;
  };
  const known = options.filter(({ programs }) => programs.test(program));
  const isNode = /^(?:npm|pnpm|yarn)$/.test(program);
  args.forEach((word, index) => {
    for (const { verb, option, value } of word.startsWith('-') ? known : []) {
      if (!option.test(word)) continue;
      if (verb !== undefined && !args.slice(0, index).some((one) => verb.test(one))) continue;
      if (value === undefined ? add(index, option) : add(index + 1, value)) break;
    }
    if (isNode) add(index, NPM_ASSIGNMENT);
  });
  const named = operands.filter(({ programs }) => programs.test(program));
  if (named.length === 0) return [...found.values()];
  const plain = args.flatMap((word, index) => (word.startsWith('-') ? [] : [index]));
  for (const { words } of named) {
    // Values of options may stand in front, so the words are looked for everywhere.
    const from = plain.findIndex((_, start) =>
      words.every(
        (one, at) => plain[start + at] !== undefined && one.test(args[plain[start + at] ?? 0] ?? ''),
      ),
    );
    const index = from < 0 ? undefined : plain[from + words.length];
    if (index !== undefined) add(index, WHOLE);
  }
  return [...found.values()];
}
