import { type Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import fc from 'fast-check';
import {
  FluentBit,
  FluentBitOutput,
  InitContainer,
  LogFiles,
  LogRotation,
  LogRotator,
  MultiContainerPod,
  PreStopSleep,
  Sidecar,
  SidecarMode,
} from '../src';
import { PodModel } from './pod-model';
import { APP, JOBS, newChart, WORKLOADS } from './support';

const LOG_DIRECTORIES = ['/var/log/a', '/var/log/b'];
const LOGS = LOG_DIRECTORIES.map((directory) => LogFiles.inDirectory(directory, { pattern: '*.log' }));
const ROTATION = LogRotation.renameAndSignal({ process: 'app' });

/** Mostly nothing; what is given instead is wrong, or may be, beside other parts of the pod. */
function rarely<T>(...odd: T[]): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 40, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
}

/** One call of the public API. Each kind of step uses the fields that it needs. */
const STEP = fc.record({
  kind: fc.constantFrom(
    'sidecar',
    'sidecar',
    'init',
    'claim',
    'scratch',
    'share',
    'share',
    'logs',
    'fluentBit',
    'rotator',
    'wait',
  ),
  name: rarely('app', 'c0', 'Log_Agent'),
  target: fc.nat(20),
  mode: fc.constantFrom(undefined, undefined, SidecarMode.NATIVE, SidecarMode.CLASSIC),
  user: rarely(0, -1).map((user) => user ?? 2000),
  port: rarely(8080, 0, 2020),
  portName: rarely('http', 'UPPER'),
  named: fc.boolean(),
  udp: fc.boolean(),
  loopback: fc.boolean(),
  listens: fc.boolean(),
  flush: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  preStopSleep: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(PreStopSleep.COMMAND, PreStopSleep.ACTION) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  hook: rarely(true),
  seconds: fc.constantFrom(5, 5, 5, 0.5, 0, 40),
  path: rarely('/data//0/', '/data-0', '/data-1', '/var/log/a', '/var/log/b/', 'relative', '/with:colon'),
  volume: fc.nat(2),
  readOnly: fc.boolean(),
  directory: fc.nat(LOG_DIRECTORIES.length - 1),
});

/** A pod as its author composes it: a workload of cdk8s-plus, then calls of the public API in any order. */
export const PLAN = fc.record({
  kind: fc.constantFrom(...Object.keys(WORKLOADS)),
  classic: fc.nat(3).map((dice) => dice === 0),
  grace: fc.option(fc.integer({ min: 5, max: 90 }), { nil: undefined }),
  mainStop: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  /** What cdk8s-plus alone put beside the main container. */
  extras: fc.array(fc.record({ part: fc.constantFrom('container', 'init', 'native'), port: rarely(8080) }), {
    maxLength: 2,
  }),
  /** Whether the main container mounts a log directory itself, and how. */
  ownLogs: fc.option(rarely(true), { nil: null }),
  steps: fc.array(STEP, { maxLength: 10 }),
});

type Plan = typeof PLAN extends fc.Arbitrary<infer T> ? T : never;
type Step = Plan['steps'][number];

/** Makes the workload of a plan, and a model that tells what is wrong with it. The steps follow with `run`. */
export function begin(plan: Plan, prepare: (chart: Chart) => void = () => {}) {
  const chart = newChart();
  prepare(chart);
  const model = new PodModel(plan.grace);
  const own = kplus.Volume.fromEmptyDir(chart, 'own', 'own');
  const volumeMounts = plan.ownLogs === null ? [] : [{ path: '/var/log/a', volume: own, readOnly: plan.ownLogs }];
  model.add('app', true, 'free');
  model.listen('app', 8080, 'TCP', 'http');
  for (const mount of volumeMounts) {
    model.mount('app', mount.path, 'own', mount.readOnly);
  }
  const extras = plan.extras.map(({ part, port }, index) => ({
    part,
    props: {
      name: `x${index}`,
      image: 'acme/extra:1.0.0',
      portNumber: port ?? 4000 + index,
      securityContext: { user: 1000 },
    },
  }));
  const containers = extras.filter(({ part }) => part === 'container').map(({ props }) => props);
  const initContainers = extras
    .filter(({ part }) => part !== 'container')
    .map(({ part, props }) => ({
      ...props,
      restartPolicy: part === 'native' ? kplus.ContainerRestartPolicy.ALWAYS : undefined,
    }));
  for (const { part, props } of extras) {
    model.add(props.name, part !== 'init', part === 'container' ? 'free' : 'native');
    if (part !== 'init') {
      model.listen(props.name, props.portNumber, 'TCP');
    }
  }
  const workload = WORKLOADS[plan.kind]!(chart, {
    containers: [{ ...APP, volumeMounts }, ...containers],
    initContainers,
    terminationGracePeriod: plan.grace === undefined ? undefined : Duration.seconds(plan.grace),
  });
  return { chart, model, workload, run: () => run(plan, workload, model) };
}

function run(plan: Plan, workload: kplus.AbstractPod, model: PodModel): void {
  const job = JOBS.includes(plan.kind);
  const sidecarMode = plan.classic && !job ? SidecarMode.CLASSIC : SidecarMode.NATIVE;
  // Everything is told to the model first, because the library may refuse any step.
  const calls = plan.steps.map((step, index) => {
    const classic = (step.mode ?? sidecarMode) === SidecarMode.CLASSIC;
    return STEPS[step.kind as keyof typeof STEPS](step, index, model, classic, job);
  });
  const pod = MultiContainerPod.of(workload, { sidecarMode });
  if (plan.mainStop !== undefined) {
    model.mainStop = plan.mainStop;
    pod.lifecycle.declareMainStop(Duration.seconds(plan.mainStop));
  }
  model.finish();
  for (const call of calls) {
    call(pod);
  }
}

type Compile = (
  step: Step,
  index: number,
  model: PodModel,
  classic: boolean,
  job: boolean,
) => (pod: MultiContainerPod) => unknown;

const STEPS = {
  sidecar: (step, index, model, classic, job) => {
    const { name, protocol, number, portName } = namesOf(step, index);
    model.add(name, true);
    model.user(step.user);
    model.sidecar(name, classic, job, {
      flush: step.flush,
      waits: step.preStopSleep !== undefined,
      hook: step.hook === true,
    });
    if (step.listens) {
      model.listen(name, number, protocol, portName);
    }
    return (pod) =>
      pod.add(
        new Sidecar({
          ...{ name, image: 'acme/sidecar:1.0.0', user: step.user, mode: step.mode, preStopSleep: step.preStopSleep },
          flush: step.flush === undefined ? undefined : Duration.seconds(step.flush),
          lifecycle: step.hook ? { preStop: kplus.Handler.fromCommand(['bye']) } : undefined,
          ports: step.listens ? [{ number, name: portName, protocol }] : undefined,
        }),
      );
  },
  init: (step, index, model) => {
    const { name } = namesOf(step, index);
    model.add(name, false);
    model.user(step.user);
    return (pod) => pod.add(new InitContainer({ name, image: 'acme/init:1.0.0', user: step.user }));
  },
  claim: (step, index, model) => {
    const { protocol, number: port, portName: name } = namesOf(step, index);
    const container = model.names[step.target % model.names.length]!;
    model.listen(container, port, protocol, name);
    return (pod) => pod.network.claim({ container, port, protocol, name, loopback: step.loopback });
  },
  scratch: (step, index, model) => {
    const container = model.names[step.target % model.names.length]!;
    const path = step.path ?? `/data/${index}`;
    model.scratch(container, path);
    return (pod) => pod.storage.scratch(container, path);
  },
  share: (step, index, model) => {
    const container = model.names[step.target % model.names.length]!;
    const path = step.path ?? `/data/${index}`;
    model.mount(container, path, `v${step.volume}`, step.readOnly);
    return (pod) => {
      const volume = pod.storage.share(`v${step.volume}`);
      return step.readOnly ? volume.readBy(container, path) : volume.writtenBy(container, path);
    };
  },
  wait: (step, _, model) => {
    // Mostly the main container: what else there is can rarely wait.
    const container = step.target < 15 ? 'app' : model.names[step.target % model.names.length]!;
    model.wait(container, Math.ceil(step.seconds));
    return ({ lifecycle }) =>
      lifecycle.waitBeforeStop(container, Duration.millis(step.seconds * 1000), PreStopSleep.COMMAND);
  },
  logs: (step, _, model) => {
    model.writeLogs(LOG_DIRECTORIES[step.directory]!);
    return (pod) => pod.logs.write(LOGS[step.directory]!);
  },
  fluentBit: (step, index, model, classic, job) => {
    const { name, number: port } = namesOf(step, index);
    const [directory, logs] = [LOG_DIRECTORIES[step.directory]!, LOGS[step.directory]!];
    model.add(name, true);
    model.sidecar(name, classic, job, { flush: 10, waits: true });
    model.listen(name, port, 'TCP', name);
    model.mount(name, directory, model.writeLogs(directory), true);
    return (pod) => pod.add(new FluentBit({ name, port, logs, mode: step.mode, output: FluentBitOutput.stdout() }));
  },
  rotator: (step, index, model, classic, job) => {
    const { name } = namesOf(step, index);
    const [directory, logs] = [LOG_DIRECTORIES[step.directory]!, [LOGS[step.directory]!]];
    model.add(name, true);
    model.sidecar(name, classic, job, {});
    model.mount(name, directory, model.writeLogs(directory));
    return (pod) => pod.add(new LogRotator({ name, logs, mode: step.mode, rotation: ROTATION }));
  },
} satisfies Record<string, Compile>;

/** Names and ports are a step's own unless the plan says otherwise. */
function namesOf({ name, port, portName, named, udp }: Step, index: number) {
  return {
    name: name ?? `c${index}`,
    number: port ?? 3000 + index,
    protocol: udp ? kplus.Protocol.UDP : kplus.Protocol.TCP,
    portName: portName ?? (named ? `p${index}` : undefined),
  };
}
