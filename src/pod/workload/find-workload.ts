import { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct, type IConstruct } from 'constructs';
import { createError, describeChoices } from '../../private/errors';
import { findAtPath, tryFindPodPath } from '../../private/pod-places';
import { addArticle, describeValue } from '../../private/values';
import { ExistingPod } from './existing-pod';

/** The things that are taken, in the words of errors. */
const TAKEN =
  'pass a workload of cdk8s-plus, an ApiObject with a pod in it, or a construct that holds one of these, such as an Include';

/** Members by which a workload of any cdk8s-plus is known. */
const OF_WORKLOADS = ['containers', 'initContainers', 'volumes', 'podMetadata', 'addContainer', 'addInitContainer'];

/** The choices of a user among what is in a manifest. */
export interface WorkloadChoice {
  readonly mainContainer?: string;
  readonly podPath?: string;
}

/** The workload that a construct is, or the only one that it holds. */
export function findWorkload(given: unknown, choice: WorkloadChoice): kplus.AbstractPod {
  if (!Construct.isConstruct(given)) {
    throw createError('MultiContainerPod.of', `${describeGiven(given)} is no construct with a pod; ${TAKEN}`);
  }
  const workload = tryFindPlusWorkload(given);
  if (workload) {
    return checkMain(given, workload, choice);
  }
  const found = ApiObject.isApiObject(given) ? [given as ApiObject] : listObjects(given);
  const withPod = found.filter((object) => hasPod(object, choice.podPath));
  if (withPod.length !== 1) {
    throw createError(given, explainChoice(given, found, withPod, choice.podPath));
  }
  return toWorkload(withPod[0]!, choice);
}

/** The workload of this kind and name in a scope: `Deployment/shop`. */
export function findWorkloadByName(scope: IConstruct, name: string, choice: WorkloadChoice): kplus.AbstractPod {
  const objects = listObjects(scope);
  const found = objects.filter((object) => describeObject(object) === name);
  if (found.length === 1 && hasPod(found[0]!, choice.podPath)) {
    return toWorkload(found[0]!, choice);
  }
  const names = objects.filter((object) => hasPod(object, choice.podPath)).map(describeObject);
  const known =
    names.length > 0 ? `pass one of ${names.map((each) => `"${each}"`).join(', ')}` : 'there is no pod in it';
  throw createError(
    scope,
    found.length > 1
      ? `${found.length} objects are called "${name}"; pass the one that is meant to \`MultiContainerPod.of\``
      : found.length === 1
        ? explainMissingPod(found[0]!, choice.podPath)
        : `there is no "${name}" here; ${known}`,
  );
}

function toWorkload(object: ApiObject, choice: WorkloadChoice): kplus.AbstractPod {
  const { scope } = object.node;
  const { podPath } = choice;
  const made = scope && tryFindPlusWorkload(scope);
  return made && ApiObject.of(made) === object
    ? checkMain(object, made, choice)
    : checkMain(object, ExistingPod.ensure(object, findPath(object, podPath)!, choice.mainContainer), choice);
}

/** A pod that a construct has, whose main container is the one that is chosen. Of cdk8s-plus it is the first. */
function checkMain(where: IConstruct, pod: kplus.AbstractPod, { mainContainer }: WorkloadChoice): kplus.AbstractPod {
  const main = pod instanceof ExistingPod ? pod.main : pod.containers[0];
  if (mainContainer === undefined || main?.name === mainContainer) {
    return pod;
  }
  const names = pod.containers.map(({ name }) => name);
  throw createError(
    where,
    names.includes(mainContainer)
      ? `\`mainContainer\` is "${mainContainer}", and the main container of a workload of cdk8s-plus is its first, "${main!.name}"; put it first`
      : `\`mainContainer\` is "${mainContainer}", and the pod has no container of this name${describeChoices('containers', names)}; pass one of them`,
  );
}

/** A workload of whatever release of cdk8s-plus. */
function tryFindPlusWorkload(construct: IConstruct): kplus.AbstractPod | undefined {
  return OF_WORKLOADS.every((member) => member in construct) ? (construct as kplus.AbstractPod) : undefined;
}

/** The objects of a scope, itself among them. */
export function listObjects(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
}

function findPath({ apiVersion, kind }: ApiObject, podPath: string | undefined): string | undefined {
  return podPath ?? tryFindPodPath(apiVersion, kind);
}

/** Whether the manifest of an object has containers where its pod should be. */
function hasPod(object: ApiObject, podPath: string | undefined): boolean {
  const path = findPath(object, podPath);
  const parent = object.node.scope && tryFindPlusWorkload(object.node.scope);
  if (path === undefined || parent) {
    return path !== undefined;
  }
  const template = findAtPath(object.toJson(), path) as { spec?: { containers?: unknown } } | undefined;
  return Array.isArray(template?.spec?.containers);
}

function explainChoice(
  given: IConstruct,
  found: readonly ApiObject[],
  withPod: readonly ApiObject[],
  podPath: string | undefined,
): string {
  const names = (withPod.length > 0 ? withPod : found).map((object) => `"${describeObject(object)}"`).join(', ');
  if (withPod.length > 1) {
    return `${describeGiven(given)} holds ${withPod.length} objects with a pod (${names}); pass one of them, or call \`MultiContainerPod.find\` with its name`;
  }
  if (found.length === 0) {
    return `${describeGiven(given)} holds no object with a pod, and no other; ${TAKEN}`;
  }
  return ApiObject.isApiObject(given)
    ? explainMissingPod(given as ApiObject, podPath)
    : `${describeGiven(given)} holds no object with a pod (there are: ${names}); ${TAKEN}`;
}

/** Why there is no pod in an object. */
function explainMissingPod(object: ApiObject, podPath: string | undefined): string {
  const path = findPath(object, podPath);
  const name = `"${describeObject(object)}"`;
  if (path !== undefined) {
    const place = [path, 'spec.containers'].filter(Boolean).join('.');
    return `${name} has no \`${place}\`, so there is no pod in it; ${podPath === undefined ? 'give it containers' : 'correct `podPath`'}`;
  }
  return isBuiltIn(object)
    ? `${name} is no workload: ${addArticle(object.kind)} has no pod in it; ${TAKEN}`
    : `${name} has no pod where one is known to be; say with \`podPath\` where its pod template is, such as "spec.template"`;
}

/** Whether an object is of a kind of Kubernetes itself, all of whose pods are where they are known to be. */
function isBuiltIn({ apiGroup }: ApiObject): boolean {
  return /\.k8s\.io$|^(?!extensions$)[^.]+$/.test(apiGroup);
}

function describeObject({ kind, name }: ApiObject): string {
  return `${kind}/${name}`;
}

function describeGiven(given: unknown): string {
  return given === undefined || given === null ? `${given}` : describeValue(given);
}
