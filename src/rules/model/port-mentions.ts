import type { ManifestSet } from './manifest-set';
import type { PodView } from './pod-view';
import { listWords } from './settings';

const NOWHERE: ReadonlySet<string> = new Set();

/** Longer texts are read no further. */
const MAX_LENGTH = 1 << 16;

/**
 * Whether anything of a pod names the number of a port: a command line, a variable, a probe or hook, an annotation, or a text that a
 * ConfigMap or Secret brings. It may be open then, although no container lists it.
 *
 * @param except the paths of values, and the texts, that do not count, because the number comes from there
 */
export function isPortMentioned(
  number: number,
  pod: PodView,
  set: ManifestSet,
  except: ReadonlySet<string> = NOWHERE,
): boolean {
  const pattern = new RegExp(`(?<![\\w.])${number}(?![\\w.]\\w|\\w)`);
  const hasNumber = (text: string | undefined) => text !== undefined && pattern.test(text.slice(0, MAX_LENGTH));
  return (
    pod.running.some((container) => {
      const { field, probes, hooks } = container;
      const values = field.at('env').items.map((item) => item.at('value'));
      return (
        [...listWords(container), ...values].some((at) => hasNumber(at.scalar) && !except.has(at.path)) ||
        [...probes, ...hooks].some((handler) => hasNumber(JSON.stringify(handler.value)))
      );
    }) ||
    pod.template.at('metadata', 'annotations').fields.some((at) => hasNumber(at.scalar) && !except.has(at.path)) ||
    listTexts(pod, set).some((text) => !except.has(text) && hasNumber(text))
  );
}

/** The texts that ConfigMaps and Secrets of the set bring into a pod. */
function listTexts(pod: PodView, set: ManifestSet): string[] {
  return listTextSources(pod).flatMap(([kind, name]) => {
    const object = set.find(kind, name, pod.owner);
    const [data = [], plain = []] = ['data', 'stringData'].map((part) => object?.root.at(part).fields ?? []);
    const decode = (text: string) => (kind === 'Secret' ? Buffer.from(text, 'base64').toString() : text);
    return [...data.map(({ text = '' }) => decode(text)), ...plain.map(({ text = '' }) => text)];
  });
}

function listTextSources({ volumes, running }: PodView): [kind: string, name: string | undefined][] {
  const sources = volumes.flatMap((volume) => [volume, ...volume.at('projected', 'sources').items]);
  const lists = running.flatMap(({ field }) => field.at('envFrom').items);
  const variables = running.flatMap(({ field }) => field.at('env').items.map((item) => item.at('valueFrom')));
  return [
    ...sources.flatMap((source): [string, string | undefined][] => [
      ['ConfigMap', source.at('configMap', 'name').text],
      ['Secret', source.at('secret', 'secretName').text ?? source.at('secret', 'name').text],
    ]),
    ...lists.flatMap((list): [string, string | undefined][] => [
      ['ConfigMap', list.at('configMapRef', 'name').text],
      ['Secret', list.at('secretRef', 'name').text],
    ]),
    ...variables.flatMap((from): [string, string | undefined][] => [
      ['ConfigMap', from.at('configMapKeyRef', 'name').text],
      ['Secret', from.at('secretKeyRef', 'name').text],
    ]),
  ];
}
