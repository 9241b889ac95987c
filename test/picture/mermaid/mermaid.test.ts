import fc from 'fast-check';
import { renderMermaid } from '../../../src/picture';
import { ANY_CHARACTER, assertAlways } from '../../runs';
import { HOSTILE, SHOP, sceneIn } from '../support';

/** What a line of ours may be: labels stand in quotes and hold entities, `<br>` and signs that mean nothing anywhere. */
const LABEL = String.raw`"(?:[\p{L}\p{N} .,:/\-…\ufffd]|#\d+;|<br>)*"`;
const ID = String.raw`[a-z]+(?:-\d+)?`;
const LINES = [
  'flowchart TB',
  String.raw` +subgraph [a-z]+\[${LABEL}\]`,
  ' +direction TB',
  ' +end',
  String.raw` +${ID}(?:\[${LABEL}\]|\(\[${LABEL}\]\)|\[\(${LABEL}\)\])(?::::[a-z]+)?`,
  String.raw` +${ID} (?:-->|---|-\.->|--x)\|${LABEL}\| ${ID}`,
  ` +${ID} (?:-->|~~~) ${ID}`,
  String.raw` +classDef [a-z]+ [a-z0-9:#,\- ]+`,
].map((line) => new RegExp(`^${line}$`, 'u'));

function expectSound(text: string): void {
  const strange = text
    .trimEnd()
    .split('\n')
    .filter((line) => !LINES.some((form) => form.test(line)));
  expect(strange).toEqual([]);
  expect(text.match(/^ *subgraph/gm)).toHaveLength(text.match(/^ *end$/gm)!.length);
}

test('a shop is written word for word', () => {
  const scene = { ...sceneIn(SHOP), findings: [] };
  expect(renderMermaid(scene)).toBe(`flowchart TB
  service-0(["Service/shop<br>ClusterIP"])
  subgraph pod["Deployment/shop<br>namespace prod<br>#51; replicas"]
    subgraph network["Network"]
      container-0["migrate<br>init<br>migrate:2.1.0"]:::init
      container-1["log-agent<br>native sidecar<br>fluent-bit:5.1.2<br>#58;2020 agent"]:::companion
      container-2["shop<br>main<br>shop:2.1.0<br>#58;8080 http"]:::main
      container-3["proxy<br>sidecar<br>proxy:1.0.0<br>#58;8443 https"]:::classic
    end
    subgraph storage["Storage"]
      volume-0[("logs<br>emptyDir, 1Gi")]
      volume-1[("data<br>claim shop-data")]
    end
  end
  subgraph lifecycle["LifeCycle"]
    direction TB
    start-0(["start 1: migrate"])
    start-1(["start 2: log-agent"])
    start-2(["start 3: shop"])
    start-3(["start 4: proxy"])
    start-0 -->|"runs to its end"| start-1
    start-1 -->|"has started: GET :2020/api/v1/uptime, within 60 s"| start-2
    start-2 -->|"at once"| start-3
    stop-0(["deleted, 0 s<br>Services stop leading here"])
    stop-1(["proxy, 0 s<br>SIGTERM"])
    stop-2(["shop, 10 s<br>SIGTERM, after preStop: sleep 10 s"])
    stop-3(["log-agent, then<br>SIGTERM, when those before have ended, ends within 5 s"])
    stop-4(["SIGKILL, 60 s<br>whatever still runs"])
    stop-0 --> stop-1
    stop-1 --> stop-2
    stop-2 --> stop-3
    stop-3 --> stop-4
  end
  service-0 -->|"#58;443 https to :8443"| container-3
  service-0 --x|"#58;7 gone to nowhere: nobody"| pod
  container-3 -.->|"localhost:8080"| container-2
  container-2 -->|"writes /var/log/shop"| volume-0
  container-1 ---|"reads /var/log/shop"| volume-0
  container-0 -->|"writes /data"| volume-1
  container-2 -->|"writes /srv/data"| volume-1
  classDef main stroke:#0969da,stroke-width:3px
  classDef companion stroke:#1a7f64,stroke-width:2px
  classDef classic stroke:#1a7f64,stroke-width:2px,stroke-dasharray:5 3
  classDef init stroke:#818b98,stroke-dasharray:3 3
  classDef finding stroke:#cf222e
`);
});

test('findings stand in lines of four', () => {
  const scene = sceneIn(SHOP);
  const [finding] = scene.findings;
  const findings = Array.from({ length: 6 }, (_, index) => ({ ...finding!, number: index + 1 }));
  const text = renderMermaid({ ...scene, findings });
  expectSound(text);
  expect(text).toContain('    finding-1 ~~~ finding-5\n    finding-2 ~~~ finding-6\n  end\n  pod ~~~ findings\n');
});

test('no name is syntax of Mermaid, Markdown or HTML', () => {
  const texts = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: ANY_CHARACTER, maxLength: 30 }));
  const shop = sceneIn(SHOP);
  assertAlways(
    fc.property(texts, texts, texts, (name, image, path) => {
      const containers = shop.containers.map((container) => ({ ...container, name, image }));
      const volumes = shop.volumes.map((volume) => ({
        ...volume,
        name: image,
        uses: volume.uses.map((use) => ({ ...use, mountPath: path })),
      }));
      expectSound(renderMermaid({ ...shop, object: name, containers, volumes }));
    }),
    300,
  );
});
