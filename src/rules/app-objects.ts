import type { IConstruct } from 'constructs';
import { findOwner } from '../private/errors';
import type * as rendering from '../private/rendering/render-object';
import { collectSettings } from '../private/scoped-settings';
import type { ApiObject } from './api-objects';
import { parseKubernetesVersion, toKnownMinor } from './kubernetes-version';
import { listObjectViews, type ObjectView } from './model/object-view';

/** An object of an app as it will be written, with the path of its construct and the version that it is for. */
export function readApiObject(construct: ApiObject): ObjectView[] {
  const source = { construct: findOwner(construct).node.path, kubernetes: findKubernetes(construct) };
  const { renderObject } = require('../private/rendering/render-object') as typeof rendering; // needs cdk8s, as constructs do
  return listObjectViews(renderObject(construct), source);
}

/** The version that the `PodDefaults` of a construct name, or the nearest one that the rules know. */
function findKubernetes(construct: IConstruct): number {
  const { kubernetes } = collectSettings(construct);
  return toKnownMinor(parseKubernetesVersion(kubernetes as string | undefined));
}
