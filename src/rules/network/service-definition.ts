import { isIPv6 } from 'node:net';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import { checkForm, type Form } from '../model/field-form';
import type { ObjectView } from '../model/object-view';
import { isService } from '../model/services';
import { CIDR, createChoice, createRange, IP_ADDRESS, QUALIFIED_NAME, SUBDOMAIN } from '../model/value-forms';
import type { Problem, Rule } from '../rule';

const MAX_AFFINITY_SECONDS = 86_400;
const MAX_CLUSTER_IPS = 2;

/** The addresses that no client outside of a node can reach. */
const OWN_ADDRESS = /^(0\.0\.0\.0|127\.|169\.254\.|224\.0\.0\.|::1?$|fe[89ab].:|ff.[12]:)/i;

const CLUSTER_IP: Form = {
  ...IP_ADDRESS,
  accepts: (text: string) => ['', 'None'].includes(text) || IP_ADDRESS.accepts(text as never),
};

/** The form of a Service of any type. */
const SERVICE: Form = {
  fields: {
    clusterIP: CLUSTER_IP,
    clusterIPs: { items: CLUSTER_IP },
    ipFamilies: { check: checkFamilies },
    externalIPs: {
      items: {
        ...IP_ADDRESS,
        accepts: (text: string) => IP_ADDRESS.accepts(text as never) && !OWN_ADDRESS.test(text),
        complaint: 'which is no IP address that others can reach',
      },
    },
    loadBalancerSourceRanges: { items: CIDR },
    ports: { items: { fields: { appProtocol: QUALIFIED_NAME } } },
    trafficDistribution: createChoice(['PreferClose', 'PreferSameZone', 'PreferSameNode']),
  },
};

/** Fields that one type alone has. */
const OF_LOAD_BALANCERS = ['loadBalancerClass', 'loadBalancerSourceRanges', 'allocateLoadBalancerNodePorts'];
const NOT_OF_NAMES = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'];
const EXTERNAL = ['NodePort', 'LoadBalancer'];

export const SERVICE_DEFINITION: Rule = {
  id: 'service-definition',
  severity: Severity.ERROR,
  catches:
    'Addresses, ranges and names of a Service that are none, and fields that its type does not take, such as `loadBalancerSourceRanges` of a ClusterIP.',
  consequence: 'The API server rejects the Service.',
  fix: 'remove the field, or write the type that has it',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec',
  checkObject: (object) =>
    isService(object)
      ? [
          ...checkForm(object.spec, SERVICE),
          ...checkType(object),
          ...checkAffinity(object.spec),
          ...checkClusterIps(object.spec),
        ]
      : [],
};

function readType({ spec }: ObjectView): string {
  return spec.at('type').text || 'ClusterIP';
}

function checkType(object: ObjectView): Problem[] {
  const { spec } = object;
  const type = readType(object);
  const foreign = type === 'LoadBalancer' ? [] : OF_LOAD_BALANCERS;
  const local = type === 'ExternalName' ? NOT_OF_NAMES : [];
  return [
    ...[...foreign, ...local]
      .map((name) => spec.at(name))
      .filter((at) => at.exists && at.value !== '' && !(Array.isArray(at.value) && at.items.length === 0))
      .map((at) => ({ at, message: `\`${at.name}\` stands in a Service of type "${type}", which has none` })),
    ...(type === 'LoadBalancer' ? checkForm(spec.at('loadBalancerClass'), QUALIFIED_NAME) : []),
    ...(type === 'ExternalName' ? checkExternalName(spec.at('externalName')) : []),
    ...(EXTERNAL.includes(type) ? checkHeadless(spec.at('clusterIP'), type) : []),
    ...checkExternalTraffic(spec, type),
  ];
}

function checkExternalName(at: Field): Problem[] {
  const name = at.text?.replace(/\.$/, '');
  return name === undefined || name === ''
    ? at.exists && name === undefined
      ? []
      : [{ at, message: 'a Service of type "ExternalName" has no `externalName`', fix: 'write the name of a host' }]
    : SUBDOMAIN.accepts(name as never)
      ? []
      : [{ at, message: `\`externalName\` is "${at.text}", which is no name of a host`, fix: SUBDOMAIN.fix }];
}

function checkHeadless(at: Field, type: string): Problem[] {
  return at.text === 'None'
    ? [{ at, message: `\`clusterIP\` is "None" in a Service of type "${type}", which needs one`, fix: 'remove it' }]
    : [];
}

function checkExternalTraffic(spec: Field, type: string): Problem[] {
  const [policy, port] = [spec.at('externalTrafficPolicy'), spec.at('healthCheckNodePort')];
  const isExternal = EXTERNAL.includes(type) || (type === 'ClusterIP' && spec.at('externalIPs').items.length > 0);
  const isChecked = type === 'LoadBalancer' && policy.text === 'Local';
  return [
    ...(policy.text && !isExternal
      ? [
          {
            at: policy,
            message: `\`externalTrafficPolicy\` stands in a Service of type "${type}", which nobody outside reaches`,
          },
        ]
      : []),
    ...(port.number && !isChecked
      ? [
          {
            at: port,
            message:
              '`healthCheckNodePort` stands in a Service that is none of type "LoadBalancer" with `externalTrafficPolicy: Local`',
            fix: 'remove it',
          },
        ]
      : []),
    ...(port.number && isChecked ? checkForm(port, createRange(1, 65_535)) : []),
  ];
}

function checkAffinity(spec: Field): Problem[] {
  const timeout = spec.at('sessionAffinityConfig', 'clientIP', 'timeoutSeconds');
  return spec.at('sessionAffinity').text === 'ClientIP' ? checkForm(timeout, createRange(1, MAX_AFFINITY_SECONDS)) : [];
}

function checkFamilies(at: Field): Problem[] {
  const [first, second] = at.texts;
  return first !== undefined && first === second
    ? [{ at, message: `\`ipFamilies\` has "${first}" twice`, fix: 'remove one of the two' }]
    : [];
}

/** The list of addresses begins with the one of the old field, and has one of each family. */
function checkClusterIps(spec: Field): Problem[] {
  const [ip, list] = [spec.at('clusterIP'), spec.at('clusterIPs')];
  const [first, second] = list.texts;
  if (first === undefined || spec.at('type').text === 'ExternalName') {
    return [];
  }
  if ((ip.text ?? '') !== first) {
    const message = ip.text
      ? `\`clusterIPs\` begins with "${first}", and \`clusterIP\` is "${ip.text}"`
      : '`clusterIPs` stands without `clusterIP`';
    return [{ at: list, message, fix: 'write the first of the addresses into `clusterIP`, or remove both' }];
  }
  const isPair = second !== undefined && first !== 'None' && isIPv6(first) !== isIPv6(second);
  return list.items.length > 1 && (!isPair || list.items.length > MAX_CLUSTER_IPS)
    ? [
        {
          at: list,
          message: `\`clusterIPs\` has ${list.items.length} addresses, and one of each family is allowed`,
          fix: 'remove the others',
        },
      ]
    : [];
}
