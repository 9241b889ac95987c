import { type LocalCall, readLocalCalls } from '../../private/local-calls';
import { memoizeByObject } from '../../private/memo';
import { isShell, toProgramName } from './commands';
import type { ContainerView } from './container-view';
import type { Field } from './field';
import { findProgram } from './programs';
import { isClientProgram, listFlags, listVariables, type Setting } from './settings';

/** A port of the pod itself that a container is told to call, by a flag, a word or a variable. */
export interface Call {
  readonly port: number;
  readonly at: Field;
  /** The name of the flag or variable in lower case; empty for a word that stands alone. */
  readonly name: string;
  /** The scheme of the address, where it has one. */
  readonly scheme?: string;
  readonly isVariable: boolean;
}

/** The ports of the pod itself that the command line and the variables of a container tell it to call. */
export const listLocalCalls = memoizeByObject((container: ContainerView): readonly Call[] => {
  const variables = listVariables(container);
  const isShellCommand = isShell(container.commandLine);
  const flags = isShellCommand ? [] : listFlags(container);
  const isClient = isClientProgram(toProgramName(findProgram(container.commandLine)));
  return [
    ...readLocalCalls(flags, isClient).map((call) => toCall(call, false)),
    ...readLocalCalls(variables, false).map((call) => toCall(call, true)),
  ];
});

function toCall({ port, name, scheme, setting: { at } }: LocalCall<Setting>, isVariable: boolean): Call {
  return { port, at, name, scheme, isVariable };
}
