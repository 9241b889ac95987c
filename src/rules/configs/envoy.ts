import { memoizeByText } from '../../private/memo';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import { findRunningSoftware } from '../model/software';
import { type ConfiguredListener, mergeReadings, NOTHING_READ, type Reading } from './config';
import type { ConfigFiles } from './config-file';
import { toListeners } from './endpoints';
import type { ServerConfig } from './server-config';
import { readYamlRoot } from './yaml-text';

const MAIN_FILE = '/etc/envoy/envoy.yaml';
const FILE_FLAG = /^(-c|--config-path)$/;
const TEXT_FLAG = '--config-yaml';

/** The configuration that Envoy starts with: a file, and what its arguments add to it. */
export function readEnvoyConfig(container: ContainerView, files: ConfigFiles): ServerConfig | undefined {
  const { words } = findRunningSoftware(container);
  const isPlain = words.length === 0 && !container.field.at('args').exists;
  const path = isPlain ? MAIN_FILE : words.find((_, index) => FILE_FLAG.test(words[index - 1] ?? ''));
  const file = path === undefined ? undefined : files.findFile(path);
  const added = words.filter((_, index) => words[index - 1] === TEXT_FLAG);
  return file && isEnvoyConfig(file.text)
    ? { file, reading: mergeReadings([file.text, ...added].map((text) => readEnvoyText(text))) }
    : undefined;
}

/** Whether a text has any of the fields that Envoy starts with. */
function isEnvoyConfig(text: string): boolean {
  const root = readYamlRoot(text);
  return ['static_resources', 'dynamic_resources', 'admin'].some((field) => root.at(field).isObject);
}

const readEnvoyText = memoizeByText((text: string): Reading => {
  const root = readYamlRoot(text);
  const listeners = root.at('static_resources', 'listeners');
  return {
    ...NOTHING_READ,
    listeners: [
      ...toAddressListeners(root.at('admin', 'address'), 'its `admin`'),
      ...listeners.items.flatMap(toStaticListeners),
    ],
    isPartial:
      !root.isObject || root.at('dynamic_resources').exists || (listeners.exists && listeners.items.length === 0),
  };
});

/** Istio has listeners for which nothing is bound, as another one takes their connections. */
function toStaticListeners(listener: Field): readonly ConfiguredListener[] {
  if (listener.at('bind_to_port').isFalse) {
    return [];
  }
  const addresses = [listener, ...listener.at('additional_addresses').items].map((one) => one.at('address'));
  return addresses.flatMap((address) => toAddressListeners(address, 'its `listeners`'));
}

function toAddressListeners(address: Field, purpose: string): readonly ConfiguredListener[] {
  const socket = address.at('socket_address');
  const { text: host, scalar } = socket.at('address');
  return toListeners(host ?? scalar, socket.at('port_value').scalar, purpose, socket.at('protocol').text ?? 'TCP');
}
