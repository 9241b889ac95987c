import { showSeen } from '../receiver';
import { waitFor } from '../wait';
import { describeExample } from './describe-example';
import {
  expectPrintedOnce,
  expectReceived,
  expectRequestsArrive,
  expectRequestsPrinted,
  expectRequestsReceived,
  makeWord,
  request,
  requestEachPod,
} from './proofs';

describeExample('05-existing-deployment', {
  needs: ['fluent-bit'],
  prepare: (namespace) =>
    namespace.applySecret('elastic-credentials', { user: 'elastic', password: 'elastic-password' }),
  proofs: {
    'a stack trace reaches Elasticsearch as one document, and the line of the audit as another': async (namespace) => {
      for (const word of (await requestEachPod(namespace, 8080)).values()) {
        const documents = await waitFor(`documents with ${word}`, async () => {
          const lines = (await showSeen(word)).split('\n').filter((line) => line.includes(word));
          return lines.length === 2 && lines;
        });
        expect(documents.filter((line) => line.includes('\\n\\tat '))).toHaveLength(1);
      }
    },
  },
});

describeExample('06-rotated-by-companion', {
  needs: ['fluent-bit', 'busybox'],
  proofs: {
    'prints each request once': (namespace) => expectRequestsPrinted(namespace, 'log-agent'),
  },
});

describeExample('09-vector', {
  needs: ['nginx', 'vector'],
  prepare: (namespace) => namespace.applySecret('loki-login', { user: 'catalog', password: 'loki-password' }),
  proofs: {
    'each request reaches Loki once': (namespace) => expectRequestsReceived(namespace, 8080, 'internet'),
  },
});

describeExample('10-otel-collector', {
  needs: ['otelcol'],
  proofs: {
    'each request reaches the collector behind it': (namespace) => expectRequestsArrive(namespace),
    'a span that the application sends to localhost reaches it, too': async (namespace) => {
      for (const { status } of await namespace.listPods()) {
        const word = makeWord();
        await request(`http://${status.podIP}:8080/trace?name=${word}`);
        await expectReceived(word);
      }
    },
  },
});

describeExample('11-fluentd', {
  needs: ['fluentd', 'fluent-bit'],
  prepare: (namespace) => namespace.applySecret('fluentd-forward', { 'shared-key': 'forward-key' }),
  proofs: {
    'each request reaches the receiver once, over TLS and with a shared key': (namespace) =>
      expectRequestsReceived(namespace),
  },
});

describeExample('12-filebeat', {
  needs: ['nginx', 'filebeat'],
  prepare: (namespace) => namespace.applySecret('elastic-logs', { 'api-key': 'id:key' }),
  proofs: {
    'each request reaches Elasticsearch': (namespace) => expectRequestsArrive(namespace),
  },
});

describeExample('13-alloy', {
  needs: ['alloy'],
  prepare: (namespace) => namespace.applySecret('loki-writer', { user: 'orders', password: 'loki-password' }),
  proofs: {
    'each request reaches Loki': (namespace) => expectRequestsArrive(namespace),
  },
});

describeExample('14-log-streamer', {
  needs: ['nginx', 'busybox'],
  proofs: {
    'prints each request once': (namespace) =>
      expectRequestsPrinted(namespace, 'log-streamer-var-log-nginx-access-log'),
    'prints an error by the other companion': async (namespace) => {
      for (const { metadata } of await namespace.listPods()) {
        const word = makeWord();
        await namespace.exec(metadata.name, 'webserver', 'sh', '-c', `echo ${word} >> /var/log/nginx/error.log`);
        await expectPrintedOnce(namespace, metadata.name, 'log-streamer-var-log-nginx-error-log', word);
      }
    },
  },
});

describeExample('46-newest-cdk8s-plus', {
  needs: ['fluent-bit'],
  patchedAgain: ['service/ledger-service-c81d6458'], // an empty list of cdk8s-plus
  proofs: {
    'each request reaches Loki once': (namespace) => expectRequestsReceived(namespace),
  },
});

describeExample('49-openshift', {
  // OpenShift gives user and group; here nobody does, and the API server refuses pods that state none.
  withoutPods: true,
});
