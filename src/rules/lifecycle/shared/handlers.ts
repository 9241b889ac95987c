import { memoizeByObject } from '../../../private/memo';
import type { ContainerView } from '../../model/container-view';
import type { Field } from '../../model/field';
import { readQuotedNumber, validatePortReference } from '../../model/names';
import type { PodView } from '../../model/pod-view';
import type { Problem } from '../../rule';

/** The target that a probe or hook connects to. */
export interface Dialled {
  readonly port: Field;
  /** The number of the port, where the container lists it by this name. */
  readonly number?: number;
  /** Another host than the pod. */
  readonly host: Field;
}

const NETWORK_KINDS = ['httpGet', 'tcpSocket', 'grpc'];

/** A probe or a hook of a container. */
export class Handled {
  /** The target that it connects to; nothing where it runs a command or waits. */
  public readonly dialled?: Dialled;

  public constructor(
    public readonly container: ContainerView,
    public readonly field: Field,
  ) {
    const kind = NETWORK_KINDS.find((name) => field.at(name).exists);
    this.dialled = kind === undefined ? undefined : toDialled(field.at(kind), container);
  }

  /** Its name in messages, as in `livenessProbe of container "app"`. */
  public get title(): string {
    return `\`${this.field.name}\` of container "${this.container.name}"`;
  }

  /** The command that it runs. */
  public get command(): string[] {
    return this.dialled ? [] : this.field.at('exec', 'command').texts;
  }
}

function toDialled(handler: Field, { ports }: ContainerView): Dialled {
  const port = handler.at('port');
  const named = port.text === undefined ? undefined : ports.find(({ name }) => name === port.text);
  return { port, number: port.number ?? named?.number, host: handler.at('host') };
}

/** The probes of the containers that may have some. */
export const listProbes = memoizeByObject(({ running }: PodView): readonly Handled[] =>
  running.flatMap((container) => container.probes.map((field) => new Handled(container, field))),
);

/** The hooks of the containers that may have some. */
export const listHooks = memoizeByObject(({ running }: PodView): readonly Handled[] =>
  running.flatMap((container) => listContainerHooks(container).map((field) => new Handled(container, field))),
);

function listContainerHooks(container: ContainerView): Field[] {
  return container.field.at('lifecycle').exists ? container.hooks : [];
}

/** Checks that a probe or hook has exactly one sound handler, of the kinds that it may have. */
export function checkHandler(handled: Handled, kinds: readonly string[]): Problem[] {
  const { field } = handled;
  const found = kinds.map((kind) => field.at(kind)).filter(({ exists }) => exists);
  if (found.length === 0 && field.isObject) {
    const fix = `write one of ${kinds.map((kind) => `\`${kind}\``).join(', ')}`;
    return [{ at: field, message: `${handled.title} does nothing`, fix }];
  }
  return found.flatMap((at, index) =>
    index === 0
      ? checkHandlerDetails(at, handled)
      : [
          {
            at,
            message: `${handled.title} has \`${at.name}\` besides \`${found[0]!.name}\``,
            fix: 'remove one of the two',
          },
        ],
  );
}

const HEADER = /^[-A-Za-z0-9]+$/;

function checkHandlerDetails(handler: Field, handled: Handled): Problem[] {
  if (handler.name === 'exec') {
    const at = handler.at('command');
    const isEmpty = (handler.isObject && !at.exists) || (Array.isArray(at.value) && at.items.length === 0);
    return isEmpty ? [{ at, message: `${handled.title} has no command`, fix: 'write the command' }] : [];
  }
  const headers = handler.at('httpHeaders').items.map((header) => header.at('name'));
  return [
    ...checkHandlerPort(handler.at('port'), handled),
    ...headers.flatMap((name) => checkHeaderName(name, handled)),
  ];
}

function checkHandlerPort(at: Field, handled: Handled): Problem[] {
  const problem = validatePortReference(at.value);
  const number = readQuotedNumber(at.value);
  const fix = number ? `write ${number} without quotes` : 'write the number or name of a port of the container';
  return problem ? [{ at, message: `\`port\` of the ${handled.title} ${problem}`, fix }] : [];
}

function checkHeaderName(at: Field, handled: Handled): Problem[] {
  return at.text !== undefined && !HEADER.test(at.text)
    ? [
        {
          at,
          message: `${handled.title} sends header "${at.text}", which is no name of a header`,
          fix: 'correct the name',
        },
      ]
    : [];
}
