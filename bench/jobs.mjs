// What is measured, one job a process: `node jobs.mjs <job> <options in JSON>` prints its CPU time, wall time and peak memory.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const [name, options] = [process.argv[2], JSON.parse(process.argv[3] ?? '{}')];
/** In memory where that can be: a disk that has thousands of new files to keep takes longer for the next ones. */
const MEMORY = '/dev/shm';
const outdir = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'bench-'));

const JOBS = {
  /** The synth alone, of an app that is built. */
  async synth({ app, layout, count, unit = 'addUnit' }) {
    const units = await import('./units.mjs');
    const built = newApp(app);
    units.LAYOUTS[layout](built, count, units[unit]);
    return measure(() => built.synth());
  },
  /** A whole app: modules are loaded, units built and synthesized. */
  async app({ app, layout, count, unit = 'addUnit' }) {
    const units = await import('./units.mjs');
    const built = newApp(app);
    units.LAYOUTS[layout](built, count, units[unit]);
    built.synth();
    return total();
  },
  /** The floor: the same objects, written as JSON. */
  async json({ count }) {
    const { objectsOfUnit } = await import('./plain-units.mjs');
    const objects = Array.from({ length: count }, (_, index) => objectsOfUnit(index)).flat();
    writeFileSync(join(outdir, 'all.json'), objects.map((object) => JSON.stringify(object)).join('\n'));
    return total();
  },
  /** Files alone, as large as those of a unit. */
  async files({ count }) {
    const text = 'x'.repeat(2700);
    return measure(() => {
      for (let index = 0; index < count; index++) {
        writeFileSync(join(outdir, `chart-${index}.k8s.yaml`), text);
      }
    });
  },
  /** The pattern of this library, or the same manifests by hand: built and synthesized, or built alone. */
  async pattern({ by, count, app: kind = 'fast', validated = true, synthesized = true }) {
    const { makers } = await import('./pattern-units.mjs');
    const { Chart } = require('cdk8s');
    const app = newApp(kind);
    return measure(() => {
      const chart = new Chart(app, 'all');
      for (let index = 0; index < count; index++) {
        makers[by](chart, index);
      }
      if (!validated) {
        for (const { node } of app.node.findAll()) {
          node.validate = () => [];
        }
      }
      if (synthesized) {
        app.synth();
      }
    });
  },
  /** Modules, by name or path, and what is asked of the last of them. */
  async load({ modules, names = [] }) {
    return measure(() => {
      const loaded = modules.map((module) => require(module.replace('<root>', ROOT)));
      return names.map((name) => loaded.at(-1)[name]);
    });
  },
  async nothing() {
    return total();
  },
};

try {
  const result = await JOBS[name](options);
  process.stdout.write(`\n${JSON.stringify(result)}`);
} finally {
  rmSync(outdir, { recursive: true });
}

function newApp(kind) {
  const App = kind === 'fast' ? require(ROOT).FastApp : require('cdk8s').App;
  return new App({ outdir });
}

function measure(work) {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1e6, wall: (performance.now() - wall) / 1e3, peak: peak() };
}

/** Of the process, from its start. */
function total() {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1e6, wall: performance.now() / 1e3, peak: peak() };
}

function peak() {
  return process.resourceUsage().maxRSS / 1024;
}
