import { Severity } from '../finding';
import { type ContainerView, Role } from '../model/container-view';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

const ALWAYS_RUNNING = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController'];
const OWN_POLICIES = ['OnFailure', 'Never'];

/** The minor version of Kubernetes since which each container may have a policy of its own. */
const OWN_POLICIES_SINCE = 35;

export const RESTART_POLICY: Rule = {
  id: 'restart-policy',
  severity: Severity.ERROR,
  catches:
    'A restart policy that the workload does not allow, such as a Job that restarts always, or a policy on the wrong container.',
  consequence:
    'The API server rejects it or drops the policy; a companion that should be native then runs as a plain one.',
  fix: 'write `Always` for workloads that run on, `OnFailure` or `Never` for Jobs, and in init containers `Always` for native sidecars',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
  checkPod: (pod) => [
    ...checkPodRestartPolicy(pod),
    ...pod.initContainers.flatMap((container) => checkInitRestartPolicy(container, pod.owner.kubernetes)),
    ...pod.containers.flatMap((container) => checkRegularRestartPolicy(container, pod.owner.kubernetes)),
  ],
};

function checkPodRestartPolicy({ owner, spec }: PodView): Problem[] {
  const at = spec.at('restartPolicy');
  const isOther = at.text === 'OnFailure' || at.text === 'Never';
  if (isOther && ALWAYS_RUNNING.includes(owner.kind)) {
    const message = `the pods of a ${owner.kind} have \`restartPolicy\` "${at.text}", and only "Always" is allowed`;
    return [{ at, message, fix: 'remove it, or make the workload a Job' }];
  }
  if (owner.isJob && spec.isObject && (!at.exists || at.text === '' || at.text === 'Always')) {
    const found = at.text ? `have \`restartPolicy\` "Always"` : 'have no `restartPolicy`, which means "Always"';
    const message = `the pods of a ${owner.kind} ${found}, and only "OnFailure" and "Never" are allowed`;
    return [{ at, message, fix: 'write `restartPolicy: OnFailure` or `restartPolicy: Never`' }];
  }
  return checkFailurePolicy(owner.isJob, spec.at('restartPolicy'), owner.spec);
}

/** A pod failure policy judges pods that ended, so that nothing may restart in them. */
function checkFailurePolicy(isJob: boolean, at: Field, spec: Field): Problem[] {
  const hasPolicy = [spec, spec.at('jobTemplate', 'spec')].some((job) => job.at('podFailurePolicy').exists);
  if (!isJob || at.text !== 'OnFailure' || !hasPolicy) {
    return [];
  }
  const message = 'a Job with a `podFailurePolicy` has `restartPolicy` "OnFailure", and only "Never" is allowed';
  return [{ at, message, fix: 'write `restartPolicy: Never`' }];
}

/** An init container may have any policy of its own since then; before, "Always" alone. */
function checkInitRestartPolicy({ field, role, name }: ContainerView, kubernetes: number): Problem[] {
  const at = field.at('restartPolicy');
  if (!at.text || role !== Role.INIT || (OWN_POLICIES.includes(at.text) && kubernetes >= OWN_POLICIES_SINCE)) {
    return [];
  }
  const allowed =
    kubernetes >= OWN_POLICIES_SINCE ? '"Always", "OnFailure" and "Never" are' : '"Always" before Kubernetes 1.35 is';
  const message = `init container "${name}" has \`restartPolicy\` "${at.text}", and only ${allowed} allowed`;
  return [{ at, message, fix: 'write `Always` to make it a native sidecar, or remove it' }];
}

function checkRegularRestartPolicy({ field, name }: ContainerView, kubernetes: number): Problem[] {
  const at = field.at('restartPolicy');
  const rules = field.at('restartPolicyRules');
  if (!at.text && rules.items.length > 0) {
    const message = `container "${name}" has \`restartPolicyRules\` without a \`restartPolicy\` that they make exceptions of`;
    return [{ at: rules, message, fix: 'write `restartPolicy`' }];
  }
  if (!at.text || (kubernetes >= OWN_POLICIES_SINCE && [...OWN_POLICIES, 'Always'].includes(at.text))) {
    return [];
  }
  if (kubernetes >= OWN_POLICIES_SINCE) {
    const message = `container "${name}" has \`restartPolicy\` "${at.text}", and only "Always", "OnFailure" and "Never" are allowed`;
    return [{ at, message }];
  }
  const message = `container "${name}" has a \`restartPolicy\`, which only init containers may have before Kubernetes 1.35`;
  return [{ at, message, fix: 'move a companion to `initContainers`, which makes it a native sidecar, or remove it' }];
}
