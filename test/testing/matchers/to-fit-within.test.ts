import { Manifests } from '../../../src/testing';
import { type FitLimits, toFitWithin } from '../../../src/testing/matchers/to-fit-within';
import { said } from './call';

const MANIFESTS = Manifests.fromObjects([
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: {
      initContainers: [
        {
          name: 'agent',
          image: 'fluent/fluent-bit:4.0.3',
          restartPolicy: 'Always',
          resources: { requests: { cpu: '50m' } },
        },
      ],
      containers: [{ name: 'web', image: 'acme/web:1.0', resources: { requests: { cpu: '450m' } } }],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'a' },
    spec: { limits: [{ type: 'Container', default: { memory: '64Mi' } }] },
  },
]);

const FACTS = `Pod/web requests 500m of cpu (application 450m, log agents 50m)
Pod/web requests 128Mi of memory (application 64Mi, log agents 64Mi)`;

test('a pod fits where its containers together request no more, with the defaults of its namespace', () => {
  const limits: FitLimits = { cpu: '500m', memory: '128Mi' };
  expect(said(toFitWithin(MANIFESTS.pod('web'), limits))).toBe(
    `passes: expect(Pod/web).not.toFitWithin({cpu: "500m", memory: "128Mi"})\n\n${FACTS}`,
  );
});

test('of more it says what there is, and of which parts', () => {
  expect(said(toFitWithin(MANIFESTS.pod('web'), { cpu: 0.4, memory: '1Gi' }))).toBe(
    'fails: expect(Pod/web).toFitWithin({cpu: 0.4, memory: "1Gi"})\n\nPod/web requests 500m of cpu (application 450m, log agents 50m), more than 400m',
  );
});

test('an amount that is none is an error', () => {
  expect(() => toFitWithin(MANIFESTS, { memory: '1GB' })).toThrow(
    '[toFitWithin] `memory` is "1GB", which is no amount; pass one such as "500m" or "512Mi"',
  );
});
