import { Severity } from '../finding';
import type { Field } from '../model/field';
import { checkForm, type Form } from '../model/field-form';
import type { PodView } from '../model/pod-view';
import { checkRepeated } from '../model/repeated';
import { createChoice, DNS_LABEL, QUALIFIED_NAME, SUBDOMAIN, toOptional } from '../model/value-forms';
import type { Problem, Rule } from '../rule';

const RESIZE: Form = {
  items: {
    required: ['resourceName', 'restartPolicy'],
    fields: {
      resourceName: createChoice(['', 'cpu', 'memory']),
      restartPolicy: createChoice(['', 'NotRequired', 'RestartContainer']),
    },
  },
  check: (at) => checkRepeated(at.items, 'resourceName'),
};

const CLAIMS: Form = { items: { fields: { request: toOptional(DNS_LABEL) } }, check: checkClaimsTwice };

const CONTAINERS: Form = { items: { fields: { resizePolicy: RESIZE, resources: { fields: { claims: CLAIMS } } } } };

/** The form of what a pod names. */
const POD: Form = {
  filled: ['preemptionPolicy'],
  fields: {
    serviceAccountName: toOptional(SUBDOMAIN),
    nodeName: toOptional(SUBDOMAIN),
    priorityClassName: toOptional(SUBDOMAIN),
    runtimeClassName: SUBDOMAIN,
    readinessGates: { items: { fields: { conditionType: QUALIFIED_NAME } } },
    schedulingGates: { items: { fields: { name: QUALIFIED_NAME } }, check: (at) => checkRepeated(at.items, 'name') },
    resourceClaims: {
      items: {
        filled: ['name'],
        fields: {
          name: toOptional(DNS_LABEL),
          resourceClaimName: SUBDOMAIN,
          resourceClaimTemplateName: SUBDOMAIN,
        },
        check: checkClaimSource,
      },
      check: (at) => checkRepeated(at.items, 'name'),
    },
    containers: CONTAINERS,
    initContainers: CONTAINERS,
  },
};

export const POD_SETTINGS: Rule = {
  id: 'pod-settings',
  severity: Severity.ERROR,
  catches:
    'Names of accounts, nodes, classes, gates and claims of a pod that are none, claims and gates that stand twice or nowhere, and resize policies that do not exist.',
  consequence: 'The API server rejects the pod.',
  fix: 'write the name of what is meant',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec',
  checkPod: (pod) => [
    ...checkForm(pod.spec, POD),
    ...checkOldAccount(pod),
    ...checkGatedNode(pod),
    ...checkEphemeralContainers(pod),
    ...checkPodClaims(pod),
    ...checkResizePolicies(pod),
  ],
};

/** The old name of the field counts where the new one is empty. */
function checkOldAccount({ spec }: PodView): Problem[] {
  return spec.at('serviceAccountName').text ? [] : checkForm(spec.at('serviceAccount'), toOptional(SUBDOMAIN));
}

function checkGatedNode({ spec }: PodView): Problem[] {
  const at = spec.at('nodeName');
  const message = '`nodeName` stands beside `schedulingGates`, which keep the pod from a node';
  return at.text && spec.at('schedulingGates').items.length > 0 ? [{ at, message, fix: 'remove one of the two' }] : [];
}

/** Containers for people who look into a pod that runs. */
function checkEphemeralContainers({ spec }: PodView): Problem[] {
  const at = spec.at('ephemeralContainers');
  const message = '`ephemeralContainers` stand in a pod that does not run yet';
  return at.items.length > 0 ? [{ at, message, fix: 'remove them; `kubectl debug` adds one to a running pod' }] : [];
}

function checkClaimSource(claim: Field): Problem[] {
  const [made, found] = [claim.at('resourceClaimTemplateName'), claim.at('resourceClaimName')];
  if (made.exists !== found.exists) {
    return [];
  }
  const message = made.exists
    ? 'a resource claim has `resourceClaimName` and `resourceClaimTemplateName`, and only one is allowed'
    : 'a resource claim has neither `resourceClaimName` nor `resourceClaimTemplateName`';
  return [{ at: found, message, fix: 'write one of the two' }];
}

/** The claims of containers are those of the pod, and the pod as a whole has none. */
function checkPodClaims({ spec, all }: PodView): Problem[] {
  const names = new Set(spec.at('resourceClaims').items.map((claim) => claim.at('name').text));
  const whole = spec.at('resources', 'claims');
  return [
    ...all.flatMap(({ field, name }) =>
      field
        .at('resources', 'claims')
        .items.map((claim) => claim.at('name'))
        .filter((at) => at.text !== undefined && !names.has(at.text))
        .map((at) => ({
          at,
          message: `container "${name}" has resource claim "${at.text}", which the pod does not have`,
          fix: 'name it in `resourceClaims` of the pod',
        })),
    ),
    ...(whole.exists
      ? [{ at: whole, message: 'the pod as a whole has resource claims', fix: 'give them to its containers' }]
      : []),
  ];
}

/** All requests of a claim count as each of them. */
function checkClaimsTwice(claims: Field): Problem[] {
  const seen = new Map<string | undefined, Set<string>>();
  return claims.items.flatMap((claim) => {
    const [name, request] = [claim.at('name').text, claim.at('request').text ?? ''];
    const requests = seen.get(name) ?? new Set();
    const isTwice = requests.has(request) || (request === '' && requests.size > 0);
    seen.set(name, requests.add(request));
    return isTwice && name
      ? [{ at: claim, message: `resource claim "${name}" stands twice`, fix: 'remove one of the two' }]
      : [];
  });
}

/** A container that never starts again is not resized by a restart. */
function checkResizePolicies({ spec, all }: PodView): Problem[] {
  return spec.at('restartPolicy').text === 'Never'
    ? all
        .flatMap(({ field }) => field.at('resizePolicy').items.map((policy) => policy.at('restartPolicy')))
        .filter(({ text }) => text === 'RestartContainer')
        .map((at) => ({
          at,
          message: 'the container is to restart when it is resized, but the `restartPolicy` of its pod is "Never"',
          fix: 'write `NotRequired`',
        }))
    : [];
}
