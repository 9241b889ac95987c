import { readTailCommand } from '../../../src/rules/configs/tail-command';
import { podOf } from './support';

const followed = (...args: string[]) =>
  readTailCommand(podOf({ args }).pod.containers[0]!)?.tails.map(({ pattern }) => pattern);

test.each([
  [['tail', '-F', '/a.log', '/b.log']],
  [['/usr/bin/tail', '-n', '+1', '--follow=name', '/a.log', '/b.log']],
  [['sh', '-c', 'tail -n+1 -F /a.log "/b.log"']],
  [['/bin/sh', '-ec', "trap 'exit 0' TERM; until [ -e /a.log ]; do sleep 1; done; exec tail -qf /a.log /b.log | cat"]],
])('%j follows files', (args) => {
  expect(followed(...args)).toEqual(['/a.log', '/b.log']);
});

test.each([
  [['tail', '/a.log']],
  [['tail', '-f', '/dev/null']],
  [['sh', '-c', 'crond && tail -f /a.log']],
  [['sh', '-c', 'tail -f $FILE']],
  [['sh']],
  [['app', '--tail']],
  [[]],
])('%j does not', (args) => {
  expect(followed(...args)).toBeUndefined();
});
