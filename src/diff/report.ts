import type { Verdict } from '../rules/command/verdict';
import type { FieldChange } from './stored/compare';

/** The effects on an object, from what interrupts most to what nobody notices. */
export enum Effect {
  /** `kubectl apply` is refused: it has to be deleted and made again. */
  REPLACE = 'replace',
  /** Its pods are replaced, and none is left meanwhile. */
  DOWN = 'down',
  /** Its pods are replaced, some at a time. */
  ROLL = 'roll',
  /** Containers of its pod start again in place. */
  RESTART = 'restart',
  /** Its pod gets other resources while it runs. */
  RESIZE = 'resize',
  /** It is no longer there. */
  DELETE = 'delete',
  /** It leads to other pods or ports. */
  REROUTE = 'reroute',
  /** It has more or fewer pods. */
  SCALE = 'scale',
  /** It is new. */
  CREATE = 'create',
  /** It counts for the next run. */
  NEXT_RUN = 'next-run',
  /** It counts for pods or containers that start later. */
  NEXT_START = 'next-start',
  /** It counts at once, and no pod is touched. */
  APPLY = 'apply',
}

/** The place in which an object is written. */
export interface ObjectPlace {
  readonly file?: string;
  readonly line?: number;
}

/** The effect of an apply on one object. */
export interface ObjectReport {
  readonly effect: Effect;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  /** The name before, where the same object has another one now. */
  readonly previousName?: string;
  readonly old?: ObjectPlace;
  readonly next?: ObjectPlace;
  /** The effect in a sentence. */
  readonly summary: string;
  /** Why it happens. */
  readonly reasons: readonly string[];
  /** Remarks beside it: data, capacity, what has to be done. */
  readonly notes: readonly string[];
  /** The fields that differ; values of Secrets are left out. */
  readonly fields: readonly FieldChange[];
}

/** A document that nothing is said of, and why. */
export interface PassedOver {
  readonly object: string;
  readonly place: ObjectPlace;
  readonly reason: string;
}

/** The effects of a change. */
export interface DiffReport {
  /** The objects that change, in the order in which it happens. */
  readonly objects: readonly ObjectReport[];
  /** The number of objects that stay as they are. */
  readonly unchanged: number;
  /** The findings that the rules did not have before. */
  readonly begun: readonly Verdict[];
  /** The findings that the rules no longer have. */
  readonly ceased: readonly Verdict[];
  readonly passedOver: readonly PassedOver[];
}
