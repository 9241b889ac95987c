import { Severity } from '../finding';
import { Role } from '../model/container-view';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { findRequest, isExclusive, isHugePages, readAmount } from './shared/amounts';

export const RESOURCE_LIMITS: Rule = {
  id: 'resource-limits',
  severity: Severity.ERROR,
  catches:
    'A request above its limit, huge pages or devices whose request is not their limit, or resources of the pod below the sum of its containers.',
  consequence: 'The API server rejects the pod.',
  fix: 'raise the limit, or lower the request',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits',
  checkPod: (pod) => [
    ...pod.all.flatMap(({ field, name }) => checkRequestsAndLimits(field.at('resources'), `container "${name}"`)),
    ...checkPodResources(pod),
  ],
};

/** Checks requests and limits in one place against each other. */
function checkRequestsAndLimits(resources: Field, subject: string): Problem[] {
  const limits = resources.at('limits');
  const requests = resources.at('requests');
  return [
    ...requests.fields.flatMap((request) => checkRequest(request, limits.at(request.name), subject)),
    ...checkHugePages([...limits.fields, ...requests.fields], subject),
  ];
}

function checkRequest(at: Field, limit: Field, subject: string): Problem[] {
  const says = `${subject} requests ${at.scalar ?? 'nothing'} of ${at.name}`;
  if (!limit.exists && limit.value !== null) {
    const fix = `write the same amount under \`limits\``;
    return at.scalar !== undefined && isExclusive(at.name)
      ? [{ at, message: `${says}, which needs a limit`, fix }]
      : [];
  }
  const [wanted, most] = [readGivenAmount(at), readGivenAmount(limit)];
  if (wanted === undefined || most === undefined || wanted === most) {
    return [];
  }
  if (isExclusive(at.name)) {
    const fix = 'write the same amount as request and limit';
    return [{ at, message: `${says}, but its limit is ${limit.scalar ?? 0}, and the two must be equal`, fix }];
  }
  return wanted > most
    ? [{ at, message: `${says}, more than its limit of ${limit.scalar ?? 'nothing, which counts as 0'}` }]
    : [];
}

/** The amount that is written; one that a template rendered empty counts as 0. */
function readGivenAmount(at: Field): bigint | undefined {
  return at.value === null ? 0n : readAmount(at);
}

function checkHugePages(fields: readonly Field[], subject: string): Problem[] {
  const at = fields.find(({ name }) => isHugePages(name));
  const isAlone = at !== undefined && !fields.some(({ name }) => name === 'cpu' || name === 'memory');
  const message = `${subject} has huge pages, but neither \`cpu\` nor \`memory\``;
  return isAlone ? [{ at, message, fix: 'request `cpu` or `memory` too' }] : [];
}

function checkPodResources(pod: PodView): Problem[] {
  const resources = pod.spec.at('resources');
  return resources.isObject
    ? [
        ...checkRequestsAndLimits(resources, 'the pod'),
        ...resources.at('limits').fields.flatMap((limit) => checkContainerLimits(pod, limit)),
        ...resources.at('requests').fields.flatMap((request) => checkRequestSum(pod, request)),
      ]
    : [];
}

function checkContainerLimits({ containers }: PodView, limit: Field): Problem[] {
  const most = readAmount(limit);
  return containers.flatMap(({ field, name }) => {
    const at = field.at('resources', 'limits', limit.name);
    const amount = readAmount(at);
    const message = `container "${name}" has ${at.scalar} of ${limit.name} as its limit, more than the pod with ${limit.scalar}`;
    return amount !== undefined && most !== undefined && amount > most ? [{ at, message }] : [];
  });
}

function checkRequestSum(pod: PodView, at: Field): Problem[] {
  const amount = readAmount(at);
  const message = `the pod requests ${at.scalar} of ${at.name}, less than its containers together`;
  const fix = 'raise it to the sum of the containers, or remove it';
  return amount !== undefined && amount < sumRequests(pod, at.name) ? [{ at, message, fix }] : [];
}

/** The requests of containers at once: those that run side by side, or one that starts with the sidecars before it. */
function sumRequests({ containers, initContainers }: PodView, resource: string): bigint {
  const request = (field: Field): bigint => readAmount(findRequest(field, resource)) ?? 0n;
  let sidecars = 0n;
  let most = 0n;
  for (const { field, role } of initContainers) {
    const amount = request(field);
    sidecars += role === Role.NATIVE_SIDECAR ? amount : 0n;
    const now = sidecars + (role === Role.INIT ? amount : 0n);
    most = now > most ? now : most;
  }
  const running = containers.reduce((sum, { field }) => sum + request(field), sidecars);
  return running > most ? running : most;
}
