import { checkSeverities, checkSeverity, findingsOf } from '../../src/rules/engine';
import { Severity } from '../../src/rules/finding';
import { ManifestSet } from '../../src/rules/model/manifest-set';
import { objectsIn } from '../../src/rules/model/object-view';
import type { Source } from '../../src/rules/model/source';
import type { Rule } from '../../src/rules/rule';

const IGNORE = 'cdk8s-pod-patterns/ignore';

function ruleOf(id: string, check: Pick<Rule, 'object' | 'pod'>): Rule {
  const texts = { catches: 'A.', consequence: 'B.', fix: `mend ${id}`, source: 'https://acme.com' };
  return { id, severity: Severity.WARNING, ...texts, ...check };
}

/** Finds each object, and each container of a pod. */
const OBJECT = ruleOf('any-object', { object: ({ root }) => [{ at: root, message: 'an object' }] });
const CONTAINER = ruleOf('any-container', {
  pod: ({ all }) => all.map(({ field, name }) => ({ at: field, message: `container "${name}"` })),
});
/** Finds an object beside which there is no other of its kind. */
const LONELY = ruleOf('lonely', {
  object: (object, set) => (set.of(object.kind, object).length === 1 ? [{ at: object.root, message: 'alone' }] : []),
});

const podNamed = (name: string, annotation?: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', annotations: annotation === undefined ? undefined : { [IGNORE]: annotation } },
  spec: { containers: [{ name: 'app' }] },
});
const [WEB, API] = [podNamed('web'), podNamed('api')];

function findings(data: unknown, rules: readonly Rule[], severities?: Record<string, Severity>, source: Source = {}) {
  return findingsOf(objectsIn(data, source), rules, severities);
}

/** Findings of manifests with these annotations, each with the reason why it does not count. */
function reasons(data: unknown) {
  return findings(data, [OBJECT, CONTAINER]).map(({ rule, suppressedBecause }) => [rule, suppressedBecause]);
}

describe('a finding', () => {
  test('carries all that is known of rule, object and place, and nothing else', () => {
    const source = { file: 'web.yaml', construct: 'app/web', lineOf: () => 7 };
    expect(findings(WEB, [CONTAINER], {}, source)).toStrictEqual([
      {
        rule: 'any-container',
        severity: 'warning',
        message: 'container "app"',
        fix: 'mend any-container',
        path: 'spec.containers[0]',
        kind: 'Pod',
        name: 'web',
        namespace: 'shop',
        file: 'web.yaml',
        construct: 'app/web',
        line: 7,
      },
    ]);
  });

  test('leaves out what is not known', () => {
    expect(findings({}, [OBJECT])).toStrictEqual([
      { rule: 'any-object', severity: 'warning', message: 'an object', fix: 'mend any-object', path: '' },
    ]);
  });

  test('has the fix of its problem where that says more', () => {
    const rule = ruleOf('x', { object: ({ root }) => [{ at: root, message: 'm', fix: 'write `ports`' }] });
    expect(findings(WEB, [rule])[0]!.fix).toBe('write `ports`');
  });

  test('is asked for its line by the steps to its field', () => {
    const source: Source = { lineOf: (keys) => (keys.join() === 'spec,containers,0' ? 3 : undefined) };
    expect(findings(WEB, [OBJECT, CONTAINER], {}, source).map(({ rule, line }) => [rule, line])).toEqual([
      ['any-object', undefined],
      ['any-container', 3],
    ]);
  });

  test('of an item of a List has the path in the List, and kind and name of the item', () => {
    const found = findings({ apiVersion: 'v1', kind: 'List', items: [API, WEB] }, [CONTAINER]);
    expect(found.map(({ path, kind, name }) => [path, kind, name])).toEqual([
      ['items[0].spec.containers[0]', 'Pod', 'api'],
      ['items[1].spec.containers[0]', 'Pod', 'web'],
    ]);
  });
});

describe('findings stand', () => {
  const places = ['c', 'a', 'b', 'a', 'c'];
  const rule = ruleOf('places', {
    object: ({ root }) => places.map((name, index) => ({ at: root.at(name), message: `${index}` })),
  });
  const lines: Record<string, number> = { a: 1, b: 2, c: 3 };

  test('in the order of their lines, those of one line in the order of the rules', () => {
    const source: Source = { lineOf: ([name]) => lines[name!] };
    const found = findings(WEB, [rule, ruleOf('last', { object: rule.object! })], {}, source);
    expect(found.map(({ message, line }) => `${line} ${message}`)).toEqual([
      '1 1',
      '1 3',
      '1 1',
      '1 3',
      '2 2',
      '2 2',
      '3 0',
      '3 4',
      '3 0',
      '3 4',
    ]);
  });

  test('in the order of the rules where there are no lines', () => {
    expect(findings(WEB, [rule, OBJECT]).map(({ message }) => message)).toEqual(['0', '1', '2', '3', '4', 'an object']);
  });

  test('object by object, whatever their lines', () => {
    const at = (line: number): Source => ({ lineOf: () => line });
    const objects = [...objectsIn(WEB, at(9)), ...objectsIn(API, at(1))];
    expect(findingsOf(objects, [OBJECT, CONTAINER]).map(({ name, line }) => [name, line])).toEqual([
      ['web', 9],
      ['web', 9],
      ['api', 1],
      ['api', 1],
    ]);
  });
});

describe('a rule', () => {
  test('about pods is asked only where there is a pod', () => {
    expect(findings({ apiVersion: 'v1', kind: 'Service', spec: WEB.spec }, [CONTAINER])).toEqual([]);
  });

  test('may look at the object and at its pod', () => {
    const both = ruleOf('both', { ...OBJECT, ...CONTAINER, id: 'both' } as Rule);
    expect(findings(WEB, [both]).map(({ message }) => message)).toEqual(['an object', 'container "app"']);
  });

  test('sees the objects as one set', () => {
    const objects = [WEB, API, { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'shop' } }];
    const found = findingsOf(
      objects.flatMap((data) => objectsIn(data, {})),
      [LONELY],
    );
    expect(found.map(({ kind }) => kind)).toEqual(['Service']);
  });

  test('sees a wider set where there is one, but finds nothing in what is not asked for', () => {
    const [web] = objectsIn(WEB, {});
    expect(findingsOf([web!], [LONELY])).toHaveLength(1);
    expect(findingsOf([web!], [LONELY], {}, new ManifestSet([web!, ...objectsIn(API, {})]))).toEqual([]);
    expect(findingsOf([], [OBJECT], {}, new ManifestSet([web!]))).toEqual([]);
  });
});

describe('severities', () => {
  test('are those of the rules, or of the settings', () => {
    const found = findings(WEB, [OBJECT, CONTAINER], { 'any-container': Severity.ERROR });
    expect(found.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['any-object', 'warning'],
      ['any-container', 'error'],
    ]);
  });

  test('switch a rule off, and it is not even asked', () => {
    const fails = ruleOf('fails', {
      object: () => {
        throw new Error('asked');
      },
    });
    expect(findings(WEB, [fails, OBJECT], { fails: Severity.OFF }).map(({ rule }) => rule)).toEqual(['any-object']);
    expect(() => findings(WEB, [fails])).toThrow('asked');
  });

  test.each([
    ['any-objekt', '[PodRules] `severities` names "any-objekt", which is no rule; write "any-object"'],
    ['ANY-OBJECT', '[PodRules] `severities` names "ANY-OBJECT", which is no rule; write "any-object"'],
    ['toString', '[PodRules] `severities` names "toString", which is no rule; docs/rules.md lists all rules'],
    ['', '[PodRules] `severities` names "", which is no rule; docs/rules.md lists all rules'],
  ])('for rule "%s", which there is not, are refused, even where there is nothing to check', (id, message) => {
    expect(() => findingsOf([], [OBJECT, CONTAINER], { [id]: Severity.OFF })).toThrow(new Error(message));
  });

  test.each(['fatal', 'ERROR', '', undefined, null])('that are "%s" are refused', (severity) => {
    expect(() => checkSeverities([OBJECT], { 'any-object': severity as Severity })).toThrow(
      new Error(
        `[PodRules] \`severities["any-object"]\` is "${severity}", which is no severity; pass another (known: error, warning, info, off)`,
      ),
    );
  });

  test.each(Object.values(Severity))('that are "%s" are taken', (severity) => {
    expect(() => checkSeverities([OBJECT], { 'any-object': severity })).not.toThrow();
  });

  test('of other settings are refused by the name of the setting', () => {
    expect(() => checkSeverity('failOn', 'never' as Severity)).toThrow(
      new Error(
        '[PodRules] `failOn` is "never", which is no severity; pass another (known: error, warning, info, off)',
      ),
    );
  });
});

describe('a suppressed finding stays, with its reason', () => {
  test('where the object says so', () => {
    expect(reasons(podNamed('web', 'any-object: it is meant to be; other: x'))).toEqual([
      ['any-object', 'it is meant to be'],
      ['any-container', undefined],
    ]);
  });

  test('where the pod template says so, and only for what stands there', () => {
    const { metadata, spec } = podNamed('web', 'any-object: a; any-container: b');
    const workload = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { metadata, spec } } };
    expect(reasons(workload)).toEqual([
      ['any-object', undefined],
      ['any-container', 'b'],
    ]);
  });

  test('but counts where the annotation gives no reason', () => {
    expect(reasons(podNamed('web', 'any-object; any-container:'))).toEqual([
      ['any-object', undefined],
      ['any-container', undefined],
    ]);
  });

  test('and none of another object of the same List is suppressed', () => {
    expect(reasons({ kind: 'List', items: [podNamed('web', 'any-object: a'), API] })).toEqual([
      ['any-object', 'a'],
      ['any-container', undefined],
      ['any-object', undefined],
      ['any-container', undefined],
    ]);
  });
});
