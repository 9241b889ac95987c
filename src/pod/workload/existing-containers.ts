import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { toNanos } from '../../private/quantities';
import { createEnvValue } from '../containers/env-values';
import type { Container } from '../manifest/pod-template';

const NANOS_PER_MILLI = 1_000_000n;
const NANOS_PER_KIBIBYTE = 1024n * 1_000_000_000n;

/** The parts of a container of a manifest that the kernel asks for, in the words of cdk8s-plus. */
export function toExistingContainer(
  container: Container,
  volumes: ReadonlyMap<string, kplus.Volume>,
  securityContext: Readonly<Record<string, unknown>> = {},
): kplus.ContainerProps {
  const { name, image, command, args, env, ports, volumeMounts, resources, restartPolicy } = container as Container & {
    image?: string;
    command?: string[];
    args?: string[];
  };
  const { runAsUser: user, runAsGroup: group } = { ...securityContext, ...container.securityContext } as {
    runAsUser?: number;
    runAsGroup?: number;
  };
  return {
    ...{ name: String(name), image: String(image ?? ''), command, args },
    ports: listPorts(ports),
    envVariables: Object.fromEntries(
      (env ?? []).map(({ name: variable, ...value }) => [variable, createEnvValue(value)]),
    ),
    volumeMounts: (volumeMounts ?? []).flatMap(({ name: volume, mountPath: path, ...options }) => {
      const mounted = volumes.get(volume);
      return mounted ? [{ path, volume: mounted, ...options }] : [];
    }),
    resources: toResources(resources?.requests),
    securityContext: { user, group },
    restartPolicy: restartPolicy === 'Always' ? kplus.ContainerRestartPolicy.ALWAYS : undefined,
  };
}

/** Each port once, as cdk8s-plus takes no other; what is wrong with a manifest is told by the rules. */
function listPorts(ports: Container['ports'] = []): kplus.ContainerPort[] {
  const listed = new Map<string, kplus.ContainerPort>();
  const names = new Set<string>();
  for (const { containerPort: number, name, protocol, hostPort, hostIP: hostIp } of ports) {
    const key = `${number}/${protocol ?? 'TCP'}`;
    if (!listed.has(key)) {
      const isFree = name !== undefined && !names.has(name);
      listed.set(key, {
        ...{ number, hostPort, hostIp },
        name: isFree ? name : undefined,
        protocol: protocol as kplus.Protocol | undefined,
      });
      names.add(name ?? '');
    }
  }
  return [...listed.values()];
}

/** The requests of a container, of which an autoscaler takes a share. */
function toResources({ cpu, memory }: Readonly<Record<string, unknown>> = {}): kplus.ContainerResources {
  const [nanos, bytes] = [cpu, memory].map((amount) => toNanos(amount as string | undefined));
  return {
    ...(nanos ? { cpu: { request: kplus.Cpu.millis(Number(nanos / NANOS_PER_MILLI)) } } : {}),
    ...(bytes ? { memory: { request: Size.kibibytes(Number(bytes / NANOS_PER_KIBIBYTE)) } } : {}),
  };
}
