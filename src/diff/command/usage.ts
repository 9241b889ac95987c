/** The text of `--help`. */
export const USAGE = `Usage: cdk8s-pod-patterns diff [options] OLD NEW
       cdk8s-pod-patterns diff [options] <revision> [<revision>] -- [path]...

Says what a change of manifests does once it is applied, object by object, in the order in which it happens: which pods are
replaced and why, how many are down meanwhile, what has to be deleted and made again, where Services lead, what becomes of data,
which rules begin to find something. What means the same - another order, defaults written out, 1024Mi in place of 1Gi - is no
change.

OLD and NEW are files, folders, globs in quotes, - for standard input, or <revision>:<path> for a commit of git:
  cdk8s-pod-patterns diff old.yaml new.yaml
  cdk8s-pod-patterns diff main:dist dist
  kubectl get -f dist -o yaml | cdk8s-pod-patterns diff - dist

Before -- stand one or two revisions, as for \`git diff\`; one is compared with the files as they are:
  cdk8s-pod-patterns diff HEAD~1 -- dist
  cdk8s-pod-patterns diff v1.0.0 v1.1.0 -- dist
  cdk8s-pod-patterns diff origin/main...HEAD -- dist     (from where the branch began)

Options:
  --format text|json|markdown      how it is shown; markdown is meant for a pull request (default: text)
  --fail-on any|down|replace|never what gives exit code 1: any change, pods that are down meanwhile or have to be made again, what
                                   has to be deleted and made again, nothing (default: any)
  --kubernetes <version>           the version of the cluster, 1.29 to 1.37 (default: that of pod-rules.yaml, or the newest)
  --help, -h                       shows this

Exit code: 0 no change, 1 changes, 2 an input, option or revision that cannot be used.

A change is what \`kubectl apply\` makes of it: fields that go from the manifest go from the object, fields that were never stated
stay. Templates and patches are passed over, and the report says so. pod-rules.yaml counts as for \`check\`.
`;
