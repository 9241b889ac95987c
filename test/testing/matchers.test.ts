import { ApiObject, App, Chart } from 'cdk8s';
import { Severity } from '../../src/rules/finding';
import { Manifests, podMatchers } from '../../src/testing';
import { toMatcherResult } from '../../src/testing/matchers/result';
import { toContainerHandle, toContainerHandles, toManifests, toPodHandles } from '../../src/testing/matchers/subject';
import { toBeReachableThrough } from '../../src/testing/matchers/to-be-reachable-through';
import { toHaveResource } from '../../src/testing/matchers/to-have-resource';
import { toListenOn } from '../../src/testing/matchers/to-listen-on';
import { toMountReadOnly } from '../../src/testing/matchers/to-mount-read-only';
import { toPassPodRules } from '../../src/testing/matchers/to-pass-pod-rules';
import { toPassPodSecurity } from '../../src/testing/matchers/to-pass-pod-security';
import { toShareVolume } from '../../src/testing/matchers/to-share-volume';
import { toStartBefore } from '../../src/testing/matchers/to-start-before';
import { said } from './matchers/call';
import { SHOP_YAML, shop } from './shop';

test('each matcher has the name under which `expect` gets it', () => {
  for (const [name, matcher] of Object.entries(podMatchers)) {
    expect(matcher.name).toBe(name);
  }
  expect(Object.keys(podMatchers)).toHaveLength(9);
});

test('the message is for the test that fails: without `.not` where it does not hold, with `.not` where it does', () => {
  const call = (pass: boolean) =>
    said(toMatcherResult('pod', 'toListenOn', ['80', '"x"'], { pass, because: 'the facts' }));
  expect(call(false)).toBe('fails: expect(pod).toListenOn(80, "x")\n\nthe facts');
  expect(call(true)).toBe('passes: expect(pod).not.toListenOn(80, "x")\n\nthe facts');
});

const app = new App();
const chart = new Chart(app, 'shop');
const service = new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Service' });

test.each<[string, unknown]>([
  ['a chart', chart],
  ['an app', app],
  ['an object of a chart', service],
  ['a list of manifests', chart.toJson()],
  ['a manifest', chart.toJson()[0]],
  ['Manifests', toManifests(chart, 'matcher')],
])('%s is taken for manifests', (_, subject) => {
  expect(toManifests(subject, 'matcher').all()).toEqual(chart.toJson());
});

test.each<[unknown, string]>([
  [5, '`expect` was given a value of type number, and this matcher takes a chart'],
  [null, '`expect` was given a value of type null'],
  [new Map(), '`expect` was given a value of type Map'],
  [{ node: { path: 'shop/web' } }, '`expect` was given the construct "shop/web", and this matcher takes a chart'],
])('%p is an error', (subject, message) => {
  expect(() => toManifests(subject, 'matcher')).toThrow(`[matcher] ${message}`);
});

test('pods are those of the manifests, and there must be one', () => {
  const pod = shop().pod('shop');
  expect(toPodHandles(pod, 'matcher')).toEqual([pod]);
  expect(toPodHandles(shop(), 'matcher').map(String)).toEqual(['Deployment/acme-shop-c8f1a2b3', 'Job/report']);
  expect(() => toPodHandles(chart, 'matcher')).toThrow(
    new Error('[matcher] there is no pod in shop, so there is nothing to test'),
  );
});

test('containers are one, or those that run in a pod', () => {
  const pod = shop().pod('shop');
  expect(toContainerHandles(pod, 'matcher').map(({ name }) => name)).toEqual(['log-agent', 'proxy', 'web', 'cache']);
  expect(toContainerHandles(pod.container('migrate'), 'matcher').map(({ name }) => name)).toEqual(['migrate']);
  expect(() => toContainerHandles(chart, 'matcher')).toThrow(
    /the construct "shop", and this matcher takes a container or a pod/,
  );
  expect(toContainerHandle(pod.container('web'), 'matcher').name).toBe('web');
  expect(() => toContainerHandle(pod, 'matcher')).toThrow(
    /a value of type PodHandle, and this matcher takes a container; take/,
  );
});

describe('to be reachable through', () => {
  /** What is found of a container through the Service whose spec is this. */
  function facts(container: string, spec: string, metadata = '{name: web, namespace: shop}'): string {
    const service = `---\napiVersion: v1\nkind: Service\nmetadata: ${metadata}\nspec: ${spec}\n`;
    const pod = Manifests.fromYaml(SHOP_YAML + service).pod('acme');
    return said(toBeReachableThrough(pod.container(container), 'web')).replace(/expect.*\n\n/, '');
  }

  test.each([
    ['web', 'targetPort: http', 'leads to "http" of container "web"'],
    ['web', 'targetPort: 8080', 'leads to 8080 of container "web"'],
    ['log-agent', 'targetPort: metrics', 'leads to "metrics" of container "log-agent"'],
  ])('%s is reached by %s', (container, target, text) => {
    expect(facts(container, `{selector: {app: shop}, ports: [{port: 80, ${target}}]}`)).toBe(
      `passes: Service/web selects the pod, and its port 80 ${text}`,
    );
  });

  test('a port without a target leads to its own number', () => {
    expect(facts('cache', '{selector: {app: shop}, ports: [{port: 6379}]}')).toMatch(/^passes/);
  });

  test.each([
    ['cache', '{port: 80, targetPort: http}', 'its port 80 leads to "http" of container "web"'],
    ['web', '{port: 53, targetPort: dns}', 'its port 53 leads to "dns" of no container, as none lists that port'],
    ['web', '{port: 80, targetPort: "8080"}', 'its port 80 leads to "8080" of no container, as none lists that port'],
    [
      'migrate',
      '{port: 80, targetPort: migrate}',
      'its port 80 leads to "migrate" of no container, as none lists that port',
    ],
  ])('%s is not reached by %s', (container, port, text) => {
    expect(facts(container, `{selector: {app: shop}, ports: [${port}]}`)).toMatch(
      new RegExp(`^fails: container "${container}" lists .*\nService/web selects the pod, but ${text}$`),
    );
  });

  test.each([
    [
      '{selector: {app: web}, ports: [{port: 80}]}',
      undefined,
      'does not select the pod: it wants label `app` to be "web", and the pod has "shop"',
    ],
    ['{ports: [{port: 80}]}', undefined, 'selects no pods; give it a `selector`'],
    [
      '{type: ExternalName, externalName: a.b, selector: {app: shop}}',
      undefined,
      'selects no pods; give it a `selector`',
    ],
    [
      '{selector: {app: shop}, ports: [{port: 80}]}',
      '{name: web}',
      'is in no stated namespace, and the pod in namespace "shop"; a Service finds pods of its own namespace',
    ],
  ])('the Service %s does not find the pod', (spec, metadata, text) => {
    expect(facts('web', spec, metadata)).toBe(`fails: Service/web ${text}`);
  });

  test('a Service without ports leads nowhere', () => {
    expect(facts('web', '{selector: {app: shop}}')).toMatch(/Service\/web selects the pod, but has no ports$/);
  });

  test('a pod is reached where any of its containers is', () => {
    expect(toBeReachableThrough(shop().pod('shop'), 'shop').pass).toBe(true);
    expect(toBeReachableThrough(shop().pod('report'), 'shop').pass).toBe(false);
  });

  test('a Service that is not there is an error with `.not` too', () => {
    expect(() => toBeReachableThrough(shop().pod('shop'), 'shp')).toThrow(
      new Error('[toBeReachableThrough] there is no Service "shp"; did you mean "shop"? (there: Service/shop in shop)'),
    );
  });
});

test('passes where one matches, and names it for `.not`', () => {
  expect(said(toHaveResource(shop(), 'Service', { metadata: { name: 'shop' } }))).toBe(
    'passes: expect(manifests).not.toHaveResource("Service", {metadata: {name: "shop"}})\n\nthese match: Service/shop',
  );
  expect(toHaveResource(shop().all(), 'Service').pass).toBe(true);
});

test('fails with the nearest where none does', () => {
  expect(said(toHaveResource(shop(), 'Job', { spec: { template: { spec: { restartPolicy: 'OnFailure' } } } }))).toBe(
    'fails: expect(manifests).toHaveResource("Job", {spec: {template: {spec: {restartPolicy: "OnFailure"}}}})\n\n' +
      'no Job matches {spec: {template: {spec: {restartPolicy: "OnFailure"}}}}; the only one is Job/report:\n' +
      '  spec.template.spec.restartPolicy: expected "OnFailure", found "Never"',
  );
  expect(said(toHaveResource([], 'Job'))).toBe(
    'fails: expect(manifests).toHaveResource("Job")\n\nthere is no Job (there: nothing)',
  );
});

describe('to listen on', () => {
  const pod = shop().pod('shop');

  test.each([8080, '8080', 'http', '8080/TCP', 8053, '8053/UDP'])('a container lists %s', (port) => {
    expect(toListenOn(pod.container('web'), port).pass).toBe(true);
  });

  test.each(['8081', '8080/UDP', 'https', 80])('no container lists %s', (port) => {
    expect(toListenOn(pod, port).pass).toBe(false);
  });

  test('the messages name the containers with their ports', () => {
    expect(said(toListenOn(pod, 6379))).toBe(
      'passes: expect(Deployment/acme-shop-c8f1a2b3).not.toListenOn(6379)\n\ncontainer "cache" lists port 6379',
    );
    expect(said(toListenOn(pod.container('web'), 80))).toBe(
      'fails: expect(container "web" of Deployment/acme-shop-c8f1a2b3).toListenOn(80)\n\n' +
        'no container lists port 80\n  web lists http (8080/TCP), dns (8053/UDP)',
    );
    expect(said(toListenOn(shop().pod('report'), 80))).toMatch(/\n {2}report lists no port$/);
  });

  test('an init container does not listen while the pod runs, but may be asked itself', () => {
    expect(toListenOn(pod, 7000).pass).toBe(false);
    expect(toListenOn(pod.container('migrate'), 7000).pass).toBe(true);
  });
});

describe('to mount read only', () => {
  const container = (name: string) => shop().pod('shop').container(name);
  const facts = (name: string, mount: string) =>
    said(toMountReadOnly(container(name), mount)).replace(/expect.*\n\n/, '');

  test.each([
    ['log-agent', 'logs', 'passes: volume "logs" at /logs is mounted read-only'],
    ['log-agent', '/logs', 'passes: volume "logs" at /logs is mounted read-only'],
    ['log-agent', '/logs/web/access.log', 'passes: volume "logs" at /logs is mounted read-only'],
    ['log-agent', 'config', 'passes: volume "config" at /etc/agent is read-only, as its source `configMap` is'],
    ['cache', '/data', 'passes: volume "data" at /data is read-only, as its source `persistentVolumeClaim` is'],
    ['web', 'logs', 'fails: volume "logs" at /var/log/web is writable: the mount does not say `readOnly: true`'],
  ])('%s, %s: %s', (name, mount, text) => {
    expect(facts(name, mount)).toBe(text);
  });

  test('the call is shown', () => {
    expect(said(toMountReadOnly(container('web'), 'logs'))).toMatch(
      /^fails: expect\(container "web" of Deployment\/acme-shop-c8f1a2b3\)\.toMountReadOnly\("logs"\)\n\n/,
    );
  });

  test('what is not mounted is an error with `.not` too', () => {
    expect(() => toMountReadOnly(container('web'), '/var/log')).toThrow(
      new Error(
        '[container "web" of Deployment/acme-shop-c8f1a2b3] the container mounts nothing at "/var/log" (mounted: "logs" at /var/log/web)',
      ),
    );
    expect(() => toMountReadOnly(container('proxy'), 'logs')).toThrow('mounts no volume "logs" (mounted: nothing)');
  });
});

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

test('passes for a pod that a namespace of this level admits', () => {
  expect(said(toPassPodSecurity(shop().pod('shop'), 'restricted'))).toBe(
    'passes: expect(Deployment/acme-shop-c8f1a2b3).not.toPassPodSecurity("restricted")\n\nthe level "restricted" forbids nothing that is there',
  );
  expect(toPassPodSecurity(shop(), 'baseline').pass).toBe(true);
});

test('fails with each violation, its pod and its fix', () => {
  expect(said(toPassPodSecurity(shop(), 'restricted'))).toMatch(
    /^fails: expect\(2 pods\)\.toPassPodSecurity\("restricted"\)\n\n {2}Job\/report spec\.template\.spec\..*; set `allowPrivilegeEscalation: false`\n/,
  );
});

test('a level that does not exist is an error', () => {
  expect(() => toPassPodSecurity(shop(), 'strict' as 'restricted')).toThrow(
    new Error('[toPassPodSecurity] there is no level "strict" (levels: restricted, baseline)'),
  );
});

describe('to share volume', () => {
  const pod = shop().pod('shop');
  const facts = (text: string) => text.split('\n\n')[1];

  test('a container that mounts a part of what another mounts shares it', () => {
    expect(said(toShareVolume(pod, 'web', 'log-agent'))).toBe(
      'passes: expect(Deployment/acme-shop-c8f1a2b3).not.toShareVolume("web", "log-agent")\n\n' +
        '"web" and "log-agent" share volume "logs": web at /var/log/web, log-agent at /logs',
    );
    expect(toShareVolume(pod.container('log-agent'), 'web').pass).toBe(true);
  });

  test('different parts of one volume are not shared', () => {
    expect(facts(said(toShareVolume(pod.container('web'), 'cache')))).toBe(
      'no volume is mounted in each of "web" and "cache"\n' +
        '  web mounts "logs" (only "web") at /var/log/web\n' +
        '  cache mounts "logs" (only "cache") at /var/log/cache, "data" at /data\n' +
        'volume "logs" is in all of them, but each sees another part of it; compare `subPath`',
    );
    expect(toShareVolume(pod, 'web', 'cache', 'log-agent').pass).toBe(false);
  });

  test('volumes of their own at one path are not shared', () => {
    const own = SHOP_YAML.replace('{name: logs, mountPath: /logs,', '{name: spool, mountPath: /var/log/web,');
    expect(facts(said(toShareVolume(Manifests.fromYaml(own).pod('shop'), 'web', 'log-agent')))).toMatch(
      /\nat \/var\/log\/web each has a volume of its own; mount the same volume there$/,
    );
  });

  test('a container without mounts shares nothing', () => {
    expect(facts(said(toShareVolume(pod, 'web', 'proxy')))).toMatch(/\n {2}proxy mounts nothing$/);
  });

  test('a container that is not there is an error with `.not` too', () => {
    expect(() => toShareVolume(pod, 'web', 'agent')).toThrow('there is no container "agent"');
    expect(() => toShareVolume(pod, 'web')).toThrow(
      new Error('[toShareVolume] sharing takes two containers; name the others'),
    );
    expect(() => toShareVolume(pod.container('web'), 'web')).toThrow('sharing takes two containers');
  });
});

describe('to start before', () => {
  const pod = shop().pod('shop');
  const facts = (first: string, second: string) =>
    said(toStartBefore(pod.container(first), second)).replace(/expect.*\n\n/, '');

  test.each([
    [
      'migrate',
      'web',
      'init container "migrate" comes first: Kubernetes starts "web" when "migrate" has ended with success',
    ],
    [
      'migrate',
      'proxy',
      'init container "migrate" comes first: Kubernetes starts "proxy" when "migrate" has ended with success',
    ],
    [
      'proxy',
      'web',
      'native sidecar "proxy" comes first: Kubernetes starts "web" when the startup probe of "proxy" succeeds',
    ],
    [
      'log-agent',
      'web',
      'native sidecar "log-agent" comes first: Kubernetes starts "web" when the process of "log-agent" runs, whether it is ready or not, as it has no `startupProbe`',
    ],
  ])('%s starts before %s', (first, second, text) => {
    expect(facts(first, second)).toBe(`passes: ${text}`);
  });

  test.each([
    [
      'proxy',
      'migrate',
      'init container "migrate" comes first: Kubernetes starts "proxy" when "migrate" has ended with success',
    ],
    [
      'web',
      'proxy',
      'native sidecar "proxy" comes first: Kubernetes starts "web" when the startup probe of "proxy" succeeds',
    ],
  ])('%s does not start before %s', (first, second, text) => {
    expect(facts(first, second)).toBe(`fails: ${text}`);
  });

  test('Kubernetes waits for the hook of a native sidecar too', () => {
    const hook =
      'ports: [{name: proxy, containerPort: 9000}]\n          lifecycle: {postStart: {exec: {command: [warm]}}}';
    const hooked = Manifests.fromYaml(SHOP_YAML.replace('ports: [{name: proxy, containerPort: 9000}]', hook));
    expect(toStartBefore(hooked.pod('shop').container('proxy'), 'web').message()).toMatch(
      /when the startup probe of "proxy" succeeds and the `postStart` hook of "proxy" has ended$/,
    );
  });

  test('of two regular containers none starts before the other', () => {
    expect(facts('web', 'cache')).toBe(
      'fails: main container "web" and sidecar "cache" are started one after the other, but Kubernetes does not wait until the first is ready, or even runs its program; to have "web" there first, make it a native sidecar: an init container with `restartPolicy: Always`',
    );
    expect(toStartBefore(pod.container('cache'), 'web').pass).toBe(false);
  });

  test('itself and a container that is not there are errors', () => {
    expect(() => toStartBefore(pod.container('web'), 'web')).toThrow(
      new Error('[toStartBefore] container "web" cannot start before itself; name another'),
    );
    expect(() => toStartBefore(pod.container('web'), 'agent')).toThrow('there is no container "agent"');
  });
});
