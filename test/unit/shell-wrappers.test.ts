import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outline, script } from '../support/shell.js';

for (const [text, expected] of [
  ['sudo make', '[sudo] make'],
  ['sudo -u x -E make -u y', '[sudo] make -u y'],
  ['sudo -nEu x make', '[sudo] make'],
  ['sudo --user=x --group y -- make', '[sudo] make'],
  ['sudo A=1 make', '[sudo] make'],
  ['sudo -l', 'sudo -l'],
  ['sudo', 'sudo'],
  ['doas -u x make', '[doas] make'],
  ['/usr/bin/env make', '[env] make'],
  ['env -i -u A B=1 C="2 3" make D=4', '[env] make D=4'],
  ['env - make', '[env] make'],
  ['env', 'env'],
  ['env -S "make all"', 'env -S make all'],
  ['exec make', '[exec] make'],
  ['exec -a name make', '[exec] make'],
  ['exec "$@"', '[exec] -'],
  ['command make', '[command] make'],
  ['command -v make', 'command -v make'],
  ['builtin cd x', '[builtin] cd x'],
  ['time -p make', '[time] make'],
  ['/usr/bin/time -o f -v make', '[time] make'],
  ['nice -n 5 make', '[nice] make'],
  ['nice -5 make', '[nice] make'],
  ['nice --adjustment=5 make', '[nice] make'],
  ['ionice -c 3 make', '[ionice] make'],
  ['nohup make &', '[nohup] make'],
  ['timeout 5 make', '[timeout] make'],
  ['timeout -k 5 --signal TERM 5m make -k', '[timeout] make -k'],
  ['xargs -0 -n1 make', '[xargs] make'],
  ['xargs -r -I {} -P 4 make {}', '[xargs] make {}'],
  ['xargs', 'xargs'],
  ['chroot /mnt make', '[chroot] make'],
  ['chroot --userspec=a:b /mnt make', '[chroot] make'],
  ['chroot /mnt', 'chroot /mnt'],
  ['gosu user make', '[gosu] make'],
  ['gosu --version', 'gosu --version'],
  ['su-exec user:group make', '[su-exec] make'],
  ['setpriv --reuid=1 --regid 2 --clear-groups make', '[setpriv] make'],
  ['runuser -u x -- make', '[runuser] make'],
  ['runuser -u x make -c y', '[runuser] make -c y'],
  ['runuser x', 'runuser x'],
  ['busybox wget x', '[busybox] wget x'],
  ['busybox --install -s', 'busybox --install -s'],
  ['stdbuf -oL make', '[stdbuf] make'],
  ['stdbuf -o L make', '[stdbuf] make'],
  ['tini -g -- make', '[tini] make'],
  ['dumb-init --rewrite 15:3 make', '[dumb-init] make'],
  ['sudo -E nice -n 5 env A=1 make', '[sudo] [nice] [env] make'],
  ['/opt/x/bin/make', 'make'],
  ['$MAKE all', '- all'],
  ['sudo $MAKE all', '[sudo] - all'],
  ['"my make" all', 'my make all'],
] as const) {
  test(`program of: ${text}`, () => assert.deepEqual(outline(script(text)), [`first ${expected}`]));
}

test('the program has its word', () => {
  const [command] = script('sudo -u x /bin/make all').commands;
  assert.equal(command?.programWord?.value, '/bin/make');
  assert.equal(command?.programWord, command?.words[3]);
});
