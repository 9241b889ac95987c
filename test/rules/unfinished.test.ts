import { PodRules } from '../../src';

/** What is said of the objects in a text: the findings, and why others are not checked. */
function check(text: string) {
  const { findings, omissions } = PodRules.checkYaml(text);
  return { found: findings.map(({ rule }) => rule), left: omissions.map(({ reason }) => reason) };
}

const HELM = 'a template of Helm; check what `helm template` makes of it';
const PATCH = 'a patch; check what `kubectl kustomize` makes of it and the rest';
const toBeFilledIn = (placeholder: string) => `"${placeholder}" is yet to be filled in; check what comes of it`;

const object = (kind: string, spec: string) => {
  const [name, version] = [kind.split('/').pop(), kind.slice(0, kind.lastIndexOf('/'))];
  return `apiVersion: ${version}\nkind: ${name}\nmetadata: {name: web, namespace: shop}\nspec: ${spec}\n`;
};
const config = (name: string, data = '{}') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\ndata: ${data}\n`;
const secret = (data: string) => config('web', data).replace('ConfigMap', 'Secret');
const pod = (fields: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  containers:\n    - {name: app, ${fields}}\n`;

describe('what is yet to be filled in is not checked, and the report says so', () => {
  test.each([
    ...['${NAME}', '${NAME:-web}', '$NAME', '$(NAME)', '<name>', '<your name here>', '@NAME@', '%NAME%', '__NAME__'],
    ...['((name))', '#{name}', '<%= name %>', '{{name}}', '{{ name }}', '{% name %}', '{self.name}', '($name)'],
    "(env('NAME'))",
  ])('a name of %j', (placeholder) => {
    expect(check(config(`"x-${placeholder}"`))).toEqual({ found: [], left: [toBeFilledIn(placeholder)] });
  });

  test.each([
    ['a number', object('v1/Service', '{ports: [{port: {{ PORT }}}]}'), '{{ PORT }}'],
    ['a number in quotes', object('v1/Service', '{ports: [{port: "${PORT}"}]}'), '${PORT}'],
    ['a label', pod('image: acme/app:1.4').replace('name: web', 'name: web, labels: {<key>: x}'), '<key>'],
    ['a part of the data', config('web', '{a: {{ A }}}'), '{{ A }}'],
    ['a name of Python', object('v1/Service', '{selector: {app: {self.path}}}'), '{self.path}'],
    ['a name in capital letters', config('PVC_NAME'), 'PVC_NAME'],
    ['a part of a name in capital letters', config('token-YOUR_TOKEN_ID'), 'YOUR_TOKEN_ID'],
    ['an account in capital letters', `${pod('image: acme/app:1.4')}  serviceAccountName: KSA_NAME\n`, 'KSA_NAME'],
    ['a number in capital letters', object('batch/v1/Job', '{completions: NUM_NODES, template: {}}'), 'NUM_NODES'],
    ['a path', pod('image: acme/app:1.4, env: [{name: A}], livenessProbe: {httpGet: {path: $(B)}}'), '$(B)'],
    ['a value of a Secret', secret('{password: <base64 of it>}'), '<base64 of it>'],
    ['a value of a Secret in capital letters', secret('{password: YOUR_PASSWORD}'), 'YOUR_PASSWORD'],
    ['a value of a Secret in brackets', secret('{password: [YOUR_PASSWORD]}'), '[YOUR_PASSWORD]'],
    ['the name of a kind of others', 'apiVersion: acme.com/v1\nkind: Thing\nmetadata: {name: <x>}\n', '<x>'],
    ['an annotation as a whole', config('web, annotations: {a: {{ A }}}'), '{{ A }}'],
  ])('%s', (_, text, placeholder) => {
    expect(check(text)).toEqual({ found: [], left: [toBeFilledIn(placeholder)] });
  });

  test.each([
    ['a value', object('v1/Service', '\n  type: {{ .Values.type | quote }}')],
    ['a line', 'apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    {{- include "web" . | nindent 4 }}\n'],
    ['a condition', '{{- if .Values.on }}\napiVersion: v1\nkind: Pod\n{{- end }}\n'],
    ['a part of a value', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-web\n'],
    [
      'an item',
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - {{ toYaml .Values.app | nindent 6 }}\n    - a: b\n',
    ],
  ])('a template of Helm: %s', (_, text) => {
    expect(check(text)).toEqual({ found: [], left: [HELM] });
  });

  test.each([
    ['Jinja', '{% if on %}\napiVersion: v1\nkind: Pod\n{% endif %}\n', 'a template; check what comes of it'],
    ['sed', 'apiVersion: v1\nkind: Pod\nmetadata: {name: @NAME@}\n', 'a template; check what comes of it'],
    ['Python', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {self.name}-web\n', 'a template; check what comes of it'],
    ['envsubst', 'apiVersion: v1\nkind: Pod\nspec:\n  a: [${ITEMS}]\n', 'a template; check what comes of it'],
    [
      'ytt',
      object('apps/v1/Deployment', '\n  selector: {}\n  replicas: #@ data.values.replicas'),
      'a template of ytt; check what `ytt -f` makes of it',
    ],
  ])('a template of %s', (_, text, reason) => {
    expect(check(text)).toEqual({ found: [], left: [reason] });
  });

  test.each([
    ...['ko://github.com/acme/shop', 'acme/shop:${TAG}', '$IMAGE', '<image>', '{{ image }}', "(env('IMAGE'))"],
    ...['gcr.io/PROJECT_ID/shop:1.4', 'acme.io/{Organization name}/shop:1.4', 'acme.io/[name]/shop'],
  ])('of an image %j nothing is said, but of the rest of its pod', (image) => {
    const { found, left } = check(pod(`image: "${image}", prts: []`));
    expect(found).toEqual(['pod-security', 'unknown-field']);
    expect(left).toEqual([expect.stringContaining(`image "${image}" is yet to be named`)]);
  });

  test.each([
    ['a tag in capital letters', pod('image: acme/app:RELEASE_2024')],
    ['a capability', pod('image: acme/app:1.4, securityContext: {capabilities: {add: [NET_ADMIN]}}')],
    ['a variable', pod('image: acme/app:1.4, env: [{name: MY_NAME, value: MY_VALUE}]')],
    ['a label without a value', config('web, labels: {acme.example: null}')],
    ['a sign in the value of a Secret', secret('{password: pa$$word}')],
    ['the text of an argument', pod('image: acme/app:1.4, args: ["${PORT}", "<x>", "{{ .x }}", "$(PORT)"]')],
    ['the value of a variable', pod('image: acme/app:1.4, env: [{name: A, value: "$(B) {{ c }}"}]')],
    [
      'a path of a request with a variable of the container',
      pod('image: acme/app:1.4, env: [null, {name: A}], livenessProbe: {httpGet: {path: /a$(A), port: 80}}'),
    ],
    ['the data of a file', config('web', '{a: "${A} {{ b }} <c>"}')],
    ['an annotation', config('web, annotations: {vault: "{{ with secret }}"}')],
    ['a path with a variable', pod('image: acme/app:1.4, volumeMounts: [{name: a, subPathExpr: $(A)}]')],
    [
      'an object of a kind that nobody here knows',
      'apiVersion: acme.com/v1\nkind: Thing\nmetadata: {name: x}\na: <x>\n',
    ],
  ])('%s is what it is', (_, text) => {
    expect(check(text).left).toEqual([]);
  });
});

describe('parts of objects are not checked, and the report says so', () => {
  test.each([
    [
      'a directive',
      object('apps/v1/Deployment', '{selector: {}, template: {spec: {containers: [{name: a, $patch: delete}]}}}'),
    ],
    ['a field of a workload', object('apps/v1/Deployment', '{replicas: 3}')],
    [
      'the image of a workload',
      object('apps/v1/StatefulSet', '{template: {spec: {containers: [{name: a, image: b:1}]}}}'),
    ],
    ['a field of an autoscaler', object('autoscaling/v2/HorizontalPodAutoscaler', '{minReplicas: 3}')],
    ['a field of a Service', object('v1/Service', '{type: NodePort}')],
    ['a field of a CronJob', object('batch/v1/CronJob', '{suspend: true}')],
    [
      'a field of a CustomResourceDefinition',
      object('apiextensions.k8s.io/v1beta1/CustomResourceDefinition', '{conversion: {strategy: Webhook}}'),
    ],
    ['operations', '- {op: replace, path: /spec/replicas, value: 3}\n- {op: remove, path: /spec/paused}\n'],
  ])('%s', (_, text) => {
    expect(check(text)).toEqual({ found: [], left: [PATCH] });
  });

  test.each([
    ['a workload without a selector', object('apps/v1/Deployment', '{template: {metadata: {labels: {a: b}}}}')],
    ['a workload without a template', object('apps/v1/Deployment', '{selector: {matchLabels: {a: b}}}')],
    ['a workload without anything', object('apps/v1/Deployment', '{}')],
    ['a workload with its containers in the wrong place', object('apps/v1/Deployment', '{containers: [{name: a}]}')],
    [
      'a workload without selector and labels',
      object(
        'apps/v1/Deployment',
        '{template: {spec: {containers: [{name: a, image: b:1, ports: [{containerPort: 80}]}]}}}',
      ),
    ],
    ['a pod without an image', pod('args: []')],
    ['an autoscaler without a target', object('autoscaling/v2/HorizontalPodAutoscaler', '{maxReplicas: 3}')],
  ])('%s is a whole that lacks something', (_, text) => {
    const { found, left } = check(text);
    expect([left, found.length > 0]).toEqual([[], true]);
  });

  test('the description of a chart', () => {
    const reason = 'the description of a chart of Helm; check what `helm template` makes of the chart';
    expect(check('apiVersion: v2\nname: web\nversion: 1.0.0\n')).toEqual({ found: [], left: [reason] });
  });
});

test('an omission says where it is, and stands in the text of the report', () => {
  const report = PodRules.checkYaml(`${config('a')}---\n${object('apps/v1/Deployment', '{replicas: 3}')}`);
  expect(report.omissions).toEqual([{ reason: PATCH, kind: 'Deployment', name: 'web', line: 6 }]);
  expect(report.toString()).toBe(`not checked Deployment/web: ${PATCH}\nno findings`);
});
