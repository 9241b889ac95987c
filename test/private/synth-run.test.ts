import { App, Chart, Testing } from 'cdk8s';
import { SynthValue } from '../../src/private/synth-run';

describe('a value of a synth', () => {
  test('is computed once in a synth, however many charts and readers there are', () => {
    const { app, computed } = readers(5, 3);
    app.synthYaml();
    expect(computed()).toBe(1);
  });

  test('is computed anew by each synth', () => {
    const { app, computed } = readers(2, 1);
    app.synthYaml();
    app.synthYaml();
    expect(computed()).toBe(2);
  });

  test('is computed once for all readers of one validation outside a synth', () => {
    const { charts, computed } = readers(1, 4);
    Testing.synth(charts[0]!);
    expect(computed()).toBe(1);
  });

  test('is computed anew by each validation outside a synth', () => {
    const { charts, computed } = readers(2, 2);
    Testing.synth(charts[0]!);
    Testing.synth(charts[1]!);
    expect(computed()).toBe(2);
  });

  test('is computed anew after a synth that failed', () => {
    const { app, charts, computed } = readers(2, 1);
    const broken = { validate: () => ['is broken'] };
    charts[0]!.node.addValidation(broken);
    expect(() => app.synthYaml()).toThrow('is broken');
    expect(() => app.synthYaml()).toThrow('is broken');
    expect(computed()).toBe(2);
  });

  test('is forgotten when a reader comes in before the others', () => {
    const app = Testing.app();
    let computed = 0;
    const value = new SynthValue(app, () => ++computed);
    value.get('late');
    value.reset();
    expect(value.get('early')).toBe(2);
  });

  test('works in a tree whose root is no app', () => {
    const chart = new Chart(undefined as unknown as App, 'alone');
    expect(new SynthValue(chart, () => 'value').get('reader')).toBe('value');
  });
});

/** An app of charts whose validations all read one value. */
function readers(chartCount: number, readerCount: number) {
  const app = new App({ outdir: '/nowhere' });
  let computed = 0;
  const value = new SynthValue(app, () => ++computed);
  const charts = Array.from({ length: chartCount }, (_, index) => new Chart(app, `chart-${index}`));
  for (let index = 0; index < readerCount; index++) {
    charts[0]!.node.addValidation({ validate: () => (value.get(index) === 0 ? ['never'] : []) });
  }
  return { app, charts, computed: () => computed };
}
