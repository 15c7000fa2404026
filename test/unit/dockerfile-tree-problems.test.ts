import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dockerfile } from '../support/dockerfile.js';
import { slice } from '../support/shell.js';

/** The places of the problems. */
function problems(text: string): string[] {
  return dockerfile(text).problems.map(({ at }) => slice(text, at));
}

for (const [text, ...expected] of [
  ['FROM a\nFOO b', 'FOO'],
  ['FROM', 'FROM'],
  ['FROM a b', 'FROM'],
  ['FROM a AS', 'FROM'],
  ['FROM a AS 1b', '1b'],
  ['FROM a AS b/c', 'b/c'],
  ['FROM --platform a', '--platform'],
  ['RUN a\nRUN b\nFROM c', 'RUN'],
  ['ARG a', 'ARG'],
  ['FROM a\nCOPY b', 'COPY'],
  ['FROM a\nADD', 'ADD'],
  ['FROM a\nCOPY ["b"]', 'COPY'],
  ['FROM a\nCOPY <<E\nE', 'COPY'],
  ['FROM a\nCOPY --FROM=b c d', '--FROM=b'],
  ['FROM a\nCOPY --from b c', '--from'],
  ['FROM a\nCMD --b c', '--b'],
  ['FROM a\nENV b', 'b'],
  ['FROM a\nENV b=c d e=f', 'd'],
  [
    'FROM a\nUSER\nWORKDIR\nEXPOSE\nVOLUME\nARG\nSHELL\nSTOPSIGNAL',
    'USER',
    'WORKDIR',
    'EXPOSE',
    'VOLUME',
    'ARG',
    'SHELL',
    'STOPSIGNAL',
  ],
  ['FROM a\nSHELL bash -c', 'SHELL'],
  ['FROM a\nCMD ["b", 1, true]', '['],
  ['FROM a\nRUN <<E\nb', '<<E'],
  ['FROM a\nRUN <<E\nfoo b\nUSER c\nbar d', '<<E'],
  ['FROM a\nHEALTHCHECK curl b', 'curl'],
  ['FROM a\nHEALTHCHECK CMD', 'CMD'],
  ['FROM a\nHEALTHCHECK NONE b', 'NONE'],
  ['FROM a\nHEALTHCHECK', 'HEALTHCHECK'],
  ['FROM a\nONBUILD FROM b', 'FROM'],
  ['FROM a\nONBUILD ONBUILD RUN b', 'ONBUILD'],
  ['FROM a\nONBUILD COPY b', 'COPY'],
  ['FROM a\nONBUILD RUN --b c', '--b'],
  ['# escape=x\nFROM a', 'x'],
  ['# syntax=a\n# syntax=b\nFROM c', '# syntax=b'],
  ['# syntax=docker/dockerfile:1\nFROM a\nFOO b', 'FOO'],
] as const) {
  test(`problem: ${JSON.stringify(text)}`, () => assert.deepEqual(problems(text), expected));
}

for (const text of [
  '',
  '# only\n# comments',
  'FROM a',
  'from a as b',
  'ARG a=b\nARG c\nFROM ${a} AS c',
  'FROM --platform=$BUILDPLATFORM a AS b-c.d_e\nCOPY --from=b --link --chmod=755 --parents --exclude=x c d',
  'FROM a\nSTOPSIGNAL ${S}\nUSER $U\nEXPOSE ${P:-80}/tcp 1-2\nVOLUME ["/a", "/b"]\nVOLUME /c /d',
  'FROM a\nCMD\nENTRYPOINT []\nCMD []\nRUN',
  'FROM a\nRUN --mount=type=secret,id=x --network=none --security=sandbox --device=y b',
  'FROM a\nADD --checksum=sha256:0 --keep-git-dir=true --unpack https://b c',
  'FROM a\nCOPY <<E b\nc\nE\nCOPY <<E <<F b/\nE\nF',
  'FROM a\nHEALTHCHECK --interval=1s --timeout=1s --start-period=1s --start-interval=1s --retries=1 CMD b',
  'FROM a\nhealthcheck none\nhealthcheck cmd b',
  'FROM a\nONBUILD RUN b\nONBUILD COPY c d',
  'FROM a\nENV b c\nENV d e=f\nLABEL "g h"="i j" k=l\nENV m=',
  'FROM a\nSHELL ["b", "-c"]\nMAINTAINER c',
  'FROM a\nRUN b \\\n\n# c\n  && d \\\n',
  'FROM a\nRUN echo \'it\' "<<E" << E $((1<<2))',
  '# syntax=someone/frontend\nINCLUDE a\nFOO --b c',
  '# check=skip=all\nFROM a',
  'FROM "a"\nARG --b c',
]) {
  test(`no problem: ${JSON.stringify(text)}`, () => assert.deepEqual(dockerfile(text).problems, []));
}
