import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type AppProps, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { parseAllDocuments } from 'yaml';
import {
  FastApp,
  MultiContainerPod,
  Sidecar,
  WebServer,
  WebWithLogAgentDeployment,
  type WebWithLogAgentDeploymentProps,
} from '../../src';
import { isReadable } from '../../src/private/texts';

const UNREADABLE = {
  'U+2028': '\u2028',
  'U+2029': '\u2029',
  'U+0085': '\u0085',
  'U+007F': '\u007f',
  'U+0090': '\u0090',
  'U+FEFF': '\ufeff',
  'U+FFFE': '\ufffe',
  'U+FFFF': '\uffff',
};

/** The text that an app writes. */
function write(create: (props: AppProps) => App, add: (chart: Chart) => void): string {
  const outdir = mkdtempSync(join(tmpdir(), 'readable-'));
  try {
    const app = create({ outdir });
    add(new Chart(app, 'shop'));
    app.synth();
    return readdirSync(outdir)
      .map((file) => readFileSync(join(outdir, file), 'utf8'))
      .join('---\n');
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe.each<[string, (props: AppProps) => App]>([
  ['App', (props) => new App(props)],
  ['FastApp', (props) => new FastApp(props)],
])('kubectl can read all that an %s writes of a pod', (_, create) => {
  describe.each(Object.entries(UNREADABLE))('where a user passes %s', (name, character) => {
    const text = `first${character}second`;
    const problem = `holds ${name}, which kubectl does not read in YAML; remove it`;
    const refuse = (add: (chart: Chart) => void, message: string) =>
      expect(() => write(create, add)).toThrow(new Error(message));
    const addWeb = (props: WebWithLogAgentDeploymentProps) => (chart: Chart) =>
      void new WebWithLogAgentDeployment(chart, 'web', props);

    test('in a file, which arrives as it is', () => {
      const yaml = write(create, addWeb({ web: WebServer.nginx({ content: { 'motd.txt': text, 'plain.txt': 'a' } }) }));
      expect(isReadable(yaml)).toBe(true);
      const objects = parseAllDocuments(yaml).map((document) => document.toJSON());
      const { data, binaryData } = objects.find(({ data: files = {} }) => 'plain.txt' in files);
      expect(data).toEqual({ 'plain.txt': 'a' });
      expect(Buffer.from(binaryData['motd.txt'], 'base64').toString()).toBe(text);
    });

    test('in a variable, which is refused', () => {
      const value = kplus.EnvValue.fromValue(text);
      refuse(
        (chart) => MultiContainerPod.of(new kplus.Deployment(chart, 'web')).addEnv('web', 'GREETING', value),
        `[shop/web] \`value\` ${problem}`,
      );
    });

    test('in a label, which is refused', () => {
      refuse(addWeb({ podMetadata: { labels: { a: text } } }), `[shop/web] \`podMetadata.labels.a\` ${problem}`);
    });

    test('in an argument, which is refused', () => {
      refuse(
        () => void new Sidecar({ name: 'agent', image: 'acme/agent:1.0.0', user: 2000, args: ['-v', text] }),
        `[Sidecar] \`args[1]\` ${problem}`,
      );
    });
  });
});

test('a FastApp escapes it in objects of the user, which an App writes as they are', () => {
  const add = (chart: Chart) => void new kplus.ConfigMap(chart, 'own', { data: { text: 'first\u2028second' } });
  const [plain, fast] = [write((props) => new App(props), add), write((props) => new FastApp(props), add)];
  expect(plain).toContain('first\u2028second');
  expect(fast).toContain('text: "first\\u2028second"');
});
