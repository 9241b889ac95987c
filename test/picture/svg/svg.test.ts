import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createScenes, type PodScene, renderSvg } from '../../../src/picture';
import { placeScene } from '../../../src/picture/svg/drawing';
import type { Box, Item } from '../../../src/picture/svg/item';
import { MONO, measureText, NAME, SMALL, shortenMiddle, wrapText } from '../../../src/picture/svg/measure';
import { listObjectViews } from '../../../src/rules/model/object-view';
import { findXmlFault } from '../../rules/command/xml';
import { ANY_CHARACTER, assertAlways } from '../../runs';
import { HOSTILE, SHOP, sceneIn, scenesIn } from '../support';

const EXAMPLES = join(__dirname, '../../../examples');
const EXAMPLE_SCENES = readdirSync(EXAMPLES)
  .filter((name) => /^\d\d-/.test(name))
  .flatMap((name) => scenesIn(readFileSync(join(EXAMPLES, name, 'expected.k8s.yaml'), 'utf8')));

const NAME_TEXT = fc.oneof(
  fc.constantFrom('web', 'log-agent', 'a-name-that-is-rather-long-for-a-container'),
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: ANY_CHARACTER, maxLength: 40 }),
);
const PORT = fc.record({ containerPort: fc.integer({ min: 1, max: 65535 }), name: NAME_TEXT });
const CONTAINER = fc.record({
  name: NAME_TEXT,
  image: NAME_TEXT,
  ports: fc.array(PORT, { maxLength: 3 }),
  restartPolicy: fc.constantFrom('Always', undefined),
  env: fc.array(
    fc.record({ name: fc.constant('UPSTREAM_URL'), value: fc.nat(5).map((port) => `http://localhost:${8080 + port}`) }),
    { maxLength: 2 },
  ),
  readinessProbe: fc.constantFrom(undefined, { httpGet: { port: 8080, path: '/a/rather/long/path/to/be/asked' } }),
  resources: fc.constantFrom(undefined, { requests: { cpu: '1', memory: '1Gi' }, limits: { 'example.com/gpu': 1 } }),
  volumeMounts: fc.array(
    fc.record({ name: fc.constantFrom('a', 'b', 'none'), mountPath: NAME_TEXT, readOnly: fc.boolean() }),
    {
      maxLength: 3,
    },
  ),
});
const POD = fc
  .record({
    containers: fc.array(CONTAINER, { minLength: 1, maxLength: 9 }),
    initContainers: fc.array(CONTAINER, { maxLength: 4 }),
    services: fc.array(fc.array(fc.constantFrom(8080, 8081, 'http', 'nowhere'), { minLength: 1, maxLength: 4 }), {
      maxLength: 5,
    }),
  })
  .map(({ services, ...spec }) => [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'pod', labels: { app: 'a' } },
      spec: {
        ...spec,
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'b', configMap: { name: 'b' } },
        ],
      },
    },
    ...services.map((targets, index) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `service-${index}` },
      spec: { selector: { app: 'a' }, ports: targets.map((targetPort, place) => ({ port: 80 + place, targetPort })) },
    })),
  ]);

function toScenes(manifests: readonly unknown[]): PodScene[] {
  const objects = manifests.flatMap((manifest) => listObjectViews(manifest, {}));
  const [pod] = objects;
  // A finding at every place, some of them many times.
  const findings = pod!.pod!.all.flatMap(({ field }, index) =>
    Array.from({ length: 1 + (index % 4) }, (_, count) => ({
      rule: 'rule',
      severity: (['error', 'warning', 'info'] as const)[count % 3] as never,
      message: 'a message '.repeat(count * 10),
      fix: 'a fix',
      kind: 'Pod',
      name: 'pod',
      path: count === 0 ? field.path : `${field.path}.ports[0].name`,
    })),
  );
  return createScenes(objects, findings);
}

/** All items with the box of the innermost card or panel around them. */
function listItems(items: readonly Item[], around?: Box): { item: Item; around?: Box }[] {
  const box = items.find(
    (item): item is Extract<Item, { type: 'rect' }> => item.type === 'rect' && /card|panel/.test(item.look),
  );
  return items.flatMap((item) =>
    item.type === 'group' ? listItems(item.items, box ?? around) : [{ item, around: box ?? around }],
  );
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function expectSound(scene: PodScene): void {
  const { items, width, height } = placeScene(scene);
  const all = listItems(items);
  const page = { x: 0, y: 0, width, height };
  for (const { item, around = page } of all) {
    if (item.type === 'text') {
      expect(item.x).toBeGreaterThanOrEqual(around.x);
      expect(item.x + measureText(item.text, item.style)).toBeLessThanOrEqual(around.x + around.width);
      expect(item.y - 10).toBeGreaterThanOrEqual(around.y);
      expect(item.y + 4).toBeLessThanOrEqual(around.y + around.height);
    }
    if (item.type === 'mark') {
      expect(item.x - 13).toBeGreaterThanOrEqual(around.x);
      expect(item.x + 13).toBeLessThanOrEqual(around.x + around.width);
    }
  }
  const rects = all.flatMap(({ item }) => (item.type === 'rect' ? [item] : []));
  for (const look of [/^card/, /^panel/]) {
    const boxes = rects.filter((rect) => look.test(rect.look));
    const pairs = boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) => overlaps(a, b)));
    expect(pairs).toEqual([]);
  }
  for (const box of rects) {
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
  }
}

describe.each([
  ['the examples', EXAMPLE_SCENES],
  ['a shop', [sceneIn(SHOP)]],
])('the drawing of %s', (_, scenes) => {
  test('keeps each text in its box, and no box over another', () => {
    scenes.forEach(expectSound);
  });

  test('names every container, port, volume and Service, and marks every finding', () => {
    for (const scene of scenes) {
      const svg = renderSvg(scene);
      const names = [...scene.containers, ...scene.volumes, ...scene.services].map(({ name }) => name);
      const ports = scene.containers.flatMap(({ listeners }) => listeners.map(({ number }) => `:${number}`));
      expect([...names, ...ports].filter((text) => !svg.includes(text))).toEqual([]);
      const marks = scene.findings.filter(({ number }) => svg.split(`data-finding="${number}"`).length < 3);
      expect(marks).toEqual([]);
    }
  });

  test('leaves the list of findings to a page that has its own, and keeps their marks', () => {
    for (const scene of scenes) {
      const [whole, alone] = [renderSvg(scene), renderSvg(scene, { listsFindings: false })];
      for (const { number } of scene.findings) {
        const mark = `data-finding="${number}"`;
        expect(alone.split(mark)).toHaveLength(whole.split(mark).length - 1);
      }
    }
  });

  test('says of each part which field is behind it', () => {
    for (const scene of scenes) {
      const svg = renderSvg(scene);
      const elements = [
        ...scene.containers.flatMap((container) => [container, ...container.listeners, ...container.calls]),
        ...scene.volumes.flatMap((volume) => [volume, ...volume.uses]),
        ...scene.services.flatMap((service) => service.ports),
      ];
      const missing = elements.filter(
        ({ object, path }) => !svg.includes(`data-object="${object}" data-path="${path}"`),
      );
      expect(missing).toEqual([]);
    }
  });

  test('lets no arrow pass over a card', () => {
    for (const scene of scenes) {
      const all = listItems(placeScene(scene).items);
      const cards = all.flatMap(({ item }) => (item.type === 'rect' && item.look.startsWith('card') ? [item] : []));
      const lines = all.flatMap(({ item }) => (item.type === 'line' && item.tone !== 'neutral' ? [item] : []));
      const over = lines.flatMap(({ points }) =>
        points.slice(1).flatMap(([x, y], index) => {
          const [fromX, fromY] = points[index]!;
          const stroke = {
            x: Math.min(x, fromX) + 1,
            y: Math.min(y, fromY) + 1,
            width: Math.max(Math.abs(x - fromX) - 2, 0),
            height: Math.max(Math.abs(y - fromY) - 2, 0),
          };
          return cards.filter((card) => overlaps(card, stroke));
        }),
      );
      expect(over).toEqual([]);
    }
  });
});

test('any pod is drawn: well-formed, each text in its box, no box over another, the same bytes each time', () => {
  assertAlways(
    fc.property(POD, (manifests) => {
      for (const scene of toScenes(manifests)) {
        expectSound(scene);
        const svg = renderSvg(scene);
        expect(svg).toBe(renderSvg(JSON.parse(JSON.stringify(scene))));
        expect(findXmlFault(svg)).toBeUndefined();
        expect(svg).not.toMatch(/<(script|foreignObject|image|use|a)\b|href|url\(|@import/i);
        const paths = scene.containers.filter(({ path }) => !svg.includes(`data-path="${path}"`));
        expect(paths).toEqual([]);
      }
    }),
    300,
  );
});

test('a picture is read aloud as sentences', () => {
  const svg = renderSvg(sceneIn(SHOP), { idPrefix: 'a' });
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" class="pod-picture" viewBox="0 0 880 \d+"/);
  expect(svg).toContain('role="img" aria-labelledby="a-title a-description"');
  expect(svg).toContain('<title id="a-title">Deployment/shop: its network, storage and lifecycle</title>');
  const [, description] = /<desc id="a-description">(.*)<\/desc>/.exec(svg)!;
  expect(description).toContain(
    'The pod of Deployment/shop has 4 containers, which start in this order: migrate (init), log-agent (native sidecar), shop (main), proxy (sidecar). ' +
      'Service/shop leads port 443 https to proxy :8443. Service/shop leads port 7 gone to nowhere, which no container is known to open. ' +
      'log-agent listens on 2020 (all interfaces). shop listens on 8080 (all interfaces). proxy listens on 8443 (all interfaces). ' +
      'proxy calls localhost:8080, shop. ' +
      'Volume logs, emptyDir of 1Gi: shop writes it at /var/log/shop, log-agent reads it at /var/log/shop.',
  );
});

describe('colours', () => {
  const svg = renderSvg(sceneIn(SHOP));
  const schemes = [...svg.matchAll(/\.pod-picture\{(--page[^}]*)\}/g)].map(
    ([, text]) => new Map(text!.split(';').map((pair) => pair.slice(2).split(':') as [string, string])),
  );

  test.each([0, 1])('have enough contrast in scheme %i', (index) => {
    const colours = schemes[index]!;
    const pairs = ['text', 'dim', 'main', 'companion', 'neutral', 'error', 'warning', 'info'].flatMap((text) =>
      ['page', 'panel', 'card'].map((back) => [text, back]),
    );
    const filled = ['main', 'companion', 'neutral', 'warning'].flatMap((name) =>
      ['text', 'dim', name].map((text) => [text, `${name}-fill`]),
    );
    const low = [...pairs, ...filled, ['sign', 'error']].filter(
      ([text, back]) => findContrast(colours.get(text!)!, colours.get(back!)!) < 4.5,
    );
    expect(schemes).toHaveLength(2);
    expect(low).toEqual([]);
  });
});

describe('text', () => {
  test('is measured by a table, a little wider than it is', () => {
    expect(measureText('webserver', NAME)).toBeCloseTo(71.3, 0);
    expect(measureText(':8080', MONO)).toBeCloseTo(38.2, 0);
    expect(measureText('', SMALL)).toBe(0);
  });

  test('is shortened in its middle, and never wider than its room', () => {
    expect(shortenMiddle('registry.example.com/shop:2.1.0', 120, MONO)).toBe('registr…p:2.1.0');
    assertAlways(
      fc.property(
        fc.string({ unit: ANY_CHARACTER, maxLength: 80 }),
        fc.integer({ min: 20, max: 300 }),
        (text, width) => {
          expect(measureText(shortenMiddle(text, width, SMALL), SMALL)).toBeLessThanOrEqual(width);
          for (const line of wrapText(text, width, SMALL, 3)) {
            expect(measureText(line, SMALL)).toBeLessThanOrEqual(width);
          }
          expect(wrapText(text, width, SMALL, 3).length).toBeLessThanOrEqual(3);
        },
      ),
      300,
    );
  });
});

/** The contrast of two colours as WCAG has it. */
function findContrast(a: string, b: string): number {
  const [dark, light] = [a, b].map(findLuminance).sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function findLuminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
