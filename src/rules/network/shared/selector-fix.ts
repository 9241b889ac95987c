import type { PodView } from '../../model/pod-view';

/** The remedy where a selector takes pods that are not meant beside those that are. */
export function describeSelectorFix(right: readonly PodView[], wrong: readonly PodView[]): string {
  const [first, ...others] = right;
  const label = first!.labels.fields.find(
    ({ name, text }) =>
      text !== undefined &&
      others.every(({ labels }) => labels.at(name).text === text) &&
      wrong.every(({ labels }) => labels.at(name).text !== text),
  );
  const unmeant = [...new Set(wrong.map(({ owner }) => owner.title))].join(' and ');
  return label === undefined
    ? `select a label that the pods of ${unmeant} do not have`
    : `select \`${label.name}: ${label.text}\` too, which the pods of ${unmeant} do not have`;
}
