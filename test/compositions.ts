import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { FastApp, MultiContainerPod } from '../src';
import { type Callable, findType, listOwnTypes, type PublicType } from './compositions-api';
import { listCompanions } from './compositions-special';
import { ApiValues, type Profile } from './compositions-values';
import { type Code, refer, World, write, writeCall, writeItems } from './compositions-world';
import { JOBS, WORKLOADS } from './support';

/** What became of a composition. */
export interface Outcome {
  /** The code of the user, up to the call that failed. */
  readonly code: string;
  /**
   * `refused` in the form of the library, which names the place and the remedy; `foreign` where an error of another form left a
   * call of the library or the synth; `user` where it left a call that the user made to cdk8s or cdk8s-plus.
   */
  readonly end: 'synthesized' | 'refused' | 'foreign' | 'user';
  readonly yaml?: string;
  readonly error?: string;
  /** What the library refused on the way, and the user left out. */
  readonly refusals: readonly string[];
}

/** Statements of a user. */
type Step = (world: World) => void;
export type Composition = readonly Step[];

/** What the parts of a pod are called, and their classes. */
const PARTS: readonly (readonly [Code, string])[] = [
  [refer('pod', ({ pod }) => pod), 'MultiContainerPod'],
  [refer('pod.network', ({ pod }) => pod.network), 'PodNetwork'],
  [refer('pod.storage', ({ pod }) => pod.storage), 'PodStorage'],
  [refer('pod.logs', ({ pod }) => pod.logs), 'PodLogs'],
  [refer('pod.lifecycle', ({ pod }) => pod.lifecycle), 'PodLifecycle'],
];

/** What users call on the objects of cdk8s-plus beside the library. */
const BESIDE: readonly (readonly [Code, string, RegExp])[] = [
  [refer('workload', ({ workload }) => workload), 'AbstractPod', /^add/],
  [refer('pod.main', ({ pod }) => pod.main), 'Container', /^(mount|addPort)$/],
  [refer('pod.main.env', ({ pod }) => pod.main.env), 'Env', /^(addVariable|copyFrom)$/],
  [
    refer('workload.podMetadata', ({ workload }) => workload.podMetadata),
    'ApiObjectMetadataDefinition',
    /^add(Label|Annotation)$/,
  ],
];

/** Methods that are steps of their own, or that only the pod calls. */
const NO_CALLS = /^(add|addMainContainer|container|bind)$/;

const CHART = refer('chart', ({ chart }) => chart);
const POD = PARTS[0]![0];

/** Random pods as their authors compose them. */
export function createCompositions(profile: Profile): fc.Arbitrary<Composition> {
  const values = new ApiValues(profile);
  const starts = [...Object.keys(WORKLOADS).map((kind) => startWorkload(values, kind)), ...startPatterns(values)];
  const companions = fc.array(fc.oneof(...listCompanions().map((type) => addCompanion(values, type))), {
    maxLength: 6,
  });
  const calls = fc.array(fc.oneof(...callParts(values), ...callBeside(values)), { maxLength: 6 });
  const compositions = fc
    .tuple(fc.oneof(...starts), companions, calls, fc.nat(6))
    .map(([start, added, called, early]) => [...start, ...called.slice(0, early), ...added, ...called.slice(early)])
    .map((steps) => Object.assign(steps, { [fc.toStringMethod]: () => runComposition(steps).code }));
  return fc.noBias(compositions);
}

/**
 * Runs a composition in a new app. Where the library refuses a statement, or cdk8s-plus one of the user's own, the user leaves
 * that out and runs the rest: so one composition tries several refusals, and most end in manifests.
 */
export function runComposition(steps: Composition, isFast = false): Outcome {
  const app = isFast ? new FastApp({ outdir: '/nowhere' }) : new App({ outdir: '/nowhere' });
  const world = new World(new Chart(app, 'shop'));
  let step = 0;
  try {
    for (; step < steps.length; step++) {
      steps[step]!(world);
    }
    return { end: 'synthesized', yaml: app.synthYaml(), code: world.code, refusals: [] };
  } catch (error) {
    const text = error instanceof Error ? error.toString().replace(/^Error: /, '') : `thrown: ${error}`;
    const end = isRefusal(text) ? 'refused' : world.isOfUser(error) ? 'user' : 'foreign';
    if (end === 'foreign' || step === 0 || steps.length === 1) {
      return { end, error: text, code: world.code, refusals: [] };
    }
    const left = Math.min(step, steps.length - 1); // of what only the synth refuses, the last
    const rest = runComposition(
      steps.filter((_, index) => index !== left),
      isFast,
    );
    return { ...rest, refusals: end === 'refused' ? [text, ...rest.refusals] : rest.refusals };
  }
}

/** Whether the user asks for what Pod Security "restricted" does not allow. */
export function asksForPrivileges(code: string): boolean {
  return /hostNetwork: true|hostPort|privileged: true|ensureNonRoot: false|allowPrivilegeEscalation: true|user: 0\b|capabilities|seccompProfile|sysctls|SELinux|from(HostPath|Nfs|Aws|Gce|Azure)|from(TcpSocket|HttpGet)\(.*\bhost: /.test(
    code,
  );
}

/** Whether an error is in the form of the library: `[place] what is wrong; what to do`, alone or among those of a synth. */
function isRefusal(error: string): boolean {
  const [head, ...problems] = error.split(/\n {2}(?=\[)/);
  const refusals = head === 'Validation failed with the following errors:' ? problems : [error];
  return refusals.length > 0 && refusals.every((text) => /^\[[^\]]+\] .*;/s.test(text));
}

/** A workload of cdk8s-plus, with the main container among its props or added by the library. */
function startWorkload(values: ApiValues, kind: string): fc.Arbitrary<Step[]> {
  const props = findType(`${kind}Props`, 'kplus');
  const restartPolicy = values.member(findType('RestartPolicy', 'kplus'), 'JobProps.restartPolicy');
  const more: Record<string, fc.Arbitrary<Code>> = JOBS.includes(kind) ? { restartPolicy } : {};
  const container = values.object(findType('ContainerProps', 'kplus'));
  const containers = fc.array(container, { minLength: 1, maxLength: 2 }).map(writeItems);
  const main = values.object(findType('MainContainerProps'));
  return fc.oneof(
    values.object(props, { ...more, containers }).map((code) => [makeWorkload(kind, code)]),
    fc
      .tuple(values.object(props, more), main)
      .map(([code, added]) => [makeWorkload(kind, code), state(writeCall(POD, 'addMainContainer', [added], true))]),
  );
}

function makeWorkload(kind: string, props: Code): Step {
  const { value, text } = findType(kind, 'kplus');
  const made = writeCall(
    refer(text, () => value),
    'new',
    [CHART, write('workload'), props],
    false,
  );
  const pod = writeCall(
    refer('MultiContainerPod', () => MultiContainerPod),
    'of',
    [refer('workload', ({ workload }) => workload)],
    true,
  );
  return (world) => {
    world.workload = world.state(made, 'workload');
    world.pod = world.state(pod, 'pod');
  };
}

/** Each pattern, and calls of its own. */
function startPatterns(values: ApiValues): fc.Arbitrary<Step[]>[] {
  const patterns = listOwnTypes().filter((type) =>
    ['PodPattern', 'ServedPattern', 'ScaledPattern'].some((base) => type.is(base)),
  );
  return patterns
    .filter(({ construction }) => construction)
    .map((type) => {
      const props = values.object(findType(`${type.name}Props`));
      const pattern = refer('pattern', (world) => world.pattern);
      const calls = type.methods.map((method) => values.call(pattern, method, 'ours').map(state));
      return fc
        .tuple(props, fc.array(fc.oneof(...calls), { maxLength: 2 }))
        .map(([code, called]) => [makePattern(type, code), ...called]);
    });
}

function makePattern({ value, text }: PublicType, props: Code): Step {
  const made = writeCall(
    refer(text, () => value),
    'new',
    [CHART, write('web'), props],
    true,
  );
  return (world) => {
    world.pattern = world.state(made, 'pattern');
    [world.workload, world.pod] = [world.pattern.workload, world.pattern.pod];
    world.state(
      refer('pattern', () => undefined),
      '{ workload, pod }',
    );
  };
}

/** A companion, and what is called on it when it is there. */
function addCompanion(values: ApiValues, type: PublicType): fc.Arbitrary<Step> {
  const self: Code = ({ companion }) => companion;
  const methods = type.methods.filter(({ name }) => !NO_CALLS.test(name));
  const calls = methods.map((method) => values.call(self, method, 'ours').map(state));
  const more = fc.array(calls.length > 0 ? fc.oneof(...calls) : fc.constant(() => undefined), { maxLength: 1 });
  return fc.tuple(values.instance(type), more).map(
    ([made, called]): Step =>
      (world) => {
        const text = `companion${world.next()}`;
        world.companion = { value: world.state(made, text), text };
        world.state(writeCall(POD, 'add', [self], true));
        for (const call of called) {
          call(world);
        }
      },
  );
}

/** Calls of the pod and of its parts, and of the volumes and configurations that they give. */
function callParts(values: ApiValues): fc.Arbitrary<Step>[] {
  return PARTS.flatMap(([part, name]) =>
    findType(name)
      .methods.filter((method) => !NO_CALLS.test(method.name))
      .map((method) => callOn(values, part, method)),
  );
}

function callOn(values: ApiValues, part: Code, method: Callable): fc.Arbitrary<Step> {
  const call = values.call(part, method, 'ours');
  if (!/^(SharedVolume|ConfigFiles)$/.test(method.gives)) {
    return call.map(state);
  }
  const next = findType(method.gives).methods.map((follow) => call.chain((made) => values.call(made, follow, 'ours')));
  return fc.oneof(call, ...next).map(state);
}

function callBeside(values: ApiValues): fc.Arbitrary<Step>[] {
  return BESIDE.flatMap(([receiver, name, names]) =>
    findType(name, 'kplus')
      .methods.filter((method) => names.test(method.name))
      .map((method) => values.call(receiver, method, 'kplus').map(state)),
  );
}

function state(code: Code): Step {
  return (world) => {
    world.state(code);
  };
}
