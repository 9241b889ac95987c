import type { FindingScene, SceneElement } from '../scene/pod-scene';
import type { TextStyle } from './measure';

/** A place and a size, in units of the drawing. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Colours by their meaning; the style sheet has one of each for light and for dark. */
export type Tone = 'text' | 'dim' | 'main' | 'companion' | 'neutral' | 'error' | 'warning' | 'info';

/** A line of text. */
export interface TextItem {
  readonly type: 'text';
  readonly x: number;
  /** The line that letters stand on. */
  readonly y: number;
  readonly text: string;
  readonly style: TextStyle;
  readonly tone: Tone;
  /** The whole text, where it was shortened. */
  readonly full?: string;
}

/** A box with round corners. */
export interface RectItem extends Box {
  readonly type: 'rect';
  readonly radius: number;
  /** Its classes in the style sheet. */
  readonly look: string;
}

/** A line through points, with an arrow at its end or none. */
export interface LineItem {
  readonly type: 'line';
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly tone: Tone;
  readonly isDashed?: boolean;
  readonly hasArrow?: boolean;
}

/** A dot, full or not. */
export interface DotItem {
  readonly type: 'dot';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly tone: Tone;
  readonly isHollow?: boolean;
}

/** The mark of a finding, around a point. */
export interface MarkItem {
  readonly type: 'mark';
  readonly x: number;
  readonly y: number;
  readonly finding: FindingScene;
}

/** A part of the drawing that stands for something. */
export interface GroupItem {
  readonly type: 'group';
  /** The thing in the words of its class: `container`, `port`. */
  readonly name: string;
  readonly element?: SceneElement;
  /** The words of a screen reader, and of a pointer that stays. */
  readonly title?: string;
  readonly items: readonly Item[];
}

export type Item = TextItem | RectItem | LineItem | DotItem | MarkItem | GroupItem;

/** Items that take a part of the height. */
export interface Block {
  readonly items: readonly Item[];
  readonly height: number;
}
