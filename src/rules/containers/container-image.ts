import { validateImageName } from '../../private/names';
import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { ObjectView } from '../model/object-view';
import { isUnresolvedImage } from '../model/placeholders';
import type { Problem, Rule } from '../rule';

export const CONTAINER_IMAGE: Rule = {
  id: 'container-image',
  severity: Severity.ERROR,
  catches: 'A container without an image, or with an image name that no container runtime understands.',
  consequence:
    'The API server rejects the pod, or the kubelet reports `InvalidImageName` and never starts the container.',
  fix: 'write the name of the image, as in `registry.example.com/team/app:1.4`',
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  checkPod: ({ owner, all }) => (isFilledByOpenShift(owner) ? [] : all.flatMap(checkImage)),
};

/** Whether the platform writes the images when their tags change. */
function isFilledByOpenShift({ kind, root }: ObjectView): boolean {
  return kind === 'DeploymentConfig' || root.at('metadata', 'annotations', 'image.openshift.io/triggers').exists;
}

function checkImage(container: ContainerView): Problem[] {
  const at = container.field.at('image');
  const image = at.text ?? '';
  if ((at.exists && at.text === undefined) || isUnresolvedImage(image)) {
    return [];
  }
  if (image === '') {
    return [{ at, message: `container "${container.name}" has no image` }];
  }
  const problem = validateImageName(image);
  return problem === undefined
    ? []
    : [{ at, message: `container "${container.name}" has image "${image}", which ${problem}` }];
}
