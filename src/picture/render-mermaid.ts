import { groupBy } from '../private/lists';
import { Marks } from './marks';
import type { ContainerScene, PodScene, SceneElement, ServiceScene, VolumeScene } from './scene/pod-scene';
import { describeStopStep, formatReach, formatSeconds, formatServicePort, joinStopSteps, toShortImage } from './words';

/** Outlines that are seen on light and on dark. */
const CLASSES = [
  'classDef main stroke:#0969da,stroke-width:3px',
  'classDef companion stroke:#1a7f64,stroke-width:2px',
  'classDef classic stroke:#1a7f64,stroke-width:2px,stroke-dasharray:5 3',
  'classDef init stroke:#818b98,stroke-dasharray:3 3',
  'classDef finding stroke:#cf222e',
];
const CLASS_NAMES: Readonly<Record<ContainerScene['role'], string>> = {
  main: 'main',
  'native sidecar': 'companion',
  sidecar: 'classic',
  init: 'init',
};
/** Longer texts tell nobody anything in a box. */
const MAX_TEXT = 200;
const FINDINGS_IN_LINE = 4;

/** The picture of a pod as a flowchart of Mermaid, which GitHub and others draw. */
export function renderMermaid(scene: PodScene): string {
  const marks = new Marks(scene);
  return [
    'flowchart TB',
    ...scene.services.map(
      (service, index) =>
        `  service-${index}(["${joinLabel(service.object, service.type, formatMarks(service, marks))}"])`,
    ),
    `  subgraph pod["${joinLabel(`${scene.object}${formatMarks(scene, marks)}`, ...scene.facts.map(({ text }) => text))}"]`,
    '    subgraph network["Network"]',
    ...scene.containers.map((container) => `      ${renderContainer(container, marks)}`),
    '    end',
    ...listStorage(scene, marks),
    '  end',
    ...listLifecycle(scene, marks),
    ...listFindings(scene),
    ...listServiceEdges(scene, marks),
    ...listCallEdges(scene),
    ...listVolumeEdges(scene, marks),
    ...CLASSES.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function renderContainer(container: ContainerScene, marks: Marks): string {
  const { id, name, role, image, listeners } = container;
  const ports = listeners.map((listener) => {
    const { number, name: port = '', reach } = listener;
    return [`:${number}`, port, reach === 'all' ? '' : formatReach(reach), formatMarks(listener, marks)]
      .filter(Boolean)
      .join(' ');
  });
  const label = joinLabel(`${name}${formatMarks(container, marks)}`, role, toShortImage(image), ...ports);
  return `${id}["${label}"]:::${CLASS_NAMES[role]}`;
}

/** The order in which containers start, with the gates between them, and the end. */
function listLifecycle(scene: PodScene, marks: Marks): string[] {
  const { containers } = scene;
  const starts = containers.map(
    ({ name }, index) => `    start-${index}(["${joinLabel(`start ${index + 1}: ${name}`)}"])`,
  );
  const gates = containers.slice(1).map((_container, index) => {
    const { gate } = containers[index]!;
    const text = gate.type === 'begun' ? 'at once' : gate.text;
    return `    start-${index} -->|"${joinLabel(`${text}${gate.type === 'hook' ? formatMarks(gate, marks) : ''}`)}"| start-${index + 1}`;
  });
  const steps = joinStopSteps(scene.stop.steps);
  const stops = steps.map((step, index) => {
    const { label, text } = describeStopStep(step, scene);
    const time = step.second === undefined ? 'then' : formatSeconds(step.second);
    return `    stop-${index}(["${joinLabel(`${label}, ${time}`, text)}"])`;
  });
  const links = steps.slice(1).map((_step, index) => `    stop-${index} --> stop-${index + 1}`);
  return ['  subgraph lifecycle["LifeCycle"]', '    direction TB', ...starts, ...gates, ...stops, ...links, '  end'];
}

function listStorage({ volumes }: PodScene, marks: Marks): string[] {
  const nodes = volumes.map((volume, index) => `      ${toVolumeId(index)}[("${describeVolume(volume, marks)}")]`);
  return nodes.length === 0 ? [] : ['    subgraph storage["Storage"]', ...nodes, '    end'];
}

function describeVolume(volume: VolumeScene, marks: Marks): string {
  const { name, source, limit } = volume;
  return joinLabel(`${name}${formatMarks(volume, marks)}`, limit === undefined ? source : `${source}, ${limit}`);
}

function listServiceEdges(scene: PodScene, marks: Marks): string[] {
  return scene.services.flatMap(({ ports }: ServiceScene, index) =>
    ports.map((port) => {
      const { leads, target } = port;
      const words = `${formatServicePort(port)} to ${leads ? `:${leads.number}` : `${target}: nobody`}${formatMarks(port, marks)}`;
      const label = joinLabel(words);
      return leads ? `  service-${index} -->|"${label}"| ${leads.container}` : `  service-${index} --x|"${label}"| pod`;
    }),
  );
}

function listCallEdges({ containers }: PodScene): string[] {
  return containers.flatMap(({ id, calls }) =>
    calls.flatMap(({ port, container }) =>
      container === undefined ? [] : [`  ${id} -.->|"${joinLabel(`localhost:${port}`)}"| ${container}`],
    ),
  );
}

/** Lines lead down from containers to volumes, with an arrow where something is written; one line for each two. */
function listVolumeEdges({ volumes }: PodScene, marks: Marks): string[] {
  return volumes.flatMap(({ uses }, index) =>
    [...groupBy(uses, ({ container }) => container)].map(([container, own]) => {
      const label = joinLabel(...own.map((use) => `${use.access} ${use.mountPath}${formatMarks(use, marks)}`));
      const line = own.some(({ access }) => access === 'writes') ? '-->' : '---';
      return `  ${container} ${line}|"${label}"| ${toVolumeId(index)}`;
    }),
  );
}

function listFindings({ findings }: PodScene): string[] {
  const nodes = findings.map(({ number, severity, rule, message, fix }) => {
    return `    finding-${number}["${joinLabel(`[${number}] ${severity}: ${rule}`, message, `fix: ${fix}`)}"]:::finding`;
  });
  // Without links all would stand in one line.
  const links = findings
    .slice(FINDINGS_IN_LINE)
    .map(({ number }) => `    finding-${number - FINDINGS_IN_LINE} ~~~ finding-${number}`);
  return nodes.length === 0
    ? []
    : ['  subgraph findings["Findings"]', '    direction TB', ...nodes, ...links, '  end', '  pod ~~~ findings'];
}

function toVolumeId(index: number): string {
  return `volume-${index}`;
}

function formatMarks(element: SceneElement, marks: Marks): string {
  return marks
    .list(element)
    .map(({ number }) => ` [${number}]`)
    .join('');
}

/** A label of several lines, in which nothing is syntax of Mermaid, Markdown or HTML. */
function joinLabel(...lines: readonly string[]): string {
  return lines
    .filter((line) => line !== '')
    .map((line) => escapeLabel(line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line))
    .join('<br>');
}

/** Signs that mean nothing anywhere stand as they are; a line that begins with a number or dash is no list then, either. */
function escapeLabel(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, '\ufffd')
    .replace(/^[^A-Za-z]|[^\p{L}\p{N} .,:/\-…\ufffd]/gu, (sign) => `#${sign.codePointAt(0)};`);
}
