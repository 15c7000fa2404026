import { say } from '../../l10n/message.js';
import { cis, defineRule, owasp } from '../rule.js';
import { bindToLoopback, debugService, openPorts, portName, tcpTarget } from '../shared/ports.js';

export default defineRule({
  meta: {
    id: 'port-debug',
    practice: 'network',
    severity: 'warning',
    title: 'Debugger port is open to the network',
    why: 'A debugger asks for no password and runs whatever it is sent: reaching the port is taking over the program.',
    advice: 'Publish debuggers on `127.0.0.1`, in an override file that only developers use.',
    presence: 'presence',
    profile: 'essential',
    fixes: ['unsafe'],
    references: [cis('5.14'), owasp(5)],
    equivalents: [
      'compose-lint:CL-0005',
      'dclint:no-unbound-port-interfaces',
      'kics:container_traffic_not_bound_to_host_interface',
    ],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      for (const port of openPorts(container)) {
        const range = tcpTarget(port);
        const found = range && debugService(range, container);
        if (range === undefined || found === undefined) continue;
        const isRange = range.from !== range.to;
        yield {
          at: port.place,
          message: isRange
            ? say`Port ${found.port}, of ${found.service} in \`${container.name}\`, is open: whoever reaches it runs code there`
            : say`The port of ${found.service} in \`${container.name}\` is open: whoever reaches it runs code there`,
          fixes: () =>
            bindToLoopback(
              container,
              port,
              isRange
                ? say`Bind ${portName(port)} to 127.0.0.1 (only this machine reaches it then)`
                : say`Bind the debugger to 127.0.0.1 (only this machine reaches it then)`,
            ),
        };
      }
    },
  },
});
