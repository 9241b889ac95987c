import { Severity } from '../../../src/rules/finding';
import { Manifests } from '../../../src/testing';
import { toPassPodRules } from '../../../src/testing/matchers/to-pass-pod-rules';
import { SHOP_YAML, shop } from '../shop';
import { said } from './call';

/** The shop in which two containers have one name. */
const TWINS = SHOP_YAML.replace('name: cache\n', 'name: web\n');

test('passes for a pod against which no rule has anything', () => {
  expect(said(toPassPodRules(shop().pod('shop')))).toBe(
    'passes: expect(Deployment/acme-shop-c8f1a2b3).not.toPassPodRules()\n\nno rule has a finding of severity "warning" or worse',
  );
});

test('fails with each finding and its fix', () => {
  const pod = Manifests.fromYaml(TWINS).pod('shop');
  expect(said(toPassPodRules(pod))).toContain(
    'fails: expect(Deployment/acme-shop-c8f1a2b3).toPassPodRules()\n\none finding:\n' +
      '  error Deployment/acme-shop-c8f1a2b3 spec.template.spec.containers[1].name: container name "web" is already taken in this pod; give each container of the pod a name of its own (container-name-unique)',
  );
});

test('a pod is judged alone, though among all that is applied with it', () => {
  expect(toPassPodRules(Manifests.fromYaml(TWINS)).pass).toBe(false);
  expect(said(toPassPodRules(Manifests.fromYaml(TWINS).pod('report')))).not.toContain('container-name-unique');
});

test('severities and the least that fails can be set', () => {
  const pod = Manifests.fromYaml(TWINS).pod('shop');
  expect(toPassPodRules(pod, { severities: { 'container-name-unique': Severity.OFF } }).pass).toBe(true);
  const severities = { 'container-name-unique': Severity.WARNING };
  expect(toPassPodRules(pod, { severities }).pass).toBe(false);
  expect(toPassPodRules(pod, { severities, failOn: Severity.ERROR }).pass).toBe(true);
});

test('a suppressed finding does not count', () => {
  const reason = 'annotations: {cdk8s-pod-patterns/ignore: "container-name-unique: a twin is wanted"}';
  const suppressed = TWINS.replace('{name: acme-shop-c8f1a2b3,', `{${reason}, name: acme-shop-c8f1a2b3,`);
  expect(toPassPodRules(Manifests.fromYaml(suppressed).pod('shop')).pass).toBe(true);
});

test('no manifests are an error, as they would always pass', () => {
  expect(() => toPassPodRules([])).toThrow(
    new Error('[toPassPodRules] there are no manifests, so there is nothing to test'),
  );
});
