import { ConfigReload, HttpReloadMethod, ReloadSignal } from '../../../../src/index';

test('a call goes to localhost, by POST and for 200 unless it is said', () => {
  expect(ConfigReload.byHttp({ port: 9090, path: '/-/reload' })._http).toEqual({
    url: 'http://localhost:9090/-/reload',
    method: 'POST',
    status: 200,
  });
  const { _http: http } = ConfigReload.byHttp({ port: 81, path: '/', method: HttpReloadMethod.PUT, status: 204 });
  expect(http).toEqual({ url: 'http://localhost:81/', method: 'PUT', status: 204 });
});

test('a signal is HUP unless it is said', () => {
  expect(ConfigReload.bySignal({ process: 'app' })._signal).toEqual({ process: 'app', signal: 'HUP', number: 1 });
  expect(ConfigReload.bySignal({ process: 'app', signal: ReloadSignal.USR2 })._signal?.number).toBe(12);
});

test.each<[string, () => ConfigReload, string]>([
  [
    'a port that is none',
    () => ConfigReload.byHttp({ port: 0, path: '/' }),
    '[ConfigReload.byHttp] `port` 0 is not a port number; pass an integer from 1 to 65535',
  ],
  [
    'a path that is none',
    () => ConfigReload.byHttp({ port: 80, path: 'reload' }),
    '[ConfigReload.byHttp] `path` "reload" is not the path of a URL; begin it with "/"',
  ],
  [
    'a credential in the path',
    () => ConfigReload.byHttp({ port: 80, path: '/reload?token=hunter2' }),
    '[ConfigReload.byHttp] parameter "token" of `path` shows a credential to all who may read the manifest; use an endpoint on localhost that takes none, or `ConfigReload.bySignal`',
  ],
  [
    'a status of failure',
    () => ConfigReload.byHttp({ port: 80, path: '/', status: 500 }),
    '[ConfigReload.byHttp] `status` 500 never means success; pass a number from 200 to 399',
  ],
  [
    'a path of a program',
    () => ConfigReload.bySignal({ process: '/usr/bin/app' }),
    '[ConfigReload.bySignal] `process` "/usr/bin/app" is not a process name; pass 1 to 15 letters, digits, ".", "+", "_" or "-"',
  ],
])('fails with %s', (_, act, message) => {
  expect(act).toThrow(new Error(message));
});
