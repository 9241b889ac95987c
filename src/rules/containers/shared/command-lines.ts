import { memoizeByObject } from '../../../private/memo';
import { listHooks, listProbes } from '../../lifecycle/shared/handlers';
import type { ContainerView } from '../../model/container-view';
import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';

/** A command of a pod: that of a container, or of one of its probes and hooks. */
export interface CommandLine {
  readonly container: ContainerView;
  /** Its name in messages. */
  readonly title: string;
  /** Its words. */
  readonly items: readonly Field[];
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
    return items.length > 0 ? [{ container, title, items, isWhole: command.length > 0 }] : [];
  }),
);

/** The commands of probes and hooks. */
export const listHandlerLines = memoizeByObject((pod: PodView): readonly CommandLine[] =>
  [...listProbes(pod), ...listHooks(pod)].flatMap(({ container, field, title }) => {
    const items = field.at('exec', 'command').items;
    return items.length > 0 ? [{ container, title, items, isWhole: true, handler: field }] : [];
  }),
);
