import { explainCronJob, explainJob } from './batch';
import { type Change, type Explanation, findPodKeys, type World } from './change';
import { explainConfig } from './configs';
import { explainOther } from './others';
import { explainPod, explainResize } from './pods';
import { listRefused } from './refusals';
import { explainReplacement } from './replacement';
import { explainService } from './services';
import { explainClaim } from './storage';
import { explainWorkload } from './workloads';

export type { Change, Explanation, World } from './change';
export { explainCreation, explainDeletion } from './presence';
export { explainUnchangedService } from './services';

/** The effect of a change of one object. */
export function explainChange(change: Change, world: World): Explanation {
  const refused = listRefused(change);
  if (refused.length === 0) {
    return explainAccepted(change, world);
  }
  const resize = change.group === '' && change.kind === 'Pod' ? explainResize(change, refused, world) : undefined;
  return resize ?? explainReplacement(change, refused, world);
}

function explainAccepted(change: Change, world: World): Explanation {
  switch (`${change.group}/${change.kind}`) {
    case '/Pod':
      return explainPod(change, world);
    case '/ConfigMap':
    case '/Secret':
      return explainConfig(change, world);
    case '/Service':
      return explainService(change, world);
    case '/PersistentVolumeClaim':
      return explainClaim(change, world);
    case 'batch/Job':
      return explainJob(change, world);
    case 'batch/CronJob':
      return explainCronJob(change, world);
    case '/PodTemplate':
      return explainOther(change, world);
    default:
      return findPodKeys(change.next) === undefined ? explainOther(change, world) : explainWorkload(change, world);
  }
}
