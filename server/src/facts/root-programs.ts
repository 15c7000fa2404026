// Programs whose first process opens files, ports or other users' sessions as root and hands the work on. Under another
// user they stop at once unless their configuration was made for it. Written from their manuals and kept by hand.

export const rootProgramSource = { source: 'manual pages of the programs', date: '2026-11-28' } as const;

const NAMES = new Set(
  (
    'nginx openresty tengine apache2 apache2ctl apachectl apache2-foreground httpd httpd-foreground lighttpd ' +
    'supervisord sshd dropbear cron crond anacron init systemd s6-svscan runsvdir runsvinit dockerd containerd ' +
    'dovecot postfix master exim exim4 named dnsmasq unbound smbd nmbd vsftpd proftpd pure-ftpd slapd openvpn ' +
    'wg-quick keepalived salt-master salt-minion puppet chef-client rsyslogd ntpd chronyd rpcbind nfsd xinetd'
  ).split(' '),
);

/** `nginx`, `/usr/sbin/sshd`: by the last part of a path. */
export function startsOnlyAsRoot(program: string): boolean {
  return NAMES.has(program.slice(program.lastIndexOf('/') + 1));
}

const ALWAYS_ROOT = new Set(['init', 'systemd', 'dockerd', 'containerd', 'kubelet']);

/** Programs that manage a whole system: no configuration lets them do their work as somebody else. */
export function isAlwaysRoot(program: string): boolean {
  return ALWAYS_ROOT.has(program.slice(program.lastIndexOf('/') + 1));
}
