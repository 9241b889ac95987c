// The ready-made pod of this library with a Service, and the same manifests written by hand with cdk8s-plus: equal but for the
// hashes in names, and for two empty fields that cdk8s-plus adds. The texts of the configurations and the annotation of their
// checksum are the very strings of the pattern, which a hand would have to render and to sum up as well: here that is free.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { ApiObject, Duration, JsonPatch, Size, Testing } = require('cdk8s');
const kplus = require('cdk8s-plus-28');
const { Construct } = require('constructs');
const { WebWithLogAgentDeployment } = require(fileURLToPath(new URL('..', import.meta.url)));

export const makers = { pattern: addPattern, hand: addByHand };

/** Texts and images that a hand would have written down as well. */
const texts = Testing.synth(addPattern(Testing.chart(), 'texts').node.scope);
const workload = texts.find(({ kind }) => kind === 'Deployment');
const [web, agent] = texts.filter(({ kind }) => kind === 'ConfigMap');
const { template } = workload.spec;
const [server] = template.spec.containers;
const [shipper] = template.spec.initContainers;

function addPattern(chart, index) {
  const unit = new WebWithLogAgentDeployment(chart, `unit-${index}`);
  unit.expose({ port: 80 });
  return unit;
}

function addByHand(chart, index) {
  const unit = new Construct(chart, `unit-${index}`);
  const webConfig = new kplus.ConfigMap(unit, 'webserver-config', { data: web.data });
  const agentConfig = new kplus.ConfigMap(unit, 'log-agent-config', { data: agent.data });
  const [tmp, logs, state] = [
    emptyDir(unit, 'webserver-tmp'),
    emptyDir(unit, 'webserver-var-log-nginx', Size.mebibytes(512)),
    emptyDir(unit, 'log-agent-state', Size.mebibytes(160)),
  ];
  const webFiles = kplus.Volume.fromConfigMap(unit, 'web-files', webConfig, {
    name: 'webserver-config',
    defaultMode: 0o555,
  });
  const agentFiles = kplus.Volume.fromConfigMap(unit, 'agent-files', agentConfig, { name: 'log-agent-config' });
  const deployment = new kplus.Deployment(unit, 'Resource', {
    podMetadata: { annotations: template.metadata.annotations },
    securityContext: { fsGroup: 101, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH },
    terminationGracePeriod: Duration.seconds(45),
    containers: [webServer(tmp, logs, webFiles)],
    initContainers: [logAgent(logs, state, agentFiles)],
  });
  ApiObject.of(deployment).addJsonPatch(spread(deployment));
  deployment.exposeViaService({ ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  return unit;
}

function webServer(tmp, logs, files) {
  const probe = (failureThreshold, period, timeout) =>
    kplus.Probe.fromHttpGet('/healthz', {
      ...{
        port: 8080,
        failureThreshold,
        periodSeconds: Duration.seconds(period),
        timeoutSeconds: Duration.seconds(timeout),
      },
    });
  return {
    ...{ name: server.name, image: server.image, args: server.args, ports: [{ number: 8080, name: 'http' }] },
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '5']) },
    ...{ startup: probe(90, 2, 2), readiness: probe(3, 5, 2), liveness: probe(3, 10, 5) },
    ...{ securityContext: securityContext(101), resources: resources(100) },
    volumeMounts: [
      { path: '/tmp', volume: tmp },
      { path: '/var/log/nginx', volume: logs },
      { path: '/etc/nginx/conf.d/default.conf', volume: files, subPath: 'default.conf', readOnly: true },
      { path: '/docker-entrypoint.d/90-rotate-logs.sh', volume: files, subPath: 'rotate-logs.sh', readOnly: true },
    ],
  };
}

function logAgent(logs, state, files) {
  return {
    ...{ name: shipper.name, image: shipper.image, command: shipper.command, args: shipper.args },
    ...{ ports: [{ number: 2020, name: 'log-agent' }], restartPolicy: kplus.ContainerRestartPolicy.ALWAYS },
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    liveness: kplus.Probe.fromHttpGet('/api/v1/uptime', {
      ...{ port: 2020, failureThreshold: 3, periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(5) },
    }),
    envVariables: {
      POD_NAME: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
      POD_NAMESPACE: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAMESPACE),
      NODE_NAME: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.NODE_NAME),
    },
    ...{ securityContext: securityContext(10001), resources: resources(50) },
    volumeMounts: [
      { path: '/fluent-bit/state', volume: state },
      { path: '/fluent-bit/config', volume: files, readOnly: true },
      { path: '/var/log/nginx', volume: logs, readOnly: true },
    ],
  };
}

function emptyDir(unit, name, sizeLimit) {
  return kplus.Volume.fromEmptyDir(unit, name, name, { sizeLimit });
}

function securityContext(user) {
  return {
    ...{ user, capabilities: { drop: [kplus.Capability.ALL] }, allowPrivilegeEscalation: false },
    seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
  };
}

function resources(millis) {
  const memory = Size.mebibytes(128);
  return { cpu: { request: kplus.Cpu.millis(millis) }, memory: { request: memory, limit: memory } };
}

/** What cdk8s-plus has no prop for. */
function spread({ matchLabels }) {
  const constraints = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    ...{ labelSelector: { matchLabels }, maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway' },
  }));
  return JsonPatch.add('/spec/template/spec/topologySpreadConstraints', constraints);
}
