import { isIP } from 'node:net';
import { isPort } from '../../private/ports';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { Problem, Rule } from '../rule';

export const PORT_NUMBER: Rule = {
  id: 'port-number',
  severity: Severity.ERROR,
  catches: 'A `containerPort` or `hostPort` that is no port number, or a `hostIP` that is no IP address.',
  consequence: 'The API server rejects the pod, or no address of the node leads to the port.',
  fix: 'write a whole number from 1 to 65535',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  checkPod: ({ all }) => all.flatMap(({ name, ports }) => ports.flatMap(({ field }) => checkPortNumbers(field, name))),
};

function checkPortNumbers(port: Field, container: string): Problem[] {
  const listed = port.at('containerPort');
  const host = port.at('hostPort');
  return [
    ...(isInvalidPort(listed) ? [toPortProblem(listed, container)] : []),
    // Zero is the same as none.
    ...(isInvalidPort(host) && host.number !== 0 ? [toPortProblem(host, container)] : []),
    // Without a host port, the address means nothing, which `host-ip` reports.
    ...(host.number ? checkHostAddress(port.at('hostIP'), container) : []),
  ];
}

function isInvalidPort({ number }: Field): boolean {
  return number !== undefined && !isPort(number);
}

function toPortProblem(at: Field, container: string): Problem {
  return { at, message: `\`${at.name}\` of container "${container}" is ${at.number}, which is no port number` };
}

function checkHostAddress(at: Field, container: string): Problem[] {
  if (!at.text || isIP(at.text) !== 0) {
    return [];
  }
  const message = `\`hostIP\` of container "${container}" is "${at.text}", which is no IP address`;
  return [{ at, message, fix: 'write an IP address of the node, or remove `hostIP`' }];
}
