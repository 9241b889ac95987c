import { createScenes } from '../../../src/picture';
import { listOuterPaths } from '../../../src/picture/scene/elements';
import { collectFindings, runRules } from '../../../src/rules/engine';
import { RULES } from '../../../src/rules/list';
import { listObjectViews } from '../../../src/rules/model/object-view';
import { splitDocuments } from '../../../src/rules/text/document-cutter';
import { readManifests } from '../../../src/rules/unfinished';
import { BARE, SHOP, sceneIn, scenesIn } from '../support';

const POD = 'spec.template.spec';
const object = 'Deployment/shop';

describe('the scene of a pod', () => {
  const scene = sceneIn(SHOP);

  test('is plain data', () => {
    expect(JSON.parse(JSON.stringify(scene))).toEqual(JSON.parse(JSON.stringify({ ...scene })));
    expect(JSON.stringify(scene)).not.toContain('[object');
  });

  test('has the containers in the order of their start, each with its part and its gate', () => {
    const read = scene.containers.map(({ id, name, role, gate, path }) => ({ id, name, role, gate: gate.text, path }));
    expect(read).toEqual([
      { id: 'container-0', name: 'migrate', role: 'init', gate: 'runs to its end', path: `${POD}.initContainers[0]` },
      {
        id: 'container-1',
        name: 'log-agent',
        role: 'native sidecar',
        gate: 'has started: GET :2020/api/v1/uptime, within 60 s',
        path: `${POD}.initContainers[1]`,
      },
      { id: 'container-2', name: 'shop', role: 'main', gate: 'runs', path: `${POD}.containers[0]` },
      { id: 'container-3', name: 'proxy', role: 'sidecar', gate: 'runs', path: `${POD}.containers[1]` },
    ]);
  });

  test('has the ports, what Services lead to them, and who calls whom', () => {
    const [, , shop, proxy] = scene.containers;
    expect(shop!.listeners).toEqual([
      {
        path: `${POD}.containers[0].ports[0]`,
        object,
        number: 8080,
        protocol: 'TCP',
        name: 'http',
        reach: 'all',
        isListed: true,
        hostPort: undefined,
      },
    ]);
    expect(proxy!.calls).toEqual([
      { path: `${POD}.containers[1].env[0].value`, object, port: 8080, container: 'container-2' },
    ]);
    expect(scene.services.flatMap(({ ports }) => ports)).toMatchObject([
      { object: 'Service/shop', path: 'spec.ports[0]', leads: { container: 'container-3', number: 8443 } },
      { object: 'Service/shop', path: 'spec.ports[1]', target: 'nowhere', leads: undefined },
    ]);
  });

  test('has the volumes, what several containers share first, with those that write before those that read', () => {
    const read = scene.volumes.map(({ name, source, limit, uses }) => ({
      name,
      source,
      limit,
      uses: uses.map(({ container, access, mountPath }) => `${container} ${access} ${mountPath}`),
    }));
    expect(read).toEqual([
      {
        name: 'logs',
        source: 'emptyDir',
        limit: '1Gi',
        uses: ['container-2 writes /var/log/shop', 'container-1 reads /var/log/shop'],
      },
      {
        name: 'data',
        source: 'claim shop-data',
        limit: undefined,
        uses: ['container-0 writes /data', 'container-2 writes /srv/data'],
      },
    ]);
  });

  test('has the end: ordinary containers at once or after their hook, then the native sidecars', () => {
    const read = scene.stop.steps.map(({ type, second, containers, hook, takesSeconds }) => [
      type,
      second,
      containers.join(),
      hook,
      takesSeconds,
    ]);
    expect(read).toEqual([
      ['deleted', 0, '', undefined, undefined],
      ['signal', 0, 'container-3', undefined, undefined],
      ['signal', 10, 'container-2', 'sleep 10 s', undefined],
      ['signal', undefined, 'container-1', undefined, 5],
      ['killed', 60, '', undefined, undefined],
    ]);
  });

  test('has the findings about it and its Services, the worst first, and no others', () => {
    expect(scene.findings[0]).toMatchObject({
      number: 1,
      severity: 'error',
      rule: 'service-target',
      object: 'Service/shop',
      path: 'spec.ports[1].targetPort',
      places: ['spec.ports[1].targetPort'],
    });
    const severities = scene.findings.map(({ severity }) => ['error', 'warning', 'info'].indexOf(severity));
    expect(severities).toEqual([...severities].sort());
    expect(scenesIn(`${SHOP}---\n${BARE}`)[0]!.findings).toEqual(scene.findings);
  });

  test('takes findings with or without their places', () => {
    const objects = splitDocuments(SHOP).flatMap((document) => readManifests(document));
    expect(createScenes(objects, runRules(objects, RULES))).toEqual(
      createScenes(objects, collectFindings(objects, RULES)),
    );
    expect(createScenes(objects)[0]!.findings).toEqual([]);
  });
});

test('objects without a pod, without containers, and those that are no finished manifests have no scene', () => {
  const texts = [
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a}]}}}\n',
    'kind: Pod\nmetadata: {name: "{{ .Values.name }}"}\nspec: {containers: [{name: a, image: b}]}\n',
    '',
  ];
  expect(texts.flatMap(scenesIn)).toEqual([]);
});

test.each([
  ['{emptyDir: {medium: Memory, sizeLimit: 1Mi}}', 'emptyDir in memory', '1Mi'],
  ['{configMap: {name: site}}', 'ConfigMap site', undefined],
  ['{secret: {secretName: tls}}', 'Secret tls', undefined],
  ['{hostPath: {path: /dev}}', 'node /dev', undefined],
  ['{image: {reference: "a/b:1"}}', 'image a/b:1', undefined],
  ['{csi: {driver: secrets.example.com}}', 'CSI secrets.example.com', undefined],
  ['{nfs: {server: nas, path: /}}', 'NFS nas', undefined],
  ['{downwardAPI: {items: []}}', 'fields of the pod', undefined],
  [
    '{projected: {sources: [{serviceAccountToken: {path: t}}, {configMap: {name: ca}}]}}',
    'token, ConfigMap ca',
    undefined,
  ],
  [
    '{ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 2Gi}}}}}}',
    'claim that ends with the pod',
    '2Gi',
  ],
  ['{glusterfs: {path: a}}', 'glusterfs', undefined],
  ['{}', 'emptyDir', undefined],
])('a volume %s is %s', (volume, source, limit) => {
  const yaml = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "b:1"}], volumes: [${volume.replace('{', '{name: v, ').replace(', }', '}')}]}\n`;
  expect(sceneIn(yaml).volumes).toMatchObject([{ name: 'v', source, ...(limit && { limit }) }]);
});

test('claims of a StatefulSet and volumes that are missing are shown, too', () => {
  const manifest = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'db',
              image: 'db:1',
              volumeMounts: [
                { name: 'data', mountPath: '/data' },
                { name: 'gone', mountPath: '/gone' },
              ],
              volumeDevices: [{ name: 'data', devicePath: '/dev/a' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { resources: { requests: { storage: '10Gi' } } } }],
    },
  };
  const [scene] = createScenes(listObjectViews(manifest, {}));
  expect(scene!.volumes).toMatchObject([
    { name: 'data', source: 'claim of each pod', limit: '10Gi', path: 'spec.volumeClaimTemplates[0]' },
    { name: 'gone', source: 'not in the pod' },
  ]);
  expect(scene!.volumes[0]!.uses.map(({ mountPath }) => mountPath)).toEqual(['/data', '/dev/a']);
});

test('the paths around a path go from the inside out', () => {
  expect(listOuterPaths('spec.containers[0].ports[1].name')).toEqual([
    'spec.containers[0].ports[1].name',
    'spec.containers[0].ports[1]',
    'spec.containers[0].ports',
    'spec.containers[0]',
    'spec.containers',
    'spec',
    '',
  ]);
});
