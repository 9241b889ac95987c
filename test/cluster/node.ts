import { Namespace } from './namespace';
import { PROGRAMS_IMAGE } from './places';
import { listStatuses, type Pod } from './pods';

const NODE_NAMESPACE = 'cluster-nodes';

/** Where Google's libraries look for the metadata server of a virtual machine. */
export const METADATA_ADDRESS = '169.254.169.254';

/**
 * Starts a pod on each node that may do what the kubelet may, such as end a process of any container, and that answers in place of
 * Google's metadata server.
 */
export async function startNodeTools(): Promise<void> {
  const namespace = await Namespace.create(NODE_NAMESPACE, 'privileged');
  const labels = { app: 'node-tools' };
  // A pod of which the kernel kills no process for the memory of another one.
  const resources = { limits: { cpu: '100m', memory: '64Mi' } };
  const shell = {
    image: 'docker.io/library/busybox:1.37.0',
    resources,
    securityContext: { privileged: true, runAsUser: 0 },
  };
  const address = `ip addr show dev lo | grep -q ${METADATA_ADDRESS} || ip addr add ${METADATA_ADDRESS}/32 dev lo`;
  await namespace.applyObjects({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'node-tools' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          hostPID: true,
          hostNetwork: true,
          terminationGracePeriodSeconds: 0,
          tolerations: [{ operator: 'Exists' }],
          initContainers: [{ ...shell, name: 'address', command: ['sh', '-c', address] }],
          containers: [
            {
              ...shell,
              name: 'shell',
              command: ['sleep', '1000000'],
              volumeMounts: [{ name: 'cgroup', mountPath: '/cgroup' }],
            },
            {
              name: 'metadata',
              image: PROGRAMS_IMAGE,
              args: ['metadata', '--listen', `${METADATA_ADDRESS}:80`],
              resources,
              securityContext: { runAsUser: 0 },
            },
          ],
          volumes: [{ name: 'cgroup', hostPath: { path: '/sys/fs/cgroup' } }],
        },
      },
    },
  });
  await namespace.waitForRollout('daemonset/node-tools');
}

/** Sends a signal to the first process of a container, from outside of its namespaces. */
export async function signalContainer(pod: Pod, container: string, signal: string): Promise<void> {
  const id = findContainerId(pod, container);
  await runOnNode(
    pod,
    `for group in $(grep -l ${id} /proc/[0-9]*/cgroup); do kill -${signal} $(echo $group | cut -d/ -f3) 2>/dev/null; done; true`,
  );
}

/**
 * Fills the memory of a container with pages of a file that only memory holds, until the kernel kills the process with the most of its
 * own: the agent.
 */
export async function exhaustMemory(pod: Pod, container: string): Promise<void> {
  const id = findContainerId(pod, container);
  await runOnNode(
    pod,
    `group=$(find /cgroup/memory /cgroup -type d -name '*${id}*' 2>/dev/null | head -1)
     [ -n "$group" ] || exit 1
     mkdir -p /full && mount -t tmpfs -o size=2g none /full || exit 1
     for try in 1 2 3; do
       sh -c "echo \\$\\$ > $group/cgroup.procs && exec dd if=/dev/zero of=/full/file bs=1M count=2000" 2>/dev/null
       sleep 1
     done
     rm -f /full/file && umount /full`,
  );
}

/** Runs a script of a shell with all rights on the node of a pod, whose control groups are at `/cgroup`. */
async function runOnNode(pod: Pod, script: string): Promise<string> {
  const namespace = new Namespace(NODE_NAMESPACE);
  const tools = await namespace.get<{ items: Pod[] }>('pods', '--field-selector', `spec.nodeName=${pod.spec.nodeName}`);
  const { stdout, stderr, code } = await namespace.exec(tools.items[0]!.metadata.name, 'shell', 'sh', '-c', script);
  if (code !== 0) {
    throw new Error(`on the node of ${pod.metadata.name}: ${stderr}`);
  }
  return stdout;
}

function findContainerId(pod: Pod, container: string): string {
  const id = listStatuses(pod).find(({ name }) => name === container)?.containerID;
  if (id === undefined) {
    throw new Error(`container ${container} of ${pod.metadata.name} has not started`);
  }
  return id.replace('containerd://', '');
}
