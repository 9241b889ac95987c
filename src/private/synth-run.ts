import type { IConstruct } from 'constructs';
import { wrapMethod } from './wrap-method';

/** An app as cdk8s makes it, as far as it is known here. */
interface Synthesizing extends IConstruct {
  synth?: () => void;
  synthYaml?: () => string;
}

/** The synths of one app. */
interface Runs {
  /** A number that grows when a synth begins and when it ends. */
  count: number;
  /** The one that is running now. */
  current?: Run;
}

/** One synth, with the values that are kept for it. */
type Run = Map<RunValue<unknown>, unknown>;

const runs = new WeakMap<IConstruct, Runs>();

/**
 * A value about a whole app that many validations read. cdk8s validates the whole app once per chart, so a value that each
 * validation computed for itself would cost charts times validations; this one is computed once per synth.
 *
 * Outside `app.synth()`, as in tests of one chart, nothing tells when the app changes, so there it is computed anew as soon
 * as a reader asks for the second time.
 */
export class SynthValue<T> {
  private readonly runs: Runs;
  private readonly readers = new Set<unknown>();
  private run = 0;
  private value?: { readonly of: T };

  public constructor(
    app: IConstruct,
    private readonly compute: () => T,
  ) {
    this.runs = ensureRuns(app);
  }

  /** Forgets the value: there is a new reader, which may come before the others. */
  public reset(): void {
    this.value = undefined;
  }

  /** The value of this synth. */
  public get(reader: unknown): T {
    if (!this.value || !this.isFresh(reader)) {
      this.readers.clear();
      this.run = this.runs.count;
      this.value = { of: this.compute() };
    }
    this.readers.add(reader);
    return this.value.of;
  }

  private isFresh(reader: unknown): boolean {
    const isSameRun = this.run === this.runs.count;
    return isSameRun && (this.runs.current !== undefined || !this.readers.has(reader));
  }
}

/**
 * A value about one object of an app that its validation and its rendering both need. Nothing changes within one
 * `app.synth()`, so there it is computed once and forgotten with the synth; elsewhere it is computed each time.
 */
export class RunValue<T> {
  private readonly runs: Runs;

  public constructor(
    app: IConstruct,
    private readonly compute: () => T,
  ) {
    this.runs = ensureRuns(app);
  }

  /** The value. */
  public get(): T {
    const { current } = this.runs;
    if (!current) {
      return this.compute();
    }
    if (!current.has(this)) {
      current.set(this, this.compute());
    }
    return current.get(this) as T;
  }
}

function ensureRuns(app: Synthesizing): Runs {
  const known = runs.get(app);
  if (known) {
    return known;
  }
  const fresh: Runs = { count: 0 };
  runs.set(app, fresh);
  wrapMethod(app, 'synth', (synth) => () => runSynth(fresh, synth));
  wrapMethod(app, 'synthYaml', (synth) => () => runSynth(fresh, synth));
  return fresh;
}

function runSynth<T>(state: Runs, synth: () => T): T {
  state.count++;
  state.current = new Map();
  try {
    return synth();
  } finally {
    state.count++;
    state.current = undefined;
  }
}
