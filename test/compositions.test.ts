import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { PodRules, Severity } from '../src';
import { findPodTemplate } from '../src/pod/manifest/pod-template';
import { RULES } from '../src/rules/list';
import { CATALOGUE } from './catalogue';
import { asksForPrivileges, createCompositions, type Outcome, runComposition } from './compositions';
import { listCompanions } from './compositions-special';
import type { Profile } from './compositions-values';
import { restrictedViolations } from './restricted';
import { runs } from './runs';
import { WORKLOADS } from './support';

/** The rules that say what the API server says. */
const OF_API = new Set(RULES.filter(({ consequence }) => /API server rejects/.test(consequence)).map(({ id }) => id));

test('compositions take every companion of the catalogue', () => {
  expect(
    listCompanions()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(CATALOGUE).sort());
});

describe.each<[string, Profile, number]>([
  ['sane values', 'sane', 500],
  ['odd values among them', 'odd', 1000],
  ['values that only plain JavaScript lets pass among them', 'untyped', 1000],
])('a pod composed at random of %s', (_, profile, all) => {
  const compositions = createCompositions(profile);

  test('is refused in the form of the library, or gives manifests that the API server takes', () => {
    const property = fc.property(compositions, fc.boolean(), (composition, isFast) => {
      const outcome = runComposition(composition, isFast);
      const faults = outcome.end === 'foreign' ? [outcome.error] : listProblems(outcome);
      expect(faults.length > 0 ? [...faults, outcome.code] : []).toEqual([]);
    });
    fc.assert(property, { seed: 1, numRuns: runs(all) });
  });
});

test('compositions mostly end in manifests', () => {
  const ends = fc
    .sample(createCompositions('sane'), { numRuns: 40, seed: 1 })
    .map((composition) => runComposition(composition).end);
  expect(ends.filter((end) => end === 'synthesized').length).toBeGreaterThan(20);
});

/** What the rules and Pod Security have against the manifests, where the user did not ask for it. */
function listProblems({ yaml = '', code }: Outcome): string[] {
  const findings = PodRules.checkYaml(yaml)
    .atLeast(Severity.ERROR)
    .filter(({ rule }) => OF_API.has(rule));
  const pods = parseAllDocuments(yaml)
    .map((document) => document.toJS())
    .filter((manifest) => manifest?.kind in WORKLOADS);
  return [
    ...findings.map(({ rule, path, message }) => `${rule} ${path}: ${message}`),
    ...(asksForPrivileges(code)
      ? []
      : pods.flatMap((manifest) => restrictedViolations(findPodTemplate(manifest).spec))),
  ];
}
