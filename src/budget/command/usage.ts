/** The text of `--help`. */
export const BUDGET_USAGE = `Usage: cdk8s-pod-patterns budget [options] [file|folder|-]...

Says what the pods of Kubernetes manifests request and are limited to, as the scheduler and the quotas count it: containers
and native sidecars together, or an init container where that takes more; resources of the whole pod, overhead of its
RuntimeClass, defaults of a LimitRange. Times replicas, autoscalers and rollouts; what companions are of it, by type; whether it
fits the ResourceQuotas and LimitRanges among the manifests; and what one log agent on each node would take instead. Reads
YAML and JSON as \`check\` does. All inputs are one set.

Options:
  --format text|json|markdown      how it is shown (default: text)
  --nodes <number>                 nodes that a DaemonSet, or an agent of nodes, runs on (default: 3)
  --fleet <number>                 shows so many pods, mixed as they are here at the most
  --namespace, -n <name>           the namespace of objects that name none (default: default)
  --pods-per-node <number>         pods with a log agent on one node (default: those of the set, spread evenly)
  --node-agent <amounts>           what an agent of a node requests before it reads anything (default: cpu=100m,memory=200Mi)
  --node-agent-per-pod <amounts>   what it requests more for each pod (default: a tenth of what the agent of a pod requests)
  --kubernetes <version>           the version that the manifests are for, 1.29 to 1.37 (default: the newest)
  --config <file>                  settings: paths and version (default: the nearest pod-rules.yaml above each file)
  --no-config                      no settings
  --help, -h                       shows this

Exit code: 0 everything fits, 1 something exceeds a quota or would be refused, 2 an input or option that cannot be used.
`;
