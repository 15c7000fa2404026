/** Ignore comments from the text to the findings: what they cover, until when, and which are of no use. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { english } from '../server/src/l10n/message.js';
import ignoreWithoutReason from '../server/src/rules/updates/ignore-without-reason.js';
import { applyEdits } from '../server/src/text/edit.js';
import { judge } from './support/suppress.js';

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;

/** Services that differ in one line only: all that is not about the comment is in order. */
const fine = '    mem_limit: 1g\n    read_only: true';

describe('a comment for a line', () => {
  test('stands behind it or above it, also with other comments between', () => {
    const { shown, accepted, unused } = judge(
      'compose',
      lines(
        'services:',
        '  a:',
        '    image: bad # bulkhead-ignore bad-thing: behind',
        fine,
        '  b:',
        '    # bulkhead-ignore bad-thing: above',
        '    # more words',
        '    image: bad',
        fine,
        '  c:',
        '    # bulkhead-ignore bad-thing',
        '',
        '    image: bad',
        fine,
      ),
    );
    assert.deepEqual(accepted, ['3 bad-thing bulkhead-ignore', '9 bad-thing bulkhead-ignore']);
    assert.deepEqual(shown, ['15 bad-thing']);
    assert.deepEqual(unused, [
      '13 # bulkhead-ignore bad-thing: This comment accepts nothing: `bad-thing` finds nothing here',
    ]);
  });

  test('stands above an instruction of several lines, or above one line in it', () => {
    const above = judge(
      'dockerfile',
      lines('FROM x', '# bulkhead-ignore bad-thing', 'RUN a && \\', '    bad && bad', 'RUN bad'),
    );
    assert.deepEqual(above.accepted, ['4 bad-thing bulkhead-ignore', '4 bad-thing bulkhead-ignore']);
    assert.deepEqual(above.shown, ['5 bad-thing']);
    const within = judge(
      'dockerfile',
      lines('FROM x', 'RUN bad && \\', '    # bulkhead-ignore bad-thing', '    bad'),
    );
    assert.deepEqual(within.accepted, ['4 bad-thing bulkhead-ignore']);
    assert.deepEqual(within.shown, ['2 bad-thing']);
  });

  test('stands above a text of several lines, in which it would be text', () => {
    const text = lines(
      'services:',
      '  a:',
      '    image: x',
      '    # bulkhead-ignore bad-thing',
      '    command: >',
      '      sh',
      '      # bulkhead-ignore bad-thing',
      '      bad',
      fine,
    );
    const { accepted, unused } = judge('compose', text);
    assert.deepEqual(accepted, ['5 bad-thing bulkhead-ignore']);
    assert.deepEqual(unused, []);
  });

  test('is no comment inside a text, and is one between texts', () => {
    const { accepted, shown } = judge(
      'compose',
      lines(
        'services:',
        '  a:',
        '    hostname: "x"',
        '    image: "bad # bulkhead-ignore bad-thing"',
        '    # bulkhead-ignore bad-thing',
        '    command: | # a block',
        '      bad',
        '    domainname: "y"',
        fine,
      ),
    );
    assert.deepEqual(accepted, ['6 bad-thing bulkhead-ignore']);
    assert.deepEqual(shown, ['4 bad-thing']);
  });

  test('covers what stands on the line of a service, and nothing else of it', () => {
    const { accepted, shown } = judge(
      'compose',
      lines(
        'services:',
        '  a: # bulkhead-ignore memory-missing, bad-thing',
        '    image: bad',
        '    read_only: true',
      ),
    );
    assert.deepEqual(accepted, ['2 memory-missing bulkhead-ignore']);
    assert.deepEqual(shown, ['3 bad-thing']);
  });

  test('accepts all that a service lacks by one name', () => {
    const text = lines(
      'services:',
      '  # bulkhead-ignore hardening-missing',
      '  a:',
      '    image: bad',
      '  b:',
      '    image: x',
    );
    const { accepted, shown } = judge('compose', text);
    assert.deepEqual(accepted, ['3 memory-missing bulkhead-ignore', '3 read-only-missing bulkhead-ignore']);
    assert.deepEqual(shown, ['4 bad-thing', '5 memory-missing', '5 read-only-missing']);
  });
});

describe('a comment for a service or stage', () => {
  test('stands above its name, behind it or inside', () => {
    const { accepted, shown, unused } = judge(
      'compose',
      lines(
        'services:',
        '  # bulkhead-ignore-service bad-thing: above',
        '  a:',
        '    image: bad',
        '    command: bad',
        fine,
        '  b: # bulkhead-ignore-service bad-thing: behind',
        '    image: bad',
        fine,
        '  c:',
        '    image: bad',
        '    # bulkhead-ignore-service bad-thing: inside',
        '    command: bad',
        fine,
        '  d:',
        '    image: bad',
        fine,
      ),
    );
    assert.deepEqual(
      accepted.map((one) => one.split(' ')[0]),
      ['4', '5', '9', '13', '15'],
    );
    assert.deepEqual(shown, ['19 bad-thing']);
    assert.deepEqual(unused, []);
  });

  test('covers one stage', () => {
    const { accepted, shown } = judge(
      'dockerfile',
      lines(
        'FROM bad AS one',
        'RUN bad',
        '',
        '# bulkhead-ignore-stage bad-thing',
        'FROM bad AS two',
        'RUN bad',
        'FROM bad',
      ),
    );
    assert.deepEqual(accepted, ['5 bad-thing bulkhead-ignore-stage', '6 bad-thing bulkhead-ignore-stage']);
    assert.deepEqual(shown, ['1 bad-thing', '2 bad-thing', '7 bad-thing']);
  });
});

test('a comment for the file covers all of it, also with a byte order mark and CRLF', () => {
  const text = `\uFEFF${lines('# bulkhead-ignore-file bad-thing, hardening-missing: a demo', 'services:', '  a:', '    image: bad', '    privileged: true')}`;
  const { accepted, shown, unused } = judge('compose', text.replaceAll('\n', '\r\n'));
  assert.equal(accepted.length, 3);
  assert.deepEqual(shown, ['5 privileged-set']);
  assert.deepEqual(unused, []);
});

describe('days', () => {
  const text = (until: string) =>
    lines('services:', '  a:', `    image: bad # bulkhead-ignore bad-thing until ${until}: soon gone`, fine);

  test('the named one is the last on which the comment holds', () => {
    const { analysis, accepted } = judge('compose', text('2026-11-24'));
    assert.deepEqual(accepted, ['3 bad-thing bulkhead-ignore']);
    const { reason, until } = analysis.findings[0]?.suppressed ?? {};
    assert.deepEqual({ reason, until }, { reason: 'soon gone', until: '2026-11-24' });
  });

  test('a finding whose exception is over says so, and the comment is not called unused', () => {
    const { analysis, shown, unused } = judge('compose', text('2026-11-23'));
    assert.deepEqual(shown, ['3 bad-thing']);
    assert.deepEqual(unused, []);
    const [finding] = analysis.findings;
    assert.equal(finding && english(finding.message), 'This is bad (its exception expired on 2026-11-23)');
    assert.deepEqual(
      finding?.related.map(({ message }) => english(message)),
      ['Was accepted until 2026-11-23'],
    );
  });

  test('another comment that still holds is enough', () => {
    const { accepted } = judge('compose', `# bulkhead-ignore-file bad-thing\n${text('2026-11-23')}`);
    assert.deepEqual(accepted, ['4 bad-thing bulkhead-ignore-file']);
  });

  test('one that does not exist is a mistake', () => {
    assert.match(judge('compose', text('2026-02-30')).unused.join(), /`2026-02-30` is no day/);
  });
});

describe('comments that accept nothing', () => {
  const one = (comment: string, more: Parameters<typeof judge>[2] = {}) =>
    judge('compose', lines('services:', '  a:', `    # ${comment}`, '    image: x', fine), more);

  test('are reported by name, with the nearest one', () => {
    assert.deepEqual(one('bulkhead-ignore bad-thing, privileged-set').unused, [
      '3 # bulkhead-ignore bad-thing, privileged-set: This comment accepts nothing: its rules find nothing here',
    ]);
    assert.deepEqual(one('bulkhead-ignore bad-thingy').unused, [
      '3 bad-thingy: There is no rule `bad-thingy`, so nothing is accepted; `bad-thing` may be meant',
    ]);
    assert.match(one('bulkhead-ignore DL3006').unused.join(), /`bad-thing` may be meant/);
    assert.match(one('bulkhead-ignore xyzzy').unused.join(), /there is no rule `xyzzy`/);
  });

  test('are reported when they cannot be understood', () => {
    for (const comment of [
      'bulkhead-ignore',
      'bulkhead-ignore: bad-thing',
      'bulkhead-ignore bad-thing because of this',
      'bulkhead-ignore bad-thing until soon',
      'bulkhead-ignore-next-line bad-thing',
      'bulkhead-ignore-stage bad-thing',
    ])
      assert.match(one(comment).unused.join(), /This comment accepts nothing: /, comment);
  });

  test('are taken out: the name, the comment or its whole line', () => {
    const fix = (text: string) => {
      const { analysis } = judge('compose', text);
      const [edit] =
        analysis.findings.find(({ rule }) => rule.id === 'unused-ignore')?.fixes()[0]?.edits ?? [];
      return edit && text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
    };
    const line = lines('services:', '  a:', '    # bulkhead-ignore bad-thing: gone', '    image: x', fine);
    assert.equal(fix(line), lines('services:', '  a:', '    image: x', fine));
    const behind = lines('services:', '  a:', '    image: x  # bulkhead-ignore bad-thing', fine);
    assert.equal(fix(behind), lines('services:', '  a:', '    image: x', fine));
    const name = lines(
      'services:',
      '  a:',
      '    image: bad # bulkhead-ignore privileged-set, bad-thing: y',
      fine,
    );
    assert.equal(
      fix(name),
      lines('services:', '  a:', '    image: bad # bulkhead-ignore bad-thing: y', fine),
    );
  });

  test('stay when it cannot be told', () => {
    const off = { rules: new Map([['bad-thing', { severity: 'off' as const }]]) };
    assert.deepEqual(one('bulkhead-ignore bad-thing', off).unused, []);
    const broken = lines(
      'services:',
      '  a:',
      '    image: x # bulkhead-ignore bad-thing',
      '    image: y',
      fine,
    );
    assert.deepEqual(judge('compose', broken).unused, []);
    const variable = lines('services:', '  a:', '    image: ${IMAGE} # bulkhead-ignore bad-thing', fine);
    assert.deepEqual(judge('compose', variable).unused, []);
  });

  test('of other linters are nobody’s business', () => {
    assert.deepEqual(one('hadolint ignore=DL3006').unused, []);
  });

  test('can be accepted themselves, for the file', () => {
    const text = lines(
      '# bulkhead-ignore-file unused-ignore: a template',
      'services:',
      '  a:',
      '    image: x # bulkhead-ignore bad-thing',
      fine,
    );
    assert.deepEqual(judge('compose', text).unused, []);
  });
});

test('the place for a reason is behind all that a comment says, and takes the place of the word that stands for one', () => {
  for (const [written, expected] of [
    ['# bulkhead-ignore bad-thing', '# bulkhead-ignore bad-thing: <reason>'],
    [
      '# bulkhead-ignore bad-thing until 2027-01-01:  ',
      '# bulkhead-ignore bad-thing until 2027-01-01: <reason>  ',
    ],
    ['# bulkhead-ignore bad-thing:reason', '# bulkhead-ignore bad-thing:<reason>'],
  ] as const) {
    const { analysis } = judge(
      'compose',
      lines('services:', '  a:', `    ${written}`, '    image: bad', fine),
      { profile: 'strict' },
      [ignoreWithoutReason],
    );
    const [finding] = analysis.findings.filter(({ rule }) => rule.id === 'ignore-without-reason');
    const edits = finding?.fixes()[0]?.edits.map((edit) => {
      assert.ok(edit.placeholder);
      const { start, end } = edit.placeholder;
      return {
        ...edit,
        text: `${edit.text.slice(0, start)}<${edit.text.slice(start, end)}>${edit.text.slice(end)}`,
      };
    });
    const after = applyEdits(analysis.document.source.text, edits ?? []);
    assert.equal(after.split('\n')[2], `    ${expected}`);
  }
});

describe('comments of other linters', () => {
  /** The lines of a Dockerfile whose findings are accepted, and by whom. */
  const dockerfile = (...all: readonly string[]) =>
    judge('dockerfile', lines(...all)).accepted.map((one) => one.replace(' bad-thing', ''));
  const two = ['FROM bad', 'USER root'] as const;

  test('hadolint: the instruction below, or the file', () => {
    assert.deepEqual(dockerfile('# hadolint ignore=DL4000, DL3006', ...two), ['2 hadolint']);
    assert.deepEqual(dockerfile('# hadolint global ignore=DL3006', ...two), ['2 hadolint', '3 hadolint']);
    assert.deepEqual(dockerfile('# hadolint ignore=DL3007', ...two), []);
    assert.deepEqual(dockerfile('# hadolint shell=bash', ...two), []);
  });

  test('BuildKit: a directive for the file', () => {
    assert.deepEqual(dockerfile('# check=skip=Other,BadThing;error=true', ...two), [
      '2 buildkit',
      '3 buildkit',
    ]);
    assert.deepEqual(dockerfile('# syntax=x', '#check=error=true;skip=all', ...two), [
      '3 buildkit',
      '4 buildkit',
    ]);
    assert.deepEqual(dockerfile('# a comment', '# check=skip=all', ...two), []);
  });

  test('Trivy: the instruction or the stage below, in all spellings, until its day', () => {
    for (const name of ['DS-0002', 'AVD-DS-0002', 'ds002', '*'])
      assert.deepEqual(
        dockerfile('FROM x', `#trivy:ignore:${name}`, 'USER root', 'USER root'),
        ['3 trivy'],
        name,
      );
    assert.deepEqual(dockerfile('# trivy:ignore:AVD-DS-0001 trivy:ignore:AVD-DS-0002', ...two), [
      '2 trivy',
      '3 trivy',
    ]);
    assert.deepEqual(dockerfile('#trivy:ignore:DS-0002:exp:2026-12-31', ...two), ['2 trivy', '3 trivy']);
    const { analysis, shown } = judge('dockerfile', lines('#trivy:ignore:DS-0002:exp:2026-01-31', ...two));
    assert.equal(shown.length, 2);
    const [first] = analysis.findings;
    assert.match(first ? english(first.message) : '', /expired on 2026-01-31/);
  });

  test('Checkov: the file, or the service it stands in', () => {
    assert.deepEqual(dockerfile(...two, '#checkov:skip=CKV_DOCKER_2:no need'), ['1 checkov', '2 checkov']);
    const compose = lines(
      'services:',
      '  a:',
      '    # checkov:skip=CKV_DOCKER_2: why',
      '    image: bad',
      fine,
      '  b:',
      '    image: bad',
      fine,
    );
    assert.deepEqual(judge('compose', compose).accepted, ['4 bad-thing checkov']);
  });

  test('KICS: file, line or block, for all that it checks', () => {
    assert.deepEqual(dockerfile('# kics-scan ignore', ...two), ['2 kics', '3 kics']);
    assert.deepEqual(dockerfile('# kics-scan ignore-line', ...two), ['2 kics']);
    assert.deepEqual(dockerfile('# kics-scan ignore-block', ...two), ['2 kics', '3 kics']);
    const compose = (where: string) =>
      judge('compose', where.replace('HERE', '# kics-scan ignore-block')).accepted;
    assert.deepEqual(
      compose(lines('services:', '  # HERE', '  a:', '    image: bad', '    privileged: true', fine)),
      [],
    );
    assert.deepEqual(
      compose(lines('services:', '  HERE', '  a:', '    image: bad', '    privileged: true', fine)),
      ['4 bad-thing kics'],
    );
    assert.deepEqual(compose(lines('HERE', 'services:', '  a:', '    image: bad', fine)), [
      '4 bad-thing kics',
    ]);
  });

  test('Semgrep: the line, one rule or all', () => {
    assert.deepEqual(dockerfile('# nosemgrep: dockerfile.security.bad-thing.bad-thing', ...two), [
      '2 semgrep',
    ]);
    assert.deepEqual(dockerfile('# nosemgrep', ...two), ['2 semgrep']);
    assert.deepEqual(dockerfile('# nosemgrep: other', ...two), []);
    assert.deepEqual(judge('compose', lines('services:', '  a:', '    image: bad # nosem', fine)).accepted, [
      '3 bad-thing semgrep',
    ]);
  });

  test('tally: the instruction below, or the file', () => {
    assert.deepEqual(dockerfile('# tally ignore=DL3006;reason=we know', ...two), ['2 tally']);
    assert.deepEqual(dockerfile('# tally global ignore=hadolint/DL3006', ...two), ['2 tally', '3 tally']);
    assert.deepEqual(dockerfile('# tally ignore=all', ...two), ['2 tally']);
  });
});
