export const MAX_PORT = 65535;

/** Whether this is the number of a port. */
export function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= MAX_PORT;
}

/** Finds what is wrong with the number of a port; the subject names it: "`port` 0 of database "shop"". */
export function validatePort(subject: string, port: number): string[] {
  return isPort(port) ? [] : [`${subject} is not a port number; pass an integer from 1 to ${MAX_PORT}`];
}

/** The first port that every user may open, where the pod says nothing else. */
const FIRST_OPEN = 1024;

/** The setting of a pod's network that says otherwise. */
export const OPEN_PORTS = 'net.ipv4.ip_unprivileged_port_start';

/** The first port that a process without root may open in a rendered pod. */
export function findFirstOpenPort(pod: { readonly securityContext?: { readonly sysctls?: unknown } }): number {
  const { sysctls } = pod.securityContext ?? {};
  const found = (Array.isArray(sysctls) ? sysctls : []).find(
    (sysctl) => String(sysctl?.name).replace(/\//g, '.') === OPEN_PORTS,
  );
  const start = Number.parseInt(String(found?.value), 10);
  return Number.isNaN(start) ? FIRST_OPEN : Math.min(start, FIRST_OPEN);
}
