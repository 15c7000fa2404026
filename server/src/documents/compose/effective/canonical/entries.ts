/** The long forms of ports, mounts, devices, secrets and the like. */
import { say } from '../../../../l10n/message.js';
import { child, type ConfigNode, type ConfigScalar, entriesOf, isNull } from '../../config-node.js';
import { splitShortForm } from '../../mounts.js';
import { formatRange, parseShortForm } from '../../ports.js';
import { cleanPath, singlePorts, textOf, withoutRepeats } from '../identity.js';
import { entryOf, listOf, mapOf, scalarOf } from '../nodes.js';
import { isRemote } from '../uri.js';
import {
  absolutePath,
  boolean,
  bytes,
  type Canon,
  type Form,
  goText,
  integer,
  list,
  object,
  plain,
  text,
  typed,
  wrong,
} from './forms.js';

type Fields = Readonly<Record<string, string | number | boolean | ConfigNode | undefined>>;

/** A mapping that nobody wrote, at the place of the short form. */
export function made(node: ConfigNode, fields: Fields): ConfigNode {
  return mapOf(
    node.place,
    Object.entries(fields).flatMap(([key, value]) =>
      value === undefined
        ? []
        : [entryOf(key, node.place, typeof value === 'object' ? value : typed(node, value))],
    ),
  );
}

export const ports: Form = (canon, node) => {
  if (isNull(node)) return undefined;
  if (node.kind !== 'list') return wrong(canon, node, say`a list is expected here`);
  const items = withoutRepeats(node.items, ['services', '', 'ports']);
  return list(port)(canon, listOf(node, items.flatMap(singlePorts)));
};

const longPort = object({ target: integer, published: text, host_ip: text, protocol: text, mode: text });

const port: Form = (canon, node) => {
  if (node.kind === 'map') {
    const long = longPort(canon, node);
    const default_ = (key: string, value: string) =>
      child(long, key) === undefined ? [entryOf(key, node.place, scalarOf(node, value))] : [];
    return (
      long &&
      mapOf(long.place, [...entriesOf(long), ...default_('protocol', 'tcp'), ...default_('mode', 'ingress')])
    );
  }
  const { address, published, target, protocol, error } = parseShortForm(goText(node) ?? '');
  if (error !== undefined || target === undefined) {
    const doubtful = node.kind === 'scalar' && node.unknown !== undefined;
    return doubtful ? node : wrong(canon, node, error ?? say`this is not a port`);
  }
  return made(node, {
    mode: 'ingress',
    host_ip: address === '' ? undefined : address,
    target: target.from,
    published: published && formatRange(published),
    protocol: protocol ?? 'tcp',
  });
};

export const mounts: Form = (canon, node) => {
  if (isNull(node)) return undefined;
  if (node.kind !== 'list') return wrong(canon, node, say`a list is expected here`);
  return list(mount)(canon, listOf(node, withoutRepeats(node.items, ['services', '', 'volumes'])));
};

const longMount = object({
  type: text,
  source: text,
  target: text,
  read_only: boolean,
  consistency: text,
  bind: object({ propagation: text, create_host_path: boolean, selinux: text, recursive: text }, true),
  volume: object({ nocopy: boolean, subpath: text, labels: plain }, true),
  tmpfs: object({ size: bytes, mode: integer }, true),
});

const mount: Form = (canon, node) => {
  if (node.kind === 'map') return mountPaths(canon, node, longMount(canon, node));
  if (node.kind !== 'scalar') return wrong(canon, node, say`a mount is expected here`);
  return shortMount(canon, node);
};

function mountPaths(canon: Canon, node: ConfigNode, long: ConfigNode | undefined): ConfigNode | undefined {
  if (long?.kind !== 'map') return long;
  const source = long.entries.get('source');
  if (textOf(child(long, 'type')) !== 'bind' || source === undefined) return long;
  const value = typed(
    source.value,
    absolutePath(canon, child(node, 'source') ?? node, textOf(source.value) ?? ''),
  );
  return mapOf(long.place, [...long.entries.values(), { ...source, value }]);
}

function shortMount(canon: Canon, node: ConfigScalar): ConfigNode | undefined {
  const parts = splitShortForm(node.text);
  const [source, target, optionText = ''] = parts.length === 1 ? [undefined, parts[0], ''] : parts;
  if (parts.length > 3 || target === undefined || target === '' || source === '') {
    if (node.unknown !== undefined) return node;
    return wrong(canon, node, say`\`${node.text}\` is not a mount`);
  }
  const options = optionText.split(',');
  const isBind = source !== undefined && (/^[./~\\]/.test(source) || /^[A-Za-z]:/.test(source));
  const selinux = options.findLast((option) => option === 'z' || option === 'Z');
  const propagation = options.findLast((option) => /^r?(?:shared|private|slave)$/.test(option));
  const bind = { selinux, propagation };
  return made(node, {
    type: isBind ? 'bind' : 'volume',
    source: source !== undefined && isBind ? absolutePath(canon, node, source) : source,
    target: cleanPath(target),
    read_only: options.lastIndexOf('ro') > options.lastIndexOf('rw') ? true : undefined,
    bind: isBind || selinux !== undefined || propagation !== undefined ? made(node, bind) : undefined,
    volume: isBind ? undefined : made(node, { nocopy: options.includes('nocopy') ? true : undefined }),
  });
}

export const devices: Form = (canon, node) => {
  if (isNull(node)) return undefined;
  if (node.kind !== 'list') return wrong(canon, node, say`a list is expected here`);
  return list(device)(canon, listOf(node, withoutRepeats(node.items, ['services', '', 'devices'])));
};

const device: Form = (canon, node) => {
  if (node.kind === 'map') return object({})(canon, node);
  const [source = '', target = source, permissions = 'rwm'] = (goText(node) ?? '').split(':');
  return made(node, { source, target, permissions });
};

export function grants(key: 'secrets' | 'configs'): Form {
  return (canon, node) => {
    if (isNull(node)) return undefined;
    if (node.kind !== 'list') return wrong(canon, node, say`a list is expected here`);
    return list(grant)(canon, listOf(node, withoutRepeats(node.items, ['services', '', key])));
  };
}

const grant: Form = (canon, node) => {
  if (node.kind === 'map')
    return object({ source: text, target: text, uid: text, gid: text, mode: mode })(canon, node);
  return made(node, { source: goText(node) ?? '' });
};

/** Written as octal text, whatever YAML made of it. */
const mode: Form = (_canon, node) => {
  if (node.kind !== 'scalar' || isNull(node)) return undefined;
  const value = typeof node.value === 'number' ? node.value : Number.parseInt(node.text, 8);
  return typed(node, `0${value.toString(8)}`);
};

export const hosts: Form = (_canon, node) => {
  if (isNull(node)) return undefined;
  const items =
    node.kind === 'map'
      ? entriesOf(node).flatMap((entry) => hostItems(entry.key, entry.value))
      : node.kind === 'list'
        ? withoutRepeats(node.items, ['services', '', 'extra_hosts']).map((item) => {
            const [, name = '', address = ''] = /^([^=:]*)[=:](.*)$/s.exec(goText(item) ?? '') ?? [];
            return typed(item, `${name}=${address.replace(/^\[(.*)\]$/, '$1')}`);
          })
        : [];
  return items.length === 0 ? undefined : listOf(node, items);
};

function hostItems(name: string, node: ConfigNode): readonly ConfigNode[] {
  const addresses = node.kind === 'list' ? node.items : [node];
  return addresses.map((one) => typed(one, `${name}=${goText(one) ?? ''}`));
}

/** A context of a build: a folder, or something that is fetched. */
export const context: Form = (canon, node) => {
  const value = goText(node);
  if (value === undefined) return text(canon, node);
  const isPath = !isRemote(value) && !/^[a-z-]+:/i.test(value);
  return typed(node, isPath ? absolutePath(canon, node, value) : value);
};
