import { Severity } from '../finding';
import { runsForever } from '../model/commands';
import type { ContainerView } from '../model/container-view';
import { isServing } from '../model/software';
import type { Rule } from '../rule';

/** The means of the main container to stop a companion when it is done. */
const STOPS_OTHERS = /quitquitquit|\bp?kill(all)?\b/;

export const JOB_SIDECAR: Rule = {
  id: 'job-sidecar',
  severity: Severity.ERROR,
  catches: 'A companion among the `containers` of a Job that never ends by itself.',
  consequence: 'The main container ends and the companion runs on, so that the Job never completes.',
  fix: 'move it to `initContainers` with `restartPolicy: Always`, so that it ends with the main container',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers',
  checkPod: ({ owner, containers }) => {
    if (!owner.isJob || containers.length < 2 || containers.some(canStopOthers)) {
      return [];
    }
    const endless = containers.filter((container) => runsForever(container.commandLine) || isServing(container));
    // Where nothing else is there, it may be the work itself.
    return endless.length === containers.length
      ? []
      : endless.map(({ field, name }) => ({
          at: field,
          message: `container "${name}" never ends, so that the ${owner.kind} never completes`,
        }));
  },
};

function canStopOthers({ field, commandLine }: ContainerView): boolean {
  const words = [...commandLine, ...field.at('lifecycle', 'preStop', 'exec', 'command').texts];
  const variables = field.at('env').items.map((item) => item.at('name').text ?? '');
  return [...words, ...variables].some((word) => STOPS_OTHERS.test(word.toLowerCase()));
}
