import { cloudSqlArguments } from '../../../../src/companions/ambassadors/cloud-sql-proxy/arguments';

const make = (more: string[]) => () =>
  cloudSqlArguments('proxy', { instances: [], healthPort: 9090, sigtermSeconds: 5, more });

/** The name of a flag alone: `-tabc` is "-t" and its value. */
const shown = (argument: string) => /^--[a-z-]+|^-[a-z]/.exec(argument)![0];

test.each(['--prometheus', '--lazy-refresh', '--quota-project=acme', '--admin-port=9091'])('takes %s', (flag) => {
  expect(make([flag])()).toContain(flag);
});

test.each(['--token=abc', '-tabc', '-t', '--json-credentials={}', '-j', '--login-token=abc'])(
  'refuses %s, which is a credential',
  (argument) => {
    expect(make([argument])).toThrow(
      new Error(
        `[CloudSqlProxy] argument "${shown(argument)}" of "proxy" would show a credential to all who may read the pod; use \`credentialsFile\``,
      ),
    );
  },
);

test.each(['--port=1', '-p', '-p1', '--address=0.0.0.0', '--private-ip', '-i', '--health-check=false', '-c=/key'])(
  'refuses %s, which a prop says',
  (argument) => {
    expect(make([argument])).toThrow(
      new Error(
        `[CloudSqlProxy] argument "${shown(argument)}" of "proxy" is set by the companion itself; leave it out, or use its prop`,
      ),
    );
  },
);

test('refuses what is no flag', () => {
  expect(make(['--quota-project', 'acme'])).toThrow(
    new Error('[CloudSqlProxy] argument "acme" of "proxy" is no flag; pass each as `--flag=value`'),
  );
});
