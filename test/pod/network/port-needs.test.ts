import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CloudSqlEngine,
  CloudSqlProxy,
  InitContainer,
  type InitContainerProps,
  MultiContainerPod,
  OtelCollector,
  OtelExporter,
  RunFirst,
  SidecarMode,
  StatsdExporter,
  WaitFor,
} from '../../../src';
import { APP, newChart, newDeployment, WORKLOADS } from '../../support';

const PROXY = { name: 'proxy', image: 'acme/proxy:1.0.0', user: 7 };
const INIT = { name: 'migrate', image: 'acme/migrate:1.0.0', user: 7 };
const ALWAYS = kplus.ContainerRestartPolicy.ALWAYS;
const MIGRATE = RunFirst.ofMain({ command: ['app', 'migrate'] });

/** The errors of a Deployment "shop/web" with a container "app" that is composed in this way. */
function errorsOf(compose: (pod: MultiContainerPod, chart: Chart) => unknown, props: kplus.DeploymentProps = {}) {
  const chart = newChart();
  compose(MultiContainerPod.of(newDeployment(chart, props)), chart);
  return problemsOf(chart);
}

function problemsOf(chart: Chart): string[] {
  try {
    Testing.synth(chart);
    return [];
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
}

/** A proxy of somebody else, which tells the main container where it listens. */
function addProxy(pod: MultiContainerPod, options: object = {}) {
  pod.addSidecar({ ...PROXY, ...options });
  const endpoint = pod.network.claim({ container: 'proxy', port: 5432, loopback: true });
  pod.addEndpointEnv(endpoint, { host: 'PGHOST', port: 'PGPORT' });
  return endpoint;
}

const never = (container: string, verb: string, opener = 'proxy', port = 5432) =>
  `[shop/web] container "${container}" ${verb} port ${port} of container "${opener}", which starts only when "${container}" has ended, so the pod never starts;`;

describe('a container that is told of a listener and must end before it opens', () => {
  test('is named with it, where it has the environment of the main container', () => {
    const proxy = new CloudSqlProxy({
      instances: [{ connectionName: 'acme:europe-west3:grants', engine: CloudSqlEngine.POSTGRESQL }],
    });
    const errors = errorsOf((pod) => {
      pod.add(MIGRATE);
      pod.add(proxy);
    });
    expect(errors).toEqual([
      '[shop/web] container "run-first" is told of port 5432 of container "cloud-sql-proxy", which starts only when "run-first" has ended, so the pod never starts; add "cloud-sql-proxy" before "run-first"',
    ]);
    expect(
      errorsOf((pod) => {
        pod.add(proxy);
        pod.add(MIGRATE);
      }),
    ).toEqual([]);
  });

  test('is named in every workload that could run it', () => {
    const wrong = Object.keys(WORKLOADS).filter((kind) => {
      const chart = newChart();
      const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] }));
      pod.add(MIGRATE);
      addProxy(pod);
      return problemsOf(chart).length === 1;
    });
    expect(wrong).toEqual(Object.keys(WORKLOADS));
  });

  test.each<[string, (pod: MultiContainerPod) => unknown]>([
    [
      'by `addEndpointEnv`',
      (pod) => {
        pod.addInitContainer(INIT);
        pod.addEndpointEnv(addProxy(pod), { container: 'migrate', url: 'DATABASE' });
      },
    ],
    [
      'by `copyEnv`',
      (pod) => {
        pod.addInitContainer(INIT);
        pod.copyEnv('app', 'migrate');
        addProxy(pod);
      },
    ],
    [
      'by a copy of a copy',
      (pod) => {
        pod.addInitContainer(INIT);
        pod.addSidecar({ ...PROXY, name: 'worker' });
        pod.copyEnv('app', 'worker');
        pod.copyEnv('worker', 'migrate');
        addProxy(pod);
      },
    ],
    [
      'by variables of its own that say the same',
      (pod) => {
        const envVariables = {
          PGHOST: kplus.EnvValue.fromValue('127.0.0.1'),
          PGPORT: kplus.EnvValue.fromValue('5432'),
        };
        pod.add(new InitContainer({ ...INIT, envVariables }));
        addProxy(pod);
      },
    ],
  ])('%s', (_, compose) => {
    expect(errorsOf(compose)).toEqual([`${never('migrate', 'is told of')} add "proxy" before "migrate"`]);
  });

  test.each<[string, Partial<InitContainerProps>]>([
    ['a flag', { args: ['migrate', '--db', 'postgres://shop@127.0.0.1:5432/shop'] }],
    ['a flag with `=`', { command: ['app', 'up', '--database-url=postgres://localhost/shop'] }],
    ['a word', { args: ['postgres://shop@localhost:5432/shop'] }],
    [
      'a URL in a variable',
      { envVariables: { DATABASE_URL: kplus.EnvValue.fromValue('postgres://shop@127.0.0.1:5432/shop') } },
    ],
    [
      'a variable beside a script',
      {
        command: ['sh', '-c', 'npx prisma migrate deploy'],
        envVariables: { DATABASE_URL: kplus.EnvValue.fromValue('postgres://localhost/shop') },
      },
    ],
  ])('by %s', (_, props) => {
    const compose = (pod: MultiContainerPod) => {
      pod.add(new InitContainer({ ...INIT, ...props }));
      addProxy(pod);
    };
    expect(errorsOf(compose)).toEqual([`${never('migrate', 'is told of')} add "proxy" before "migrate"`]);
  });

  test.each<[string, Partial<InitContainerProps>]>([
    ['a flag for a file that it writes', { args: ['render', '--upstream=http://127.0.0.1:5432'] }],
    ['a flag for what it reports to', { args: ['--otlp-endpoint', 'http://127.0.0.1:5432'] }],
    ['a tool for files', { command: ['cp', 'postgres://127.0.0.1:5432', '/etc'] }],
    ['another host', { args: ['--db=postgres://db:5432/shop'] }],
  ])('not by %s', (_, props) => {
    const compose = (pod: MultiContainerPod) => {
      pod.add(new InitContainer({ ...INIT, ...props }));
      addProxy(pod);
    };
    expect(errorsOf(compose)).toEqual([]);
  });

  test('is told to make a classic sidecar native, and to leave the main container alone', () => {
    const classic = (pod: MultiContainerPod) => {
      pod.add(RunFirst.ofMain({ command: ['app'], name: 'migrate' }));
      addProxy(pod, { mode: SidecarMode.CLASSIC });
    };
    expect(errorsOf(classic)).toEqual([
      `${never('migrate', 'is told of')} make "proxy" a native sidecar and add it before "migrate"`,
    ]);
    const main = (pod: MultiContainerPod) => {
      pod.addInitContainer(INIT);
      const endpoint = pod.network.claim({ container: 'app', port: 8080 });
      pod.addEndpointEnv(endpoint, { container: 'migrate', url: 'APP' });
    };
    expect(errorsOf(main)).toEqual([
      `${never('migrate', 'is told of', 'app', 8080)} do that in a sidecar, or leave it to "app"`,
    ]);
  });
});

test.each<[string, (pod: MultiContainerPod) => unknown]>([
  [
    'the listener is that of a sidecar before it',
    (pod) => {
      addProxy(pod);
      pod.add(MIGRATE);
    },
  ],
  [
    'it has none of the variables',
    (pod) => {
      pod.add(new InitContainer(INIT));
      addProxy(pod, { mode: SidecarMode.CLASSIC });
    },
  ],
  [
    'it has one of the variables alone, for something else',
    (pod) => {
      const envVariables = { PGHOST: kplus.EnvValue.fromValue('127.0.0.1') };
      pod.add(new InitContainer({ name: 'prepare', image: 'acme/prepare:1.0.0', user: 7, envVariables }));
      addProxy(pod);
    },
  ],
  [
    'it is a native sidecar, which tries again',
    (pod) => {
      pod.addSidecar({ ...PROXY, name: 'worker' });
      pod.copyEnv('app', 'worker');
      addProxy(pod);
    },
  ],
  [
    'the variables say where the main container itself listens',
    (pod) => {
      pod.addEndpointEnv(pod.network.claim({ container: 'app', port: 8080 }), { port: 'PORT' });
      pod.add(MIGRATE);
    },
  ],
  [
    'traces go there, which a command does not need',
    (pod) => {
      pod.add(MIGRATE);
      pod.add(new OtelCollector({ exporter: OtelExporter.otlp({ endpoint: 'https://otel:4317' }), otlp: {} }));
    },
  ],
  [
    'metrics go there by UDP',
    (pod) => {
      pod.add(MIGRATE);
      pod.add(new StatsdExporter());
    },
  ],
  [
    'nobody tells anybody of the listener',
    (pod) => {
      pod.add(MIGRATE);
      pod.addSidecar({ ...PROXY, ports: [{ number: 5432 }] });
      pod.addEndpointEnv(pod.network.endpoints.find(({ port }) => port === 5432)!, {});
    },
  ],
  [
    'a patch puts the sidecar first',
    (pod) => {
      pod.add(MIGRATE);
      addProxy(pod);
      ApiObject.of(pod.workload).addJsonPatch(
        JsonPatch.move('/spec/template/spec/initContainers/0', '/spec/template/spec/initContainers/1'),
      );
    },
  ],
])('an init container is in order where %s', (_, compose) => {
  expect(errorsOf(compose)).toEqual([]);
});

describe('a container that waits for the pod itself', () => {
  test.each<[string, (pod: MultiContainerPod) => unknown]>([
    ['tcp', (pod) => pod.add(WaitFor.tcp({ host: 'localhost', port: 5432, name: 'wait' }))],
    ['http', (pod) => pod.add(WaitFor.http({ url: 'http://127.0.0.1:5432/ready', name: 'wait' }))],
    [
      'a script',
      (pod) => {
        const script = 'until nc -z localhost 5432; do sleep 1; done';
        pod.addInitContainer({ ...INIT, name: 'wait', command: ['sh', '-c', script] });
      },
    ],
  ])('by %s waits in vain for what opens later', (_, wait) => {
    const errors = errorsOf((pod) => {
      wait(pod);
      addProxy(pod);
    });
    expect(errors).toEqual([`${never('wait', 'waits for')} add "proxy" before "wait"`]);
    expect(
      errorsOf((pod) => {
        addProxy(pod);
        wait(pod);
      }),
    ).toEqual([]);
  });

  test('waits in vain for the main container, and for the usual port of a URL', () => {
    const main = (pod: MultiContainerPod) => pod.add(WaitFor.tcp({ host: 'localhost', port: 8080, name: 'wait' }));
    expect(errorsOf(main)).toEqual([
      `${never('wait', 'waits for', 'app', 8080)} do that in a sidecar, or leave it to "app"`,
    ]);
    const usual = (url: string) => (pod: MultiContainerPod) => {
      pod.add(WaitFor.http({ url, name: 'wait' }));
      pod.addSidecar({ ...PROXY, ports: [{ number: 80 }, { number: 443 }] });
    };
    expect(errorsOf(usual('http://localhost/'))).toEqual([
      `${never('wait', 'waits for', 'proxy', 80)} add "proxy" before "wait"`,
    ]);
    expect(errorsOf(usual('https://localhost/'))).toEqual([
      `${never('wait', 'waits for', 'proxy', 443)} add "proxy" before "wait"`,
    ]);
  });

  test('may wait for a port that nobody is known to open, or for another host', () => {
    expect(errorsOf((pod) => pod.add(WaitFor.tcp({ host: 'localhost', port: 9999 })))).toEqual([]);
    expect(errorsOf((pod) => pod.add(WaitFor.tcp({ host: 'db', port: 8080 })))).toEqual([]);
  });

  test('is a native sidecar, too, which would have to answer before it counts as started', () => {
    const compose = (pod: MultiContainerPod) => {
      pod.addSidecar({ ...PROXY, startup: kplus.Probe.fromTcpSocket({ port: 8080 }) });
    };
    expect(errorsOf(compose)).toEqual([
      '[shop/web] container "proxy" asks port 8080 of container "app", which starts only when "proxy" has started, so the pod never starts; ask "proxy" itself',
    ]);
  });

  test('is a native sidecar whose hook asks a sidecar that was added after it', () => {
    const postStart = kplus.Handler.fromCommand(['sh', '-c', 'until nc -z $PGHOST $PGPORT; do sleep 1; done']);
    const compose = (pod: MultiContainerPod) => {
      pod.addSidecar({ ...PROXY, name: 'worker', lifecycle: { postStart } });
      pod.copyEnv('app', 'worker');
      addProxy(pod);
    };
    expect(errorsOf(compose)).toEqual([
      '[shop/web] container "worker" asks port 5432 of container "proxy", which starts only when "worker" has started, so the pod never starts; add "proxy" before "worker"',
    ]);
  });
});

describe('an ordinary container whose hook waits for one that starts after it', () => {
  const postStart = kplus.Handler.fromCommand(['sh', '-c', 'until nc -z 127.0.0.1 5432; do sleep 1; done']);
  const compose = (mode: SidecarMode) => (pod: MultiContainerPod) => {
    pod.addSidecar({ ...PROXY, name: 'worker', mode: SidecarMode.CLASSIC, lifecycle: { postStart } });
    addProxy(pod, { mode });
  };

  test('holds it up for ever', () => {
    expect(errorsOf(compose(SidecarMode.CLASSIC))).toEqual([
      '[shop/web] container "worker" asks port 5432 of container "proxy", which starts only when "worker" has started, so the pod never starts; make "proxy" a native sidecar',
    ]);
  });

  test('is sound where that is a native sidecar', () => {
    expect(errorsOf(compose(SidecarMode.NATIVE))).toEqual([]);
  });
});

describe('an init container that waits for the Service of its own pod', () => {
  const wait = (host: string) => (pod: MultiContainerPod) => {
    pod.add(WaitFor.tcp({ host, port: 80, name: 'wait' }));
    pod.expose({ name: 'orders' });
  };
  const error =
    '[shop/web] container "wait" waits for Service "orders", which leads to this very pod once it is ready, and it never is before its init containers have ended; leave "wait" out, or wait for the Service of another workload';

  test('never ends', () => {
    expect(errorsOf(wait('orders'))).toEqual([error]);
    expect(errorsOf(wait('orders.'))).toEqual([error]);
  });

  test('never ends, whatever it waits with', () => {
    const script = 'until wget -qO- http://$SERVICE/healthz; do sleep 1; done';
    const envVariables = { SERVICE: kplus.EnvValue.fromValue('orders') };
    const compose = (pod: MultiContainerPod) => {
      pod.expose({ name: 'orders' });
      pod.addInitContainer({ ...INIT, name: 'wait', command: ['sh', '-c'], args: [script], envVariables });
    };
    expect(errorsOf(compose)).toEqual([error]);
  });

  test.each(['orders.web', 'orders.web.svc', 'orders.web.svc.cluster.local', 'orders.web.svc.acme.example'])(
    'never ends where it is called %s in its namespace',
    (host) => {
      const chart = new Chart(Testing.app(), 'shop', { namespace: 'web' });
      wait(host)(MultiContainerPod.of(newDeployment(chart)));
      expect(problemsOf(chart)).toEqual([error]);
    },
  );

  test.each(['orders.other', 'orders.other.svc', 'orders.web.example.com', 'order', 'web.orders'])(
    'ends where %s is another one',
    (host) => {
      const chart = new Chart(Testing.app(), 'shop', { namespace: 'web' });
      wait(host)(MultiContainerPod.of(newDeployment(chart)));
      expect(problemsOf(chart)).toEqual([]);
    },
  );

  test('may end where nobody says the namespace of the pod', () => {
    expect(errorsOf(wait('orders.shop.svc'))).toEqual([]);
  });

  test('may know it by its environment', () => {
    const compose = (pod: MultiContainerPod) => {
      pod.expose({ name: 'orders' });
      pod.addEnv('app', 'PUBLIC_URL', kplus.EnvValue.fromValue('http://orders'));
      pod.add(MIGRATE);
    };
    expect(errorsOf(compose)).toEqual([]);
  });

  test('never ends where cdk8s-plus made the Service', () => {
    const chart = newChart();
    const deployment = newDeployment(chart);
    const service = deployment.exposeViaService({ name: 'orders' });
    MultiContainerPod.of(deployment).add(WaitFor.tcp({ host: service.name, port: 80, name: 'wait' }));
    expect(problemsOf(chart)).toEqual([error.replace('"orders"', `"${service.name}"`)]);
  });

  test('never ends where it is the one that governs a StatefulSet', () => {
    const chart = newChart();
    const service = new kplus.Service(chart, 'governing', { metadata: { name: 'cachedb' }, ports: [{ port: 27017 }] });
    const stateful = new kplus.StatefulSet(chart, 'web', { containers: [APP], service });
    MultiContainerPod.of(stateful).add(WaitFor.tcp({ host: 'cachedb', port: 27017, name: 'wait' }));
    expect(problemsOf(chart)).toEqual([error.replace('"orders"', '"cachedb"')]);
  });
});

test('containers that were there before are held to the same order', () => {
  const initContainers = [
    { ...INIT, user: undefined, envVariables: { URL: kplus.EnvValue.fromValue('http://127.0.0.1:5432') } },
    { name: 'proxy', image: 'acme/proxy:1.0.0', restartPolicy: ALWAYS },
  ];
  const compose = (pod: MultiContainerPod) => {
    const endpoint = pod.network.claim({ container: 'proxy', port: 5432, loopback: true });
    pod.addEndpointEnv(endpoint, { url: 'URL' });
  };
  expect(errorsOf(compose, { initContainers })).toEqual([
    `${never('migrate', 'is told of')} add "proxy" before "migrate"`,
  ]);
});
