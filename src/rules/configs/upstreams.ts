import { isPort } from '../../private/ports';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { findRunningSoftware } from '../model/software';
import { ConfigFiles } from './config-file';
import { isLoopbackHost } from './endpoints';
import { readYamlText } from './yaml-text';

/** A host and its port to which a configuration leads requests or data. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
  /** The mount that holds the configuration. */
  readonly at: Field;
  /** The file in messages, as in `key "default.conf" of ConfigMap "site"`. */
  readonly title: string;
  readonly text: string;
}

const PLACE = '([a-z0-9][a-z0-9.-]*|\\[::1\\]):(\\d+)';

/** The hosts and ports in texts of software, line by line without comments. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  nginx: new RegExp(`(?:\\w+_pass\\s+(?:\\w+:\\/\\/)?|\\bserver\\s+)${PLACE}`, 'g'),
  HAProxy: new RegExp(`\\bserver\\s+\\S+\\s+${PLACE}`, 'g'),
  Caddy: new RegExp(`\\breverse_proxy\\s.*?${PLACE}`, 'g'),
  Traefik: new RegExp(`\\burl["']?\\s*[:=]\\s*["']?\\w+:\\/\\/${PLACE}`, 'g'),
};

/** The hosts and ports in YAML of software. */
const READERS: Readonly<Record<string, (root: Field) => Place[]>> = {
  Envoy: (root) => root.at('static_resources', 'clusters').items.flatMap(listEnvoyPlaces),
  'OpenTelemetry Collector': (root) =>
    root.at('exporters').fields.flatMap((exporter) => readPlaces(exporter.at('endpoint').text ?? '', ENDPOINT)),
};

const ENDPOINT = new RegExp(`^(?:\\w+:\\/\\/)?${PLACE}`, 'g');

type Place = Pick<Upstream, 'host' | 'port'>;

/** The ports of the pod to which the configuration of a container leads. */
export function listLocalUpstreams(container: ContainerView, pod: PodView, set: ManifestSet): Upstream[] {
  return listUpstreams(container, pod, set).filter(({ host }) => isLoopbackHost(host));
}

/** The hosts and ports to which the configuration of a container leads. */
export function listUpstreams(container: ContainerView, pod: PodView, set: ManifestSet): Upstream[] {
  const software = container.mounts.length > 0 ? findRunningSoftware(container).software?.software : undefined;
  const pattern = software === undefined ? undefined : PATTERNS[software];
  const read = software === undefined ? undefined : READERS[software];
  if (!pattern && !read) {
    return [];
  }
  return new ConfigFiles(container, pod, set).listFiles().flatMap(({ text, mount: at, title }) => {
    const places = pattern ? readPlaces(text.replace(/(^|\s)#.*$/gm, ''), pattern) : read!(readYamlText(text).root);
    return places.filter(({ port }) => isPort(port)).map((place) => ({ ...place, at, title, text }));
  });
}

function readPlaces(text: string, pattern: RegExp): Place[] {
  return [...text.matchAll(pattern)].map(([, host, port]) => ({ host: host!, port: Number(port) }));
}

function listEnvoyPlaces(cluster: Field): Place[] {
  return cluster.at('load_assignment', 'endpoints').items.flatMap((locality) =>
    locality.at('lb_endpoints').items.flatMap((endpoint) => {
      const place = endpoint.at('endpoint', 'address', 'socket_address');
      const [host, port] = [place.at('address').text, place.at('port_value').number];
      return host === undefined || port === undefined ? [] : [{ host, port }];
    }),
  );
}
