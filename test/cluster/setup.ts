import { mkdirSync, writeFileSync } from 'node:fs';
import { askImages, describeImages, isStandIn, type KnownCluster } from './images';
import { kubectl } from './kubectl';
import { startNodeTools } from './node';
import { CLUSTER_FILE, STATE } from './places';
import { listOutsideNames, startClient, startServers } from './servers';

/** The kinds that some examples use and a bare cluster does not know. */
const KINDS = [
  { group: 'monitoring.coreos.com', version: 'v1', kind: 'PodMonitor', plural: 'podmonitors' },
  { group: 'argoproj.io', version: 'v1alpha1', kind: 'Rollout', plural: 'rollouts' },
];

/** Prepares the cluster once for all tests, and says what they run on. */
export default async function setUp(): Promise<void> {
  mkdirSync(STATE, { recursive: true });
  const { serverVersion } = JSON.parse((await kubectl(['version', '--output', 'json'])).stdout);
  console.log(`\nKubernetes ${serverVersion.gitVersion}`);
  await defineKinds();
  await startClient();
  const [images] = await Promise.all([askImages(), startServers(), startNodeTools()]);
  const cluster: KnownCluster = { minorVersion: Number.parseInt(serverVersion.minor, 10), images };
  writeFileSync(CLUSTER_FILE, JSON.stringify(cluster, undefined, 2));
  console.log(`Images:\n${describeImages(images)}\n`);
  if (process.env.REQUIRE_REAL_IMAGES && images.some(isStandIn)) {
    throw new Error('an image is not what it is named, and REQUIRE_REAL_IMAGES is set');
  }
  await publishNames(await listOutsideNames());
}

/** Defines kinds that the cluster does not know, without a schema: where their makers' definitions are, those count. */
async function defineKinds(): Promise<void> {
  for (const { group, version, kind, plural } of KINDS) {
    const name = `${plural}.${group}`;
    if ((await kubectl(['get', 'customresourcedefinition', name], { mayFail: true })).code === 0) {
      continue;
    }
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name },
      spec: {
        group,
        scope: 'Namespaced',
        names: { kind, plural, singular: kind.toLowerCase() },
        versions: [{ name: version, served: true, storage: true, schema }],
      },
    };
    await kubectl(['create', '--filename', '-'], { input: JSON.stringify(definition) });
    await kubectl(['wait', `crd/${name}`, '--for=condition=Established', '--timeout=60s']);
  }
}

/** Has the cluster's DNS know names of the world outside: in CoreDNS, or in the file that `CLUSTER_HOSTS` names. */
async function publishNames(lines: readonly string[]): Promise<void> {
  if (process.env.CLUSTER_HOSTS) {
    writeFileSync(process.env.CLUSTER_HOSTS, lines.map((line) => `${line}\n`).join(''));
    return;
  }
  const { stdout } = await kubectl(['get', 'configmap', 'coredns', '-n', 'kube-system', '-o', 'json']);
  const config = JSON.parse(stdout);
  const mark = '    # names of the cluster tests\n';
  const [head, ...rest] = (config.data.Corefile as string).split(mark);
  const hosts = `${mark}    hosts {\n${lines.map((line) => `      ${line}\n`).join('')}      fallthrough\n    }\n${mark}`;
  // Between the marks stands what an earlier run wrote; without marks it goes to the start of the server's block.
  const corefile = rest.length > 1 ? head + hosts + rest[1] : head!.replace(/\{\n/, `{\n${hosts}`);
  await kubectl(['apply', '--server-side', '--force-conflicts', '--filename', '-'], {
    input: JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      data: { Corefile: corefile },
    }),
  });
  await kubectl(['rollout', 'restart', 'deployment/coredns', '-n', 'kube-system']);
  await kubectl(['rollout', 'status', 'deployment/coredns', '-n', 'kube-system', '--timeout=120s']);
}
