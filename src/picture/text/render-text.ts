import { Marks } from '../marks';
import type { ContainerScene, FindingScene, PodScene, SceneElement, VolumeScene } from '../scene/pod-scene';
import {
  describeStopStep,
  findContainer,
  formatReach,
  formatResource,
  formatSeconds,
  formatServicePort,
  formatTarget,
  groupProbes,
  joinStopSteps,
  listReadiness,
  readGraceBudget,
  toShortImage,
} from '../words';
import { ASCII, countColumns, foldText, LINES, type Pen, padText, renderFrame, toPlainText } from './frame';

/** Ways to write. */
export interface TextOptions {
  /** Columns of a line: 80, unless said otherwise; no fewer than 40. */
  readonly columns?: number;
  /** Whether all is written in ASCII. No, unless said otherwise. */
  readonly isAscii?: boolean;
}

const USUAL_COLUMNS = 80;
const LEAST_COLUMNS = 40;
/** Names longer than this do not move what stands beside them. */
const MAX_NAME = 24;

/** The picture of a pod as text in frames: how it starts, its network, its storage, how it stops, and what the rules find. */
export function renderText(scene: PodScene, { columns = USUAL_COLUMNS, isAscii = false }: TextOptions = {}): string {
  const width = Math.max(Math.floor(columns), LEAST_COLUMNS);
  const text = new PodText(scene, width, isAscii ? ASCII : LINES).render();
  // What manifests hold beyond ASCII is not ours to change, but none of it may go where only ASCII is read.
  return isAscii ? text.replace(/[^\n -~]/gu, '?') : text;
}

/** The text of one pod. */
class PodText {
  private readonly marks: Marks;
  private readonly inner: number;

  public constructor(
    private readonly scene: PodScene,
    private readonly columns: number,
    private readonly pen: Pen,
  ) {
    this.marks = new Marks(scene);
    this.inner = columns - 4;
  }

  public render(): string {
    const { scene } = this;
    const facts = scene.facts.map(({ text }) => text).join(` ${this.pen.dot} `);
    const frames: [string, string[]][] = [
      ['LifeCycle: start', this.listStart()],
      ['Network', this.listNetwork()],
      ['Storage', this.listStorage()],
      ['LifeCycle: stop', this.listStop()],
      ['Findings', scene.findings.flatMap((finding) => this.listFinding(finding))],
    ];
    return [
      ...foldText(`${toPlainText(scene.object)}${this.formatMarks(scene)}`, this.columns, this.pen),
      ...foldText(toPlainText(facts), this.columns, this.pen),
      ...frames
        .filter(([, lines]) => lines.length > 0)
        .map(([title, lines]) => renderFrame(title, lines, this.columns, this.pen)),
      '',
    ].join('\n');
  }

  private listStart(): string[] {
    const { containers } = this.scene;
    const width = this.measureNames(containers);
    const steps = containers.flatMap((container, index) => {
      const { name, role, gate } = container;
      const isLast = index === containers.length - 1;
      const text = gate.type === 'begun' ? (isLast ? '' : 'the next at once') : gate.text;
      const marks = gate.type === 'hook' ? this.formatMarks(gate) : '';
      const head = `${padText(`${index + 1}`, 2, this.pen)} ${padText(toPlainText(name), width, this.pen)} ${padText(role, 14, this.pen)} `;
      return this.hang(head, `${text}${marks}`);
    });
    return [
      ...steps,
      ...this.hang(`${this.pen.done}  ${padText('pod is ready', width, this.pen)} `, listReadiness(this.scene)),
    ];
  }

  private listNetwork(): string[] {
    const { services, containers } = this.scene;
    const blocks = [
      ...services.map((service) => [
        `${service.object}, ${service.type}${this.formatMarks(service)}`,
        ...service.ports.map((port) => {
          const target = port.leads ? formatTarget(port, this.scene) : `${port.target}: nobody`;
          return `  ${formatServicePort(port)} ${this.pen.arrow} ${target}${this.formatMarks(port)}`;
        }),
      ]),
      ...containers.map((container) => this.listContainer(container)),
    ];
    return this.joinBlocks(blocks);
  }

  private listContainer(container: ContainerScene): string[] {
    const { name, role, image, listeners, calls, probes, resources } = container;
    const { full, hollow } = this.pen;
    return [
      `${name}, ${role}${image && `, ${toShortImage(image)}`}${this.formatMarks(container)}`,
      ...listeners.map((listener) => {
        const { number, protocol, name: port, reach, isListed, hostPort } = listener;
        const words = [
          `:${number}`,
          protocol === 'TCP' ? '' : protocol,
          port ?? '',
          hostPort === undefined ? '' : `node :${hostPort}`,
          `(${formatReach(reach)}${isListed ? '' : ', not listed'})`,
        ].filter(Boolean);
        return `  ${reach === 'all' ? full : hollow} ${words.join(' ')}${this.formatMarks(listener)}`;
      }),
      ...calls.map((call) => {
        const callee =
          call.container === undefined ? 'listener unknown' : findContainer(this.scene, call.container)?.name;
        return `  calls :${call.port} ${this.pen.arrow} ${callee}${this.formatMarks(call)}`;
      }),
      ...groupProbes(probes).map(({ names, text, probes: same }) => `  ${names}: ${text}${this.formatMarks(...same)}`),
      ...resources.map((resource) => `  ${resource.name} ${formatResource(resource)}${this.formatMarks(resource)}`),
    ];
  }

  private listStorage(): string[] {
    return this.joinBlocks(this.scene.volumes.map((volume) => this.listVolume(volume)));
  }

  private listVolume(volume: VolumeScene): string[] {
    const { name, source, limit, uses } = volume;
    const head = `${name}, ${source}${limit === undefined ? '' : `, ${limit}`}${this.formatMarks(volume)}`;
    const width = this.measureNames(this.scene.containers);
    const lines = uses.map((use) => {
      const container = toPlainText(findContainer(this.scene, use.container)!.name);
      const part = use.subPath === undefined ? '' : ` (of it ${use.subPath})`;
      return `  ${use.access.padEnd(6)} ${padText(container, width, this.pen)} ${use.mountPath}${part}${this.formatMarks(use)}`;
    });
    return [head, ...(lines.length === 0 ? ['  mounted by none'] : lines)];
  }

  private listStop(): string[] {
    const { scene } = this;
    const { parts, text } = readGraceBudget(scene);
    const steps = joinStopSteps(scene.stop.steps).map((step) => ({ step, ...describeStopStep(step, scene) }));
    const width = Math.min(Math.max(...steps.map(({ label }) => countColumns(toPlainText(label)))), MAX_NAME);
    const lines = steps.flatMap(({ step, label, text: words }) => {
      const time = step.second === undefined ? 'then' : formatSeconds(step.second);
      const isOwn = step.type === 'killed' || scene.containers.every(({ path }) => path !== step.path);
      const marks = isOwn && step.type !== 'deleted' ? this.formatMarks(step) : '';
      return this.hang(`${time.padStart(6)}  ${padText(toPlainText(label), width, this.pen)} `, `${words}${marks}`);
    });
    return [...lines, ...(parts.length === 0 ? [] : this.hang('        ', text))];
  }

  private listFinding({ number, severity, rule, message, fix, object, path }: FindingScene): string[] {
    const indent = '    ';
    const place = path === '' ? object : `${object} ${path}`;
    return [
      ...this.hang(`${`${number}`.padEnd(3)} `, `${severity} ${rule}: ${toPlainText(place)}`),
      ...this.hang(indent, message),
      ...this.hang(indent, `fix: ${fix}`),
    ];
  }

  /** A text beside a head, its further lines below its own beginning. */
  private hang(head: string, text: string): string[] {
    const indent = Math.min(countColumns(head), this.inner - 16);
    const [first = '', ...others] = foldText(toPlainText(text), this.inner - indent, this.pen);
    return [`${padText(head, indent, this.pen)}${first}`.trimEnd(), ...others.map((line) => ' '.repeat(indent) + line)];
  }

  private joinBlocks(blocks: readonly (readonly string[])[]): string[] {
    return blocks.flatMap((lines, index) => [...(index > 0 ? [''] : []), ...lines.map(toPlainText)]);
  }

  private measureNames(containers: readonly ContainerScene[]): number {
    return Math.min(Math.max(...containers.map(({ name }) => countColumns(toPlainText(name))), 12), MAX_NAME);
  }

  private formatMarks(...elements: readonly SceneElement[]): string {
    const numbers = elements.flatMap((element) => this.marks.list(element).map(({ number }) => number));
    return [...new Set(numbers)].map((number) => ` [${number}]`).join('');
  }
}
