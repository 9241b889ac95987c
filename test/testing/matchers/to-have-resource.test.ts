import { toHaveResource } from '../../../src/testing/matchers/to-have-resource';
import { shop } from '../shop';
import { said } from './call';

test('passes where one matches, and names it for `.not`', () => {
  expect(said(toHaveResource(shop(), 'Service', { metadata: { name: 'shop' } }))).toBe(
    'passes: expect(manifests).not.toHaveResource("Service", {metadata: {name: "shop"}})\n\nthese match: Service/shop',
  );
  expect(toHaveResource(shop().all(), 'Service').pass).toBe(true);
});

test('fails with the nearest where none does', () => {
  expect(said(toHaveResource(shop(), 'Job', { spec: { template: { spec: { restartPolicy: 'OnFailure' } } } }))).toBe(
    'fails: expect(manifests).toHaveResource("Job", {spec: {template: {spec: {restartPolicy: "OnFailure"}}}})\n\n' +
      'no Job matches {spec: {template: {spec: {restartPolicy: "OnFailure"}}}}; the only one is Job/report:\n' +
      '  spec.template.spec.restartPolicy: expected "OnFailure", found "Never"',
  );
  expect(said(toHaveResource([], 'Job'))).toBe(
    'fails: expect(manifests).toHaveResource("Job")\n\nthere is no Job (there: nothing)',
  );
});
