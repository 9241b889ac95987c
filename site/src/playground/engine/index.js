// What the playground asks of the library: the rules and the pictures, on the text of an editor. It runs in a worker, and knows no
// page. `build/engine.mjs` puts it into one file with what the library was compiled to.
import { createScenes } from 'library/picture/index.js';
import { collectFindings } from 'library/rules/engine.js';
import { parseKubernetesVersion } from 'library/rules/kubernetes-version.js';
import { RULES } from 'library/rules/list.js';
import { listOmissions } from 'library/rules/omission.js';
import { describeProblem } from 'library/rules/report.js';
import { splitDocuments } from 'library/rules/text/document-cutter.js';
import { readManifests } from 'library/rules/unfinished/index.js';
import { renderInlineSvg } from './inline-svg.js';

/** More pods are checked, but not drawn: nobody looks at so many. */
const MAX_PICTURES = 12;

/** So many findings are shown, the worst; all are counted. */
const MAX_FINDINGS = 1_000;

const SEVERITIES = ['error', 'warning', 'info'];

/** What was checked last, of which lines are asked. */
let objects = [];

/** Checks a text for a version of Kubernetes, and draws its pods. */
export function check({ text, version }) {
  const kubernetes = parseKubernetesVersion(version);
  objects = splitDocuments(text).flatMap((document) => readManifests({ ...document, kubernetes }));
  const placed = collectFindings(objects, RULES);
  const drawn = listDrawn(objects);
  const scenes = createScenes(
    [...drawn],
    placed.filter(({ object }) => drawn.has(object)),
  );
  return {
    objects: objects.filter(({ root }) => root.isObject).length,
    findings: listShown(placed).map(toFinding),
    counts: countFindings(placed),
    omissions: listOmissions(objects),
    pictures: scenes.map((scene, index) => ({ title: scene.object, svg: renderInlineSvg(scene, `picture-${index}`) })),
    pods: objects.filter(hasPod).length,
  };
}

/** The worst first, and those that an annotation suppresses last. */
function listShown(placed) {
  const [counting, suppressed] = [false, true].map((is) =>
    placed.filter(({ finding }) => (finding.suppressedBecause !== undefined) === is),
  );
  const sorted = SEVERITIES.flatMap((severity) => counting.filter(({ finding }) => finding.severity === severity));
  return [...sorted, ...suppressed].slice(0, MAX_FINDINGS);
}

function countFindings(placed) {
  const count = (is) => placed.filter(({ finding }) => is(finding)).length;
  const counting = SEVERITIES.map((severity) => [
    severity,
    count((finding) => finding.suppressedBecause === undefined && finding.severity === severity),
  ]);
  return { ...Object.fromEntries(counting), suppressed: count((finding) => finding.suppressedBecause !== undefined) };
}

/** The first pods, and all that may belong to them. */
function listDrawn(all) {
  const pods = new Set(all.filter(hasPod).slice(0, MAX_PICTURES));
  return new Set(all.filter((object) => !hasPod(object) || pods.has(object)));
}

function hasPod({ pod, unfinished }) {
  return unfinished === undefined && pod !== undefined && pod.all.length > 0;
}

function toFinding({ finding, object }) {
  const { rule, severity, path, line = 1, fix, places = [], suppressedBecause } = finding;
  const title = object.source.error === undefined ? object.title : undefined;
  const lines = [...new Set([line, ...places.map((place) => place.line ?? line)])];
  const paths = places.length > 0 ? places.map((place) => place.path) : [path];
  return {
    rule,
    severity,
    message: describeProblem(finding),
    fix,
    object: title,
    path,
    paths,
    line,
    lines,
    suppressedBecause,
  };
}

/** The line of a field of an object that was checked last. */
export function findLine({ object, path }) {
  const candidates = objects.filter(({ title }) => title === object);
  const [found] = candidates.flatMap((candidate) => tryFindLine(candidate, path) ?? []);
  return found;
}

function tryFindLine({ root, source }, path) {
  let field = root;
  while (field !== undefined && field.path !== path) {
    field = [...field.fields, ...field.items].find((inner) => isAlong(inner.path, path));
  }
  return field && source.findLine?.(field.keys);
}

/** Whether a path is that of a field, or leads through it. */
function isAlong(outer, path) {
  return path.startsWith(outer) && /^($|[.[])/.test(path.slice(outer.length));
}
