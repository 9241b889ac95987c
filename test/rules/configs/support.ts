import { ConfigFiles } from '../../../src/rules/configs/config-file';
import { Field } from '../../../src/rules/model/field';
import { ManifestSet } from '../../../src/rules/model/manifest-set';
import { ObjectView } from '../../../src/rules/model/object-view';
import type { PodView } from '../../../src/rules/model/pod-view';

/** A pod of one container, with ConfigMaps by their names. */
export function podOf(
  container: object,
  configMaps: Record<string, Record<string, string>> = {},
  volumes: readonly object[] = Object.keys(configMaps).map((name) => ({ name, configMap: { name } })),
): { pod: PodView; set: ManifestSet } {
  const objects = [
    { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'agent', ...container }], volumes } },
    ...Object.entries(configMaps).map(([name, data]) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name },
      data,
    })),
  ].map((object) => new ObjectView(Field.root(object), {}));
  return { pod: objects[0]!.pod!, set: new ManifestSet(objects) };
}

/** The files that come into that container. */
export function filesOf(...args: Parameters<typeof podOf>): ConfigFiles {
  const { pod, set } = podOf(...args);
  return new ConfigFiles(pod.containers[0]!, pod, set);
}
