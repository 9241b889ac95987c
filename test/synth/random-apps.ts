import { ApiObject, type App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { Construct, DependencyGroup, type IConstruct } from 'constructs';
import fc from 'fast-check';

/** Ids of siblings: words, names that are taken apart or left out in names of objects, and numbers, which come first in a tree. */
const ID = fc.constantFrom(
  'a',
  'b',
  'c',
  'web',
  'Default',
  'Resource',
  'A_b',
  'x.y',
  '10',
  '9',
  '007',
  'long'.repeat(20),
);
const KIND = fc.constantFrom('Deployment', 'ConfigMap', 'CronJob', 'List', 'Widget');

const NODE = fc.record({
  part: fc.constantFrom('object', 'object', 'object', 'chart', 'construct'),
  /** Where it is put: under one of those before it, mostly. */
  parent: fc.nat(30),
  id: ID,
  kind: KIND,
  namespace: fc.constantFrom(undefined, undefined, 'shop', 'monitoring'),
  name: fc.constantFrom(undefined, undefined, undefined, 'taken', 'own-name', '12'),
  hashes: fc.boolean(),
  extra: fc.constantFrom('none', 'none', 'lazy', 'patch', 'text', 'odd', 'list'),
});
const DEPENDENCY = fc.record({ from: fc.nat(40), to: fc.nat(40), both: fc.boolean() });

/** An app as its author composes it: a tree, and dependencies between any two of its parts. */
export const APP_PLAN = fc.record({
  nodes: fc.array(NODE, { minLength: 3, maxLength: 16 }),
  dependencies: fc.array(DEPENDENCY, { minLength: 1, maxLength: 5 }),
  /** Objects alone depend on others, as pods do on their ConfigMaps. */
  ofObjects: fc.boolean(),
  /** Dependencies only point backwards, so that most apps are sound. */
  sound: fc.constantFrom(true, true, true, false),
  invalid: fc.oneof({ weight: 15, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(20) }),
});

export type AppPlan = typeof APP_PLAN extends fc.Arbitrary<infer T> ? T : never;
type NodePlan = AppPlan['nodes'][number];

/** Adds to an app what the plan says. */
export function build(app: App, plan: AppPlan): void {
  const parts: IConstruct[] = [];
  for (const node of plan.nodes) {
    const part = add(app, parts, node);
    if (part) {
      parts.push(part);
    }
  }
  for (const { from, to, both } of plan.dependencies) {
    link(
      parts,
      plan.ofObjects,
      plan.sound
        ? [Math.max(from % parts.length, to % parts.length), Math.min(from % parts.length, to % parts.length)]
        : [from, to],
      both,
    );
  }
  if (plan.invalid !== undefined && parts.length > 0) {
    const broken = parts[plan.invalid % parts.length]!;
    broken.node.addValidation({ validate: () => ['is broken', 'in two ways'] });
  }
}

function link(parts: readonly IConstruct[], ofObjects: boolean, [from, to]: readonly number[], both: boolean): void {
  const [source, target, other] = [from!, to!, to! + 1].map((index) => parts[index % parts.length]);
  if (source && target && source !== target && (!ofObjects || ApiObject.isApiObject(source))) {
    source.node.addDependency(both && other !== source ? new DependencyGroup(target, other!) : target);
  }
}

/** The part, or nothing where cdk8s would not take it. */
function add(app: App, parts: readonly IConstruct[], node: NodePlan): IConstruct | undefined {
  const top = node.part === 'chart' && node.parent % 3 === 0;
  const parent = top || parts.length === 0 ? app : parts[node.parent % parts.length]!;
  if (parent.node.tryFindChild(node.id) || (parent === app && node.part !== 'chart')) {
    return undefined;
  }
  return PARTS[node.part as keyof typeof PARTS](parent as Construct, node);
}

const PARTS = {
  chart: (parent: Construct, { id, namespace, hashes }: NodePlan) =>
    new Chart(parent, id, {
      namespace,
      disableResourceNameHashes: hashes,
      labels: namespace ? { team: namespace } : {},
    }),
  construct: (parent: Construct, { id }: NodePlan) => new Construct(parent, id),
  object: (parent: Construct, node: NodePlan) => {
    const { id, kind, name, namespace, extra } = node;
    const object = new ApiObject(parent, id, {
      ...{ apiVersion: 'example.com/v1', kind, metadata: { name, namespace, annotations: { 'example.com/id': id } } },
      spec: {
        replicas: 3,
        containers: [{ name: 'web', image: 'nginx:1.27', args: [] }],
        ...EXTRAS[extra as keyof typeof EXTRAS](id),
      },
    } as any);
    if (extra === 'patch') {
      object.addJsonPatch(
        JsonPatch.add('/spec/patched', { on: 'yes', off: ['no'] }),
        JsonPatch.remove('/spec/replicas'),
      );
    }
    return object;
  },
};

const EXTRAS = {
  none: () => ({}),
  lazy: (id: string) => ({
    lazy: Lazy.any({ produce: () => ({ of: id, nested: Lazy.any({ produce: () => [id, 1] }) }) }),
  }),
  patch: () => ({}),
  text: (id: string) => ({
    data: { 'a.conf': `# ${id}\nkey = value\n`, 'b.conf': 'a\n\n  b\n\n', 'c.conf': 'x\r\ny' },
  }),
  odd: () => ({ zero: -0, date: '2001-12-14', port: '8080', empty: {}, nothing: null, items: [null, [], {}] }),
  list: () => ({ items: [{ apiVersion: 'v1', kind: 'Pod' }, [['deep', ['deeper']]]] }),
};
