// What the value of a variable is worth: a credential, one that everybody knows, or nothing of the kind. Names and shapes
// are in secrets.ts; here is what people write in their place.
import { isPlaceholder, isWeakValue, secretName, tokenIn } from './secrets.js';

/**
 * - `token`: has the shape of a credential of a known service, whatever its name is.
 * - `plain`: a value of a variable that is named like a secret.
 * - `weak`: the same, but a default, a dummy or so short that it is guessed.
 * - `template`: stands where somebody has to write the secret.
 */
export type SecretKind = 'token' | 'plain' | 'weak' | 'template';

export interface SecretValue {
  readonly kind: SecretKind;
  /** Of a token: `github-token`. */
  readonly token?: string;
}

/** What a value that stands in a file is; undefined when it is no secret. */
export function secretValue(name: string, value: string): SecretValue | undefined {
  const token = tokenIn(value);
  if (token !== undefined && token.confidence !== 'low') return { kind: 'token', token: token.id };
  const text = value.trim();
  if (!namedSecret(name, text) || isHarmless(name, text)) return undefined;
  if (isTemplate(text)) return { kind: 'template' };
  return { kind: isGuessed(name, text) ? 'weak' : 'plain' };
}

/** `user/password` in one variable. */
function namedSecret(name: string, text: string): boolean {
  return secretName(name) || (name === 'NEO4J_AUTH' && text.includes('/'));
}

const SWITCH =
  /^(?:true|false|yes|no|on|off|0|1|none|null|nil|undefined|invalid|unset|empty|enabled?|disabled?|required|optional|auto)?$/i;
/** Names a place where the secret is: in another system, in a file, in what a deployment fills in. */
const REFERENCE =
  /^(?:[a-z][a-z0-9+.-]*:\/\/|(?:vault|ssm|arn|sops|env|file|kv|ref|secretsmanager):|ENC[[(]|@\w+@$|__\w+__$|%%?\w+%%?$|#\{)|\{\{|<%|\$\(/;
/** Only who knows the password can use its hash. */
const HASH = /^\$(?:2[abxy]?|argon2\w*|apr1|[156y]|pbkdf2[\w-]*|scrypt)\$|^\{(?:SSHA|SHA|BCRYPT|CRYPT)\}/i;
const PUBLIC = /^(?:ssh-\w+ |-----BEGIN (?:PUBLIC KEY|CERTIFICATE))/;
const QUANTITY = /^\d+(?:\.\d+)*\s?(?:[a-z]{0,7})$/i;

function isHarmless(name: string, text: string): boolean {
  if (SWITCH.test(text) || REFERENCE.test(text) || HASH.test(text) || PUBLIC.test(text)) return true;
  // Of tokens people count the number and the life time, of passwords nobody does.
  const counts = /(?:TOKENS?|KEYS|SECRETS|PASSWORDS)$/i.test(name);
  if (counts && QUANTITY.test(text)) return true;
  return !isTemplate(text) && isPlaceholder(text);
}

const TEMPLATE =
  /^<[^>]{1,80}>$|^\[[^\]]{1,80}\]$|^(?:x{3,}|\*{3,}|\.{3})$|^(?:your|insert|replace|todo|enter|put|add|fill|set)[-_ ]|[-_ ](?:here|goes)$/i;

function isTemplate(text: string): boolean {
  return TEMPLATE.test(text);
}

const DUMMY =
  /^\W*(?:dummy|fake|placeholder|not[-_ ]?(?:needed|used|a[-_ ]?secret|secure|secret|real)|change[-_ ]?(?:this|it|me)|insecure|unused|ignored|precompile)/i;
const USUAL =
  /^\W*(?:foo|bar|baz|temp|temporary|none?such|dev|devel|development|local|build|test(?:ing)?|admin|super[-_ ]?secret|top[-_ ]?secret|client[-_ ]?secret|my[-_ ]?(?:secret|password|pass|token|key)|passw[0o]rd|pass|secret[-_ ]?(?:key|token|password)?)(?:$|[-_ !\d]+(?:$|(?:secret|password|pass|key|token)\W*$))/i;

/** Written only so that something stands there: `dummy`, `not-a-secret`, `!ChangeMe!`. */
export function isDummy(text: string): boolean {
  return DUMMY.test(text);
}

/** A value that is no secret to anybody: default, dummy, part of its own name, or found in a moment. */
export function isGuessed(name: string, text: string): boolean {
  const lower = text.toLowerCase();
  return (
    isWeakValue(text) ||
    DUMMY.test(text) ||
    USUAL.test(text) ||
    text.length <= 4 ||
    /^\d{1,6}$/.test(text) ||
    /^(.)\1*$/.test(text) ||
    (lower.length > 2 && name.toLowerCase().includes(lower))
  );
}
