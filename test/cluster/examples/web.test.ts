import { describeExample } from './describe-example';
import { expectReceivedOnce, expectRequestsPrinted, expectRequestsReceived, makeWord, request } from './proofs';

describeExample('my-app.k8s.yaml', {
  needs: ['nginx', 'fluent-bit'],
  proofs: {
    'prints each request once': (namespace) => expectRequestsPrinted(namespace, 'log-agent'),
  },
});

describeExample('site.k8s.yaml', {
  needs: ['nginx', 'fluent-bit'],
  proofs: {
    'serves its page, and each request reaches Loki once': async (namespace) => {
      await expectRequestsReceived(namespace);
    },
  },
});

describeExample('01-my-app', {
  needs: ['nginx', 'fluent-bit'],
  proofs: {
    'prints each request once': (namespace) => expectRequestsPrinted(namespace, 'log-agent'),
  },
});

describeExample('02-shop', {
  needs: ['fluent-bit'],
  proofs: {
    'each request reaches Loki once': (namespace) => expectRequestsReceived(namespace),
    'is reached through its Service': async (namespace) => {
      const word = makeWord();
      const services = await namespace.get<{ items: { metadata: { name: string } }[] }>('services');
      await request(`http://${services.items[0]!.metadata.name}.${namespace.name}/${word}`);
      await expectReceivedOnce(word);
    },
    'is scaled up to the least of its autoscaler': async (namespace) => {
      await namespace.waitForPods(3);
    },
  },
});

describeExample('04-own-companion', {
  proofs: {
    'reaches the companion on localhost': async (namespace) => {
      for (const { status } of await namespace.listPods()) {
        const answer = await request(`http://${status.podIP}:8080/dial?address=127.0.0.1:7007`);
        expect(answer).toContain('connected');
      }
    },
  },
});

describeExample('07-tested-chart', {
  needs: ['nginx', 'fluent-bit'],
  proofs: {
    'prints each request once': (namespace) => expectRequestsPrinted(namespace, 'log-agent'),
    'serves its page through the Service': async (namespace) => {
      expect(await request(`http://site.${namespace.name}/`)).toContain('<');
    },
  },
});

describeExample('08-enforced-rules', {});

describeExample('30-copy-files', {
  needs: ['nginx', 'fluent-bit'],
  proofs: {
    'serves the copied files': async (namespace) => {
      for (const { status } of await namespace.listPods()) {
        expect(await request(`http://${status.podIP}:8080/`)).toContain('docs');
        expect(await request(`http://${status.podIP}:8080/sub/page.html`)).toContain('page');
      }
    },
  },
});

describeExample('39-large-app', {
  needs: ['nginx', 'fluent-bit'],
  proofs: {
    'prints each request of each application once': (namespace) => expectRequestsPrinted(namespace, 'log-agent'),
    'has a Service for each application': async (namespace) => {
      for (const service of ['catalog', 'cart', 'orders']) {
        expect(await request(`http://${service}.${namespace.name}/`)).toContain(service);
      }
    },
  },
});

describeExample('40-any-image', {
  needs: ['nginx', 'fluent-bit'],
  proofs: {
    'serves what was fetched before and is refreshed beside it': async (namespace) => {
      for (const { status } of await namespace.listPods()) {
        expect(await request(`http://${status.podIP}:8080/`)).toContain('refresh');
      }
    },
    'prints each request once': (namespace) => expectRequestsPrinted(namespace, 'log-agent'),
  },
});

describeExample('41-beside-a-chart', {
  needs: ['fluent-bit'],
  podSecurity: 'baseline', // the chart's own containers are as their makers wrote them
  proofs: {
    'each request reaches Loki once': (namespace) => expectRequestsReceived(namespace),
  },
});

describeExample('48-company-defaults', {
  needs: ['nginx', 'fluent-bit'],
  prepare: (namespace) => namespace.applySecret('registry', { '.dockerconfigjson': '{"auths":{}}' }),
  proofs: {
    'each request reaches Loki once': (namespace) => expectRequestsReceived(namespace),
  },
});
