import { completeField, ensureFields, type Fields, findValue, hasFields, listFieldSets } from '../json';

/** A reference to an image as the API server reads it; what is none has no tag for it. */
const IMAGE =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]|\[[a-fA-F0-9:]+\])(?:\.[a-zA-Z0-9-]+)*(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::([\w][\w.-]{0,127}))?(@[\s\S]+)?$/;

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

const PROBE_DEFAULTS = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };

/**
 * Adds to a container what the API server adds.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/v1/defaults.go
 */
export function completeContainer(container: Fields): void {
  completeField(container, 'imagePullPolicy', findPullPolicy(container.image));
  completeField(container, 'terminationMessagePath', '/dev/termination-log');
  completeField(container, 'terminationMessagePolicy', 'File');
  for (const port of listFieldSets(container.ports)) {
    completeField(port, 'protocol', 'TCP');
  }
  listFieldSets(container.env).forEach(completeVariable);
  for (const probe of PROBES.map((name) => container[name]).filter(hasFields)) {
    completeProbe(probe);
  }
  for (const hook of ['postStart', 'preStop'].map((name) => findValue(container, 'lifecycle', name))) {
    completeHandler(hook);
  }
  normalizeAmounts(container.resources);
}

/** The pull policy of an image, which depends on its tag. */
export function findPullPolicy(image: unknown): string {
  const [found, tag, digest] = IMAGE.exec(typeof image === 'string' ? image : '') ?? [];
  const isLatest = found !== undefined && (tag === 'latest' || (tag === undefined && digest === undefined));
  return isLatest ? 'Always' : 'IfNotPresent';
}

function completeVariable({ valueFrom }: Fields): void {
  completeFieldReference(findValue(valueFrom, 'fieldRef'));
  completeResourceReference(findValue(valueFrom, 'resourceFieldRef'));
  const fileKey = findValue(valueFrom, 'fileKeyRef');
  if (hasFields(fileKey)) {
    completeField(fileKey, 'optional', false);
  }
}

/** A reference to a field of the pod says the version of the API, too. */
export function completeFieldReference(reference: unknown): void {
  if (hasFields(reference)) {
    completeField(reference, 'apiVersion', 'v1');
  }
}

/** A divisor that is not stated is written as zero. */
export function completeResourceReference(reference: unknown): void {
  if (hasFields(reference)) {
    completeField(reference, 'divisor', '0');
  }
}

function completeProbe(probe: Fields): void {
  for (const [name, value] of Object.entries(PROBE_DEFAULTS)) {
    completeField(probe, name, value);
  }
  completeHandler(probe);
  if (hasFields(probe.grpc) && probe.grpc.service === undefined) {
    probe.grpc.service = '';
  }
}

function completeHandler(handler: unknown): void {
  const request = findValue(handler, 'httpGet');
  if (hasFields(request)) {
    completeField(request, 'path', '/');
    completeField(request, 'scheme', 'HTTP');
  }
}

/** Amounts are kept in thousandths, rounded up. */
function normalizeAmounts(resources: unknown): void {
  for (const list of ['requests', 'limits'].map((name) => findValue(resources, name)).filter(hasFields)) {
    for (const [name, amount] of Object.entries(list)) {
      const [, digits, unit] = /^(\d+)([nu])$/.exec(String(amount)) ?? [];
      if (digits !== undefined) {
        const factor = unit === 'n' ? 1_000_000n : 1_000n;
        list[name] = `${(BigInt(digits) + factor - 1n) / factor}m`;
      }
    }
  }
}

/** Has a pod ask for its limits, where it says no more. */
export function completeRequests(container: Fields): void {
  const limits = findValue(container, 'resources', 'limits');
  if (hasFields(limits)) {
    const requests = ensureFields(container.resources, 'requests');
    for (const [name, amount] of Object.entries(limits)) {
      requests[name] ??= amount;
    }
  }
}
