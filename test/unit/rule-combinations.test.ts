/** Settings that are worse together: the message names what comes together, and the severity follows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found as foundIn } from '../support/findings.js';

function found(rule: string, keys: string): readonly string[] {
  return foundIn(rule, `image: ghcr.io/example/app:2.1\n${keys}`);
}

interface Case {
  readonly rule: string;
  readonly together: string;
  readonly says: RegExp;
  /** One part alone. */
  readonly alone: string;
  readonly saysAlone: RegExp;
}

const CASES: Readonly<Record<string, Case>> = {
  'privileged and the network of the host': {
    rule: 'privileged-container',
    together: 'privileged: true\nnetwork_mode: host',
    says: /^error .*runs privileged on the host's network: /,
    alone: 'privileged: true',
    saysAlone: /^error .*runs privileged: /,
  },
  'privileged and the processes of the host': {
    rule: 'privileged-container',
    together: 'privileged: true\npid: host',
    says: /^error .*runs privileged with the host's processes/,
    alone: 'privileged: true\npid: service:other',
    saysAlone: /^error .*runs privileged: /,
  },
  'privileged and a published port': {
    rule: 'privileged-container',
    together: 'privileged: true\nports: ["8443:8443"]',
    says: /^error .*runs privileged and publishes port 8443/,
    alone: 'privileged: true\nports: ["127.0.0.1:8443:8443"]',
    saysAlone: /^error .*runs privileged: /,
  },
  'the Docker socket and a published port': {
    rule: 'docker-socket-mounted',
    together: 'volumes: [/var/run/docker.sock:/var/run/docker.sock:ro]\nports: ["8080:80"]',
    says: /^error .*holds the Docker socket and publishes port 8080/,
    alone: 'volumes: [/var/run/docker.sock:/var/run/docker.sock:ro]\nports: ["127.0.0.1:8080:80"]',
    saysAlone: /^error .*holds the Docker socket: /,
  },
  'root and a writable system path': {
    rule: 'host-system-path-writable',
    together: 'user: root\nvolumes: [/etc:/host]',
    says: /^error .*runs as root and can become root on the host by what it writes to `\/etc`/,
    alone: 'user: "1000"\nvolumes: [/etc:/host]',
    saysAlone: /^warning .*`app` can become root on the host by what it writes to `\/etc`/,
  },
  'NET_ADMIN and the network of the host': {
    rule: 'cap-add-host-reach',
    together: 'cap_add: [NET_ADMIN]\nnetwork_mode: host',
    says: /^warning .*changes routes and firewall of the host$/,
    alone: 'cap_add: [NET_ADMIN]',
    saysAlone: /^warning .*changes routes and firewall rules$/,
  },
  'SYS_PTRACE and the processes of the host': {
    rule: 'cap-add-bounded',
    together: 'cap_add: [SYS_PTRACE]\npid: host',
    says: /^error .*changes memory of all processes of the host$/,
    alone: 'cap_add: [SYS_PTRACE]',
    saysAlone: /^info /,
  },
  'the group docker and the socket': {
    rule: 'group-docker',
    together: 'group_add: [docker]\nvolumes: [/var/run/docker.sock:/var/run/docker.sock]',
    says: /^error .*with the socket that it holds/,
    alone: 'group_add: [docker]',
    saysAlone: /^warning /,
  },
  'root through a hook that is privileged': {
    rule: 'privileged-container',
    together: 'post_start: [{command: /setup.sh, privileged: true}]',
    says: /^error .*`post_start` runs privileged in `app`/,
    alone: 'pre_start: [{command: /setup.sh, privileged: true}]',
    saysAlone: /^error .*`pre_start` of `app` runs privileged: /,
  },
  'a device by number, with and without the right to make it': {
    rule: 'host-device',
    together: 'device_cgroup_rules: ["b 8:* rmw"]',
    says: /^error .*may read and write disks of the host by number: /,
    alone: 'device_cgroup_rules: ["b 8:* rmw"]\ncap_drop: [ALL]',
    saysAlone: /^warning /,
  },
};

for (const [name, { rule, together, says, alone, saysAlone }] of Object.entries(CASES)) {
  test(name, () => {
    assert.match(found(rule, together).join('\n'), says);
    assert.match(found(rule, alone).join('\n'), saysAlone);
  });
}
