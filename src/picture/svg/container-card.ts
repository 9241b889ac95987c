import type { Marks } from '../marks';
import type {
  CallScene,
  ContainerScene,
  HandlerScene,
  ListenerScene,
  PodScene,
  ResourceScene,
} from '../scene/pod-scene';
import { formatReach, formatResource, groupProbes, toShortImage } from '../words';
import { type Card, splitRows } from './card';
import { NAME, SMALL } from './measure';
import { type Row, type Segment, toMono, toSmall } from './row';
import { findTone } from './tones';

/** The card of a container: what it is, its ports, whom it calls, how it is asked, and what it takes. */
export function createContainerCard(container: ContainerScene, scene: PodScene, marks: Marks, isNarrow: boolean): Card {
  const { role, name, image } = container;
  const heads = [...listHeadRows(container, marks, isNarrow), ...(image === '' ? [] : [createImageRow(container)])];
  const head = splitRows(heads, isNarrow);
  const network = splitRows(
    [
      ...container.listeners.map((listener) => createPortRow(listener, container, marks)),
      ...container.calls.map((call) => createCallRow(call, container, scene, marks)),
    ],
    isNarrow,
  );
  const life = splitRows(
    [
      ...listProbeRows(container.probes, marks),
      ...container.resources.map((resource) => createResourceRow(resource, marks)),
    ],
    isNarrow,
  );
  const breaks = [head.length, head.length + network.length];
  const rows = [...head, ...network, ...life];
  return {
    name: 'container',
    look: `role-${role.replace(' ', '-')}`,
    element: container,
    title: `${role} ${name}, ${image || 'no image'}`,
    rows,
    breaks: [...new Set(breaks)].filter((index) => index < rows.length),
  };
}

/** Name and role, one below the other where both have no room in one line. */
function listHeadRows(container: ContainerScene, marks: Marks, isNarrow: boolean): Row[] {
  const { name, role } = container;
  const title: Segment = { text: name, style: NAME, tone: findTone(container), isFlexible: true };
  const part = toSmall(role, 'dim', { isRight: !isNarrow, isFlexible: false });
  const findings = marks.list(container);
  return isNarrow
    ? [
        { name: 'head', segments: [title] },
        { name: 'role', segments: [part], findings },
      ]
    : [{ name: 'head', segments: [title, part], findings }];
}

function createImageRow({ image }: ContainerScene): Row {
  return { name: 'image', segments: [toMono(toShortImage(image), 'dim', { full: image })] };
}

/** The name of a port row, which arrows lead to. */
export function toPortAnchor(container: string, number: number): string {
  return `${container}:${number}`;
}

/** The name of a call row, which an arrow comes from. */
export function toCallAnchor(container: string, port: number): string {
  return `${container} calls ${port}`;
}

function createPortRow(listener: ListenerScene, { id, name: container }: ContainerScene, marks: Marks): Row {
  const { number, name = '', protocol, reach, hostPort, isListed } = listener;
  return {
    name: 'port',
    element: listener,
    title: `${container} listens on ${protocol} ${number}, ${formatReach(reach)}`,
    dot: { tone: 'text', isHollow: reach !== 'all' },
    anchor: toPortAnchor(id, number),
    segments: [
      toMono(`:${number}`, 'text', { isFlexible: false }),
      toSmall(protocol === 'TCP' ? '' : protocol, 'text', { isFlexible: false }),
      toSmall(name, 'text'),
      toSmall(hostPort === undefined ? '' : `node :${hostPort}`, 'text'),
      toSmall(reach === 'all' ? '' : formatReach(reach), 'dim', { isOptional: true }),
      toSmall(isListed ? '' : 'not listed', 'dim', { isOptional: true }),
    ],
    findings: marks.list(listener),
  };
}

function createCallRow(call: CallScene, { id, name }: ContainerScene, scene: PodScene, marks: Marks): Row {
  const callee = scene.containers.find((other) => other.id === call.container)?.name;
  return {
    name: 'call',
    element: call,
    title: `${name} calls localhost:${call.port}, ${callee === undefined ? 'where none is known to listen' : `which is ${callee}`}`,
    anchor: toCallAnchor(id, call.port),
    segments: [
      toSmall('calls', 'dim', { isFlexible: false }),
      toMono(`:${call.port}`, 'text', { isFlexible: false }),
      toSmall(callee ?? 'listener unknown', 'dim'),
    ],
    findings: marks.list(call),
  };
}

/** Probes that do the same stand in one row. */
function listProbeRows(probes: readonly HandlerScene[], marks: Marks): Row[] {
  return groupProbes(probes).map(({ names, text, probes: same }): Row => {
    return {
      name: 'probe',
      element: same[0],
      title: `${names}: ${text}`,
      segments: [toSmall(names, 'dim', { isFlexible: false }), toMono(text)],
      findings: [...new Set(same.flatMap((probe) => marks.list(probe)))],
    };
  });
}

function createResourceRow(resource: ResourceScene, marks: Marks): Row {
  return {
    name: 'resource',
    element: resource,
    segments: [
      { text: resource.name, style: SMALL, tone: 'dim', isFlexible: true },
      toSmall(formatResource(resource), 'text'),
    ],
    findings: marks.list(resource),
  };
}
