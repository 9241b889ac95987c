import { block, healthLocation, healthServer, isNginxPath, nginxArgs } from '../../src/software/nginx';

test('nginx runs in the foreground and ends its drain', () => {
  expect(nginxArgs(25)).toEqual(['nginx', '-g', 'daemon off; worker_shutdown_timeout 25s;']);
});

test.each([
  ['/', true],
  ['/up?full=1', true],
  ['up', false],
  ['/a b', false],
  ['/a;', false],
  ['/{', false],
  ['/"', false],
])('a location can have the path %p: %p', (path, expected) => {
  expect(isNginxPath(path)).toBe(expected);
});

test('a block indents what it holds, but for empty lines', () => {
  expect(block('http', ['a;', '', block('server', ['b;'])])).toBe('http {\n  a;\n\n  server {\n    b;\n  }\n}');
});

test('a health path is answered without a line in the access log', () => {
  expect(healthLocation('/up?full=1')).toBe(
    'location = /up {\n  access_log off;\n  default_type text/plain;\n  return 200 "ok\\n";\n}',
  );
});

test('a health server answers nothing else, and may ask another', () => {
  expect(healthServer(8081, '/up', 'http://127.0.0.1:8080')).toBe(`server {
  listen 8081;
  location = /up {
    access_log off;
    proxy_pass http://127.0.0.1:8080;
  }
  location / { return 404; }
}
`);
});
