import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { copyData } from '../../private/copies';
import { describeChoices, throwFirst } from '../../private/errors';
import { wrapMethod } from '../../private/wrap-method';
import type { Inventory } from '../containers/inventory';
import { listObjects } from '../workload/find-workload';
import type { PodNetwork } from './pod-network';

/** A port of a rendered Service. */
interface ServicePort {
  readonly name?: string;
  readonly port: number;
  targetPort?: number | string;
}

/**
 * Leads one port of a Service that exists to where requests enter the pod. All its other fields stay.
 *
 * @param given the object, or a construct that holds it
 * @param port name or number of the port, where it has several
 */
export function redirectService(inventory: Inventory, network: PodNetwork, given: Construct, port?: string): void {
  const { workload } = inventory;
  const service = findService(given, (text) => inventory.createPodError(text));
  const { spec } = service.toJson() as { spec?: { selector?: Record<string, string>; ports?: ServicePort[] } };
  throwFirst(workload, [
    ...validateSelector(service.name, spec?.selector, listLabels(inventory)),
    ...validateChoice(service.name, spec?.ports ?? [], port),
    ...validateEntrances(service.name, network),
  ]);
  wrapMethod(service, 'toJson', (render) => () => {
    const manifest: any = copyData(render());
    const ports: ServicePort[] = manifest.spec?.ports ?? [];
    const [led] = selectPorts(ports, port);
    const [entrance] = network._entrances;
    if (led && entrance) {
      led.targetPort = entrance.port;
    }
    return manifest;
  });
}

function findService(given: unknown, createPodError: (text: string) => Error): ApiObject {
  const found = Construct.isConstruct(given) ? listObjects(given).filter(({ kind }) => kind === 'Service') : [];
  if (found.length !== 1) {
    const names = describeChoices(
      'there are',
      found.map(({ name }) => `"${name}"`),
    );
    throw createPodError(
      found.length === 0
        ? '`service` is no Service, and holds none; pass the Service that leads to the pod'
        : `\`service\` holds ${found.length} Services${names}; pass the one that leads to the pod`,
    );
  }
  return found[0]!;
}

/** The labels of the pods, as they are rendered. */
function listLabels({ workload }: Inventory): Readonly<Record<string, unknown>> {
  return (workload.podMetadata.toJson() as { labels?: Record<string, unknown> } | undefined)?.labels ?? {};
}

function validateSelector(
  name: string,
  selector: Readonly<Record<string, string>> = {},
  labels: Readonly<Record<string, unknown>>,
): string[] {
  const [label] = Object.entries(selector).find(([key, value]) => labels[key] !== value) ?? [];
  if (Object.keys(selector).length === 0) {
    return [
      `Service "${name}" selects no pods, so no requests come through it; pass the Service that leads to the pod`,
    ];
  }
  return label === undefined
    ? []
    : [
        `Service "${name}" selects other pods: \`${label}\` is "${selector[label]}", and ${labels[label] === undefined ? 'these have none' : `of these it is "${labels[label]}"`}; pass the Service that leads to the pod`,
      ];
}

function validateChoice(name: string, ports: readonly ServicePort[], port?: string): string[] {
  const known = describeChoices(
    'ports',
    ports.map((each) => each.name ?? String(each.port)),
  );
  if (selectPorts(ports, port).length === 1) {
    return [];
  }
  return port === undefined
    ? [`Service "${name}" has ${ports.length} ports; pass the name or number of the one to lead to the proxy${known}`]
    : [`Service "${name}" has no port "${port}"; pass the name or number of one${known}`];
}

function validateEntrances(name: string, { _entrances: entrances }: PodNetwork): string[] {
  return entrances.length === 1
    ? []
    : [
        `Service "${name}" could lead to ${entrances.length === 0 ? 'no port' : `${entrances.length} ports`} of the pod; add the proxy first that requests enter through`,
      ];
}

function selectPorts<T extends ServicePort>(ports: readonly T[], port?: string): T[] {
  return port === undefined && ports.length === 1
    ? [...ports]
    : ports.filter((each) => each.name === port || String(each.port) === port);
}
