import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { listApiObjects } from '../../src/rules/api-objects';
import { runRules, validateSeverities, validateSeverity } from '../../src/rules/engine';
import { type Finding, isAtLeast, Severity } from '../../src/rules/finding';
import { coversField, IGNORE_ANNOTATION, listUnused, readSuppressions } from '../../src/rules/ignore';
import { RULES } from '../../src/rules/list';
import { loadRules } from '../../src/rules/load-rules';
import { ManifestSet } from '../../src/rules/model/manifest-set';
import { listObjectViews, type Source } from '../../src/rules/model/object-view';
import { describeFinding, describeTotals, PodRulesReport } from '../../src/rules/report';
import type { Rule } from '../../src/rules/rule';

test('they are those of the list, the same objects each time', () => {
  expect(loadRules()).toBe(RULES);
});

test('the objects of an app are those of all its charts, however they were made', () => {
  const app = Testing.app();
  const shop = new Chart(app, 'shop');
  new ApiObject(shop, 'raw', { apiVersion: 'v1', kind: 'Namespace' });
  new kplus.ConfigMap(new Chart(shop, 'nested'), 'config');
  expect(listApiObjects(app).map(({ kind, node }) => `${kind} ${node.path}`)).toEqual([
    'Namespace shop/raw',
    'ConfigMap shop/nested/config/Resource',
  ]);
});

const IGNORE = 'cdk8s-pod-patterns/ignore';

function ruleOf(id: string, check: Pick<Rule, 'checkObject' | 'checkPod'>): Rule {
  const texts = { catches: 'A.', consequence: 'B.', fix: `mend ${id}`, source: 'https://acme.com' };
  return { id, severity: Severity.WARNING, ...texts, ...check };
}

/** Finds each object, and each container of a pod. */
const OBJECT = ruleOf('any-object', { checkObject: ({ root }) => [{ at: root, message: 'an object' }] });
const CONTAINER = ruleOf('any-container', {
  checkPod: ({ all }) => all.map(({ field, name }) => ({ at: field, message: `container "${name}"` })),
});
/** Finds an object beside which there is no other of its kind. */
const LONELY = ruleOf('lonely', {
  checkObject: (object, set) =>
    set.listByKind(object.kind, object).length === 1 ? [{ at: object.root, message: 'alone' }] : [],
});

const podNamed = (name: string, annotation?: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', annotations: annotation === undefined ? undefined : { [IGNORE]: annotation } },
  spec: { containers: [{ name: 'app' }] },
});
const [WEB, API] = [podNamed('web'), podNamed('api')];

function findings(data: unknown, rules: readonly Rule[], severities?: Record<string, Severity>, source: Source = {}) {
  return runRules(listObjectViews(data, source), rules, severities);
}

/** Findings of manifests with these annotations, each with the reason why it does not count. */
function reasons(data: unknown) {
  return findings(data, [OBJECT, CONTAINER]).map(({ rule, suppressedBecause }) => [rule, suppressedBecause]);
}

describe('a finding', () => {
  test('carries all that is known of rule, object and place, and nothing else', () => {
    const source = { file: 'web.yaml', construct: 'app/web', findLine: () => 7 };
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
    const rule = ruleOf('x', { checkObject: ({ root }) => [{ at: root, message: 'm', fix: 'write `ports`' }] });
    expect(findings(WEB, [rule])[0]!.fix).toBe('write `ports`');
  });

  test('is asked for its line by the steps to its field', () => {
    const source: Source = { findLine: (keys) => (keys.join() === 'spec,containers,0' ? 3 : undefined) };
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
    checkObject: ({ root }) => places.map((name, index) => ({ at: root.at(name), message: `${index}` })),
  });
  const lines: Record<string, number> = { a: 1, b: 2, c: 3 };

  test('in the order of their lines, those of one line in the order of the rules', () => {
    const source: Source = { findLine: ([name]) => lines[name!] };
    const found = findings(WEB, [rule, ruleOf('last', { checkObject: rule.checkObject! })], {}, source);
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
    const at = (line: number): Source => ({ findLine: () => line });
    const objects = [...listObjectViews(WEB, at(9)), ...listObjectViews(API, at(1))];
    expect(runRules(objects, [OBJECT, CONTAINER]).map(({ name, line }) => [name, line])).toEqual([
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
    const found = runRules(
      objects.flatMap((data) => listObjectViews(data, {})),
      [LONELY],
    );
    expect(found.map(({ kind }) => kind)).toEqual(['Service']);
  });

  test('sees a wider set where there is one, but finds nothing in what is not asked for', () => {
    const [web] = listObjectViews(WEB, {});
    expect(runRules([web!], [LONELY])).toHaveLength(1);
    expect(runRules([web!], [LONELY], {}, new ManifestSet([web!, ...listObjectViews(API, {})]))).toEqual([]);
    expect(runRules([], [OBJECT], {}, new ManifestSet([web!]))).toEqual([]);
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
      checkObject: () => {
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
    expect(() => runRules([], [OBJECT, CONTAINER], { [id]: Severity.OFF })).toThrow(new Error(message));
  });

  test.each(['fatal', 'ERROR', '', undefined, null])('that are "%s" are refused', (severity) => {
    expect(validateSeverities([OBJECT], { 'any-object': severity as Severity })).toEqual([
      `\`severities["any-object"]\` is "${severity}", which is no severity; pass another (known: error, warning, info, off)`,
    ]);
  });

  test.each(Object.values(Severity))('that are "%s" are taken', (severity) => {
    expect(validateSeverities([OBJECT], { 'any-object': severity })).toEqual([]);
  });

  test('of other settings are refused by the name of the setting', () => {
    expect(validateSeverity('failOn', 'never' as Severity)).toEqual([
      '`failOn` is "never", which is no severity; pass another (known: error, warning, info, off)',
    ]);
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

test('severities are ordered: an error is at least a warning, and that at least an info', () => {
  const order = [Severity.OFF, Severity.INFO, Severity.WARNING, Severity.ERROR];
  for (const [index, severity] of order.entries()) {
    expect(order.filter((limit) => isAtLeast(severity, limit))).toEqual(order.slice(0, index + 1));
  }
});

const annotated = (text: unknown) => ({ annotations: { [IGNORE_ANNOTATION]: text } });
const podOf = (text: unknown) => listObjectViews({ apiVersion: 'v1', kind: 'Pod', metadata: annotated(text) }, {})[0]!;

/** A Deployment with these texts in its own annotation and in that of its pods. */
function deploymentOf(own: unknown, pods: unknown) {
  const template = { metadata: annotated(pods), spec: { containers: [{ name: 'app' }] } };
  const data = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: annotated(own), spec: { template } };
  return listObjectViews(data, {})[0]!;
}

test('the annotation is named as the documentation says', () => {
  expect(IGNORE_ANNOTATION).toBe('cdk8s-pod-patterns/ignore');
});

test.each([
  ['image-tag: built on this node', [['image-tag', 'built on this node']]],
  ['image-tag: see https://acme.example/z; and ask', [['image-tag', 'see https://acme.example/z; and ask']]],
  [
    'image-tag: a; host-port: b',
    [
      ['image-tag', 'a'],
      ['host-port', 'b'],
    ],
  ],
  [
    '  image-tag :a \n;\n host-port:b ; ',
    [
      ['image-tag', 'a'],
      ['host-port', 'b'],
    ],
  ],
  ['image-tag: see https://acme.com:8080/x', [['image-tag', 'see https://acme.com:8080/x']]],
  [
    'image-tag: dev only; Env-Duplicate: known; *: all',
    [
      ['image-tag', 'dev only'],
      ['Env-Duplicate', 'known'],
      ['*', 'all'],
    ],
  ],
  ['image-tag: dev only; See: x', [['image-tag', 'dev only; See: x']]],
  ['image-tag', [['image-tag', '']]],
  ['image-tag:', [['image-tag', '']]],
  ['image-tag:  ', [['image-tag', '']]],
  [': because', [['', 'because']]],
  [';;', []],
  ['', []],
  [7, []],
  [null, []],
  [['image-tag: a'], []],
])('the annotation %j says %j', (text, entries) => {
  expect(readSuppressions(podOf(text)).map(({ rule, reason }) => [rule, reason])).toEqual(entries);
});

test('an entry knows its annotation', () => {
  expect(readSuppressions(podOf('a: b'))[0]!.at.path).toBe('metadata.annotations["cdk8s-pod-patterns/ignore"]');
});

test('a pod has one annotation, though it is its own template', () => {
  expect(readSuppressions(podOf('a: b'))).toHaveLength(1);
});

test('a workload has its own annotation and that of its pod template', () => {
  expect(
    readSuppressions(deploymentOf('a: b', 'c: d')).map(({ rule, scope, at }) => [rule, scope.path, at.path]),
  ).toEqual([
    ['a', '', 'metadata.annotations["cdk8s-pod-patterns/ignore"]'],
    ['c', 'spec.template', 'spec.template.metadata.annotations["cdk8s-pod-patterns/ignore"]'],
  ]);
});

test('an item of a List has the annotations of itself and its template, each once', () => {
  const items = [deploymentOf('a: b', 'c: d').root.value, podOf('e: f').root.value];
  const objects = listObjectViews({ kind: 'List', metadata: annotated('g: h'), items }, {});
  expect(objects.map((object) => readSuppressions(object).map(({ rule, scope }) => [rule, scope.path]))).toEqual([
    [
      ['a', 'items[0]'],
      ['c', 'items[0].spec.template'],
    ],
    [['e', 'items[1]']],
  ]);
});

describe('a suppression covers', () => {
  const object = deploymentOf('on-object: a; twice:; twice: b', 'on-pods: c; twice: d');
  const suppressions = readSuppressions(object);
  const container = object.pod!.containers[0]!.field;
  const reasonFor = (rule: string, field = container) =>
    suppressions.find((entry) => coversField(entry, rule, field))?.reason;

  test('all fields of its object, where it is an annotation of the object', () => {
    expect([object.root, object.spec.at('replicas'), container].map((at) => reasonFor('on-object', at))).toEqual([
      'a',
      'a',
      'a',
    ]);
  });

  test('only the fields of the pod template, where it is an annotation of that', () => {
    const fields = [object.root, object.spec, object.spec.at('templates'), object.pod!.template, container];
    expect(fields.map((at) => reasonFor('on-pods', at))).toEqual([undefined, undefined, undefined, 'c', 'c']);
  });

  test('nothing of another rule', () => {
    expect(reasonFor('On-Object')).toBeUndefined();
    expect(reasonFor('')).toBeUndefined();
  });

  test('nothing where it gives no reason, but another one may', () => {
    expect(readSuppressions(podOf('a:')).filter((entry) => coversField(entry, 'a', container))).toEqual([]);
    expect(reasonFor('twice')).toBe('b');
  });
});

test('a suppression is unused where its rule is run and has nothing against what it covers', () => {
  const object = podOf('used: a; idle: b; off: c; no-reason:; suppression: d; suppression-unused: e');
  const found = [{ rule: 'used', at: object.spec }];
  const active = ['used', 'idle', 'no-reason', 'suppression', 'suppression-unused'];
  expect(listUnused(readSuppressions(object), found, active).map(({ message }) => message)).toEqual([
    'rule "idle" finds nothing here that this would suppress',
  ]);
});

const { ERROR, WARNING, INFO, OFF } = Severity;

function finding(severity: Severity, more: Partial<Finding> = {}): Finding {
  return {
    rule: 'image-tag',
    severity,
    message: 'image "acme/app" has no tag',
    fix: 'name a tag',
    path: 'spec.containers[0].image',
    ...more,
  };
}

const SUPPRESSED = finding(ERROR, { suppressedBecause: 'built on this node' });
const ALL = [finding(WARNING), SUPPRESSED, finding(ERROR), finding(INFO), finding(ERROR)];
const REPORT = new PodRulesReport(ALL);

describe('a report', () => {
  test('keeps the findings that count from those that are suppressed, in their order', () => {
    expect(REPORT.findings).toEqual([ALL[0], ALL[2], ALL[3], ALL[4]]);
    expect(REPORT.suppressed).toEqual([SUPPRESSED]);
  });

  test.each([
    [ERROR, [ERROR, ERROR]],
    [WARNING, [WARNING, ERROR, ERROR]],
    [INFO, [WARNING, ERROR, INFO, ERROR]],
    [OFF, [WARNING, ERROR, INFO, ERROR]],
  ])('gives the findings that are at least "%s", none of them suppressed', (limit, severities) => {
    expect(REPORT.atLeast(limit).map(({ severity }) => severity)).toEqual(severities);
  });

  test('is not changed by whoever reads it', () => {
    REPORT.findings.pop();
    REPORT.suppressed.pop();
    expect([REPORT.findings.length, REPORT.suppressed.length]).toEqual([4, 1]);
  });

  test('tells its findings one below the other, and how many there are', () => {
    const pod = { kind: 'Pod', name: 'web' };
    const report = new PodRulesReport([finding(ERROR, pod), finding(INFO, { path: '' }), SUPPRESSED]);
    expect(report.toString()).toBe(
      [
        'error Pod/web spec.containers[0].image: image "acme/app" has no tag; name a tag (image-tag)',
        'info : image "acme/app" has no tag; name a tag (image-tag)',
        '1 error, 1 info, 1 suppressed',
      ].join('\n'),
    );
  });

  test('of nothing says so', () => {
    expect(`${new PodRulesReport([])}`).toBe('no findings');
  });
});

test.each<[Partial<Finding>, string]>([
  [{ kind: 'Pod', name: 'web' }, 'Pod/web spec.containers[0].image'],
  [{ kind: 'Pod' }, 'Pod spec.containers[0].image'],
  [{ name: 'web' }, 'web spec.containers[0].image'],
  [{ kind: 'Pod', name: 'web', path: '' }, 'Pod/web'],
  [{}, 'spec.containers[0].image'],
])('a finding of %j stands at "%s"', (more, where) => {
  expect(describeFinding(finding(WARNING, more))).toBe(
    `warning ${where}: image "acme/app" has no tag; name a tag (image-tag)`,
  );
});

test.each([
  [[], 'no findings'],
  [[finding(ERROR)], '1 error'],
  [[finding(WARNING)], '1 warning'],
  [[finding(INFO)], '1 info'],
  [[SUPPRESSED], '1 suppressed'],
  [[...ALL, ...ALL], '4 errors, 2 warnings, 2 infos, 2 suppressed'],
])('%j is summed up as "%s"', (findings, text) => {
  expect(describeTotals(new PodRulesReport(findings))).toBe(text);
});
