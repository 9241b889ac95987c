import { HaProxy, HaProxyBalance, HaProxyMode, MultiContainerPod } from '../../../../src/index';
import { manifests, newChart, newDeployment } from '../../../support';

/** The lines of a backend with these words. */
function lines(mode: HaProxyMode, balance: HaProxyBalance): string[] {
  const chart = newChart();
  const backends = [{ name: 'api', port: 1, servers: [{ host: '10.0.0.1', port: 2 }], mode, balance }];
  MultiContainerPod.of(newDeployment(chart)).add(new HaProxy({ backends }));
  return manifests(chart, 'ConfigMap')[0].data['20-backends.cfg'].split('\n');
}

test.each([
  [HaProxyMode.HTTP, 'http', 'httplog'],
  [HaProxyMode.TCP, 'tcp', 'tcplog'],
])('the mode %s is what HAProxy understands and logs', (mode, word, log) => {
  expect(lines(mode, HaProxyBalance.FIRST)).toEqual(expect.arrayContaining([`  mode ${word}`, `  option ${log}`]));
});

test.each([
  [HaProxyBalance.ROUND_ROBIN, 'roundrobin'],
  [HaProxyBalance.LEAST_CONNECTIONS, 'leastconn'],
  [HaProxyBalance.FIRST, 'first'],
  [HaProxyBalance.RANDOM, 'random'],
])('the balance %s has a word of HAProxy', (balance, word) => {
  expect(lines(HaProxyMode.TCP, balance)).toContain(`  balance ${word}`);
});
