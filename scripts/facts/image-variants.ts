// What the notes of the image profiles say in words about single tags, in a form that can be looked up.
//
// A condition holds when all of its parts hold for the tag: `alpine` is a part of the tag between dashes (with or without
// a version behind it), `!fpm` is not, `<8` and `>=2` compare the version the tag starts with, `self` means that the
// image was asked for by its own name and not as the origin of another. A value null takes a fact away.

export interface ImageVariant {
  readonly when: string;
  readonly set: Readonly<Record<string, unknown>>;
}

const noUser = { nonRootUser: null, noNonRootUser: true } as const;
const debugShell: ImageVariant = {
  when: 'debug',
  set: { shell: true, tools: { curl: false, wget: 'busybox' } },
};

export const imageVariants: ReadonlyMap<string, readonly ImageVariant[]> = new Map<
  string,
  readonly ImageVariant[]
>([
  ['gcr.io/distroless/*', [{ when: 'nonroot', set: { defaultUser: 'nonroot' } }, debugShell]],
  ['cgr.dev/chainguard/*', [{ when: 'dev', set: { shell: true } }]],
  [
    'dhi.io/*',
    [
      { when: 'dev', set: { defaultUser: 'root', shell: true } },
      { when: 'sdk', set: { defaultUser: 'root', shell: true } },
    ],
  ],
  // The paths in the table are those of one image of the publisher.
  ['bitnami/*', [{ when: '', set: { readOnly: null } }]],
  ['denoland/deno', [{ when: 'distroless', set: { nonRootUser: null } }]],
  [
    'gitea/gitea',
    [
      {
        when: 'rootless',
        set: { defaultUser: '1000:1000', dropsPrivileges: false, ports: ['2222/tcp', '3000/tcp'] },
      },
    ],
  ],
  [
    'grafana/grafana',
    [
      { when: '<5.1', set: { defaultUser: null, nonRootUser: null, minimalCaps: null } },
      { when: '<11', set: { tools: { wget: 'busybox' } } },
    ],
  ],
  [
    'hashicorp/consul',
    [{ when: 'ubi', set: { defaultUser: '100', dropsPrivileges: null, minimalCaps: null } }],
  ],
  [
    'hashicorp/vault',
    [{ when: '>=2', set: { defaultUser: 'vault', dropsPrivileges: false, minimalCaps: ['IPC_LOCK'] } }],
  ],
  [
    'library/docker',
    [
      { when: '!rootless', set: { nonRootUser: null } },
      { when: 'rootless', set: { defaultUser: 'rootless' } },
      { when: 'cli', set: { requiresPrivileged: null } },
    ],
  ],
  [
    'library/eclipse-temurin',
    ['alpine', 'ubi9', 'ubi10', 'jammy', 'focal', 'centos7'].map((when) => ({ when, set: noUser })),
  ],
  [
    'library/haproxy',
    [
      {
        when: '<2.4',
        set: { defaultUser: 'root', nonRootUser: null, minimalCaps: null, dropsPrivileges: null },
      },
    ],
  ],
  [
    'library/influxdb',
    [
      {
        when: '<2',
        set: {
          defaultUser: 'influxdb',
          dropsPrivileges: false,
          minimalCaps: [],
          healthcheck: null,
          volumes: null,
        },
      },
      {
        when: '>=3',
        set: {
          defaultUser: 'influxdb3',
          dropsPrivileges: false,
          minimalCaps: [],
          healthcheck: null,
          ports: ['8181/tcp'],
          volumes: null,
        },
      },
    ],
  ],
  [
    'library/mariadb',
    [
      { when: 'ubi', set: { nonRootUser: null } },
      { when: 'ubi9', set: { nonRootUser: null } },
      { when: 'ubi10', set: { nonRootUser: null } },
    ],
  ],
  ['library/mongo', [{ when: '<6', set: { healthcheck: null } }]],
  [
    'library/nginx',
    [
      {
        when: 'alpine slim',
        set: {
          healthcheck: {
            test: ['CMD-SHELL', 'wget -q --spider http://127.0.0.1/ || exit 1'],
            builtin: false,
          },
        },
      },
    ],
  ],
  [
    'library/php',
    [
      { when: 'fpm', set: { minimalCaps: ['SETGID', 'SETUID'], ports: ['9000/tcp'] } },
      { when: 'cli', set: { minimalCaps: [], dropsPrivileges: false, ports: [] } },
      { when: 'self !fpm !apache', set: { minimalCaps: [], dropsPrivileges: false, ports: [] } },
    ],
  ],
  [
    'library/postgres',
    [
      {
        when: '>=18',
        set: {
          volumes: ['/var/lib/postgresql'],
          readOnly: {
            readOnly: true,
            tmpfs: ['/var/run/postgresql', '/tmp'],
            volumes: ['/var/lib/postgresql'],
          },
        },
      },
    ],
  ],
  ['library/redis', [{ when: '<8', set: { dropsPrivileges: { to: 'redis', tool: 'gosu', whole: true } } }]],
  ['library/tomcat', [...['jammy', 'focal', 'corretto', 'alpine'].map((when) => ({ when, set: noUser }))]],
  [
    'library/ubuntu',
    [
      { when: '<23.04', set: noUser },
      ...['jammy', 'focal', 'bionic', 'xenial', 'trusty'].map((when) => ({ when, set: noUser })),
    ],
  ],
  ['library/nextcloud', [{ when: 'fpm', set: { ports: ['9000/tcp'] } }]],
  [
    'library/wordpress',
    [
      {
        when: 'fpm',
        set: { minimalCaps: ['CHOWN', 'DAC_OVERRIDE', 'SETGID', 'SETUID'], ports: ['9000/tcp'] },
      },
      {
        when: 'cli',
        set: { defaultUser: null, minimalCaps: null, dropsPrivileges: null, ports: [], readOnly: null },
      },
    ],
  ],
  ['louislam/uptime-kuma', [{ when: 'rootless', set: { defaultUser: 'node' } }]],
  [
    'mcr.microsoft.com/dotnet/aspnet',
    [
      { when: '<8', set: noUser },
      { when: 'chiseled', set: { defaultUser: 'app' } },
      { when: 'distroless', set: { defaultUser: 'app' } },
    ],
  ],
  ['mcr.microsoft.com/dotnet/sdk', [{ when: '<8', set: noUser }]],
  ['mcr.microsoft.com/mssql/server', [{ when: '<2019', set: { defaultUser: 'root', nonRootUser: null } }]],
  ['qdrant/qdrant', [{ when: 'unprivileged', set: { defaultUser: '1000' } }]],
  ['timescale/timescaledb', [{ when: '', set: { nonRootUser: { name: 'postgres', uid: 70, gid: 70 } } }]],
]);

/** Health checks that work only with a setting, a path or a port that the user must confirm, as their notes say. */
export const adaptedHealthChecks: ReadonlySet<string> = new Set([
  'dpage/pgadmin4',
  'hashicorp/vault',
  'library/cassandra',
  'library/docker',
  'library/node',
  'library/python',
  'library/traefik',
  'quay.io/keycloak/keycloak',
]);

/** Smaller variants that the raw table describes in words. Those after `final:` suit the last stage of a build only. */
export const smallerInWords: ReadonlyMap<string, readonly string[]> = new Map([
  ['nats:<v>-scratch (default)', ['nats:<v>-scratch']],
  [
    'final stage: scratch, gcr.io/distroless/static-debian13:nonroot',
    ['final:scratch', 'final:gcr.io/distroless/static-debian13:nonroot'],
  ],
  [
    'final stage: debian slim, gcr.io/distroless/cc-debian13:nonroot',
    ['final:debian:trixie-slim', 'final:gcr.io/distroless/cc-debian13:nonroot'],
  ],
  ['distroless variant (Dockerfile.distroless, no shell)', []],
]);
