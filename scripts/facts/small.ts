// Cuts the small tables: capabilities, ports, setuid programs, secrets, registries, Compose keys.
import { head, fail, flag, fields, list, oneOf, shape, text, unique, whole } from './read.js';
import { capabilityClasses, capabilityWords, portClasses, portWords } from './classes.js';
import { type Table, table } from './write.js';

const riskNames = ['critical', 'high', 'medium', 'low'] as const;

export function capabilities(raw: unknown): Table {
  const file = shape(raw, 'capabilities', [
    'source',
    'retrieved',
    'licence',
    'schema',
    'notes',
    'dockerDefaultSet',
    'capabilities',
  ]);
  const defaults = list(file.dockerDefaultSet, 'capabilities.dockerDefaultSet', text);
  const records = list(file.capabilities, 'capabilities', (item, where) => {
    const one = shape(
      item,
      where,
      ['name', 'number', 'dockerDefault', 'risk', 'attacker'],
      ['seccompUnlocks'],
    );
    const name = text(one.name, where);
    const isDefault = flag(one.dockerDefault, where);
    if (isDefault !== defaults.includes(name)) fail(where, `${name} disagrees with dockerDefaultSet`);
    const cls = capabilityClasses.get(name) ?? fail(where, `no class for ${name}: add it to classes.ts`);
    if ((cls === 'default') !== isDefault) fail(where, `the class of ${name} disagrees with dockerDefault`);
    return {
      name,
      number: whole(one.number, where),
      class: cls,
      risk: oneOf(one.risk, where, riskNames),
      gain: text(one.attacker, where),
      ...(capabilityWords.has(name) && { short: capabilityWords.get(name) }),
    };
  });
  unique(
    records.map((record) => record.name),
    'capabilities',
  );
  for (const name of [...capabilityClasses.keys(), ...capabilityWords.keys()])
    if (!records.some((record) => record.name === name)) fail('classes.ts', `${name} is no capability`);
  return table('capabilities.json', head(file, 'capabilities'), { records });
}

export function ports(raw: unknown): Table {
  const file = shape(raw, 'ports', ['source', 'retrieved', 'licence', 'schema', 'rules', 'ports']);
  const given = list(file.ports, 'ports', (item, where) => {
    const one = shape(item, where, ['port', 'service', 'reason']);
    const port = whole(one.port, where);
    if (port < 1 || port > 65535) fail(where, `${port} is no port`);
    const cls = portClasses.get(port) ?? fail(where, `no class for port ${port}: add it to classes.ts`);
    const words = portWords.get(port) ?? {
      service: text(one.service, where),
      reason: text(one.reason, where),
    };
    return { port, class: cls, ...words };
  });
  unique(
    given.map((record) => String(record.port)),
    'ports',
  );
  const own = [...portWords]
    .filter(([port]) => !given.some((record) => record.port === port))
    .map(([port, words]) => ({
      port,
      class: portClasses.get(port) ?? fail('classes.ts', `no class for port ${port}`),
      ...words,
    }));
  const records = [...given, ...own];
  for (const port of portClasses.keys())
    if (!records.some((record) => record.port === port))
      fail('classes.ts', `port ${port} is not in the table`);
  return table('ports.json', head(file, 'ports'), { records: [...records].sort((a, b) => a.port - b.port) });
}

export function setuid(raw: unknown): Table {
  const file = shape(raw, 'setuid', [
    'source',
    'retrieved',
    'licence',
    'schema',
    'binaries',
    'makers',
    'safeHelpers',
    'removal',
  ]);
  const confidences = ['derived', 'common knowledge, not verified here'] as const;
  const records = list(file.binaries, 'setuid.binaries', (item, where) => {
    const one = shape(item, where, ['binary', 'package', 'mode', 'why', 'confidence'], ['source']);
    const mode = text(one.mode, where);
    if (!/^set[ug]id/.test(mode)) fail(where, `unknown mode "${mode}"`);
    return {
      program: text(one.binary, where),
      packages: text(one.package, where)
        .split(' / ')
        .map((name) => name.replace(/ \(.*\)$| \d+$/, '')),
      mode,
      why: text(one.why, where),
      confidence: oneOf(one.confidence, where, confidences) === 'derived' ? 'derived' : 'reported',
    };
  });
  unique(
    records.map((record) => record.program),
    'setuid.binaries',
  );
  // The table names the system it was read from in words of its author.
  const source = head(file, 'setuid').source.replace(' (this machine)', ' file system');
  return table('setuid.json', { ...head(file, 'setuid'), source }, { records });
}

export function registries(raw: unknown): Table {
  const file = shape(raw, 'official-images', [
    'source',
    'retrieved',
    'licence',
    'schema',
    'officialImages',
    'removedOfficialImages',
    'registries',
    'publisherNamespaces',
  ]);
  const classes = [
    'official',
    'hardened',
    'vendor',
    'community',
    'mixed',
    'mirror',
    'alias',
    'frozen',
  ] as const;
  const images = list(file.officialImages, 'officialImages', (item, where) => {
    const one = shape(item, where, ['name', 'repository', 'lastChange'], ['deprecated', 'stale', 'note']);
    return text(one.name, where);
  });
  const removed = list(file.removedOfficialImages, 'removedOfficialImages', text);
  unique([...images, ...removed], 'officialImages');
  const records = list(file.registries, 'registries', (item, where) => {
    const one = shape(item, where, ['registry', 'class', 'reason'], ['note']);
    return {
      registry: text(one.registry, where),
      class: oneOf(one.class, where, classes),
      reason: text(one.reason, where),
    };
  });
  unique(
    records.map((record) => record.registry),
    'registries',
  );
  return table('registries.json', head(file, 'official-images'), {
    registries: [...records].sort((a, b) => (a.registry < b.registry ? -1 : 1)),
    // Long plain lists are kept as one string: they are only asked "is it in there".
    official: [images.join(' ')],
    removed: [removed.join(' ')],
    publishers: [list(file.publisherNamespaces, 'publisherNamespaces', text).join(' ')],
  });
}

export function composeKeys(raw: unknown): Table {
  const file = shape(raw, 'compose-spec', [
    'source',
    'retrieved',
    'licence',
    'fields',
    'topLevel',
    'newServiceKeys',
    'serviceKeys',
    'buildKeys',
    'deployKeys',
    'volumeTypes',
    'schema',
  ]);
  const service = list(file.serviceKeys, 'serviceKeys', (item, where) => {
    const one = shape(item, where, ['key', 'type', 'securityRelevant'], ['deprecated', 'since', 'note']);
    return text(one.key, where);
  });
  unique(service, 'serviceKeys');
  fields(file.newServiceKeys, 'newServiceKeys');
  const { source, retrieved } = head(file, 'compose-spec');
  return table(
    'compose-keys.json',
    { source, retrieved, licence: 'Apache-2.0; only names of keys are carried' },
    {
      topLevel: [
        list(file.topLevel, 'topLevel', text)
          .filter((key) => key !== 'x-*')
          .join(' '),
      ],
      service: [service.join(' ')],
      build: [list(file.buildKeys, 'buildKeys', text).join(' ')],
      deploy: [list(file.deployKeys, 'deployKeys', text).join(' ')],
    },
  );
}
