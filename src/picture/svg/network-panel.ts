import type { Marks } from '../marks';
import type { ContainerScene, PodScene, ServiceScene } from '../scene/pod-scene';
import { findContainer, formatServicePort, formatTarget } from '../words';
import { type Anchor, type Card, listAnchors, measureCard, placeCard, splitRows } from './card';
import { createContainerCard, toCallAnchor, toPortAnchor } from './container-card';
import type { Block, Box, Item } from './item';
import { NAME } from './measure';
import { type Route, Router } from './router';
import { type Row, toMono, toSmall } from './row';

/** A card and its place in the grid. */
interface Placed {
  readonly card: Card;
  readonly column: number;
  readonly line: number;
}

const ROW_GAP = 14;
const SERVICE_GAP = 12;

/** The network of a pod: Services above, containers below, and arrows that lead through the gaps between them. */
export function placeNetwork(scene: PodScene, marks: Marks, x: number, y: number, width: number): Block {
  const containers = sortContainers(scene);
  const columns = countColumns(containers.length);
  const cards = containers.map((container, index): Placed => {
    const card = createContainerCard(container, scene, marks, columns > 2);
    return { card, column: index % columns, line: Math.floor(index / columns) };
  });
  const places = new Map(containers.map(({ id }, index) => [id, cards[index]!]));
  const services = placeServices(scene, marks, { x, y, width });
  const router = new Router(listRoutes(scene, places, services.anchors), columns, x, width);
  let top = y + services.height + router.measureGap(0, services.height > 0 ? 16 : 0);
  const items: Item[] = [];
  const anchors = new Map(services.anchors);
  const gaps = [y + services.height];
  for (let line = 0; line * columns < cards.length; line++) {
    const own = cards.filter((placed) => placed.line === line);
    const height = Math.max(...own.map(({ card }) => measureCard(card)));
    for (const { card, column } of own) {
      const box: Box = { ...router.findColumn(column), y: top, height };
      items.push(placeCard(card, box));
      listAnchors(card, box).forEach((anchor, name) => {
        anchors.set(name, anchor);
      });
    }
    gaps.push(top + height);
    top += height + router.measureGap(line + 1, ROW_GAP);
  }
  return { items: [...router.draw(anchors, gaps), ...services.items, ...items], height: top - ROW_GAP - y };
}

/** The containers that requests lead to first, so that arrows are short, and last those that end before the others run. */
function sortContainers({ containers, services }: PodScene): ContainerScene[] {
  const served = new Set(services.flatMap(({ ports }) => ports.flatMap(({ leads }) => leads?.container ?? [])));
  const rank = ({ id, role }: ContainerScene): number =>
    role === 'init' ? 3 : role === 'main' ? 0 : served.has(id) ? 1 : 2;
  return [...containers].sort((a, b) => rank(a) - rank(b));
}

function countColumns(count: number): number {
  return count <= 2 || count === 4 ? Math.min(count, 2) : 3;
}

function listRoutes(
  scene: PodScene,
  places: ReadonlyMap<string, Placed>,
  services: ReadonlyMap<string, Anchor>,
): Route[] {
  const order = (to: string) => listPortNames(scene).indexOf(to);
  const requests = scene.services.flatMap((service) =>
    service.ports.flatMap((port, index): Route[] => {
      const from = toServiceAnchor(service, index);
      const to = port.leads && places.get(port.leads.container);
      return to && services.has(from)
        ? [{ from, to: toPortAnchor(port.leads!.container, port.leads!.number), target: to, tone: 'main' }]
        : [];
    }),
  );
  const calls = scene.containers.flatMap(({ id, calls: own }) =>
    own.flatMap(({ port, container }): Route[] => {
      const [source, target] = [places.get(id), container === undefined ? undefined : places.get(container)];
      return source && target
        ? [{ from: toCallAnchor(id, port), to: toPortAnchor(container!, port), source, target, tone: 'companion' }]
        : [];
    }),
  );
  return [...requests.sort((a, b) => a.target.line - b.target.line || order(a.to) - order(b.to)), ...calls];
}

/** The names of all port rows, from above. */
function listPortNames({ containers }: PodScene): string[] {
  return containers.flatMap(({ id, listeners }) => listeners.map(({ number }) => toPortAnchor(id, number)));
}

function toServiceAnchor({ object }: ServiceScene, index: number): string {
  return `${object} ${index}`;
}

interface ServicesBlock extends Block {
  readonly anchors: ReadonlyMap<string, Anchor>;
}

/** The Services in a line, or in several where there are many. */
function placeServices(scene: PodScene, marks: Marks, { x, y, width }: Omit<Box, 'height'>): ServicesBlock {
  const { services } = scene;
  const columns = Math.max(1, Math.min(services.length, 3));
  const own = (width - SERVICE_GAP * (columns - 1)) / columns;
  const anchors = new Map<string, Anchor>();
  const items: Item[] = [];
  let top = y;
  for (let start = 0; start < services.length; start += columns) {
    const line = services.slice(start, start + columns);
    const cards = line.map((service) => createServiceCard(service, scene, marks));
    const height = Math.max(...cards.map(measureCard));
    for (const [index, card] of cards.entries()) {
      const box = { x: x + index * (own + SERVICE_GAP), y: top, width: own, height };
      items.push(placeCard(card, box));
      // Arrows from a line above another would cross its cards; there the text alone says where ports lead.
      const ports = services.length > columns ? [] : line[index]!.ports;
      ports.forEach((_port, position) => {
        // The first port starts furthest to the right, as its arrow ends highest.
        const from = box.x + 18 + (ports.length - 1 - position) * 12;
        anchors.set(toServiceAnchor(line[index]!, position), { left: from, right: from, y: top + height });
      });
    }
    top += height + (start + columns < services.length ? SERVICE_GAP : 0);
  }
  return { items, anchors, height: top - y };
}

function createServiceCard(service: ServiceScene, scene: PodScene, marks: Marks): Card {
  const { name, type, ports, object } = service;
  const head: Row = {
    name: 'head',
    segments: [
      { text: name, style: NAME, tone: 'text', isFlexible: true },
      toSmall(type === 'ClusterIP' ? 'Service' : `Service, ${type}`, 'dim', { isRight: true, isFlexible: false }),
    ],
    findings: marks.list(service),
  };
  const rows = ports.map((port): Row => {
    const { leads } = port;
    const callee = leads && findContainer(scene, leads.container)?.name;
    return {
      name: 'service-port',
      element: port,
      title: `${object} leads port ${formatServicePort(port)} to ${formatTarget(port, scene)}`,
      segments: [
        toMono(formatServicePort(port)),
        toSmall('→', 'dim', { isFlexible: false }),
        ...(leads
          ? [toSmall(callee!, 'text'), toMono(`:${leads.number}`, 'text', { isFlexible: false })]
          : [toMono(port.target, 'text'), toSmall('nobody', 'error', { isFlexible: false })]),
      ],
      findings: marks.list(port),
    };
  });
  return { name: 'service', look: 'service', element: service, title: object, rows: splitRows([head, ...rows]) };
}
