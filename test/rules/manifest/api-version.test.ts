import { runRules } from '../../../src/rules/engine';
import { API_VERSION } from '../../../src/rules/manifest/api-version';
import { splitDocuments } from '../../../src/rules/text/document-cutter';
import { readManifests } from '../../../src/rules/unfinished';

function fixFor(apiVersion: string, kind: string, kubernetes = 37): string | undefined {
  const [document] = splitDocuments(`{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: shop}}`);
  const objects = readManifests({ ...document!, kubernetes });
  return runRules(objects, [API_VERSION])[0]?.fix;
}

describe('the API version to write', () => {
  test.each([
    ['the newest that is stable', 'autoscaling/v3', 'HorizontalPodAutoscaler', 37, 'autoscaling/v2'],
    ['the best that the cluster has', 'admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 29, 'v1beta1'],
    ['one of another group', 'extensions/v1beta1', 'Ingress', 37, 'networking.k8s.io/v1'],
    ['one of the group that stands there alone', 'events.k8s.io', 'Event', 37, 'events.k8s.io/v1'],
  ])('is %s', (_, apiVersion, kind, kubernetes, version) => {
    expect(fixFor(apiVersion, kind, kubernetes)).toMatch(new RegExp(`^write \`apiVersion: .*${version}\`$`));
  });

  test('is none of a kind that is gone', () => {
    const instead = 'remove it, and label namespaces for Pod Security admission, which takes its place';
    expect(fixFor('policy/v1beta1', 'PodSecurityPolicy')).toBe(instead);
    expect(fixFor('settings.k8s.io/v1alpha1', 'PodPreset')).toBe('remove it: no API version has the kind any more');
  });
});
