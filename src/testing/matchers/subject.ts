import { createError } from '../../private/errors';
import { ContainerHandle } from '../container-handle';
import { Manifests } from '../manifests';
import { PodHandle } from '../pod-handle';

/** The manifests that a test is about: a chart, an app, `Manifests`, manifests in a list or a single one. */
export function toManifests(subject: any, matcher: string): Manifests {
  if (subject instanceof Manifests) {
    return subject;
  }
  if (Array.isArray(subject)) {
    return Manifests.fromObjects(subject);
  }
  if (Array.isArray(subject?.charts)) {
    return Manifests.fromApp(subject);
  }
  if (typeof subject?.toJson === 'function') {
    return Manifests.fromChart(subject);
  }
  if (typeof subject?.kind === 'string' && typeof subject.apiVersion === 'string') {
    return Manifests.fromObjects([subject]);
  }
  throw createSubjectError(subject, matcher, 'a chart, an app, `Manifests` or a list of manifests');
}

/** The pods that a test is about; at least one, as a test of none proves nothing. */
export function toPodHandles(subject: any, matcher: string): PodHandle[] {
  if (subject instanceof PodHandle) {
    return [subject];
  }
  const manifests = toManifests(subject, matcher);
  const pods = manifests.pods();
  if (pods.length === 0) {
    throw createError(matcher, `there is no pod in ${manifests}, so there is nothing to test`);
  }
  return pods;
}

/** The container that a test is about. */
export function toContainerHandle(subject: unknown, matcher: string): ContainerHandle {
  if (subject instanceof ContainerHandle) {
    return subject;
  }
  throw createSubjectError(
    subject,
    matcher,
    'a container; take `Manifests.fromChart(chart).pod(name).container(name)`',
  );
}

/** The containers that a test is about: one, or those that run in a pod. */
export function toContainerHandles(subject: unknown, matcher: string): ContainerHandle[] {
  if (subject instanceof ContainerHandle) {
    return [subject];
  }
  if (subject instanceof PodHandle) {
    return subject.view.running.map((view) => new ContainerHandle(subject, view));
  }
  throw createSubjectError(
    subject,
    matcher,
    'a container or a pod; take `Manifests.fromChart(chart).pod(name).container(name)`',
  );
}

function createSubjectError(subject: any, matcher: string, wanted: string): Error {
  const isConstruct = subject?.node?.path !== undefined;
  const found = isConstruct ? `the construct "${subject.node.path}"` : `a value of type ${describeType(subject)}`;
  return createError(matcher, `\`expect\` was given ${found}, and this matcher takes ${wanted}`);
}

function describeType(subject: unknown): string {
  return typeof subject === 'object' ? (subject?.constructor?.name ?? 'null') : typeof subject;
}
