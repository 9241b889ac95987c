#!/bin/sh
# Prepares the images of the tests on a cluster, and runs the command that is given.
set -eu
cd "$(dirname "$0")/../.."
state=${CLUSTER_STATE:-$PWD/.cluster}

# The software that opens TLS connections in the tests, to servers with the tests' own certificates; and names that exist nowhere.
trusting='cr.fluentbit.io/fluent/fluent-bit docker.io/timberio/vector docker.io/fluent/fluentd docker.elastic.co/beats/filebeat
  docker.io/envoyproxy/envoy quay.io/oauth2-proxy/oauth2-proxy registry.k8s.io/git-sync/git-sync docker.io/hashicorp/vault
  registry.acme.example/docker-hub/nginxinc/nginx-unprivileged registry.acme.example/fluent/fluent-bit registry.example.com/postgres'

if [ -n "${LOAD_IMAGES:-}" ]; then
  (cd test/cluster/programs && go run ./images -o "$state" -only apps)
  $LOAD_IMAGES "$state/applications.tar"
  if [ -n "${TRUST_IMAGES:-}" ]; then
    from=-registry
    [ "$TRUST_IMAGES" = registry ] || from="-from $TRUST_IMAGES"
    trust=$(for name in $trusting; do grep -rhoE "image: $name:[^ ]+" examples dist || true; done | sort -u | sed 's/image: /-trust /')
    # shellcheck disable=SC2086 # words of their own
    (cd test/cluster/programs && go run ./images -o "$state" -only trusting $from $trust)
    $LOAD_IMAGES "$state/trusting.tar"
  fi
fi
exec "$@"
