import type { PlacedFinding } from '../../rules/engine';
import type { Finding } from '../../rules/finding';
import type { ObjectView } from '../../rules/model/object-view';
import { describeProblem } from '../../rules/report';
import type { FindingScene } from './pod-scene';

/** A finding, or a finding with the object that it is about, which tells it from others of one name. */
export type GivenFinding = Finding | PlacedFinding;

const SEVERITIES = ['error', 'warning', 'info'] as const;

/** The findings about some objects that count, the worst first. */
export function listFindingScenes(given: readonly GivenFinding[], objects: readonly ObjectView[]): FindingScene[] {
  const found = given.flatMap((each) => {
    const object = objects.find((candidate) => isAbout(each, candidate));
    const finding = toFinding(each);
    return object && finding.suppressedBecause === undefined ? [{ finding, object }] : [];
  });
  const sorted = SEVERITIES.flatMap((severity) =>
    found.filter(({ finding }) => (finding.severity as string) === severity),
  );
  return sorted.map(({ finding, object }, index) => toFindingScene(finding, object, index + 1));
}

function toFindingScene(finding: Finding, { title: object }: ObjectView, number: number): FindingScene {
  const { rule, fix, path, places = [] } = finding;
  return {
    number,
    rule,
    severity: finding.severity as FindingScene['severity'],
    message: describeProblem(finding),
    fix,
    object,
    path,
    places: places.length > 0 ? [...new Set(places.map((place) => place.path))] : [path],
  };
}

function toFinding(given: GivenFinding): Finding {
  return 'finding' in given ? given.finding : given;
}

/** Findings without objects are told apart by all that they say of theirs. */
function isAbout(given: GivenFinding, object: ObjectView): boolean {
  if ('object' in given && 'finding' in given) {
    return given.object === object;
  }
  const { kind, name, namespace, file, construct } = toFinding(given);
  const { source } = object;
  return (
    (kind ?? '') === object.kind &&
    name === object.name &&
    namespace === object.namespace &&
    file === source.file &&
    construct === source.construct
  );
}
