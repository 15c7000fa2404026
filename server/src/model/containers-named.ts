/** Looks up the containers of a project by name, not by asking each: rules do so for each of thousands. */
import type { ContainerSpec } from './container.js';
import { oncePer } from './once-per.js';
import type { ProjectSpec } from './project.js';

export const containersNamed: (project: ProjectSpec) => ReadonlyMap<string, ContainerSpec> = oncePer(
  ({ containers }: ProjectSpec) => new Map(containers.map((one) => [one.name, one])),
);

/** By what others can call them on a network: the name, or `container_name`. The first of several counts. */
export const containersByHost: (project: ProjectSpec) => ReadonlyMap<string, ContainerSpec> = oncePer(
  ({ containers }: ProjectSpec) => {
    const hosts = new Map<string, ContainerSpec>();
    for (const one of containers)
      for (const host of [one.name, ...(one.containerName.state === 'set' ? [one.containerName.value] : [])])
        if (!hosts.has(host)) hosts.set(host, one);
    return hosts;
  },
);
