/** Dockerfiles that nobody writes by hand. Each is made of `n` of something, and grows evenly with it. */
import { type Cases, lines, many, ODD_CHARACTERS, oneFile, PLAIN_VALUES } from './case.js';

const dockerfile = (body: (n: number) => string) =>
  oneFile('Dockerfile', (n) => `FROM debian:12\n${body(n)}`);

/** One RUN. */
const run = (script: (n: number) => string) => dockerfile((n) => `RUN ${script(n)}\nUSER root\n`);

const instructions = (one: (i: number) => string) => dockerfile((n) => lines(n, one));

/** A value repeated in places that rules look at closely. */
const inPlaces = (value: (n: number) => string) =>
  oneFile('Dockerfile', (n) => {
    const text = value(n);
    return [
      `FROM ${text}`,
      `FROM debian:12 AS b`,
      `ENV A="${text}" PASSWORD=${text}`,
      `ARG TOKEN=${text}`,
      `LABEL a="${text}"`,
      `RUN echo ${text} && apt-get install -y ${text} && curl ${text} | sh`,
      `RUN pip install '${text}' && npm install "${text}" && git clone https://${text}`,
      `COPY ${text} /${text}`,
      `ADD https://${text} /a`,
      `USER ${text}`,
      `EXPOSE ${text}`,
      `WORKDIR /${text}`,
      `HEALTHCHECK CMD curl ${text}`,
      `# ${text}`,
      `# bulkhead-ignore ${text}`,
      `CMD ["${text}"]`,
      '',
    ].join('\n');
  });

export const dockerfileCases: Cases = {
  'apt installs': instructions(
    (i) => `RUN apt-get update && apt-get install -y pkg${i} && curl http://e.org/${i} | sh`,
  ),
  'plain runs': instructions((i) => `RUN echo ${i}`),
  'commands of one run': run((n) => many(n, (i) => `curl http://e.org/${i} | bash`).join(' && ')),
  'commands on lines of one run': run((n) =>
    many(n, (i) => `chmod 777 /a${i} && \\\n  # why\n\n  wget http://e.org/${i} -O a${i}.tar`).join(
      ' ; \\\n ',
    ),
  ),
  'installs in one run': run((n) =>
    many(n, (i) => `apt-get update && apt-get install -y a${i} && pip install b${i} && npm i c${i}`).join(
      ' && ',
    ),
  ),
  'downloads unpacked in one run': run((n) =>
    many(n, (i) => `wget https://e.org/f${i}.tar.gz && tar xf f${i}.tar.gz && rm f${i}.tar.gz`).join(' && '),
  ),
  'files made and removed': instructions(
    (i) => `RUN curl -o /tmp/f${i} https://e.org/f && rm -rf /tmp/f${i} /var/lib/apt/lists/*`,
  ),
  'one pipe': run((n) => many(n, (i) => `sed s/a/${i}/`).join(' | ')),
  'words of one command': run((n) => `apt-get install -y ${many(n, (i) => `p${i}=1`).join(' ')}`),
  'options of one command': run(
    (n) => `docker run ${many(n, (i) => `-v /var/run:/a${i} --privileged`).join(' ')} x`,
  ),
  'nested subshells': run((n) => `${'('.repeat(n)}a${')'.repeat(n)}`),
  'open subshells': run((n) => '('.repeat(n)),
  'open substitutions': run((n) => '$('.repeat(n)),
  'open substitutions in quotes': run((n) => '"$('.repeat(n)),
  'open backquotes': run((n) => '` '.repeat(n)),
  'open expansions': run((n) => '${a:-'.repeat(n)),
  'open arithmetic': run((n) => '$(('.repeat(n)),
  'nested substitutions': run((n) => `${'$(a '.repeat(n)}${')'.repeat(n)}`),
  'nested expansions': run((n) => `echo ${'${a:-'.repeat(n)}${'}'.repeat(n)}`),
  'nested groups': run((n) => `${'{ '.repeat(n)}a${'; }'.repeat(n)}`),
  'nested if': run((n) => `${'if a; then '.repeat(n)}b${'; fi'.repeat(n)}`),
  'nested loops': run((n) => `${'for a in b; do '.repeat(n)}c${'; done'.repeat(n)}`),
  'nested sh -c': run((n) => 'sh -c "'.repeat(n)),
  'nested wrappers': run((n) => `${'sudo env timeout 5 '.repeat(n)}rm -rf /`),
  'open quotes': run((n) => '\' "'.repeat(n)),
  'functions of a script': run((n) =>
    many(n, (i) => `f${i}() { f${i - 1}; curl http://e.org | sh; }`).join('; '),
  ),
  'branches of a case': run(
    (n) => `case a in ${many(n, (i) => `x${i}) curl http://e.org | sh;;`).join(' ')} esac`,
  ),
  'variables of a script': run((n) => many(n, (i) => `A${i}=$A${i - 1}x`).join('; ')),
  'variables of a script, each twice the one before': run(
    (n) => `${many(n, (i) => `A${i}=$A${i - 1}$A${i - 1}`).join('; ')}; curl http://$A9`,
  ),
  'one variable set again and again': run((n) => many(n, () => 'a=$a/x; cd $a').join('; ')),
  redirections: run((n) => many(n, (i) => `echo ${i} >> /etc/f${i} 2>&1`).join(' && ')),
  'cd into cd': run((n) => `${many(n, () => 'cd a').join(' && ')} && chmod 777 b`),
  'users made': instructions((i) => `RUN useradd u${i} && groupadd g${i}\nUSER u${i}`),
  users: instructions((i) => `USER u${i % 2 ? 'root' : i}`),
  'folders, each in the one before': instructions(() => 'WORKDIR a'),
  heredocs: instructions((i) => `RUN <<E${i}\ncurl http://e.org | sh\nE${i}`),
  'heredocs of one run': run(
    (n) => `${many(n, (i) => `<<E${i}`).join(' ')}\n${many(n, (i) => `a\nE${i}`).join('\n')}`,
  ),
  'open heredocs of one run': run((n) => many(n, (i) => `<<E${i}`).join(' ')),
  'open heredocs': instructions((i) => `RUN <<E${i}`),
  'a long heredoc': dockerfile(
    (n) => `RUN <<EOT\n${lines(n, (i) => `apt-get install a${i}; curl http://e.org/${i} | sh`)}EOT\n`,
  ),
  'heredocs in heredocs': dockerfile((n) => `RUN <<EOT\n${lines(n, (i) => `cat <<A${i}`)}EOT\n`),
  'a heredoc copied': dockerfile(
    (n) => `COPY <<EOT /a\n${lines(n, () => 'password=hunter2hunter2 ${A}')}EOT\n`,
  ),
  'env, each of the one before': dockerfile((n) => `ENV A0=x\n${lines(n, (i) => `ENV A${i + 1}=$A${i}`)}`),
  'env, each longer than the one before': dockerfile(
    (n) => `ENV A0=x\n${lines(n, (i) => `ENV A${i + 1}=\${A${i}}x`)}RUN echo $A${n}\n`,
  ),
  'env, each twice the one before': dockerfile(
    (n) => `ENV A0=x\n${lines(n, (i) => `ENV A${i + 1}=$A${i}$A${i}`)}RUN echo $A${n}\n`,
  ),
  'env with defaults, each twice the one before': dockerfile(
    (n) => `${lines(n, (i) => `ARG A${i + 1}=\${A${i}:-$A${i}}\${A${i}:-$A${i}}`)}RUN echo $A${n}\n`,
  ),
  'one env made longer': instructions(() => 'ENV PATH=$PATH:/a'),
  'env of one instruction': dockerfile((n) => `ENV ${many(n, (i) => `K${i}="v $K${i - 1}"`).join(' ')}\n`),
  'args before stages': oneFile(
    'Dockerfile',
    (n) => `ARG A0=12\n${lines(n, (i) => `ARG A${i + 1}=$A${i}`)}FROM debian:$A${n}\n`,
  ),
  'args of one instruction': dockerfile((n) => `ARG ${many(n, (i) => `A${i}=$A${i - 1}`).join(' ')}\n`),
  'secrets in args and env': instructions(
    (i) =>
      `ARG PASSWORD_${i}=aKf93jdkDk3${i}\nENV AWS_SECRET_ACCESS_KEY_${i}=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEK${i}`,
  ),
  'variables of one value': dockerfile((n) => `ENV A=1\nENV B="${'$A${A}'.repeat(n)}"\nRUN echo $B\n`),
  'nested defaults': dockerfile(
    (n) => `ENV A=${'${A:-${B:-'.repeat(n)}x${'}}'.repeat(n)}\nFROM ${'${A:-'.repeat(n)}\n`,
  ),
  'patterns of expansions': dockerfile(
    (n) =>
      `ENV A=${'a'.repeat(n)}\nENV B=\${A//${'a*'.repeat(n)}b/c}\nENV C=\${A%%${'*a'.repeat(n)}b}\nENV D=\${A#${'*a'.repeat(n)}b}\n`,
  ),
  stages: instructions((i) => `FROM debian:12 AS s${i}\nRUN apt-get install curl`),
  'stages on each other': oneFile(
    'Dockerfile',
    (n) =>
      `FROM debian:12 AS s0\n${lines(n, (i) => `FROM s${i} AS s${i + 1}\nCOPY --from=s${i} /a /b\nRUN a`)}`,
  ),
  'stages on the first': oneFile(
    'Dockerfile',
    (n) => `FROM debian:12 AS base\n${lines(n, (i) => `FROM base AS s${i}\nENV A=b\nRUN pip install a`)}`,
  ),
  'stages copied from all before': oneFile(
    'Dockerfile',
    (n) =>
      `${lines(n, (i) => `FROM debian:12 AS s${i}\nCOPY --from=s${i >> 1} /a /b\nCOPY --from=${i - 1} /a /b`)}`,
  ),
  'stages of one name': instructions(() => 'FROM debian:12 AS a\nCOPY --from=a / /'),
  copies: instructions((i) => `COPY --from=debian:12 /a${i} /b\nADD https://e.org/${i}.tar.gz /a\nCOPY . .`),
  'sources of one copy': dockerfile((n) => `COPY ${many(n, (i) => `f${i}`).join(' ')} /a/\n`),
  mounts: instructions(
    (i) =>
      `RUN --mount=type=cache,target=/c${i} --mount=type=secret,id=s${i} --network=none apt-get install a`,
  ),
  flags: dockerfile((n) => `RUN ${many(n, (i) => `--mount=type=cache,target=/c${i}`).join(' ')} a\n`),
  labels: dockerfile((n) => `LABEL ${many(n, (i) => `a${i}="b"`).join(' \\\n')}\n`),
  ports: dockerfile((n) => `EXPOSE ${many(n, (i) => `${i}/tcp`).join(' ')}\n`),
  'instructions of ports': instructions((i) => `EXPOSE ${i}`),
  volumes: dockerfile((n) => `VOLUME [${many(n, (i) => `"/v${i}"`).join(', ')}]\n`),
  'a long cmd': dockerfile((n) => `CMD [${many(n, (i) => `"a${i}"`).join(', ')}]\n`),
  cmds: instructions((i) => `CMD ["a", "${i}"]\nENTRYPOINT ["sh", "-c", "b"]\nHEALTHCHECK CMD curl a`),
  'open json': instructions(() => 'CMD ["a", "b'),
  'brackets of json': dockerfile((n) => `CMD ${'['.repeat(n)}\n`),
  shells: instructions(() => 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b'),
  onbuild: instructions(() => 'ONBUILD RUN curl http://e.org | sh'),
  'ignore comments': instructions(
    (i) => `# bulkhead-ignore pipe-to-shell until 2027-01-0${i % 9}: because\nRUN curl http://e.org | sh`,
  ),
  'useless ignore comments': dockerfile(
    (n) =>
      `${lines(n, (i) => `# bulkhead-ignore pipe-to-shell, nonsense-${i}: because\n# hadolint ignore=DL3008,DL4006`)}RUN a\n`,
  ),
  'rules of one ignore comment': dockerfile(
    (n) =>
      `# bulkhead-ignore ${many(n, (i) => `pipe-to-shell, n${i}`).join(', ')}: a\nRUN curl http://e.org | sh\n`,
  ),
  comments: instructions(() => '# a comment'),
  directives: oneFile(
    'Dockerfile',
    (n) => `${lines(n, () => '# escape=`\n# syntax=docker/dockerfile:1\n# check=skip=all')}FROM a\n`,
  ),
  'comments in a continued line': dockerfile((n) => `RUN a \\\n${lines(n, () => '# c\n\n  # d')} b\n`),
  'continued lines': dockerfile((n) => `RUN ${'a \\\n'.repeat(n)}\n`),
  backslashes: run((n) => '\\'.repeat(n)),
  'empty lines': dockerfile((n) => '\n'.repeat(n)),
  'unknown instructions': instructions((i) => `NONSENSE${i} a b c`),
  'keywords alone': instructions(
    (i) => ['FROM', 'RUN', 'COPY', 'ENV', 'ARG', 'USER', 'ADD --', 'HEALTHCHECK'][i % 8] ?? '',
  ),
  'carriage returns': dockerfile((n) => `RUN a\r${'USER root\r'.repeat(n)}`),
  crlf: dockerfile((n) => lines(n, (i) => `RUN apt-get install ${i} \\\r\n  && a\r`)),
  'nul and lone surrogates': dockerfile((n) =>
    lines(n, () => 'RUN \0curl http://e\ud800.org | sh\udc00 \ufeff'),
  ),
  'byte order marks': oneFile('Dockerfile', (n) => `${'\ufeff'.repeat(n)}FROM a\n`),
  ...Object.fromEntries(
    ODD_CHARACTERS.map(([name, part]) => [`values of ${name}`, inPlaces((n) => part.repeat(n))]),
  ),
  ...Object.fromEntries(PLAIN_VALUES.map(([name, value]) => [`a long ${name}`, inPlaces(value)])),
};
