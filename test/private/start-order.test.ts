import { canHangAtStart, findDeadlocks, listGates, type StartingPod } from '../../src/private/start-order';

const POD: StartingPod = {
  initContainers: [
    { name: 'first' },
    { name: 'proxy', restartPolicy: 'Always' },
    { name: 'second' },
    { name: 'late', restartPolicy: 'Always' },
  ],
  containers: [{ name: 'main' }, { name: 'beside' }],
};

/** The container for whose port another one waits in vain. */
function blocks(container: string, ...openers: string[]): string | undefined {
  const need = { container, port: 5432, protocol: 'TCP' };
  const opened = openers.map((opener) => ({ container: opener, port: 5432, protocol: 'TCP' }));
  return findDeadlocks(POD, [need], opened)[0]?.opener;
}

test.each([
  ['an init container', 'first', 'proxy'],
  ['an init container between sidecars', 'second', 'late'],
  ['a native sidecar that must count as started', 'proxy', 'late'],
  ['an init container, for the main container', 'second', 'main'],
  ['a native sidecar, for an ordinary container', 'late', 'beside'],
])('%s waits in vain for a port that opens later', (_, container, opener) => {
  expect(blocks(container, opener)).toBe(opener);
});

test.each([
  ['opened before', 'second', ['proxy']],
  ['opened before, and later again', 'second', ['proxy', 'late']],
  ['its own', 'proxy', ['proxy']],
  ["an ordinary container's, for another one", 'main', ['beside']],
  ['opened by nobody that is known', 'first', []],
  ['that of a container which a patch took away', 'first', ['gone']],
])('a port is there in time where it is %s', (_, container, openers) => {
  expect(blocks(container, ...openers)).toBeUndefined();
});

test('a port is that of one protocol alone', () => {
  const need = { container: 'first', port: 53, protocol: 'TCP' };
  expect(findDeadlocks(POD, [need], [{ container: 'late', port: 53, protocol: 'UDP' }])).toEqual([]);
});

describe('a native sidecar counts as started', () => {
  const gatesOf = (sidecar: object) =>
    listGates({ initContainers: [{ name: 'proxy', restartPolicy: 'Always', ...sidecar }], containers: [] }).map(
      ({ port }) => port,
    );
  const hook = (command: string[]) => ({ lifecycle: { postStart: { exec: { command } } } });

  test.each<[string, object, number[]]>([
    ['its startup probe has had an answer', { startupProbe: { httpGet: { port: 8080 } } }, [8080]],
    ['its startup probe could connect', { startupProbe: { tcpSocket: { port: 8080 } } }, [8080]],
    ['its startup probe was served', { startupProbe: { grpc: { port: 8080 } } }, [8080]],
    ['a command was answered', { startupProbe: { exec: { command: ['nc', '-z', 'localhost', '8080'] } } }, [8080]],
    ['its hook was answered', { lifecycle: { postStart: { httpGet: { port: 8080 } } } }, [8080]],
    ['its hook has waited', hook(['sh', '-c', 'until nc -z 127.0.0.1 8080; do sleep 1; done']), [8080]],
    [
      'its hook has waited for what its variables say',
      {
        ...hook(['sh', '-c', 'until nc -z $DB_HOST $DB_PORT; do sleep 1; done']),
        env: [
          { name: 'DB_HOST', value: '127.0.0.1' },
          { name: 'DB_PORT', value: '5432' },
        ],
      },
      [5432],
    ],
  ])('when %s', (_, sidecar, ports) => {
    expect(gatesOf(sidecar)).toEqual(ports);
  });

  test.each<[string, object]>([
    ['there is no probe', {}],
    ['its probes are others', { livenessProbe: { httpGet: { port: 8080 } } }],
    ['another host is asked', { startupProbe: { httpGet: { port: 8080, host: 'api' } } }],
    ['a port has a name, which is one of its own', { startupProbe: { httpGet: { port: 'http' } } }],
    ['the command may fail', hook(['sh', '-c', 'curl localhost:8080 || true'])],
    ['the command goes on beside it', hook(['sh', '-c', 'curl localhost:8080 &'])],
    ['something else decides', hook(['sh', '-c', 'curl localhost:8080; exit 0'])],
  ])('without any port of others, where %s', (_, sidecar) => {
    expect(gatesOf(sidecar)).toEqual([]);
  });
});

describe('an ordinary container', () => {
  const command = ['sh', '-c', 'until nc -z 127.0.0.1 8081; do sleep 1; done'];
  const hookNeeds = (postStart: object) =>
    listGates({ containers: [{ name: 'worker', lifecycle: { postStart } }, { name: 'broker' }] });
  const opened = [{ container: 'broker', port: 8081, protocol: 'TCP' }];

  test('holds up those after it as long as its hook waits', () => {
    const needs = hookNeeds({ exec: { command } });
    expect(needs).toEqual([{ container: 'worker', port: 8081, protocol: 'TCP', isHook: true }]);
    const [worker, broker] = [{ name: 'worker' }, { name: 'broker' }];
    expect(findDeadlocks({ containers: [worker, broker] }, needs, opened)).toHaveLength(1);
    expect(findDeadlocks({ containers: [broker, worker] }, needs, opened)).toEqual([]);
  });

  test('does not where the hook fails at once or after some time, or asks nobody', () => {
    expect(hookNeeds({ exec: { command: ['timeout', '9', ...command] } })).toEqual([]);
    expect(hookNeeds({ exec: { command: ['nc', '-z', '127.0.0.1', '8081'] } })).toEqual([]);
    expect(hookNeeds({ tcpSocket: { port: 8081 } })).toEqual([]);
    expect(hookNeeds({ exec: { command: ['sh', '-c', 'until nc -z db 8081; do sleep 1; done'] } })).toEqual([]);
  });
});

describe('a pod may hang at its start', () => {
  const gated = { name: 'proxy', restartPolicy: 'Always', startupProbe: { httpGet: { port: 1 } } };
  const hangs = (restartPolicy: string, sidecar: object) =>
    canHangAtStart({ restartPolicy, initContainers: [{ ...gated, ...sidecar }], containers: [] });

  test('where it is never restarted and waits for a native sidecar', () => {
    expect(hangs('Never', {})).toBe(true);
  });

  test('and nowhere else', () => {
    expect([hangs('OnFailure', {}), hangs('Always', {})]).toEqual([false, false]);
    expect(hangs('Never', { startupProbe: undefined })).toBe(false);
    expect(hangs('Never', { restartPolicy: undefined })).toBe(false);
    expect(canHangAtStart({ restartPolicy: 'Never', containers: [] })).toBe(false);
  });
});
