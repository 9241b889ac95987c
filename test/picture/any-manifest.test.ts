import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createScenes, renderMermaid, renderSvg, renderText } from '../../src/picture';
import { listObjectViews } from '../../src/rules/model/object-view';
import { splitDocuments } from '../../src/rules/text/document-cutter';
import { readManifests } from '../../src/rules/unfinished';
import { findXmlFault } from '../rules/command/xml';
import { assertAlways } from '../runs';
import { SHOP } from './support';

const EXAMPLES = join(__dirname, '../../examples');
const TEXTS = [SHOP, ...['01-my-app', '38-four-containers', '43-exporter-for-a-stateful-set'].map(readExample)];
const MANIFESTS: any[] = TEXTS.flatMap((text) =>
  splitDocuments(text).flatMap((document) => readManifests(document)),
).map(({ root }) => root.value);

/** Values that stand where others belong. */
const STRANGE = fc.oneof(
  fc.constantFrom(null, true, -1, 1.5, 1e300, Number.NaN, '', ' ', '..', '\u0000', '{{', [], {}, [null], [[]], [{}]),
  fc.jsonValue({ maxDepth: 3 }),
);

test('any junk in place of any field stops no picture', () => {
  expect(readdirSync(EXAMPLES).length).toBeGreaterThan(0);
  const change = fc.tuple(fc.nat(), STRANGE);
  assertAlways(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
      const manifests = structuredClone(MANIFESTS);
      for (const [place, value] of changes) {
        const holders = listHolders(manifests);
        const [holder, key] = holders[place % holders.length]!;
        holder[key] = structuredClone(value);
      }
      for (const scene of createScenes(manifests.flatMap((manifest) => listObjectViews(manifest, {})))) {
        expect(findXmlFault(renderSvg(scene))).toBeUndefined();
        expect(renderText(scene)).not.toContain('[object ');
        expect(renderMermaid(scene)).not.toContain('undefined');
      }
    }),
    200,
  );
});

function readExample(name: string): string {
  return readFileSync(join(EXAMPLES, name, 'expected.k8s.yaml'), 'utf8');
}

function listHolders(data: any): [holder: any, key: string][] {
  return data === null || typeof data !== 'object'
    ? []
    : Object.keys(data).flatMap((key) => [[data, key] as [any, string], ...listHolders(data[key])]);
}
