import { memoizeByObject } from '../../../private/memo';
import { listHooks, listProbes } from '../../lifecycle/shared/handlers';
import type { ContainerView } from '../../model/container-view';
import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';
import { findStartedWords } from '../../model/programs';

/** A command of a pod: that of a container, or of one of its probes and hooks. */
export interface CommandLine {
  readonly container: ContainerView;
  /** Its name in messages. */
  readonly title: string;
  /** Its words. */
  readonly items: readonly Field[];
  /** Its words from the program on, behind an init process or the like. */
  readonly started: readonly Field[];
  /** Whether the first word is the program: that of the image does not come before it. */
  readonly isWhole: boolean;
  /** The probe or hook that runs it. */
  readonly handler?: Field;
}

/** The commands of containers. */
export const listCommandLines = memoizeByObject(({ all }: PodView): readonly CommandLine[] =>
  all.flatMap((container) => {
    const command = container.field.at('command').items;
    const items = [...command, ...container.field.at('args').items];
    const title = `container "${container.name}"`;
    const isWhole = command.length > 0;
    return items.length > 0
      ? [{ container, title, items, started: isWhole ? omitStarter(items) : items, isWhole }]
      : [];
  }),
);

/** The commands of probes and hooks. */
export const listHandlerLines = memoizeByObject((pod: PodView): readonly CommandLine[] =>
  [...listProbes(pod), ...listHooks(pod)].flatMap(({ container, field, title }) => {
    const items = field.at('exec', 'command').items;
    return items.length > 0
      ? [{ container, title, items, started: omitStarter(items), isWhole: true, handler: field }]
      : [];
  }),
);

/** The texts of words, where a word that is no text is an empty one. */
export function listWords(items: readonly Field[]): string[] {
  return items.map(({ text }) => text ?? '');
}

function omitStarter(items: readonly Field[]): readonly Field[] {
  return items.slice(items.length - findStartedWords(listWords(items)).length);
}
