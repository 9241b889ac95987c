import { completeField, ensureFields, type Fields, hasFields, listFieldSets } from '../json';
import { completeClaimSpec, completePodSpec } from './pod';

/** As many retries as there can be: those of a Job are counted by its index. */
const MAX_RETRIES = 2 ** 31 - 1;

/** A template of pods. */
function completeTemplate(holder: Fields): void {
  completePodSpec(ensureFields(ensureFields(holder, 'template'), 'spec'));
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/apps/v1/defaults.go */
export function completeDeployment(object: Fields): void {
  const spec = ensureFields(object, 'spec');
  completeTemplate(spec);
  completeField(spec, 'replicas', 1);
  completeField(spec, 'revisionHistoryLimit', 10);
  completeField(spec, 'progressDeadlineSeconds', 600);
  const strategy = ensureFields(spec, 'strategy');
  completeField(strategy, 'type', 'RollingUpdate');
  if (strategy.type === 'RollingUpdate') {
    const rolling = ensureFields(strategy, 'rollingUpdate');
    completeField(rolling, 'maxUnavailable', '25%');
    completeField(rolling, 'maxSurge', '25%');
  }
}

export function completeDaemonSet(object: Fields): void {
  const spec = ensureFields(object, 'spec');
  completeTemplate(spec);
  completeField(spec, 'revisionHistoryLimit', 10);
  const strategy = ensureFields(spec, 'updateStrategy');
  completeField(strategy, 'type', 'RollingUpdate');
  if (strategy.type === 'RollingUpdate') {
    const rolling = ensureFields(strategy, 'rollingUpdate');
    completeField(rolling, 'maxUnavailable', 1);
    completeField(rolling, 'maxSurge', 0);
  } else if (hasFields(strategy.rollingUpdate)) {
    // Kept, although it does not count.
    completeField(strategy.rollingUpdate, 'maxUnavailable', 0);
    completeField(strategy.rollingUpdate, 'maxSurge', 0);
  }
}

export function completeStatefulSet(object: Fields): void {
  const spec = ensureFields(object, 'spec');
  completeTemplate(spec);
  completeField(spec, 'replicas', 1);
  completeField(spec, 'revisionHistoryLimit', 10);
  completeField(spec, 'podManagementPolicy', 'OrderedReady');
  const strategy = ensureFields(spec, 'updateStrategy');
  if (strategy.type === undefined) {
    strategy.type = 'RollingUpdate';
    ensureFields(strategy, 'rollingUpdate');
  }
  if (strategy.type === 'RollingUpdate' && hasFields(strategy.rollingUpdate)) {
    completeField(strategy.rollingUpdate, 'partition', 0);
  }
  const retention = ensureFields(spec, 'persistentVolumeClaimRetentionPolicy');
  completeField(retention, 'whenDeleted', 'Retain');
  completeField(retention, 'whenScaled', 'Retain');
  for (const claim of listFieldSets(spec.volumeClaimTemplates)) {
    claim.apiVersion = 'v1';
    claim.kind = 'PersistentVolumeClaim';
    completeClaimSpec(claim.spec);
  }
}

export function completeReplicaSet(object: Fields): void {
  const spec = ensureFields(object, 'spec');
  completeTemplate(spec);
  completeField(spec, 'replicas', 1);
}

export function completeReplicationController(object: Fields): void {
  completeReplicaSet(object);
  const { spec } = object;
  const labels = spec.template.metadata?.labels;
  if (labels !== undefined) {
    completeField(spec, 'selector', labels);
    completeField(ensureFields(object, 'metadata'), 'labels', labels);
  }
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/batch/v1/defaults.go */
export function completeJob(object: Fields): void {
  const spec = ensureFields(object, 'spec');
  const labels = spec.template?.metadata?.labels;
  if (labels !== undefined) {
    completeField(ensureFields(object, 'metadata'), 'labels', labels);
  }
  completeTemplate(spec);
  if (spec.completions === undefined && spec.parallelism === undefined) {
    spec.completions = 1;
  }
  completeField(spec, 'parallelism', 1);
  completeField(spec, 'backoffLimit', spec.backoffLimitPerIndex === undefined ? 6 : MAX_RETRIES);
  completeField(spec, 'completionMode', 'NonIndexed');
  completeField(spec, 'suspend', false);
  completeField(spec, 'manualSelector', false);
  completeField(spec, 'podReplacementPolicy', spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed');
  completeFailurePolicy(spec);
  if (hasFields(spec.selector) && Object.keys(spec.selector).length === 0) {
    // One that finds the pods of the Job is generated.
    delete spec.selector;
  }
}

function completeFailurePolicy({ podFailurePolicy }: Fields): void {
  for (const rule of listFieldSets(podFailurePolicy?.rules)) {
    for (const condition of listFieldSets(rule.onPodConditions)) {
      completeField(condition, 'status', 'True');
    }
  }
}

export function completeCronJob(object: Fields): void {
  const spec = ensureFields(object, 'spec');
  completeField(spec, 'concurrencyPolicy', 'Allow');
  completeField(spec, 'suspend', false);
  completeField(spec, 'successfulJobsHistoryLimit', 3);
  completeField(spec, 'failedJobsHistoryLimit', 1);
  // A Job in a CronJob is completed when it is made; only its pods are completed here.
  const job = ensureFields(ensureFields(spec, 'jobTemplate'), 'spec');
  completeTemplate(job);
  completeFailurePolicy(job);
}

export function completePodTemplate(object: Fields): void {
  completeTemplate(object);
}
