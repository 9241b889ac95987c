import { result } from '../../../src/testing/matchers/result';
import { said } from './call';

test('the message is for the test that fails: without `.not` where it does not hold, with `.not` where it does', () => {
  const call = (pass: boolean) => said(result('pod', 'toListenOn', ['80', '"x"'], { pass, because: 'the facts' }));
  expect(call(false)).toBe('fails: expect(pod).toListenOn(80, "x")\n\nthe facts');
  expect(call(true)).toBe('passes: expect(pod).not.toListenOn(80, "x")\n\nthe facts');
});
