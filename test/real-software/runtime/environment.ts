import type { Container } from '../../../src/pod/manifest/pod-template';
import { POD_IP } from './network';
import type { Data } from './volumes';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a pod knows of itself. */
const FIELDS: Readonly<Record<string, string>> = {
  'metadata.name': 'pod-0',
  'metadata.namespace': 'default',
  'metadata.uid': '0000',
  'spec.nodeName': 'node-0',
  'status.podIP': POD_IP,
};

/** The environment variables of a container. */
export function environmentOf(
  { name: container, env = [], envFrom }: Container,
  ofImage: Readonly<Record<string, string>>,
  configMaps: Data,
  secrets: Data,
): Readonly<Record<string, string>> {
  if (envFrom) {
    throw new Error(`this runtime does not know \`envFrom\`, which container "${container}" has`);
  }
  const contentOf = ({ name, value, valueFrom: { fieldRef, secretKeyRef, configMapKeyRef } = {} as any }: any) => {
    const found =
      value ??
      FIELDS[fieldRef?.fieldPath] ??
      secrets[secretKeyRef?.name]?.[secretKeyRef?.key] ??
      configMaps[configMapKeyRef?.name]?.[configMapKeyRef?.key];
    if (found === undefined || /\$\(\w+\)/.test(value)) {
      throw new Error(`this runtime has no value for variable "${name}" of container "${container}"`);
    }
    return [name, String(found)] as const;
  };
  return { PATH, HOME: '/', ...ofImage, ...Object.fromEntries(env.map(contentOf)) };
}
