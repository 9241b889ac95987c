import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CaCertificates,
  ConfigReload,
  ConfigReloader,
  MultiContainerPod,
  PodRules,
  SidecarMode,
  VaultAgent,
  type VaultAgentProps,
  VaultAuth,
} from '../../../src';
import { renderVaultAgent, type VaultAgentSettings } from '../../../src/companions/helpers/vault-agent/config';
import {
  isSharedTemplate,
  toFileMode,
  type VaultTemplate,
  validateTemplates,
} from '../../../src/companions/helpers/vault-agent/template';
import { describeCompanion } from '../../contract';
import { container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../../support';

const TEMPLATE = {
  file: 'db.env',
  content: '{{ with secret "secret/data/shop/db" }}DB_PASSWORD={{ .Data.data.password }}{{ end }}',
};

const props = (more: Partial<VaultAgentProps> = {}): VaultAgentProps => ({
  address: 'https://vault.example.com:8200',
  auth: VaultAuth.kubernetes({ role: 'shop' }),
  templates: [TEMPLATE],
  ...more,
});

describeCompanion('VaultAgent', {
  make: () => new VaultAgent(props()),
  containers: ['vault-agent'],
  copy: {
    props: () => props({ templates: [{ ...TEMPLATE }], envVariables: {} }),
    from: (given) => new VaultAgent(given),
  },
});

describeCompanion('VaultAgent that renders once', {
  make: () => new VaultAgent(props({ once: true })),
  containers: ['vault-agent-init'],
  classic: false,
});

/** A Deployment "shop/web" with secrets for its main container. */
function render(more: Partial<VaultAgentProps> = {}, sidecarMode?: SidecarMode) {
  const chart = newChart();
  MultiContainerPod.of(newDeployment(chart), { sidecarMode }).add(new VaultAgent(props(more)));
  return chart;
}

const dataOf = (chart: ReturnType<typeof render>) => manifests(chart, 'ConfigMap')[0].data;
const configOf = (chart: ReturnType<typeof render>, name = 'vault-agent') => JSON.parse(dataOf(chart)[`${name}.json`]);

describe('a Vault agent whose secrets are variables', () => {
  const templates = [
    {
      file: 'db.env',
      content: `{{ with secret "secret/data/shop/db" }}DB_USER='{{ .Data.data.user }}'
DB_PASSWORD='{{ .Data.data.password }}'{{ end }}`,
      variables: ['DB_USER', 'DB_PASSWORD'],
    },
  ];
  const variable = (key: string) => ({
    name: key,
    valueFrom: { fileKeyRef: { volumeName: 'vault-agent-secrets', path: 'db.env', key } },
  });

  test.each([
    ['a native sidecar', {}, undefined],
    ['a classic one', {}, SidecarMode.CLASSIC],
    ['one that renders once', { once: true }, undefined],
  ])('gives them to the container without a shell, as %s', (_, more, mode) => {
    const chart = render({ templates, ...more }, mode);
    expect(container(chart, 'app').env).toEqual([variable('DB_USER'), variable('DB_PASSWORD')]);
    expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
  });

  test('is refused where a template has no such line', () => {
    const [template] = templates;
    expect(() => new VaultAgent(props({ templates: [{ ...template!, variables: ['DB_HOST'] }] }))).toThrow(
      `[VaultAgent] the template of file "db.env" has no line DB_HOST='...', from which Kubernetes would read the variable; write one, in single quotes`,
    );
    expect(() => new VaultAgent(props({ templates: [{ ...TEMPLATE, variables: ['DB_PASSWORD'] }] }))).toThrow(
      'has no line DB_PASSWORD=',
    );
  });

  test('is refused where the container has another value', () => {
    const pod = MultiContainerPod.of(newDeployment(newChart()));
    pod.addEnv('app', 'DB_USER', kplus.EnvValue.fromValue('root'));
    expect(() => pod.add(new VaultAgent(props({ templates })))).toThrow(
      '[shop/web] environment variable "DB_USER" of container "app" already has another value; set it once or choose another name',
    );
  });
});

describe('a Vault agent', () => {
  test('keeps the files in limited memory, which the main container sees read-only', () => {
    const chart = render();
    expect(podSpec(chart).volumes).toContainEqual({
      name: 'vault-agent-secrets',
      emptyDir: { medium: 'Memory', sizeLimit: '8Mi' },
    });
    const mount = { name: 'vault-agent-secrets', mountPath: '/vault/secrets' };
    expect(container(chart, 'app').volumeMounts).toEqual([{ ...mount, readOnly: true }]);
    expect(container(chart, 'vault-agent').volumeMounts).toContainEqual(mount);
    expect(podSpec(chart).securityContext).toMatchObject({ fsGroup: 1000 });
  });

  test('bypasses the entrypoint of the image, which would change files of the image', () => {
    expect(container(render(), 'vault-agent')).toMatchObject({
      command: ['vault', 'agent', '-config=/vault/agent/vault-agent.json'],
      securityContext: { runAsUser: 100, runAsGroup: 1000, capabilities: { drop: ['ALL'] } },
    });
  });

  test('holds the main container back until all files are there', () => {
    const templates = [TEMPLATE, { file: 'api-key', content: '{{ with secret "kv/api" }}{{ .Data.key }}{{ end }}' }];
    const chart = render({ templates });
    expect(container(chart, 'vault-agent')).toMatchObject({
      restartPolicy: 'Always',
      startupProbe: {
        exec: { command: ['ls', '/vault/secrets/db.env', '/vault/secrets/api-key'] },
        periodSeconds: 2,
        failureThreshold: 150,
      },
    });
    expect(podSpec(chart).initContainers).toHaveLength(1);
  });

  test('has no probe that Vault could fail once the files are there', () => {
    const { livenessProbe, readinessProbe } = container(render(), 'vault-agent');
    expect([livenessProbe, readinessProbe]).toEqual([undefined, undefined]);
  });

  test('tries on where Vault is away, for it has files to keep', () => {
    expect(configOf(render())).toMatchObject({
      vault: { address: 'https://vault.example.com:8200' },
      template_config: { static_secret_render_interval: '300s', exit_on_retry_failure: false },
    });
  });

  test('renders templates that stand in a ConfigMap, whose change rolls the pods', () => {
    const chart = render({ templates: [{ ...TEMPLATE, permissions: '644' }] });
    expect(dataOf(chart)['db.env.ctmpl']).toBe(TEMPLATE.content);
    expect(configOf(chart).template).toEqual([
      {
        source: '/vault/agent/db.env.ctmpl',
        destination: '/vault/secrets/db.env',
        perms: '0644',
        error_on_missing_key: true,
      },
    ]);
  });

  test('proves who it is by a token that no other container sees', () => {
    const auth = VaultAuth.kubernetes({ role: 'shop', audience: 'acme-vault', expiration: Duration.minutes(20) });
    const chart = render({ auth });
    const serviceAccountToken = { audience: 'acme-vault', expirationSeconds: 1200, path: 'token' };
    expect(podSpec(chart)).toMatchObject({
      automountServiceAccountToken: false,
      volumes: expect.arrayContaining([
        { name: 'vault-agent-token', projected: { sources: [{ serviceAccountToken }] } },
      ]),
    });
    expect(container(chart, 'vault-agent').volumeMounts).toContainEqual({
      name: 'vault-agent-token',
      mountPath: '/vault/identity',
      readOnly: true,
    });
    expect(configOf(chart).auto_auth.method).toEqual([
      {
        type: 'kubernetes',
        mount_path: 'auth/kubernetes',
        config: { role: 'shop', token_path: '/vault/identity/token' },
      },
    ]);
  });

  test('proves who it is by a Secret that no other container sees', () => {
    const chart = newChart();
    const secret = kplus.Secret.fromSecretName(chart, 'secret', 'approle');
    const agent = new VaultAgent(props({ auth: VaultAuth.appRole(secret) }));
    MultiContainerPod.of(newDeployment(chart)).add(agent);
    expect(podSpec(chart).volumes).toContainEqual({
      name: 'vault-agent-auth',
      secret: {
        secretName: 'approle',
        items: [
          { key: 'role-id', path: 'role-id' },
          { key: 'secret-id', path: 'secret-id' },
        ],
      },
    });
    expect(container(chart, 'vault-agent').volumeMounts).toContainEqual({
      name: 'vault-agent-auth',
      mountPath: '/vault/auth',
      readOnly: true,
    });
    expect(container(chart, 'app').volumeMounts).toHaveLength(1);
  });

  test('its RoleID and SecretID may stand under other keys of the Secret', () => {
    const chart = newChart();
    const secret = kplus.Secret.fromSecretName(chart, 'approle', 'approle');
    const auth = VaultAuth.appRole(secret, { roleIdKey: 'role', secretIdKey: 'secret' });
    MultiContainerPod.of(newDeployment(chart)).add(new VaultAgent(props({ auth })));
    const items = [
      { key: 'role', path: 'role-id' },
      { key: 'secret', path: 'secret-id' },
    ];
    expect(podSpec(chart).volumes).toContainEqual({
      name: 'vault-agent-auth',
      secret: { secretName: 'approle', items },
    });
  });

  test('trusts an authority of a ConfigMap, and asks in a namespace', () => {
    const chart = newChart();
    const ca = CaCertificates.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'ca', 'authorities'), 'vault.pem');
    MultiContainerPod.of(newDeployment(chart)).add(new VaultAgent(props({ ca, vaultNamespace: 'team-a' })));
    const config = manifests(chart, 'ConfigMap')[0].data['vault-agent.json'];
    expect(JSON.parse(config).vault).toEqual({
      address: 'https://vault.example.com:8200',
      namespace: 'team-a',
      ca_cert: '/etc/trusted-ca/vault/vault.pem',
    });
    expect(podSpec(chart).volumes).toContainEqual({
      name: 'vault-agent-vault-ca',
      configMap: { name: 'authorities', items: [{ key: 'vault.pem', path: 'vault.pem' }] },
    });
  });

  test('only renders first where secrets need no renewal, and ends where it cannot', () => {
    const chart = render({ once: true });
    const [init] = podSpec(chart).initContainers!;
    expect(init).toMatchObject({
      name: 'vault-agent-init',
      command: ['vault', 'agent', '-config=/vault/agent/vault-agent-init.json', '-exit-after-auth'],
    });
    expect(init).not.toHaveProperty('restartPolicy');
    expect(configOf(chart, 'vault-agent-init').template_config.exit_on_retry_failure).toBe(true);
  });

  test('as a classic sidecar renders first in an init container, with the same identity', () => {
    const chart = render({}, SidecarMode.CLASSIC);
    const { initContainers = [], containers } = podSpec(chart);
    expect([...initContainers, ...containers].map(({ name }) => name)).toEqual([
      ...['vault-agent-init', 'app', 'vault-agent'],
    ]);
    const mounts = ['/vault/agent', '/vault/identity', '/vault/secrets'];
    for (const name of ['vault-agent-init', 'vault-agent']) {
      const paths = container(chart, name).volumeMounts?.map(({ mountPath }) => mountPath);
      expect(paths?.sort()).toEqual(mounts);
    }
    expect(configOf(chart, 'vault-agent-init').template_config.exit_on_retry_failure).toBe(true);
    expect(configOf(chart, 'vault-agent').template_config.exit_on_retry_failure).toBe(false);
    expect(container(chart, 'vault-agent')).not.toHaveProperty('startupProbe');
  });

  test('takes another directory, container, user and intervals', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.addSidecar({ name: 'proxy', image: 'acme/proxy:1', user: 1000 });
    const agent = new VaultAgent(
      props({
        ...{ name: 'secrets', directory: '/run/secrets/shop', container: 'proxy', user: 4000 },
        ...{ refreshInterval: Duration.seconds(30), sizeLimit: Size.mebibytes(2) },
      }),
    );
    pod.add(agent);
    expect(agent.directory).toBe('/run/secrets/shop');
    expect(container(chart, 'proxy').volumeMounts).toMatchObject([{ mountPath: '/run/secrets/shop', readOnly: true }]);
    expect(container(chart, 'secrets').securityContext).toMatchObject({ runAsUser: 4000 });
    expect(configOf(chart, 'secrets').template_config.static_secret_render_interval).toBe('30s');
    expect(podSpec(chart).volumes).toContainEqual({
      name: 'secrets-secrets',
      emptyDir: { medium: 'Memory', sizeLimit: '2Mi' },
    });
  });

  test('lets a config reloader tell the main container of changed secrets', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    const agent = new VaultAgent(props());
    pod.add(agent);
    pod.add(new ConfigReloader({ directory: agent.directory, reload: ConfigReload.bySignal({ process: 'app' }) }));
    expect(container(chart, 'config-reloader').volumeMounts).toContainEqual({
      name: 'vault-agent-secrets',
      mountPath: '/watched',
      readOnly: true,
    });
  });

  test('leaves frozen props as they are', () => {
    expect(() => Testing.synth(render(deepFreeze({ templates: [{ ...TEMPLATE }] })))).not.toThrow();
  });

  test.each<[string, Partial<VaultAgentProps>, string]>([
    [
      'an address that is none',
      { address: 'vault:8200' },
      '[VaultAgent] `address` "vault:8200" is not the address of a Vault; use https://host:port',
    ],
    [
      'a credential in the address',
      { address: 'https://bot:hunter2@vault.example.com' },
      '[VaultAgent] `address` of "vault-agent" holds a credential, which everybody could read in the ConfigMap; pass `auth`',
    ],
    ['nothing to render', { templates: [] }, '[VaultAgent] `templates` is empty; pass the files to render'],
    [
      'no time between two looks',
      { refreshInterval: Duration.seconds(0) },
      '[VaultAgent] `refreshInterval` of "vault-agent" is 0 s; pass at least one second',
    ],
    [
      'a file that the main container could not read',
      { templates: [{ ...TEMPLATE, permissions: '0600' }] },
      '[shop/web] file "db.env" has `permissions` "0600", so only user 100 of "vault-agent" may read it and not container "app"; let the group read it, or run both as one user',
    ],
  ])('fails with %s', (_, more, message) => {
    expect(() => render(more)).toThrow(new Error(message));
  });

  test('may keep files to its user where the main container is that user', () => {
    expect(() => render({ user: 1000, templates: [{ ...TEMPLATE, permissions: '0600' }] })).not.toThrow();
  });
});

const SECRET = kplus.Secret.fromSecretName(Testing.chart(), 'secret', 'vault');
const PLACES = { token: '/identity/token', secret: '/auth' };

test.each<[string, VaultAuth, object]>([
  [
    'a ServiceAccount that Vault shows to the cluster',
    VaultAuth.kubernetes({ role: 'shop', mountPath: 'auth/prod' }),
    { type: 'kubernetes', mount_path: 'auth/prod', config: { role: 'shop', token_path: '/identity/token' } },
  ],
  [
    'a ServiceAccount whose token Vault checks itself, and which is never deleted',
    VaultAuth.jwt({ role: 'shop' }),
    {
      type: 'jwt',
      mount_path: 'auth/jwt',
      config: { role: 'shop', path: '/identity/token', remove_jwt_after_reading: false },
    },
  ],
  [
    'AppRole, whose files are never deleted',
    VaultAuth.appRole(SECRET),
    {
      type: 'approle',
      mount_path: 'auth/approle',
      config: {
        role_id_file_path: '/auth/role-id',
        secret_id_file_path: '/auth/secret-id',
        remove_secret_id_file_after_reading: false,
      },
    },
  ],
  [
    'another method',
    VaultAuth.of('cert', { settings: { name: 'shop', client_cert: '/vault/auth/tls.crt' }, secret: SECRET }),
    { type: 'cert', mount_path: 'auth/cert', config: { name: 'shop', client_cert: '/vault/auth/tls.crt' } },
  ],
  ['a method without settings', VaultAuth.of('aws'), { type: 'aws', mount_path: 'auth/aws', config: {} }],
])('the agent proves who it is by %s', (_, auth, settings) => {
  expect(auth._toSettings(PLACES)).toEqual(settings);
});

test('a token is meant for Vault and lasts an hour, unless it is said', () => {
  expect(VaultAuth.kubernetes({ role: 'shop' })._needs.token).toEqual({
    audience: 'vault',
    expiration: Duration.hours(1),
  });
  expect(VaultAuth.jwt({ role: 'shop', audience: 'acme' })._needs.token?.audience).toBe('acme');
});

test.each<[string, () => VaultAuth, string]>([
  [
    'without a role',
    () => VaultAuth.kubernetes({ role: ' ' }),
    '[VaultAuth.kubernetes] `role` is empty; pass the name of the role in Vault',
  ],
  [
    'with a credential in its settings',
    () => VaultAuth.of('ldap', { settings: { username: 'shop', password: 'hunter2' } }),
    '[VaultAuth.of] setting "password" of method "ldap" shows a credential to all who may read the ConfigMap; pass `secret` and name its file',
  ],
])('fails %s', (_, act, message) => {
  expect(act).toThrow(new Error(message));
});

test('settings are copied', () => {
  const config = { name: 'shop' };
  const auth = VaultAuth.of('cert', { settings: config });
  config.name = 'other';
  expect(auth._toSettings(PLACES).config).toEqual({ name: 'shop' });
});

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
  expect([toFileMode(template({ permissions })), isSharedTemplate(template({ permissions }))]).toEqual([mode, shared]);
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
  expect(validateTemplates(templates)).toEqual([problem]);
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
  expect(validateTemplates([template({ content })])).toEqual([]);
});
