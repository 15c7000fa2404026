/** The health check of a service: which tool it calls, and other ways to ask when its image lacks that. */
import { type HealthCheck as KnownCheck, hasTool } from '../../facts/images.js';
import { type Message, say } from '../../l10n/message.js';
import type { ContainerSpec, HealthCheck } from '../../model/container.js';
import { containerFix, type Fix } from '../rule.js';
import { addressIn, checkWords, requestBy, useInstead, withAddress } from './health-checks.js';
import { restingOn } from './image-facts.js';
import type { ImageSite } from './image-sites.js';

/** What checks call, and images may lack. */
export const TOOLS = ['curl', 'wget'] as const;
type Tool = (typeof TOOLS)[number];

/** The tool that asks, as a command word. */
export function toolOf(check: HealthCheck): Tool | undefined {
  const text = shellText(check);
  return TOOLS.find((tool) => (text === undefined ? check.test[0] === tool : runs(text, tool)));
}

/** The best one first; none where the file is written in a way that cannot be changed exactly. */
export function otherServiceChecks(
  container: ContainerSpec,
  check: HealthCheck,
  tool: Tool,
  { reference, profile }: ImageSite,
): readonly Fix[] {
  const asked = askedIn(check, tool);
  if (asked === undefined) return [];
  const other = tool === 'curl' ? 'wget' : 'curl';
  const byOther =
    asked.address !== undefined && hasTool(reference, other) === true
      ? withTest(
          container,
          useInstead(other),
          requestIn(check, requestBy(other, asked.address, asked.isRead), asked),
        )
      : [];
  return [
    ...restingOn(byOther, reference, profile?.tools),
    ...restingOn(byOwnCheck(container, asked, profile?.healthcheck?.value), reference, profile?.healthcheck),
  ];
}

interface Asked {
  readonly address: string | undefined;
  /** What follows in a shell text: `|| exit 1`, `| grep -q ok`; where the answer goes when it goes nowhere is left out. */
  readonly rest: string;
  readonly isRead: boolean;
}

const NOWHERE = /^>\s*\/dev\/null(?:\s+2>&1)?/;

/** One call of the tool at the start, and what is done with its answer; undefined for anything that is more involved. */
function askedIn(check: HealthCheck, tool: Tool): Asked | undefined {
  const text = shellText(check);
  if (text === undefined) return { address: addressIn(tool, check.test.slice(1)), rest: '', isRead: false };
  const match =
    /^\s*(?:curl|wget)((?:\s+(?:"[^"$`\\]*"|'[^']*'|[^\s"'|&;<>()$`\\]+))*)\s*((?:[|&>]|\d>)[^;()$`]*)?$/.exec(
      text,
    );
  const [, words, rest = ''] = match ?? [];
  if (words === undefined || TOOLS.some((one) => runs(rest, one))) return undefined;
  const bare = words
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
  return {
    address: addressIn(tool, bare),
    rest: rest.replace(NOWHERE, '').trim(),
    isRead: /^\|[^|]/.test(rest),
  };
}

function requestIn(check: HealthCheck, request: readonly string[], { rest }: Asked): HealthCheck {
  return shellText(check) === undefined
    ? { disabled: false, shell: false, test: request }
    : { disabled: false, shell: true, test: [[...request, rest].join(' ').trim()] };
}

function byOwnCheck(
  container: ContainerSpec,
  { address, rest }: Asked,
  known: KnownCheck | undefined,
): readonly Fix[] {
  const [form, ...test] = known?.test ?? [];
  // Whatever else the check does would be lost.
  if (form === undefined || !/^(?:\|\|\s*(?:exit\s+1|false))?$/.test(rest)) return [];
  const plain = checkWords(test);
  const words = plain.map((word) => (address === undefined ? word : withAddress(word, address)));
  const [program = ''] = words[0]?.split(' ') ?? [];
  if (program === 'curl' || program === 'wget') return [];
  const isAdapted = words.some((word, index) => word !== plain[index]);
  const title =
    known?.adapt === true && !isAdapted
      ? say`Use \`${program}\`, which the image has (adapt path and port; dependants wait for it)`
      : useInstead(program);
  return withTest(container, title, { disabled: false, shell: form === 'CMD-SHELL', test: words });
}

function withTest(container: ContainerSpec, title: Message, check: HealthCheck): readonly Fix[] {
  return containerFix(container, title, 'unsafe', [{ set: 'healthcheck', value: check }]);
}

/** The text that a shell runs; undefined when a program is started directly. */
function shellText({ shell, test }: HealthCheck): string | undefined {
  if (shell) return test.join(' ');
  const [program = '', flag, text] = test;
  return /^(?:\/bin\/)?(?:ba|da)?sh$/.test(program) && flag === '-c' ? text : undefined;
}

/** The tool as a command word of a shell text: first, or behind an operator. */
function runs(text: string, tool: string): boolean {
  return new RegExp(`(?:^|[|&;(]|\\bif|\\bthen|!)\\s*${tool}(?:\\s|$)`).test(text.trim());
}
