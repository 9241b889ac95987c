import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import { findServiceSelector } from '../model/services';
import type { Problem, Rule } from '../rule';

export const SERVICE_SELECTOR: Rule = {
  id: 'service-selector',
  severity: Severity.WARNING,
  catches: 'A Service that selects no pod, although a workload beside it has nearly the labels that it asks for.',
  consequence: 'Requests to the Service are refused, as no pod stands behind it.',
  fix: 'write the labels of the pods into the selector',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
  checkObject: (object, set) => {
    const selector = findServiceSelector(object);
    if (!selector || set.listPodsWith(selector, object).length > 0) {
      return [];
    }
    return set
      .listPodsBeside(object)
      .flatMap((pod) => checkServiceSelector(selector, pod, object) ?? [])
      .slice(0, 1);
  },
};

/**
 * Tells a mistake from a Service for pods that others make, or that get labels later: all labels are there but one,
 * whose value is a typing mistake away, or the workload has the name of the Service.
 */
function checkServiceSelector(selector: Field, { labels, owner }: PodView, service: ObjectView): Problem | undefined {
  const wrong = selector.fields.filter((label) => labels.at(label.name).text !== label.text);
  const at = wrong[0];
  if (!at || wrong.some((label) => labels.at(label.name).text === undefined || label.text === undefined)) {
    return undefined;
  }
  const value = labels.at(at.name).text!;
  const isTypo = wrong.length === 1 && findNearest(at.text!, [value]) !== undefined;
  const message = `no pod has label \`${at.name}\` "${at.text}"; that of ${owner.title} is "${value}"`;
  return isTypo || owner.name === service.name ? { at, message, fix: `write "${value}"` } : undefined;
}
