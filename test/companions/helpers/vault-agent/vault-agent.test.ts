import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CaCertificates,
  ConfigReload,
  ConfigReloader,
  MultiContainerPod,
  SidecarMode,
  VaultAgent,
  type VaultAgentProps,
  VaultAuth,
} from '../../../../src/index';
import { describeCompanion } from '../../../contract';
import { container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../../../support';

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
    MultiContainerPod.of(newDeployment(chart)).add(new VaultAgent(props({ ca, namespace: 'team-a' })));
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
