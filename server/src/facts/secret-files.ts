// Secrets in files: images that read a secret from a file instead of a variable, and files that are secrets themselves.
import { factKey, type ImageReference } from './image-reference.js';

export const secretFileSource = {
  source: 'documentation and entrypoints of the named images; manuals of the tools that write the files',
  date: '2026-11-24',
} as const;

interface FileVariables {
  /** Matches {@link factKey} as a whole. */
  readonly images: RegExp;
  readonly names: RegExp;
  /** `$&` is the name. */
  readonly variant: string;
}

const fileVariables: readonly FileVariables[] = [
  {
    images: /^(?:library\/postgres|postgis\/postgis|pgvector\/pgvector|timescale\/timescaledb)$/,
    names: /^POSTGRES_PASSWORD$/,
    variant: '$&_FILE',
  },
  { images: /^library\/mysql$/, names: /^MYSQL_(?:ROOT_)?PASSWORD$/, variant: '$&_FILE' },
  { images: /^library\/mariadb$/, names: /^(?:MARIADB|MYSQL)_(?:ROOT_)?PASSWORD$/, variant: '$&_FILE' },
  { images: /^library\/mongo$/, names: /^MONGO_INITDB_ROOT_PASSWORD$/, variant: '$&_FILE' },
  {
    images: /^library\/wordpress$/,
    names: /^WORDPRESS_(?:DB_PASSWORD|\w+_(?:KEY|SALT))$/,
    variant: '$&_FILE',
  },
  {
    images: /^library\/nextcloud$/,
    names: /^(?:NEXTCLOUD_ADMIN|MYSQL|POSTGRES|REDIS_HOST|SMTP)_PASSWORD$/,
    variant: '$&_FILE',
  },
  {
    images:
      /^(?:library\/elasticsearch|elasticsearch\/elasticsearch|docker\.elastic\.co\/elasticsearch\/elasticsearch)$/,
    names: /^ELASTIC_PASSWORD$/,
    variant: '$&_FILE',
  },
  { images: /^(?:quay\.io\/)?minio\/minio$/, names: /^MINIO_ROOT_PASSWORD$/, variant: '$&_FILE' },
  {
    images: /^grafana\/grafana(?:-oss|-enterprise)?$/,
    names: /^GF_\w*(?:PASSWORD|SECRET|TOKEN|KEY)$/,
    variant: '$&__FILE',
  },
  { images: /^dpage\/pgadmin4$/, names: /^PGADMIN_DEFAULT_PASSWORD$/, variant: '$&_FILE' },
  {
    images: /^library\/influxdb$/,
    names: /^DOCKER_INFLUXDB_INIT_(?:PASSWORD|ADMIN_TOKEN)$/,
    variant: '$&_FILE',
  },
  {
    images: /^(?:docker\.n8n\.io\/)?n8nio\/n8n$/,
    names: /^(?:N8N_ENCRYPTION_KEY|DB_POSTGRESDB_PASSWORD|N8N_SMTP_PASS)$/,
    variant: '$&_FILE',
  },
  { images: /^library\/redmine$/, names: /^REDMINE_(?:DB_PASSWORD|SECRET_KEY_BASE)$/, variant: '$&_FILE' },
  {
    images: /^(?:library\/phpmyadmin|phpmyadmin\/phpmyadmin)$/,
    names: /^(?:PMA_PASSWORD|MYSQL_(?:ROOT_)?PASSWORD)$/,
    variant: '$&_FILE',
  },
  {
    images: /^(?:ghcr\.io\/dani-garcia\/vaultwarden|vaultwarden\/server)$/,
    names: /^(?:ADMIN_TOKEN|SMTP_PASSWORD)$/,
    variant: '$&_FILE',
  },
  { images: /^(?:ghcr\.io\/)?authelia\/authelia$/, names: /^AUTHELIA_\w+$/, variant: '$&_FILE' },
  { images: /^bitnami(?:legacy|secure)?\/\w+$/, names: /PASSWORD$/, variant: '$&_FILE' },
  { images: /^(?:(?:lscr|ghcr)\.io\/)?linuxserver\/[\w-]+$/, names: /^\w+$/, variant: 'FILE__$&' },
];

/** The variable that takes the path of a file instead of the secret; undefined where the image is not known to have one. */
export function fileVariable(image: ImageReference, name: string): string | undefined {
  const key = factKey(image);
  const known = fileVariables.find(({ images, names }) => images.test(key) && names.test(name));
  return known === undefined ? undefined : known.variant.replace('$&', () => name);
}

/** Everything that `what` can be. */
export const secretFileKinds = (): readonly string[] => [...new Set(secretFiles.map(([, , what]) => what))];

/** `surely`: nothing else stands in it. `usually`: it can do without a secret. */
export type FileRisk = 'surely' | 'usually';

export interface SecretFile {
  readonly risk: FileRisk;
  /** What it opens, for messages: "a private key". */
  readonly what: string;
}

const secretFiles: readonly (readonly [path: RegExp, risk: FileRisk, what: string])[] = [
  [/(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/, 'surely', 'a private SSH key'],
  [/(?:^|\/)\.ssh(?:\/\*?)?$/, 'surely', 'SSH keys'],
  [
    /(?:^|\/)(?:[\w.-]*[-_.])?(?:private|priv)[-_.]?key[\w-]*(?:\.(?:pem|key|der|json))?$/i,
    'surely',
    'a private key',
  ],
  [
    /(?:^|\/)(?:server|tls|ssl|client|ca|privkey|key|domain|localhost)(?:[-_.]key)?\.key$/i,
    'surely',
    'a private key',
  ],
  [/(?:^|\/)(?:privkey|[\w.-]*[-_.]key|key)\.pem$/i, 'surely', 'a private key'],
  [/\.(?:p12|pfx|ppk)$/i, 'surely', 'private keys'],
  [/\.kdbx$/i, 'surely', 'the passwords of a vault'],
  [/\.(?:jks|keystore)$/i, 'usually', 'private keys'],
  [/(?:^|\/)\.gnupg(?:\/.*)?$/, 'surely', 'GPG keys'],
  [/(?:^|\/)\.aws(?:\/(?:credentials|\*))?\/?$/, 'surely', 'AWS keys'],
  [/(?:^|\/)\.azure\/?$/, 'surely', 'Azure logins'],
  [/(?:^|\/)\.config\/gcloud(?:\/.*)?$/, 'surely', 'Google Cloud logins'],
  [
    /(?:^|\/)(?:[\w.-]*[-_.])?(?:service[-_.]?account|client_secret|gcp[-_]?key|gcloud[-_]?key|firebase[-_]?adminsdk)[\w.-]*\.json$/i,
    'surely',
    'a service account',
  ],
  [/(?:^|\/)(?:application_default_)?credentials\.(?:json|ya?ml|csv|ini)$/i, 'surely', 'credentials'],
  [/(?:^|\/)(?:\.kube(?:\/config)?|kubeconfig(?:\.ya?ml)?)\/?$/, 'surely', 'the login of a cluster'],
  [
    /(?:^|\/)(?:\.docker(?:\/config\.json)?|\.dockercfg|\.dockerconfigjson)\/?$/,
    'surely',
    'logins of registries',
  ],
  [
    /(?:^|\/)(?:\.netrc|_netrc|\.git-credentials|\.pgpass|\.my\.cnf|\.vault-token|\.htpasswd|\.s3cfg|\.boto)$/,
    'surely',
    'passwords',
  ],
  [/(?:^|\/)\.pypirc$/, 'surely', 'the login of a package index'],
  [
    /(?:^|\/)(?:\.npmrc|pip\.conf|\.gem\/credentials|auth\.json|nuget\.config)$/i,
    'usually',
    'the login of a package index',
  ],
  [
    /(?:^|\/)\.env(?:\.(?!example$|sample$|template$|tmpl$|dist$|defaults?$|test$|testing$|ci$)[\w.-]+)?$/,
    'usually',
    'the passwords of an environment',
  ],
  [/(?:^|\/)(?:secrets?)\.(?:ya?ml|json|env|toml|ini|properties|txt)$/i, 'surely', 'secrets'],
  [
    /(?:^|\/)config\/(?:master\.key|credentials\/\w+\.key)$|(?:^|\/)master\.key$/,
    'surely',
    'the master key of Rails',
  ],
  [/\.tfstate(?:\.backup)?$/, 'surely', 'the secrets of a Terraform state'],
  [/\.tfvars(?:\.json)?$/, 'usually', 'the variables of Terraform'],
];

/** What a file of this path usually holds; undefined for ordinary files. */
export function secretFile(path: string): SecretFile | undefined {
  const found = path.length > 1000 ? undefined : secretFiles.find(([pattern]) => pattern.test(path));
  return found && { risk: found[1], what: found[2] };
}
