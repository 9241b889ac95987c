import { Severity } from '../finding';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { Problem, Rule } from '../rule';
import { findScaleTarget, isScaledObject } from './shared/autoscaling';

export const HPA_CONFLICT: Rule = {
  id: 'hpa-conflict',
  severity: Severity.WARNING,
  catches:
    'Two autoscalers of one workload, be they of Kubernetes or of KEDA. An info where the workload also says its `replicas` itself.',
  consequence: 'Each sets the number of pods that the other one changes; each apply of the workload sets it back.',
  fix: 'write all metrics into one HorizontalPodAutoscaler',
  source:
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  checkObject: (object, set) =>
    object.kind === 'HorizontalPodAutoscaler' ? [...checkRival(object, set), ...checkReplicas(object, set)] : [],
};

function checkRival(scaler: ObjectView, set: ManifestSet): Problem[] {
  const at = scaler.spec.at('scaleTargetRef', 'name');
  const kind = scaler.spec.at('scaleTargetRef', 'kind').text;
  const scalers = set.listByKind(scaler.kind, scaler);
  const ofKeda = set.listByKind('ScaledObject', scaler).filter((other) => isScaledObject(other) && !takesOver(other));
  const rival = [...scalers.slice(0, scalers.indexOf(scaler)), ...ofKeda].find((other) => {
    const target = other.spec.at('scaleTargetRef');
    return (
      !(other.kind === scaler.kind && other.name === scaler.name) &&
      target.at('name').text === at.text &&
      (target.at('kind').text ?? 'Deployment') === kind &&
      isAppliedTogether(other, scaler, set)
    );
  });
  return rival && at.text ? [{ at, message: `it scales ${kind}/${at.text}, which ${rival.title} scales, too` }] : [];
}

/** Whether KEDA is told to make the autoscaler its own. */
function takesOver({ root }: ObjectView): boolean {
  return root.at('metadata', 'annotations', 'scaledobject.keda.sh/transfer-hpa-ownership').scalar === 'true';
}

/** Files of other folders may be alternatives, and so may those of one folder in which the workload is not. */
function isAppliedTogether(one: ObjectView, two: ObjectView, set: ManifestSet): boolean {
  return one.isInFileOf(two) || (one.isInFolderOf(two) && findScaleTarget(two, set) !== undefined);
}

function checkReplicas(scaler: ObjectView, set: ManifestSet): Problem[] {
  const target = findScaleTarget(scaler, set);
  const at = target?.spec.at('replicas');
  const { title, spec } = scaler;
  const isFixed = spec.at('minReplicas').number === spec.at('maxReplicas').number;
  // No pods at all are a switch, and no number to start from.
  return at?.number && !isFixed
    ? [
        {
          at: spec.at('scaleTargetRef'),
          message: `${target!.title} says \`replicas: ${at.number}\`, and each apply sets the number back that ${title} has found`,
          fix: `remove \`replicas\` from ${target!.title}`,
          severity: Severity.INFO,
        },
      ]
    : [];
}
