import { validateDnsLabel } from '../../private/names';
import { isPort } from '../../private/ports';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import { readQuotedNumber, validatePortReference } from '../model/names';
import type { ObjectView } from '../model/object-view';
import { isHeadlessService, isService } from '../model/services';
import type { Problem, Rule } from '../rule';

export const SERVICE_PORTS: Rule = {
  id: 'service-ports',
  severity: Severity.ERROR,
  catches:
    'Ports of a Service that are out of range, clash with each other, or have no name although there are several.',
  consequence: 'The API server rejects the Service.',
  fix: 'give each port a number and a name of its own',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services',
  checkObject: (object) => {
    if (!isService(object)) {
      return [];
    }
    const ports = object.spec.at('ports').items;
    return [
      ...checkPortsPresent(object),
      ...ports.flatMap((port) => [
        ...checkServicePortName(port, ports.length > 1),
        ...checkServicePortNumbers(port, object),
      ]),
      ...checkServicePortDuplicates(ports, 'name', (port) => port.at('name').text),
      ...checkServicePortDuplicates(ports, 'port', (port) => toPortKey(port, 'port')),
      ...checkServicePortDuplicates(ports, 'nodePort', (port) => toPortKey(port, 'nodePort')),
    ];
  },
};

function checkPortsPresent(object: ObjectView): Problem[] {
  const at = object.spec.at('ports');
  const needsNone = isHeadlessService(object) || object.spec.at('type').text === 'ExternalName';
  const isEmpty = !at.exists || (Array.isArray(at.value) && at.items.length === 0);
  // A misspelt `ports` is what `unknown-field` reports.
  const isReadable = (object.spec.isObject || !object.spec.exists) && !object.spec.at('port').exists;
  return isEmpty && isReadable && !needsNone
    ? [{ at, message: 'the Service has no port', fix: 'write the ports, or `clusterIP: None`' }]
    : [];
}

function checkServicePortName(port: Field, isNeeded: boolean): Problem[] {
  const at = port.at('name');
  if (!at.text) {
    const message = `port ${port.at('port').scalar ?? ''} has no name, and the Service has several ports`;
    return isNeeded && (at.text === '' || !at.exists) ? [{ at, message, fix: 'give each port a name' }] : [];
  }
  const problem = validateDnsLabel(at.text);
  return problem ? [{ at, message: `port name "${at.text}" ${problem}`, fix: 'choose a DNS label' }] : [];
}

function checkServicePortNumbers(port: Field, { spec }: ObjectView): Problem[] {
  const fix = 'write a whole number from 1 to 65535';
  const wrong = (at: Field): Problem => ({
    at,
    message: `\`${at.name}\` is ${at.number}, which is no port number`,
    fix,
  });
  const exposed = port.at('port');
  const node = port.at('nodePort');
  const isWrongNode = node.number !== undefined && node.number !== 0 && !isPort(node.number);
  return [
    ...(exposed.number !== undefined && !isPort(exposed.number) ? [wrong(exposed)] : []),
    ...(isWrongNode ? [wrong(node)] : node.number ? checkNodePortType(node, spec.at('type')) : []),
    ...checkTargetPort(port.at('targetPort')),
  ];
}

function checkNodePortType(node: Field, { text }: Field): Problem[] {
  const message = '`nodePort` stands in a Service of type "ClusterIP", which has none';
  return (text || 'ClusterIP') === 'ClusterIP'
    ? [{ at: node, message, fix: 'remove `nodePort`, or write `type: NodePort`' }]
    : [];
}

function checkTargetPort(at: Field): Problem[] {
  const problem = at.value ? validatePortReference(at.value) : undefined;
  const number = readQuotedNumber(at.value);
  const fix = number ? `write ${number} without quotes` : 'write the number or name of a port of the container';
  return problem ? [{ at, message: `\`targetPort\` ${problem}`, fix }] : [];
}

function toPortKey(port: Field, name: string): string | undefined {
  const { number } = port.at(name);
  return number ? `${port.at('protocol').text ?? 'TCP'} ${number}` : undefined;
}

function checkServicePortDuplicates(
  ports: readonly Field[],
  name: string,
  toKey: (port: Field) => string | undefined,
): Problem[] {
  const seen = new Set<string>();
  return ports.flatMap((port) => {
    const key = toKey(port);
    if (!key || !seen.has(key)) {
      seen.add(key ?? '');
      return [];
    }
    const what = name === 'name' ? `port name "${key}"` : `\`${name}\` ${key}`;
    return [{ at: port.at(name), message: `${what} stands twice in the Service` }];
  });
}
