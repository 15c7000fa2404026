import { say } from '../../l10n/message.js';
import { hasUnknown, known } from '../../model/setting.js';
import { cis, defineRule, dockerDocs } from '../rule.js';
import { portName } from '../shared/ports.js';

export default defineRule({
  meta: {
    id: 'privileged-port',
    practice: 'network',
    severity: 'info',
    title: 'Port below 1024 is used',
    why: 'Well-known ports are where everybody looks first, and inside the container they can tie the service to root or to NET_BIND_SERVICE.',
    advice: 'Let the service listen above 1024, and publish a well-known port only on the reverse proxy.',
    presence: 'presence',
    profile: 'strict',
    fixes: [],
    references: [cis('5.8'), dockerDocs('publishing ports', '/engine/network/port-publishing/')],
    equivalents: ['kics:privileged_ports_mapped_in_container'],
    since: '0.1.0',
  },
  check: {
    *container(container) {
      const user = container.user.state === 'set' ? container.user.value : undefined;
      const dropsAll = known(container.capDrop).some(({ value }) => value.toUpperCase() === 'ALL');
      const keepsBind =
        hasUnknown(container.capAdd) ||
        known(container.capAdd).some(({ value }) => /^(CAP_)?(NET_BIND_SERVICE|ALL)$/i.test(value));
      const cannotBind = dropsAll && !keepsBind && user !== undefined && !/^(root|0)(:|$)/.test(user);
      for (const port of container.ports) {
        const { published, target } = port;
        const inside = target.state === 'set' && target.value.from > 0 && target.value.from < 1024;
        const outside = published.state === 'set' && published.value.from > 0 && published.value.from < 1024;
        if (!inside && !outside) continue;
        const name = target.state === 'set' ? String(target.value.from) : portName(port);
        yield {
          at: inside && target.state === 'set' ? target.span : port.place,
          message:
            inside && cannotBind
              ? say`\`${container.name}\` listens on ${name} without root and \`NET_BIND_SERVICE\`: some hosts refuse that`
              : say`Port ${outside ? portName(port) : name} of \`${container.name}\` is a well-known one below 1024`,
        };
      }
    },
  },
});
