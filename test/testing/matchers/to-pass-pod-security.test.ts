import { toPassPodSecurity } from '../../../src/testing/matchers/to-pass-pod-security';
import { shop } from '../shop';
import { said } from './call';

test('passes for a pod that a namespace of this level admits', () => {
  expect(said(toPassPodSecurity(shop().pod('shop'), 'restricted'))).toBe(
    'passes: expect(Deployment/acme-shop-c8f1a2b3).not.toPassPodSecurity("restricted")\n\nthe level "restricted" forbids nothing that is there',
  );
  expect(toPassPodSecurity(shop(), 'baseline').pass).toBe(true);
});

test('fails with each violation, its pod and its fix', () => {
  expect(said(toPassPodSecurity(shop(), 'restricted'))).toMatch(
    /^fails: expect\(2 pods\)\.toPassPodSecurity\("restricted"\)\n\n {2}Job\/report spec\.template\.spec\..*; set `allowPrivilegeEscalation: false`\n/,
  );
});

test('a level that does not exist is an error', () => {
  expect(() => toPassPodSecurity(shop(), 'strict' as 'restricted')).toThrow(
    new Error('[toPassPodSecurity] there is no level "strict" (levels: restricted, baseline)'),
  );
});
