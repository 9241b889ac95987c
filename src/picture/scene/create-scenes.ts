import { groupBy } from '../../private/lists';
import { ManifestSet } from '../../rules/model/manifest-set';
import type { ObjectView } from '../../rules/model/object-view';
import { listSelectedPods } from '../../rules/model/service-targets';
import { isService } from '../../rules/model/services';
import { listContainerScenes } from './container-scenes';
import { toElement } from './elements';
import { listFacts } from './facts';
import { type GivenFinding, listFindingScenes } from './findings';
import type { PodScene } from './pod-scene';
import { listServiceScenes } from './services';
import { Sight } from './sight';
import { toStopScene } from './stop';
import { listVolumeScenes } from './volumes';

/**
 * The scene of each object that has a pod, in their order. Objects that are no finished manifests are passed over.
 *
 * @param objects what is applied together, so that one may refer to another
 * @param findings what the rules have against them; those that are suppressed are left out
 */
export function createScenes(objects: readonly ObjectView[], findings: readonly GivenFinding[] = []): PodScene[] {
  const set = new ManifestSet(objects);
  const services = objects.filter((object) => isService(object) && object.unfinished === undefined);
  const selected = services.flatMap((service) => listSelectedPods(service, set).map((pod) => ({ pod, service })));
  const byPod = groupBy(selected, ({ pod }) => pod);
  return objects.flatMap(({ pod, unfinished }) => {
    if (!pod || unfinished !== undefined || pod.all.length === 0) {
      return [];
    }
    const own = (byPod.get(pod) ?? []).map(({ service }) => service);
    return [toPodScene(new Sight(pod, set, own), findings)];
  });
}

function toPodScene(sight: Sight, findings: readonly GivenFinding[]): PodScene {
  const { pod, services } = sight;
  const { kind, name = '(no name)', namespace, source, root, title } = pod.owner;
  return {
    ...toElement(root, title),
    kind,
    name,
    namespace,
    file: source.file,
    construct: source.construct,
    facts: listFacts(sight),
    containers: listContainerScenes(sight),
    services: listServiceScenes(sight),
    volumes: listVolumeScenes(sight),
    stop: toStopScene(sight),
    findings: listFindingScenes(findings, [pod.owner, ...services]),
  };
}
