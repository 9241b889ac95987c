import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';

/**
 * A CPU request without a limit, which would only slow the container down while the node has CPU to spare, and a memory
 * limit that equals the request, so that a leak ends the container and not its neighbours.
 */
export function toResources(cpuMillis: number, memoryMebibytes: number): kplus.ContainerResources {
  const memory = Size.mebibytes(memoryMebibytes);
  return { cpu: { request: kplus.Cpu.millis(cpuMillis) }, memory: { request: memory, limit: memory } };
}
