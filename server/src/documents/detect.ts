/** Which kind of file a text is: by language id, by name, and for plain YAML by content. */
import type { DocumentKind } from '../model/document.js';

export interface DetectInput {
  /** Path or URI; only its last segments are looked at. */
  readonly path: string;
  /** VS Code's language id, when there is one. */
  readonly languageId?: string;
  /** The text; only asked for YAML files whose name says nothing. */
  text?(): string;
}

const DOCKERFILE_NAME = /^(?:docker|container)file(?:[.-].+)?$|\.(?:docker|container)file$/i;
const COMPOSE_NAME = /^(?:docker-)?compose(?:[.-].+)?\.ya?ml$|^[^/]*docker[^/]*compose[^/]*\.ya?ml$/i;
/** Bulkhead's own configuration, which also has services. */
const CONFIG_FILE = /^\.bulkhead\.ya?ml$/;
const YAML_NAME = /\.ya?ml$/i;
/** Names that look like a Dockerfile's and are something else. */
const NOT_DOCKERFILE =
  /\.(?:dockerignore|md|txt|ya?ml|json|tmpl|j2|erb|sh|py|js|ts|go|rb|swp|bak|orig|lock)$|~$/i;

/** The kind, or undefined for a file that Bulkhead does not read. */
export function detectKind(input: DetectInput): DocumentKind | undefined {
  const name = lastSegment(input.path);
  if (CONFIG_FILE.test(name)) return undefined;
  if (input.languageId === 'dockerfile') return 'dockerfile';
  if (input.languageId === 'dockercompose') return 'compose';
  if (DOCKERFILE_NAME.test(name) && !NOT_DOCKERFILE.test(name)) return 'dockerfile';
  if (COMPOSE_NAME.test(name)) return 'compose';
  const isYaml = input.languageId === 'yaml' || YAML_NAME.test(name);
  return isYaml && input.text !== undefined && looksLikeCompose(input.text()) ? 'compose' : undefined;
}

function lastSegment(path: string): string {
  const segment =
    path
      .replace(/[?#].*$/, '')
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .at(-1) ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * A top-level `services:` whose entries hold keys that only Compose has. Cheap: reads lines, no tree. Kubernetes,
 * GitHub workflows (`services` below a job) and the like have no such pair at these depths.
 */
export function looksLikeCompose(text: string): boolean {
  const services = /^services:[ \t]*(?:#.*)?$/m.exec(text);
  if (services === null || /^(?:apiVersion|kind|jobs|on|stages):/m.test(text)) return false;
  const below = text.slice(services.index + services[0].length, services.index + 20_000);
  return /^([ ]+)[\w.-]+:[ \t]*(?:&\w+)?[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*\1[ ]+(?:image|build|<<|extends|container_name|restart|ports|environment|command|volumes|profiles|networks|depends_on|env_file|platform|hostname)[ \t]*:/m.test(
    below,
  );
}
