import { Manifests } from '../../src/testing';
import { manifestYaml } from '../../src/testing/manifest-yaml';

const CONFIG_MAP = {
  metadata: { labels: { b: '1', a: 'on' }, namespace: 'shop', name: 'conf' },
  data: { 'a.sh': '#!/bin/sh\necho "hi"\n', long: 'word '.repeat(40).trim() },
  kind: 'ConfigMap',
  apiVersion: 'v1',
};

test('fields stand in the order in which they are reviewed, and texts as they are', () => {
  const pod = {
    spec: { containers: [{ ports: [{ protocol: 'TCP', name: 'http' }], image: 'b', name: 'a', args: undefined }] },
    kind: 'Pod',
  };
  expect(manifestYaml([CONFIG_MAP, pod])).toBe(`apiVersion: v1
kind: ConfigMap
metadata:
  name: conf
  namespace: shop
  labels:
    a: "on"
    b: "1"
data:
  a.sh: |
    #!/bin/sh
    echo "hi"
  long: ${'word '.repeat(40).trim()}
---
kind: Pod
spec:
  containers:
    - name: a
      image: b
      ports:
        - name: http
          protocol: TCP
`);
});

test('the order in which fields were written makes no difference', () => {
  const reversed = Object.fromEntries(Object.entries(CONFIG_MAP).reverse());
  expect(manifestYaml([reversed])).toBe(manifestYaml([CONFIG_MAP]));
});

test('a part that stands twice is written twice', () => {
  const labels = { app: 'web' };
  expect(manifestYaml([{ a: labels, b: labels }])).toBe('a:\n  app: web\nb:\n  app: web\n');
});

test('what is written reads back as the same', () => {
  expect(Manifests.fromYaml(manifestYaml([CONFIG_MAP])).all()).toEqual([CONFIG_MAP]);
});
