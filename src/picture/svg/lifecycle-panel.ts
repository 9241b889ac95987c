import type { Marks } from '../marks';
import type { ContainerScene, PodScene, SceneElement, StopStepScene } from '../scene/pod-scene';
import { describeStopStep, findContainer, formatSeconds, joinStopSteps, listReadiness } from '../words';
import { placeGraceBar } from './grace-bar';
import type { Block, GroupItem, Item, Tone } from './item';
import { DIGIT, measureText, NAME, SMALL, shortenMiddle, wrapText } from './measure';
import { placeRow, ROW_HEIGHT, type Row, splitMarks } from './row';
import { findTone } from './tones';

const INDENT = 34;
const TIME_INDENT = 42;
const LINE_HEIGHT = 16;
const STEP_GAP = 10;
const RADIUS = 11;
const MAX_LINES = 4;
/** Steps of the start have arrows between them. */
const MIN_HEIGHT = 30;

/** A step of a time line. */
interface Step {
  readonly name: string;
  readonly element: SceneElement;
  readonly title: string;
  /** The few characters in its circle, or before it. */
  readonly sign: string;
  readonly isTime: boolean;
  readonly tone: Tone;
  readonly label: string;
  readonly text: string;
  readonly hasMarks: boolean;
}

/** The life of a pod, from the first container that starts to SIGKILL. */
export function placeLifecycle(scene: PodScene, marks: Marks, x: number, y: number, width: number): Block {
  const starts = scene.containers.map((container, index) => toStartStep(container, index, scene));
  const start = placeSteps([...starts, toReadyStep(scene)], marks, x, y + 24, width);
  const stopY = y + 24 + start.height + 22;
  const stop = placeSteps(toStopSteps(scene), marks, x, stopY + 24, width);
  const barY = stopY + 24 + stop.height + 8;
  const bar = placeGraceBar(scene, x, barY, width);
  return {
    items: [toCaption('Start', x, y), ...start.items, toCaption('Stop', x, stopY), ...stop.items, ...bar.items],
    height: barY + bar.height - y,
  };
}

function toCaption(text: string, x: number, y: number): Item {
  return { type: 'text', x, y: y + 13, text, style: NAME, tone: 'text' };
}

function toStartStep(container: ContainerScene, index: number, { containers }: PodScene): Step {
  const { name, gate, path } = container;
  const isOwn = gate.path !== path;
  return {
    name: 'start',
    element: isOwn ? gate : container,
    title: `${index + 1}. ${name} starts; the next one ${gate.type === 'begun' ? 'at once' : `when: ${gate.text}`}`,
    sign: String(index + 1),
    isTime: false,
    tone: findTone(container),
    label: name,
    text: gate.type === 'begun' ? (index < containers.length - 1 ? 'the next at once' : '') : gate.text,
    hasMarks: gate.type === 'hook',
  };
}

function toReadyStep(scene: PodScene): Step {
  return {
    name: 'ready',
    element: scene,
    title: 'The pod is ready',
    sign: '✓',
    isTime: false,
    tone: 'text',
    label: 'pod is ready',
    text: listReadiness(scene),
    hasMarks: false,
  };
}

function toStopSteps(scene: PodScene): Step[] {
  return joinStopSteps(scene.stop.steps).map((step) => {
    const { label, text } = describeStopStep(step, scene);
    const [first] = step.containers;
    const container = first === undefined ? undefined : findContainer(scene, first);
    return {
      name: `stop-${step.type}`,
      element: step,
      title: text === '' ? label : `${label}: ${text}`,
      sign: step.second === undefined ? 'then' : formatSeconds(step.second),
      isTime: true,
      tone: container && step.containers.length === 1 ? findTone(container) : 'text',
      label,
      text,
      hasMarks: isOwnStep(step, scene),
    };
  });
}

/** Whether a step shows a field that no other part of the picture does. */
function isOwnStep({ type, path }: StopStepScene, { containers }: PodScene): boolean {
  return type === 'killed' || (type === 'signal' && containers.every((container) => container.path !== path));
}

function placeSteps(steps: readonly Step[], marks: Marks, x: number, y: number, width: number): Block {
  let top = y;
  const groups: GroupItem[] = [];
  const centers: number[] = [];
  for (const step of steps) {
    const block = placeStep(step, marks, x, top, width);
    centers.push(top + ROW_HEIGHT / 2);
    groups.push({ type: 'group', name: step.name, element: step.element, title: step.title, items: block.items });
    top += block.height + STEP_GAP;
  }
  const spine = steps[0]!.isTime ? [] : listSpine(centers, x + RADIUS);
  return { items: [...spine, ...groups], height: top - STEP_GAP - y };
}

/** The line from each circle to the next. */
function listSpine(centers: readonly number[], x: number): Item[] {
  return centers.slice(1).map((center, index): Item => {
    const points = [
      [x, centers[index]! + RADIUS + 2],
      [x, center - RADIUS - 5],
    ] as const;
    return { type: 'line', points, tone: 'neutral', hasArrow: true };
  });
}

function placeStep(step: Step, marks: Marks, x: number, y: number, width: number): Block {
  const { sign, isTime, tone, label, text, element, hasMarks } = step;
  const indent = isTime ? TIME_INDENT : INDENT;
  const findings = hasMarks ? marks.list(element) : [];
  const title: Row = { name: 'head', segments: [{ text: label, style: NAME, tone, isFlexible: true }], findings };
  const rows = splitMarks(title, 1, 5);
  const heads = rows.flatMap((row, index) => placeRow(row, x + indent, y + index * ROW_HEIGHT, width - indent).items);
  const texts = placeLines(text, x + indent, y + rows.length * ROW_HEIGHT, width - indent);
  const height = rows.length * ROW_HEIGHT + texts.height;
  return {
    items: [...(isTime ? [toTime(sign, x, y)] : toCircle(sign, tone, x, y)), ...heads, ...texts.items],
    height: isTime ? height : Math.max(height, MIN_HEIGHT),
  };
}

/** The words below the head of a step. */
function placeLines(text: string, x: number, y: number, width: number): Block {
  const lines = text === '' ? [] : wrapText(text, width, SMALL, MAX_LINES);
  const items = lines.map((line, index): Item => {
    const isCut = index === lines.length - 1 && line.includes('…');
    const baseline = y + 12 + index * LINE_HEIGHT;
    return { type: 'text', x, y: baseline, text: line, style: SMALL, tone: 'dim', full: isCut ? text : undefined };
  });
  return { items, height: lines.length === 0 ? 0 : lines.length * LINE_HEIGHT + 2 };
}

function toTime(text: string, x: number, y: number): Item {
  return { type: 'text', x, y: y + 14, text: shortenMiddle(text, TIME_INDENT - 4, SMALL), style: SMALL, tone: 'dim' };
}

function toCircle(text: string, tone: Tone, x: number, y: number): Item[] {
  const center = { x: x + RADIUS, y: y + ROW_HEIGHT / 2 };
  const left = center.x - measureText(text, DIGIT) / 2 / 1.03;
  return [
    { type: 'dot', ...center, radius: RADIUS, tone, isHollow: true },
    { type: 'text', x: left, y: center.y + 4, text, style: DIGIT, tone },
  ];
}
