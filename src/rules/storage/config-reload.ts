import { Severity } from '../finding';
import type { Rule } from '../rule';
import { isFollowed } from './shared/followed-configs';
import { listReloadedMounts } from './shared/reloaded-mounts';

export const CONFIG_RELOAD: Rule = {
  id: 'config-reload',
  severity: Severity.WARNING,
  catches:
    'A file of a ConfigMap or Secret that is mounted with `subPath` beside a container that reports its changes.',
  consequence: 'The reloader sees a change and says so, and the other container reads the old file again.',
  fix: 'mount the whole volume, in a directory of its own',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
  checkPod: (pod) => {
    const mounts = listReloadedMounts(pod);
    return mounts.length === 0 || isFollowed(pod)
      ? []
      : mounts.map(({ container, mount: { field, volume, subPath }, reloader }) => ({
          at: field.at(field.at('subPath').exists ? 'subPath' : 'subPathExpr'),
          message: `container "${container.name}" mounts "${subPath}" of volume "${volume}" alone and never sees the changes that container "${reloader.name}" ${container === reloader ? 'is to report' : 'reports'}`,
        }));
  },
};
