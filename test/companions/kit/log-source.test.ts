import fc from 'fast-check';
import { logSources, type ShippedLogs } from '../../../src/companions/kit/log-source';
import { LogFiles, LogRotation, MultiContainerPod } from '../../../src/index';
import { newChart, newDeployment } from '../../support';

const pod = () => MultiContainerPod.of(newDeployment(newChart()));
const shipped = (directory: string, pattern: string, container?: string): ShippedLogs => ({
  files: LogFiles.inDirectory(directory, { pattern, container }),
  directory,
});

test('files are named for the container that writes them, their directory and their pattern', () => {
  const [main, other] = logSources(pod(), [shipped('/var/log/app', '*.log'), shipped('/logs', 'a.json', 'proxy')]);
  expect(main).toMatchObject({ container: 'app', path: '/var/log/app/*.log', id: 'app.var-log-app-log' });
  expect(other).toMatchObject({ container: 'proxy', path: '/logs/a.json', id: 'proxy.logs-a-json' });
});

test('files whose names make the same id are told apart, in any order', () => {
  const [a, b] = [shipped('/var/log/app', 'a.log'), shipped('/var/log/app', 'a-log')];
  const ids = (...logs: ShippedLogs[]) => logSources(pod(), logs).map(({ files, id }) => [files.pattern, id]);
  expect(new Set(ids(a, b).map(([, id]) => id)).size).toBe(2);
  expect(Object.fromEntries(ids(a, b))).toEqual(Object.fromEntries(ids(b, a)));
});

test('any two files have two ids', () => {
  const pattern = fc.stringMatching(/^[a-z.*-]{1,6}$/);
  fc.assert(
    fc.property(fc.uniqueArray(pattern, { minLength: 2, maxLength: 6 }), (patterns) => {
      const sources = logSources(
        pod(),
        patterns.map((name) => shipped('/var/log', name)),
      );
      expect(new Set(sources.map(({ id }) => id)).size).toBe(patterns.length);
    }),
  );
});

test.each([
  ['*.log', ['/var/log/app/old-*', '/var/log/app/*.bz2']],
  ['app.log', []],
])('rotated files that %s might match are known', (pattern, expected) => {
  const own = pod();
  const logs = shipped('/var/log/app', pattern);
  own.logs.write(logs.files, { rotation: LogRotation.byApplication({ rotatedFiles: 'old-*,*.bz2' }) });
  expect(logSources(own, [logs])[0]!.rotatedPaths).toEqual(expected);
});
