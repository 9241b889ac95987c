import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { PodView } from '../model/pod-view';
import { readDrainSeconds } from '../model/prestop';
import { findRunningSoftware } from '../model/software';
import type { Problem, Rule } from '../rule';

/** The roles of software that others need as long as they work. */
const NEEDED: ReadonlySet<string> = new Set(['log agent', 'agent', 'proxy']);
/** Proxies through which nothing but metrics goes. */
const METRICS: ReadonlySet<string> = new Set(['kube-rbac-proxy']);
/** Settings with which a proxy goes on after its stop signal, as long as it has connections. */
const LINGERS = /sigterm.?delay|term.?timeout|drain|exit.?on.?zero/i;

export const STOP_ORDER: Rule = {
  id: 'stop-order',
  severity: Severity.WARNING,
  catches:
    'A log agent or proxy among the `containers` that gets its stop signal while another container still waits in `preStop`.',
  consequence:
    'What the other container writes from then on is lost, and its connections through the proxy are refused.',
  fix: 'make it a native sidecar, which stops after the others',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#sidecar-containers-and-pod-lifecycle',
  checkPod: (pod) => {
    const longest = findLongestWait(pod);
    return longest === undefined ? [] : pod.containers.flatMap((container) => checkStop(container, longest) ?? []);
  },
};

/** A container that waits before it stops. */
interface Waiting {
  readonly container: ContainerView;
  readonly seconds: number;
}

/** The container that waits longest, of those that others do not serve. */
function findLongestWait({ containers }: PodView): Waiting | undefined {
  const waiting = containers
    .filter((container) => container.field.at('lifecycle').exists && !isNeeded(container))
    .map((container) => ({ container, seconds: readDrainSeconds(container) }))
    .filter(({ seconds }) => seconds > 0);
  return waiting.sort((a, b) => b.seconds - a.seconds)[0];
}

function isNeeded(container: ContainerView): boolean {
  const { role = '', software = '' } = findRunningSoftware(container).software ?? {};
  return NEEDED.has(role) && !METRICS.has(software);
}

function checkStop(container: ContainerView, { container: other, seconds }: Waiting): Problem | undefined {
  const { field, name } = container;
  const hook = field.at('lifecycle', 'preStop');
  const own = readDrainSeconds(container);
  // A hook that does something else may wait for the others.
  const isUnknown = (hook.exists && own === 0) || field.at('lifecycle', 'stopSignal').exists;
  if (!isNeeded(container) || isUnknown || own >= seconds || isLingering(container)) {
    return undefined;
  }
  const software = findRunningSoftware(container).software!.software;
  const when = own > 0 ? `after ${own} s` : 'at once';
  const message = `container "${name}" stops ${software} ${when}, while container "${other.name}" waits ${seconds} s in \`preStop\``;
  const fix = `move it to \`initContainers\` with \`restartPolicy: Always\`, or let its \`preStop\` wait ${seconds} s or more`;
  return { at: hook.exists ? hook : field, message, fix };
}

function isLingering({ field, commandLine }: ContainerView): boolean {
  const names = field.at('env').items.map((item) => item.at('name').text ?? '');
  return [...commandLine, ...names].some((word) => LINGERS.test(word));
}
