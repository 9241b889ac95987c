import type { ObjectView } from '../../rules/model/object-view';
import { type Fields, findValue, listFieldSets } from '../stored/json';
import { type Change, findPod } from './change';
import { describeSource, joinWords } from './show';

/** The end of the data in the volumes of a workload whose pods are replaced. */
export function explainVolumes(change: Change): string[] {
  const [before, after] = [toVolumes(change.before, change.old), toVolumes(change.after, change.next)];
  const notes = [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
    explainVolume(name, before.get(name), after.get(name)),
  );
  return [...notes, ...explainLoss(before)];
}

/** Volumes that begin empty in each pod: their data goes with it. */
function explainLoss(before: ReadonlyMap<string, Fields>): string[] {
  const names = [...before].filter(([, volume]) => volume.emptyDir !== undefined).map(([name]) => `"${name}"`);
  return names.length === 0 ? [] : [`what is in ${joinWords(names)} (emptyDir) goes with each pod`];
}

function explainVolume(name: string, old: Fields | undefined, next: Fields | undefined): string[] {
  const [was, is] = [old && findLasting(old), next && findLasting(next)];
  if (was === undefined || was === is) {
    return is !== undefined && old !== undefined && was === undefined && next !== old
      ? [`"${name}" lasts from now on: ${describeSource(next)} in place of ${describeSource(old)}`]
      : [];
  }
  const place = was.startsWith('hostPath') ? 'its data stays on the nodes' : `${was} stays, with its data`;
  return [
    next ? `"${name}" is ${describeSource(next)} from now on; ${place}` : `"${name}" is no longer there; ${place}`,
  ];
}

/** The source of a volume that outlives its pods. */
function findLasting(volume: Fields): string | undefined {
  const isLasting = ['persistentVolumeClaim', 'hostPath', 'nfs', 'csi'].some((name) => volume[name] !== undefined);
  return isLasting ? describeSource(volume) : undefined;
}

function toVolumes(stored: Fields, object: ObjectView): Map<string, Fields> {
  const volumes = listFieldSets(findValue(findPod(stored, object), 'spec', 'volumes'));
  return new Map(volumes.map((volume) => [String(volume.name), volume]));
}
