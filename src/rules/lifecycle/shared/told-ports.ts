import { listAskedPorts } from '../../../private/shell-waits';
import { canCall, isFileTool, pickNeededByFlags, pickNeededByVariables } from '../../../private/told-calls';
import { type ContainerScript, findContainerScript } from '../../configs/container-script';
import { type Call, listLocalCalls } from '../../model/calls';
import { isShell, toProgramName } from '../../model/commands';
import type { ContainerView } from '../../model/container-view';
import type { Field } from '../../model/field';
import type { ManifestSet } from '../../model/manifest-set';
import type { PodView } from '../../model/pod-view';

/** Words with which a script decides, goes round or goes on beside. */
const CONTROL = /(?:^|[\s;&(])(?:if|for|while|until|case|do|function|trap)\s|<<|\|/;

/** A port of the pod that an init container is told to call, so that it fails where nobody listens. */
export interface ToldPort {
  readonly port: number;
  readonly at: Field;
}

/** The ports of the pod that an init container is told to call. What may be for others, or may fail without harm, does not count. */
export function listToldPorts(container: ContainerView, pod: PodView, set: ManifestSet): ToldPort[] {
  if (isShell(container.commandLine)) {
    const script = findContainerScript(container, pod, set);
    const asked = script ? listScriptPorts(script, container) : [];
    return asked.length > 0 || !canCall(script?.text ?? '') ? asked : listVariablePorts(container, pod);
  }
  if (isFileTool(toProgramName(container.commandLine))) {
    return [];
  }
  const flags = listLocalCalls(container).filter(({ isVariable }) => !isVariable);
  return [...pickNeededByFlags(flags), ...listVariablePorts(container, pod)];
}

/** The ports that a plain script asks: one whose commands run one after the other as long as each does its work. */
function listScriptPorts({ text, at }: ContainerScript, container: ContainerView): ToldPort[] {
  const script = text.replace(/^#!.*\n/, '').trim();
  const [, strict, rest = script] = /^(set\s+-\w*e\w*[^\n;]*[\n;])?([\s\S]*)$/.exec(script) ?? [];
  if (CONTROL.test(rest)) {
    return [];
  }
  const statements = rest.split(strict ? /\n|;|&&/ : /&&/).map((statement) => statement.trim());
  return statements
    .filter((statement) => !isFileTool(toProgramName(statement.split(/\s+/))) && !/>/.test(statement))
    .flatMap((statement) => listAskedPorts(statement.split(/\s+/), container.field.at('env').value))
    .map((port) => ({ port, at }));
}

/** The databases that variables name. */
function listVariablePorts(container: ContainerView, pod: PodView): ToldPort[] {
  const calls = listLocalCalls(container).filter(({ isVariable }) => isVariable);
  const words = [container.field.at('name').text ?? '', container.image, ...container.commandLine];
  return pickNeededByVariables(calls, words, (call) => isSharedCall(call, container, pod));
}

function isSharedCall({ name }: Call, container: ContainerView, { all }: PodView): boolean {
  return all.some(
    (other) => other !== container && listLocalCalls(other).some((call) => call.isVariable && call.name === name),
  );
}
