import { memoizeByObject } from '../../../private/memo';
import { type Handled, listHooks, listProbes } from '../../lifecycle/shared/handlers';
import type { ContainerView } from '../../model/container-view';
import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';
import { findStartedWords } from '../../model/programs';
import { listWords } from '../../model/settings';
import { hasOwnProgram } from '../../model/software';

/** A command of a pod: that of a container, or of one of its probes and hooks. */
export class CommandLine {
  private rest?: readonly Field[];

  public constructor(
    public readonly container: ContainerView,
    /** Its words. */
    public readonly items: readonly Field[],
    /** Whether the first word is the program: that of the image does not come before it. */
    public readonly isWhole: boolean,
    /** The probe or hook that runs it. */
    public readonly handler?: Handled,
  ) {}

  /** Its name in messages. */
  public get title(): string {
    return this.handler?.title ?? `container "${this.container.name}"`;
  }

  /** Its words from the program on, behind an init process or the like. */
  public get started(): readonly Field[] {
    this.rest ??= this.isWhole
      ? this.items.slice(this.items.length - findStartedWords(readWords(this.items)).length)
      : this.items;
    return this.rest;
  }

  /** Whether any of its words holds this text. */
  public has(text: string): boolean {
    return this.items.some(({ value }) => typeof value === 'string' && value.includes(text));
  }
}

const NOTHING: readonly CommandLine[] = [];

/** The commands of containers. */
export const listCommandLines = memoizeByObject(({ all }: PodView): readonly CommandLine[] => {
  const lines = all.flatMap((container) => {
    const words = listWords(container);
    return words.length > 0 ? [new CommandLine(container, words, hasOwnProgram(container))] : NOTHING;
  });
  return lines.length > 0 ? lines : NOTHING;
});

/** The commands of probes and hooks. */
export const listHandlerLines = memoizeByObject((pod: PodView): readonly CommandLine[] => {
  const lines = [...listProbes(pod), ...listHooks(pod)].flatMap(toHandlerLine);
  return lines.length > 0 ? lines : NOTHING;
});

function toHandlerLine(handled: Handled): readonly CommandLine[] {
  const items = handled.dialled ? [] : handled.field.at('exec', 'command').items;
  return items.length > 0 ? [new CommandLine(handled.container, items, true, handled)] : NOTHING;
}

/** The texts of words, where a word that is no text is an empty one. */
export function readWords(items: readonly Field[]): string[] {
  return items.map(({ text }) => text ?? '');
}
