import { parse } from 'yaml';
import { Envoy, EnvoyProtocol, MultiContainerPod } from '../../../../src/index';
import { manifests, newChart, newDeployment } from '../../../support';

/** What Envoy speaks with an upstream of this protocol, and how it reads what comes from the main container. */
function spoken(protocol?: EnvoyProtocol): unknown[] {
  const chart = newChart();
  const upstreams = [{ name: 'api', host: 'api', port: 1, localPort: 2, protocol }];
  MultiContainerPod.of(newDeployment(chart)).add(new Envoy({ upstreams }));
  const { listeners, clusters } = parse(manifests(chart, 'ConfigMap')[0].data['envoy.yaml']).static_resources;
  const [options] = Object.values<any>(clusters[0].typed_extension_protocol_options ?? {});
  return [listeners[1].filter_chains[0].filters[0].name, options?.explicit_http_config];
}

const HTTP = 'envoy.filters.network.http_connection_manager';

test.each([
  [undefined, HTTP, undefined],
  [EnvoyProtocol.HTTP1, HTTP, undefined],
  [EnvoyProtocol.HTTP2, HTTP, { http2_protocol_options: {} }],
  [EnvoyProtocol.TCP, 'envoy.filters.network.tcp_proxy', undefined],
])('the protocol %s is what Envoy speaks', (protocol, ...expected) => {
  expect(spoken(protocol)).toEqual(expected);
});
