import { MultiContainerPod, NginxExporter, type NginxExporterProps, WebServer } from '../../../src';
import { describeCompanion } from '../../contract';
import { container, manifests, newChart, newDeployment } from '../../support';

const scrapeUrl = 'http://localhost:8080/basic_status';

describeCompanion('NginxExporter', {
  make: () => new NginxExporter({ scrapeUrl, monitor: {} }),
  containers: ['nginx-exporter'],
  mebibytes: 32,
  copy: {
    props: () => ({ scrapeUrl, args: ['--log.level=warn'], monitor: { labels: { release: 'prometheus' } } }),
    from: (props) => new NginxExporter(props),
  },
});

/** nginx as "shop/web", with its status where told. */
function compose(statusPort?: number, props: NginxExporterProps = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
  WebServer.nginx({ statusPort }).addTo(pod);
  pod.add(new NginxExporter(props));
  return chart;
}

describe('an exporter of nginx', () => {
  test('finds the status page of the web server by itself', () => {
    const { image, args, ports, securityContext } = container(compose(8081), 'nginx-exporter') as any;
    expect(image).toMatch(/\/nginx-prometheus-exporter:\d/);
    expect(args).toEqual(['--nginx.scrape-uri=http://127.0.0.1:8081/stub_status', '--web.listen-address=:9113']);
    expect(ports).toEqual([{ containerPort: 9113, name: 'metrics' }]);
    expect(securityContext).toMatchObject({ runAsUser: 1001 });
  });

  test('finds the status page of any nginx whose port is named so', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.network.claim({ container: 'app', port: 8000, name: 'nginx-status', loopback: true });
    pod.add(new NginxExporter());
    pod.add(new NginxExporter({ name: 'second', targetPort: 'http', port: 9114, portName: 'more' }));
    const [uri] = (container(chart, 'nginx-exporter') as any).args;
    expect(uri).toBe('--nginx.scrape-uri=http://127.0.0.1:8000/stub_status');
    expect((container(chart, 'second') as any).args[0]).toBe('--nginx.scrape-uri=http://localhost:8080/stub_status');
  });

  test.each(['http://127.0.0.1/status', 'https://localhost:8443/s?a', 'unix:/run/nginx.sock:/stub_status'])(
    'reads the page at %s where told',
    (url) => {
      const [uri] = (container(compose(undefined, { scrapeUrl: url }), 'nginx-exporter') as any).args;
      expect(uri).toBe(`--nginx.scrape-uri=${url}`);
    },
  );

  test('is alive although nginx is not', () => {
    const { livenessProbe, readinessProbe, startupProbe } = container(compose(8081), 'nginx-exporter');
    expect(livenessProbe).toMatchObject({ httpGet: { path: '/', port: 9113 } });
    expect([readinessProbe, startupProbe]).toEqual([undefined, undefined]);
  });

  test('is scraped by Prometheus on request', () => {
    const [{ spec }] = manifests(compose(8081, { monitor: { path: '/metrics' } }), 'PodMonitor');
    expect(spec.podMetricsEndpoints).toEqual([{ port: 'metrics', path: '/metrics' }]);
  });

  test('fails where nginx tells its status nowhere', () => {
    expect(() => compose()).toThrow(
      new Error(
        '[shop/web] exporter "nginx-exporter" finds no TCP port "nginx-status" to observe; list it in the `ports` of its container, or pass `scrapeUrl` (ports: http)',
      ),
    );
  });

  test.each(['localhost:8080', 'ftp://localhost/', 'http://', 'http://a b/', 'unix:'])(
    'fails with "%s", which is no URL',
    (url) => {
      expect(() => new NginxExporter({ scrapeUrl: url })).toThrow(
        new Error(
          `[NginxExporter] \`scrapeUrl\` "${url}" of "nginx-exporter" is not a URL; begin it with "http://", "https://" or "unix:"`,
        ),
      );
    },
  );

  test('fails with a password in the URL', () => {
    expect(() => new NginxExporter({ scrapeUrl: 'http://me:hidden@localhost/' })).toThrow(
      new Error(
        '[NginxExporter] `scrapeUrl` of "nginx-exporter" would show a password to all who may read the pod; serve the status page on a loopback port without one',
      ),
    );
  });

  test('fails with both a URL and a port', () => {
    expect(() => new NginxExporter({ scrapeUrl, targetPort: 'http' })).toThrow(
      new Error('[NginxExporter] `scrapeUrl` and `targetPort` of "nginx-exporter" are both given; pass one of them'),
    );
  });

  test('fails with an argument that it sets itself', () => {
    expect(() => new NginxExporter({ args: ['--nginx.scrape-uri=http://other/'] })).toThrow(
      new Error(
        '[NginxExporter] argument "--nginx.scrape-uri" of "nginx-exporter" is set by the companion itself; leave it out, or use its prop',
      ),
    );
  });
});
