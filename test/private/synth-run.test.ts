import { App, Chart, Testing } from 'cdk8s';
import { RunValue, SynthValue } from '../../src/private/synth-run';
import { wrapMethod } from '../../src/private/wrap-method';

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

describe('a value of an object', () => {
  const counted = (app: App) => {
    let computed = 0;
    const value = new RunValue(app, () => ++computed);
    new Chart(app, 'chart').node.addValidation({ validate: () => (value.get() + value.get() === 0 ? ['never'] : []) });
    return { value, computed: () => computed };
  };

  test('is computed once in a synth, and anew by the next', () => {
    const app = new App({ outdir: '/nowhere' });
    const { computed } = counted(app);
    new Chart(app, 'other');
    app.synthYaml();
    expect(computed()).toBe(1);
    app.synthYaml();
    expect(computed()).toBe(2);
  });

  test('is computed each time outside a synth, where nothing tells when the object changes', () => {
    const { value } = counted(Testing.app());
    expect([value.get(), value.get()]).toEqual([1, 2]);
  });

  test('is right in an app of many objects', () => {
    const app = new App({ outdir: '/nowhere' });
    const values = Array.from({ length: 10_050 }, (_, index) => new RunValue(app, () => index));
    const wrong = () => values.filter((value, index) => value.get() !== index).length;
    new Chart(app, 'chart').node.addValidation({ validate: () => (wrong() + wrong() > 0 ? ['is wrong'] : []) });
    expect(app.synthYaml()).toBe('');
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

describe('a wrapped method', () => {
  class Counter {
    private count = 0;

    public next(): number {
      return ++this.count;
    }
  }

  test('has the one before as its original, bound to its object', () => {
    const counter = new Counter();
    wrapMethod(counter, 'next', (next) => () => next() * 10);
    wrapMethod(counter, 'next', (next) => () => next() + 1);
    expect([counter.next(), counter.next()]).toEqual([11, 21]);
    expect(new Counter().next()).toBe(1);
  });

  test('is left out where the object has none', () => {
    const tree: { synth?: () => void } = {};
    wrapMethod(tree, 'synth', (synth) => synth);
    expect(tree).toEqual({});
  });
});
