import type * as engine from '../../rules/engine';
import { loadRules } from '../../rules/load-rules';
import type { ObjectView } from '../../rules/model/object-view';
import { createScenes } from '../scene/create-scenes';
import type { PodScene } from '../scene/pod-scene';

/** The scenes of objects, with what the rules have against them. */
export function readScenes(objects: readonly ObjectView[], hasFindings = true): PodScene[] {
  const { collectFindings } = require('../../rules/engine') as typeof engine;
  return createScenes(objects, hasFindings ? collectFindings(objects, loadRules()) : []);
}
