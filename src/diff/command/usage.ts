/** The text of `--help`. */
export const USAGE = `Usage: cdk8s-pod-patterns diff [options] OLD NEW
       cdk8s-pod-patterns diff [options] <revision> [<revision>] [--] <path>...
`;
