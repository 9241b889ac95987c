/** The text of `--help`. */
export const USAGE = `Usage: pod-rules [options] [file|folder|-]...
       cdk8s-pod-patterns check [options] [file|folder|-]...

Says what is wrong with Kubernetes manifests of pods with several containers. Reads YAML and JSON from files, from folders
(*.yaml, *.yml and *.json), from globs in quotes ('base/**/*.yaml') and from standard input. All inputs are one set: objects
may refer to each other.

Options:
  --format text|json|sarif|github|junit  how findings are shown (default: text)
  --summary                        shows the number of findings of each rule in their place (text and json)
  --severity error|warning|info    the least severity that is shown (default: info)
  --fail-on error|warning|info|never  the least severity that gives exit code 1 (default: that of --severity)
  --set <rule>=<severity>          another severity for a rule: error, warning, info or off; may be repeated
  --config <file>                  settings for all inputs (default: the nearest pod-rules.yaml above each file)
  --no-config                      no settings
  --kubernetes <version>           the version that the manifests are for, 1.29 to 1.37 (default: the newest)
  --from <version> [--to <version>]  shows what an upgrade brings: API versions that are gone, fields that begin to count,
                                   findings that the older version does not have (default of --to: the newest)
  --baseline <file>                findings that are in this file do not count
  --write-baseline                 writes all findings into the file of --baseline
  --partial                        the inputs are a part of all, as in a hook: files without objects are passed over, and
                                   suppressions that suppress nothing are not reported
  --list                           shows all rules
  --explain <rule>                 shows all about one rule
  --help, -h                       shows this
  --version                        shows the version

Exit code: 0 nothing found, 1 findings, 2 an input, option or setting that cannot be used.

A finding that is meant to be is suppressed by an annotation of the object or of its pod template, with a reason:
  cdk8s-pod-patterns/ignore: "<rule>: <reason>; <rule>: <reason>"

or, where the manifest is not to be touched, by pod-rules.yaml:
  paths: { include: [k8s/], exclude: [vendor/] }       # with the meaning of .gitignore
  severities: { image-tag: error, log-state: off }
  exemptions:
    - { rule: pod-security, object: Deployment/web, container: istio-*, reason: the mesh injects it }
    - { rule: [image-tag, grace-period], path: charts/vendor/, reason: not ours }
`;
