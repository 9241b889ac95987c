import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import { findMismatch } from '../model/label-selector';
import { canOpenMore, listListeners } from '../model/listeners';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import { isPortMentioned } from '../model/port-mentions';
import { joinTitles, listSelectedPods } from '../model/service-targets';
import { isService } from '../model/services';
import type { Problem, Rule } from '../rule';
import { isInjected } from './shared/injection';

/** A monitor is compared with so many objects. */
const MAX_OBJECTS = 100;

export const SCRAPE_PORT: Rule = {
  id: 'scrape-port',
  severity: Severity.WARNING,
  catches:
    'A port of metrics, of the annotation `prometheus.io/port` of a pod or a Service or of a PodMonitor or ServiceMonitor, that nobody has.',
  consequence: 'Prometheus finds nothing to scrape there, and says so nowhere but in its list of targets.',
  fix: 'name a port that is there',
  source: 'https://prometheus-operator.dev/docs/developer/getting-started/#using-podmonitors',
  checkPod: (pod, set) => checkAnnotation(pod.template, () => [pod], set),
  checkObject: (object, set) => {
    if (isService(object)) {
      return checkAnnotation(object.root, () => listSelectedPods(object, set), set);
    }
    const isMonitor = object.apiVersion.startsWith('monitoring.coreos.com/');
    return !isMonitor
      ? []
      : object.kind === 'PodMonitor'
        ? checkPodMonitor(object, set)
        : checkServiceMonitor(object, set);
  },
};

/** Of a pod or a Service: either way Prometheus asks the pods themselves. */
function checkAnnotation(annotated: Field, listPods: () => readonly PodView[], set: ManifestSet): Problem[] {
  const annotations = annotated.at('metadata', 'annotations');
  const at = annotations.at('prometheus.io/port');
  const number = /^\d+$/.test(at.scalar ?? '') ? Number(at.scalar) : undefined;
  const isScraped = number !== undefined && annotations.at('prometheus.io/scrape').scalar === 'true';
  const pods = isScraped ? listPods() : [];
  if (!isScraped || pods.some(isInjected)) {
    return [];
  }
  const opened = pods.flatMap((pod) => pod.running.map((container) => listListeners(container, pod, set)));
  const isThere = opened.flat().some((listener) => listener.number === number && listener.protocol === 'TCP');
  // A container that is not known to open any port may open this one, and so may software that opens others, too.
  const isUnclear =
    opened.some((listeners) => listeners.length === 0) ||
    pods.some((pod) => pod.running.some((container) => canOpenMore(container, pod, set)));
  const isMentioned = () => pods.some((pod) => isPortMentioned(number, pod, set, new Set([at.path])));
  if (opened.length === 0 || isThere || isUnclear || isMentioned()) {
    return [];
  }
  const message = `Prometheus is told to scrape port ${number}, which no container of ${joinTitles(pods)} opens`;
  const numbers = new Set(opened.flat().flatMap((listener) => (listener.protocol === 'TCP' ? listener.number : [])));
  const fix = numbers.size > 0 ? `write a port that a container opens: ${[...numbers].join(', ')}` : undefined;
  return [{ at, message, fix }];
}

function checkPodMonitor(monitor: ObjectView, set: ManifestSet): Problem[] {
  const pods = isOfOwnNamespace(monitor)
    ? listSelected(set.listPodsBeside(monitor), monitor, ({ labels }) => labels)
    : [];
  const names = pods.flatMap(({ running }) => running.flatMap(({ ports }) => ports.flatMap(({ name }) => name ?? [])));
  const rest = `no container of ${joinTitles(pods)} has`;
  return checkEndpoints(monitor.spec.at('podMetricsEndpoints'), names, rest, pods.length > 0);
}

function checkServiceMonitor(monitor: ObjectView, set: ManifestSet): Problem[] {
  const beside = isOfOwnNamespace(monitor) ? set.listByKind('Service', monitor).filter(isService) : [];
  const services = listSelected(beside, monitor, ({ root }) => root.at('metadata', 'labels'));
  const names = services.flatMap(({ spec }) => spec.at('ports').items.flatMap((port) => port.at('name').text ?? []));
  const title = services.map((service) => service.title).join(' or ');
  // Of several, one more that is not here may be meant.
  return checkEndpoints(monitor.spec.at('endpoints'), names, `${title} has not`, services.length === 1);
}

function checkEndpoints(endpoints: Field, names: readonly string[], rest: string, isSelecting: boolean): Problem[] {
  return endpoints.items.flatMap((endpoint) => {
    const at = endpoint.at('port');
    if (!isSelecting || !at.text || names.includes(at.text)) {
      return [];
    }
    const meant = findNearest(at.text, names);
    return [{ at, message: `it scrapes port "${at.text}", which ${rest}`, fix: meant && `write "${meant}"` }];
  });
}

/** Whether a monitor looks into its own namespace alone, or at least too. */
function isOfOwnNamespace({ spec, namespace }: ObjectView): boolean {
  const selector = spec.at('namespaceSelector');
  return !selector.exists || selector.at('matchNames').texts.includes(namespace ?? '');
}

function listSelected<T>(all: readonly T[], { spec }: ObjectView, toLabels: (item: T) => Field): readonly T[] {
  const selector = spec.at('selector');
  return all.length <= MAX_OBJECTS && selector.at('matchLabels').names.length > 0
    ? all.filter((item) => findMismatch(selector, toLabels(item)) === undefined)
    : [];
}
