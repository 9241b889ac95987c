import { readObjectViews } from '../documents';
import type { ObjectView } from '../model/object-view';
import { findCapitals, findPlaceholder, findPlaceholderIn, isTemplate, isYttTemplate } from '../model/placeholders';
import { checkSchema, hasSchema } from '../model/schema';
import type { TextDocument } from '../text/document-cutter';
import { findDataPlaceholder } from './data-placeholders';
import { hasDirective, isJsonPatch, isPartial } from './patches';

export const HELM_TEMPLATE = 'a template of Helm; check what `helm template` makes of it';
export const KUSTOMIZE_PATCH = 'a patch; check what `kubectl kustomize` makes of it and the rest';
export const ASSERTION = 'what a test of kuttl or Chainsaw expects of an object; check what creates that';
const CHART = 'the description of a chart of Helm; check what `helm template` makes of the chart';
const YTT = 'a template of ytt; check what `ytt -f` makes of it';
const TEMPLATE = 'a template; check what comes of it';

/** The objects of a document; those that are no finished manifest say why. */
export function readManifests({ text, ...place }: TextDocument): ObjectView[] {
  const isSuspicious = findPlaceholder(text) !== undefined;
  const isYtt = isYttTemplate(text);
  return readObjectViews({ text, ...place }).map((object) => {
    if (object.source.error !== undefined) {
      return isTemplate(text) ? object.asUnfinished(describeTemplate(text)) : object;
    }
    const marked = resolveUnfinished(object, isSuspicious);
    return marked.unfinished === undefined && isRead(marked) && isYtt ? object.asUnfinished(YTT) : marked;
  });
}

/**
 * The object, which says why where it is none that can be applied as it stands, but what another tool makes one of.
 *
 * @param isSuspicious whether its text has a sign of placeholders, such as the `$` of a directive
 */
export function resolveUnfinished(object: ObjectView, isSuspicious = true): ObjectView {
  const reason = findUnfinishedReason(object, isSuspicious);
  return reason === undefined ? object : object.asUnfinished(reason);
}

function findUnfinishedReason(object: ObjectView, isSuspicious: boolean): string | undefined {
  if (isChart(object)) {
    return CHART;
  }
  if ((isSuspicious && hasDirective(object.root.value)) || isJsonPatch(object)) {
    return KUSTOMIZE_PATCH;
  }
  const placeholder =
    (isSuspicious ? findSuspected(object) : undefined) ?? findUnnamed(object) ?? findDataPlaceholder(object);
  return placeholder ? describePlaceholder(placeholder) : isPartial(object) ? KUSTOMIZE_PATCH : undefined;
}

/** Of a kind that no rule looks into, only what all objects have is read. */
function findSuspected(object: ObjectView): string | undefined {
  const { root } = object;
  return findPlaceholderIn(isRead(object) ? root.value : root.at('metadata').value);
}

/** A word of capital letters where the name of an object stands, or a number of pods. */
function findUnnamed({ name, namespace, spec, pod }: ObjectView): string | undefined {
  const names = pod ? ['serviceAccountName', 'nodeName'].map((field) => pod.spec.at(field).text) : [];
  const claims = pod?.volumes.map((volume) => volume.at('persistentVolumeClaim', 'claimName').text) ?? [];
  const numbers = pod ? ['replicas', 'parallelism', 'completions'].map((field) => spec.at(field).text) : [];
  return [name, namespace, ...names, ...claims, ...numbers].map((text) => text && findCapitals(text)).find(Boolean);
}

/** Whether an object lacks what a whole one of its kind has: anything that is required, the images, or all but its name. */
export function isIncomplete(object: ObjectView): boolean {
  const { root, pod, unfinished } = object;
  const hasContent = root.names.some((name) => !['apiVersion', 'kind', 'metadata'].includes(name));
  return (
    unfinished === undefined &&
    root.isObject &&
    (!hasContent ||
      checkSchema(object).some(({ fault }) => fault === 'missing') ||
      pod?.all.some(({ field }) => !field.at('image').exists) === true)
  );
}

/** Whether any rule would look into it. */
function isRead(object: ObjectView): boolean {
  return object.pod !== undefined || hasSchema(object);
}

function describeTemplate(text: string): string {
  return text.includes('{{') ? HELM_TEMPLATE : TEMPLATE;
}

function describePlaceholder(placeholder: string): string {
  return placeholder.startsWith('{{') && !/^\{\{-?\s*\w+\s*-?\}\}$/.test(placeholder)
    ? HELM_TEMPLATE
    : `"${placeholder}" is yet to be filled in; check what comes of it`;
}

/** `Chart.yaml`, which has an `apiVersion` and is no object of Kubernetes. */
function isChart({ root }: ObjectView): boolean {
  return (
    !root.at('kind').exists &&
    /^v[12]$/.test(root.at('apiVersion').text ?? '') &&
    root.at('name').exists &&
    root.at('version').exists
  );
}
