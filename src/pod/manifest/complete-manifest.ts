import { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { copyData } from '../../private/copies';
import { hasOwn } from '../../private/own';
import { renderOriginal } from '../../private/rendering/render-object';
import { RunValue } from '../../private/synth-run';
import { wrapMethod } from '../../private/wrap-method';
import { ExistingPod } from '../workload/existing-pod';
import { collectNames, writeCanonically } from './canonical-form';
import { findPodTemplate, type PodTemplate, sortKeys } from './pod-template';
import type { Workload } from './rendered-workload';

/**
 * Lets the kernel complete the pod template when the workload is rendered, and gives a way to render it as a whole. In one synth that
 * happens once, for validation and output together.
 *
 * The template is completed in its finished form, after cdk8s-plus and all JSON patches: patches would lose every field
 * that the Kubernetes 1.28 schema of cdk8s-plus does not know, and could not follow what is declared later. See
 * docs/decisions/0002-complete-the-rendered-manifest.md.
 */
export function completeManifest(
  workload: kplus.AbstractPod,
  complete: (template: PodTemplate, manifest: Workload) => void,
): () => Workload {
  const apiObject = ApiObject.of(workload);
  const isOfCdk8s = !(workload instanceof ExistingPod) && !hasOwn(apiObject, 'toJson'); // which renders anew each time
  wrapMethod(apiObject, 'toJson', (render) => {
    const completed = new RunValue(workload.node.root, () => {
      const manifest = isOfCdk8s ? renderOriginal(apiObject) : copyData(render());
      const path = findPath(workload);
      const existing = workload instanceof ExistingPod ? collectNames(findPodTemplate(manifest, path)) : undefined;
      if (workload instanceof ExistingPod) {
        workload.complete(manifest);
      }
      const template = findPodTemplate(manifest, path);
      complete(template, manifest);
      writeCanonically(manifest, template, existing);
      sortTemplate(template);
      return manifest;
    });
    return () => completed.get();
  });
  return () => apiObject.toJson();
}

/** The place of the pod template, where it is not that of a workload of cdk8s-plus. */
export function findPath(workload: kplus.AbstractPod): string | undefined {
  return workload instanceof ExistingPod ? workload.path : undefined;
}

function sortTemplate(template: PodTemplate): void {
  if (template.metadata) {
    template.metadata = sortKeys(template.metadata);
  }
  template.spec = sortKeys(template.spec);
}
