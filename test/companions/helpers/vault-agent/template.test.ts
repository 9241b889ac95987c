import {
  isShared,
  permissionsOf,
  templateProblem,
  type VaultTemplate,
} from '../../../../src/companions/helpers/vault-agent/template';

const template = (more: Partial<VaultTemplate> = {}): VaultTemplate => ({
  file: 'db.env',
  content: '{{ key }}',
  ...more,
});

test.each([
  [undefined, '0640', true],
  ['644', '0644', true],
  ['0604', '0604', true],
  ['0600', '0600', false],
])('permissions %p are mode %s, which others may read: %p', (permissions, mode, shared) => {
  expect([permissionsOf(template({ permissions })), isShared(template({ permissions }))]).toEqual([mode, shared]);
});

test.each<[string, VaultTemplate[], string]>([
  ['no file', [], '`templates` is empty; pass the files to render'],
  [
    'one file twice',
    [template(), template()],
    'file "db.env" stands twice in `templates`; give each file a name of its own',
  ],
  [
    'a path',
    [template({ file: 'db/env' })],
    '`file` "db/env" is not the name of a file; use letters, digits, "-", "_" and "."',
  ],
  [
    'a mode that is none',
    [template({ permissions: 'rw' })],
    '`permissions` "rw" of file "db.env" is not a mode; pass it in octal, such as "0640"',
  ],
  ['an empty template', [template({ content: ' ' })], '`content` of file "db.env" is empty; pass the template'],
  [
    'a credential in the template',
    [template({ content: 'USER=shop\nexport DB_PASSWORD="hunter2"' })],
    'the template of file "db.env" shows the credential "DB_PASSWORD" to all who may read the ConfigMap; keep it in Vault and refer to it',
  ],
])('an agent cannot render %s', (_, templates, problem) => {
  expect(templateProblem(templates)).toBe(problem);
});

test.each([
  '{{ with secret "secret/data/db" }}PASSWORD={{ .Data.data.password }}{{ end }}',
  'password: {{ .Data.data.password | toJSON }}',
  '{"token": "{{ .Data.token }}", "user": "shop"}',
  'API_TOKEN=prefix-{{ .Data.token }}',
  'PASSWORD=${DB_PASSWORD}',
  'password_file: /vault/secrets/password',
  'just text',
])('an agent renders %s', (content) => {
  expect(templateProblem([template({ content })])).toBeUndefined();
});
