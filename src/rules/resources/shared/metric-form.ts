import { hasOwn } from '../../../private/own';
import type { Field } from '../../model/field';
import type { Form, HolderForm, ValueForm } from '../../model/field-form';
import { createChoice, createRange, DNS_LABEL } from '../../model/value-forms';
import type { Problem } from '../../rule';
import { readAmount } from './amounts';

/** The metrics by their types: the field that describes each, and the targets of which it takes one, or more. */
const TYPES: Readonly<
  Record<string, { readonly source: string; readonly targets: readonly string[]; readonly isOpen?: boolean }>
> = {
  Resource: { source: 'resource', targets: ['averageUtilization', 'averageValue'] },
  ContainerResource: { source: 'containerResource', targets: ['averageUtilization', 'averageValue'] },
  Pods: { source: 'pods', targets: ['averageValue'] },
  Object: { source: 'object', targets: ['value', 'averageValue'], isOpen: true },
  External: { source: 'external', targets: ['value', 'averageValue'] },
};

const SOURCES = Object.values(TYPES).map(({ source }) => source);

const TARGET: Form = {
  filled: ['type'],
  fields: {
    type: createChoice(['', 'Utilization', 'Value', 'AverageValue']),
    averageUtilization: createRange(1),
    averageValue: { check: checkPositive },
    value: { check: checkPositive },
  },
};

/** A resource that containers have. */
const RESOURCE: ValueForm = {
  type: 'string',
  accepts: (text: string) => ['', 'cpu', 'memory', 'ephemeral-storage'].includes(text) || /^hugepages-|\//.test(text),
  complaint: 'which no container has',
  fix: 'write `cpu` or `memory`',
};

/** A name that can stand in the path of a request. */
export const PATH_NAME: ValueForm = {
  type: 'string',
  accepts: (text: string) => text !== '.' && text !== '..' && !/[/%]/.test(text),
  complaint: 'which is no name',
  fix: 'write a name without "/" and "%"',
};

const NAMED: Form = { filled: ['name'], fields: { name: PATH_NAME } };

/** The form of a metric that an autoscaler follows. */
export const METRIC: HolderForm = {
  filled: ['type'],
  fields: {
    type: createChoice(['', ...Object.keys(TYPES)]),
    resource: { filled: ['name'], fields: { target: TARGET } },
    containerResource: {
      filled: ['name', 'container'],
      fields: { name: RESOURCE, container: DNS_LABEL, target: TARGET },
    },
    pods: { fields: { metric: NAMED, target: TARGET } },
    object: {
      fields: {
        describedObject: { required: ['kind'], filled: ['name'], fields: { kind: PATH_NAME, name: PATH_NAME } },
        metric: NAMED,
        target: TARGET,
      },
    },
    external: { fields: { metric: NAMED, target: TARGET } },
  },
  check: checkMetric,
};

function checkMetric(metric: Field): Problem[] {
  const name = metric.at('type').text ?? '';
  const type = hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (!type) {
    return [];
  }
  const described = metric.at(type.source);
  const fix = `describe it in \`${type.source}\``;
  return [
    ...(described.exists
      ? checkTargets(described.at('target'), type.targets, type.isOpen)
      : [{ at: described, message: `a metric of type ${name} has no \`${type.source}\``, fix }]),
    ...SOURCES.filter((source) => source !== type.source)
      .map((source) => metric.at(source))
      .filter(({ exists }) => exists)
      .map((at) => ({ at, message: `a metric of type ${name} has \`${at.name}\``, fix })),
  ];
}

function checkTargets(target: Field, names: readonly string[], isOpen = false): Problem[] {
  const [first, ...others] = names.map((name) => target.at(name)).filter(({ exists }) => exists);
  const wanted = names.map((name) => `\`${name}\``).join(' or ');
  if (!target.isObject) {
    return [];
  }
  return first
    ? isOpen
      ? []
      : others.map((at) => ({
          at,
          message: `the target has \`${first.name}\` and \`${at.name}\``,
          fix: 'remove one of the two',
        }))
    : [{ at: target.at(names[0]!), message: `the target has no ${wanted}`, fix: `write ${wanted}` }];
}

function checkPositive(at: Field): Problem[] {
  const amount = readAmount(at);
  if (amount === undefined && at.scalar !== undefined) {
    return [
      { at, message: `\`${at.name}\` is "${at.scalar}", which is no amount`, fix: 'write an amount, such as 10' },
    ];
  }
  return amount !== undefined && amount <= 0n
    ? [{ at, message: `\`${at.name}\` is ${at.scalar}, and must be above zero`, fix: 'write an amount, such as 10' }]
    : [];
}
