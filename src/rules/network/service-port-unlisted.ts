import { Severity } from '../finding';
import { hasKnownPorts } from '../model/listeners';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { isPortMentioned } from '../model/port-mentions';
import { joinTitles, listServiceTargets, opensPort, type ServiceTarget } from '../model/service-targets';
import type { Problem, Rule } from '../rule';
import { describeSelectorFix } from './shared/selector-fix';

export const SERVICE_PORT_UNLISTED: Rule = {
  id: 'service-port-unlisted',
  severity: Severity.WARNING,
  catches:
    'A Service that sends requests to the number of a port which no container lists or opens as far as is known, and which nothing in the pod names.',
  consequence:
    'Unless the software opens the port by itself, requests to the Service are refused although the pods are ready.',
  fix: 'write the number of a port that a container lists, or list the port in the container',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  checkObject: (object, set) =>
    listServiceTargets(object, set).flatMap((target) =>
      target.at.number === undefined ? [] : checkUnlistedPort(target, set),
    ),
};

function checkUnlistedPort(target: ServiceTarget, set: ManifestSet): Problem[] {
  const { at, protocol, pods } = target;
  const [open, closed] = [true, false].map((isOpen) =>
    pods.filter((pod) => opensPort(target, pod, set) === isOpen),
  ) as [PodView[], PodView[]];
  const wrong = closed.filter((pod) => isUnlisted(target, pod, open.length > 0, set));
  const via = at.name === 'port' ? ', which stands for `targetPort`' : '';
  const message = `no container of ${joinTitles(wrong)} lists ${protocol} port ${at.number}${via}`;
  return wrong.length === 0
    ? []
    : [{ at, message, fix: open.length > 0 ? describeSelectorFix(open, wrong) : undefined }];
}

/** A container that lists no ports may listen on any, unless it is of a Job beside a workload that serves the port. */
function isUnlisted({ at }: ServiceTarget, pod: PodView, isServedElsewhere: boolean, set: ManifestSet): boolean {
  const { running, owner } = pod;
  const isListing = running.every(({ ports }) => ports.length > 0) || (isServedElsewhere && owner.isJob);
  // What is surely closed, `service-target` reports.
  const isKnown = running.every((container) => hasKnownPorts(container, pod, set));
  return isListing && !isKnown && !isPortMentioned(at.number!, pod, set);
}
