import { readFlags } from '../../private/flags';
import { type LocalCall, readLocalCalls } from '../../private/local-calls';
import { canCall, isFileTool, pickNeededByFlags, pickNeededByVariables } from '../../private/told-calls';
import type { Container, PodSpec } from '../manifest/pod-template';

const SHELL = /(^|\/)(ba|da|a)?sh$/;

/** The ports of the pod that a rendered init container is told to call by its own flags and variables, as the rules find them. */
export function listToldPorts(container: Container, spec: PodSpec): number[] {
  const words = [container.command, container.args].flat().filter((word) => typeof word === 'string') as string[];
  const [program = ''] = words;
  const isShell = SHELL.test(program);
  const doesNothing = isShell ? !canCall(words[2] ?? '') : isFileTool(program);
  if (doesNothing) {
    return [];
  }
  const flags = isShell ? [] : pickNeededByFlags(readLocalCalls(readFlags(words.map((text) => ({ text }))), false));
  const named = [container.name, String(container.image), ...words];
  const variables = pickNeededByVariables(listVariableCalls(container), named, ({ name }) =>
    isShared(name, container, spec),
  );
  return [...flags, ...variables].map(({ port }) => port);
}

function isShared(name: string, container: Container, { initContainers = [], containers }: PodSpec): boolean {
  return [...initContainers, ...containers].some(
    (other) => other !== container && listVariableCalls(other).some((call) => call.name === name),
  );
}

function listVariableCalls({ env = [] }: Container): LocalCall[] {
  const variables = env.map(({ name, value }) => {
    return { name: name.toLowerCase(), value: typeof value === 'string' ? value : '' };
  });
  return readLocalCalls(variables, false);
}
