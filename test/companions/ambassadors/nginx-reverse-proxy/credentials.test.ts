import { headerCredential } from '../../../../src/companions/ambassadors/nginx-reverse-proxy/credentials';

test.each<[string, string | undefined]>([
  ['proxy_set_header Authorization "Basic YTpi";', 'proxy_set_header Authorization'],
  ['location /a {\n  proxy_set_header X-Api-Key abc;\n}', 'proxy_set_header X-Api-Key'],
  ["add_header Set-Cookie 'session=abc';", 'add_header Set-Cookie'],
  ['proxy_pass https://ann:abc@backend;', 'proxy_pass https://ann:abc@backend'],
  ['proxy_set_header Authorization $http_authorization;', undefined],
  ['proxy_set_header Authorization "Bearer $token";', undefined],
  ['proxy_set_header Authorization "";', undefined],
  ['# proxy_set_header Authorization abc;', undefined],
  ['add_header Strict-Transport-Security "max-age=63072000" always;', undefined],
  ['gzip on;', undefined],
  ['', undefined],
])('%p shows %p', (directives, expected) => {
  expect(headerCredential(directives)).toBe(expected);
});
