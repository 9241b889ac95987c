import { renderVaultAgent, type VaultAgentSettings } from '../../../../src/companions/helpers/vault-agent/config';

const SETTINGS: VaultAgentSettings = {
  address: 'https://vault.example.com:8200',
  method: { type: 'kubernetes', mount_path: 'auth/kubernetes', config: { role: 'shop', token_path: '/t/token' } },
  refreshSeconds: 300,
  exitOnFailure: true,
  templates: [{ source: '/vault/agent/a.ctmpl', destination: '/vault/secrets/a', permissions: '0640' }],
};

/**
 * The fields of Vault Agent's configuration that may stand in an object, by its path, as Vault's documentation names them:
 * https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent and .../autoauth and .../template
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': ['vault', 'auto_auth', 'template_config', 'template'],
  vault: ['address', 'ca_cert', 'ca_path', 'client_cert', 'client_key', 'tls_server_name', 'namespace', 'retry'],
  auto_auth: ['method', 'sink', 'enable_reauth_on_new_credentials'],
  'auto_auth.method.0': [
    ...['type', 'mount_path', 'namespace', 'wrap_ttl', 'min_backoff', 'max_backoff', 'exit_on_err', 'config'],
  ],
  'auto_auth.method.0.config': ['role', 'token_path'],
  template_config: ['exit_on_retry_failure', 'static_secret_render_interval', 'max_connections_per_host'],
  'template.0': ['source', 'destination', 'contents', 'perms', 'error_on_missing_key', 'left_delimiter'],
};

function problems(value: unknown, path: string): string[] {
  if (value === null || typeof value !== 'object') {
    return [];
  }
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  const wrong = Array.isArray(value) ? [] : Object.keys(value).filter((key) => !FIELDS[path]?.includes(key));
  return [...wrong.map(at), ...Object.entries(value).flatMap(([key, inner]) => problems(inner, at(key)))];
}

test('the configuration has only fields that the agent knows', () => {
  const config = JSON.parse(renderVaultAgent({ ...SETTINGS, namespace: 'team-a', caFile: '/vault/ca/ca.crt' }));
  expect(problems(config, '')).toEqual([]);
});

test('the agent listens nowhere, keeps its token to itself, and fails where a key is missing', () => {
  const config = JSON.parse(renderVaultAgent(SETTINGS));
  expect(Object.keys(config)).toEqual(['vault', 'auto_auth', 'template_config', 'template']);
  expect(Object.keys(config.auto_auth)).toEqual(['method']);
  expect(config.template[0].error_on_missing_key).toBe(true);
  expect(config.vault).toEqual({ address: 'https://vault.example.com:8200' });
});

test('no object holds nothing but objects, which HCL would read as one object with a longer name', () => {
  const isObject = (value: unknown) => value !== null && typeof value === 'object' && !Array.isArray(value);
  const flattened = (value: unknown, path: string): string[] => {
    const inner = Object.entries(isObject(value) || Array.isArray(value) ? (value as object) : {});
    const wrong = isObject(value) && inner.length > 0 && inner.every(([, each]) => isObject(each));
    return [...(wrong ? [path] : []), ...inner.flatMap(([key, each]) => flattened(each, `${path}.${key}`))];
  };
  const { vault, ...rest } = JSON.parse(renderVaultAgent(SETTINGS));
  expect([vault, ...Object.values(rest)].flatMap((value, index) => flattened(value, String(index)))).toEqual([]);
});
