import { isPinned, validateImageName } from '../../private/names';
import { Severity } from '../finding';
import type { Rule } from '../rule';

export const IMAGE_TAG: Rule = {
  id: 'image-tag',
  severity: Severity.WARNING,
  catches: 'An image without a tag, or with the tag `latest`.',
  consequence:
    'Nodes run different versions of the software, nobody can tell which, and there is none to roll back to.',
  fix: 'name a version, or a digest',
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
  checkPod: ({ all }) =>
    all
      .filter(({ image }) => validateImageName(image) === undefined && !isPinned(image))
      .map(({ field, name, image }) => ({
        at: field.at('image'),
        message: `container "${name}" has image "${image}", which names no version`,
      })),
};
