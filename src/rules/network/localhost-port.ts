import { findSoftwareConfig } from '../configs/software-config';
import { listLocalUpstreams } from '../configs/upstreams';
import { Severity } from '../finding';
import { listLocalCalls } from '../model/calls';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import { canOpenMore, listListeners } from '../model/listeners';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { isPortMentioned } from '../model/port-mentions';
import type { Problem, Rule } from '../rule';
import { isInjected } from './shared/injection';

/** A port of the pod that a container asks. */
interface Asked {
  readonly container: ContainerView;
  readonly port: number;
  readonly at: Field;
  /** The place in words, where it is none of the container itself. */
  readonly title?: string;
  /** The text that holds it, where that is none of the pod itself. */
  readonly text?: string;
  /** Whether it is surely another container that is meant. */
  readonly isOther: boolean;
}

/** Settings and schemes of databases and the like, which a container never asks of itself. */
const OTHERS =
  /database|(^|_)db(_|$)|^pg|postgres|mysql|maria|mongo|redis|dsn|data_source|amqp|rabbit|datastore|upstream|backend|scrape|memcache/;
/** Ports of meshes, agents and the node that reach a pod without a word in its manifest. */
const ADDED: ReadonlySet<number> = new Set([
  ...[3500, 50001, 50002, 4140, 4143, 4190, 4191, 8125, 8126, 2000, 4317, 4318, 9411, 6831, 6832, 5778],
  ...[443, 6443, 10250, 10255],
]);
/** Those of them at which a collector takes data, too, so that its own configuration tells. */
const OTLP: ReadonlySet<number> = new Set([4317, 4318]);

export const LOCALHOST_PORT: Rule = {
  id: 'localhost-port',
  severity: Severity.WARNING,
  catches: 'A container that is told to call a port of its pod which none of the containers opens.',
  consequence: 'Every call is refused, as nobody listens there.',
  fix: 'name a port that a container of the pod opens',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking',
  checkPod: (pod, set) => {
    const asked = listAsked(pod, set);
    return asked.flatMap((entry) => checkAsked(entry, asked, pod, set) ?? []);
  },
};

/** The ports of the pod that its containers ask. In the network of the node, anybody may have opened them. */
function listAsked(pod: PodView, set: ManifestSet): Asked[] {
  if (pod.spec.at('hostNetwork').isTrue) {
    return [];
  }
  const asked = pod.running.flatMap((container) => [
    ...listLocalCalls(container).map(({ port, at, name, scheme = '' }) => {
      return { container, port, at, isOther: OTHERS.test(name) || OTHERS.test(scheme) };
    }),
    ...listLocalUpstreams(container, pod, set).map((upstream) => ({ ...upstream, container, isOther: true })),
  ]);
  const hasCollector = pod.running.some((container) => takesOtlp(container, pod, set));
  return asked.filter(
    ({ port }) => !(ADDED.has(port) && !(hasCollector && OTLP.has(port))) && !(port >= 15000 && port < 15100),
  );
}

/** Whether a container is a collector whose configuration says at which port it takes OTLP. */
function takesOtlp(container: ContainerView, pod: PodView, set: ManifestSet): boolean {
  const config = findSoftwareConfig(container, pod, set);
  return config?.software === 'OpenTelemetry Collector' && config.listeners.some(({ number }) => OTLP.has(number));
}

/**
 * Silent where a container may open the port: one that is not known to open any, or whose software may open others, or anything else
 * that names it.
 */
function checkAsked(
  { container, port, at, title, isOther }: Asked,
  all: readonly Asked[],
  pod: PodView,
  set: ManifestSet,
): Problem | undefined {
  const others = pod.running.filter((other) => !isOther || other !== container);
  const opened = others.map((other) => listListeners(other, pod, set));
  const isOpen = pod.running.some((other) => listListeners(other, pod, set).some(({ number }) => number === port));
  const isUnclear = others.length === 0 || opened.some((listeners) => listeners.length === 0);
  const isUnsure = others.some((other) => canOpenMore(other, pod, set));
  if (isOpen || isUnclear || isUnsure || isInjected(pod)) {
    return undefined;
  }
  const places = all.filter((asked) => asked.port === port).map(({ text, at: place }) => text ?? place.path);
  if (isPortMentioned(port, pod, set, new Set(places))) {
    return undefined;
  }
  const where = title === undefined ? '' : ` by ${title}`;
  const numbers = [...new Set(opened.flat().map(({ number }) => number))];
  const message = `container "${container.name}" asks port ${port} of its own pod${where}, which no container opens`;
  return { at, message, fix: `name a port that a container opens: ${numbers.join(', ')}` };
}
