/** The text of `--help`. */
export const USAGE = `Usage: cdk8s-pod-patterns init [options] [folder]

Writes a project of cdk8s in TypeScript: a chart with a web server and its log agent, tests of it, and a pipeline that checks both.
The folder is made where it is not there (default: this one). No file that is there is overwritten.

Options:
  --name <name>                    the name of the project and of its objects (default: that of the folder)
  --cdk8s-plus 28|33|34            the generation of cdk8s-plus that it uses (default: the newest)
  --pipeline github|gitlab|none    what the pipeline is for (default: github)
  --help, -h                       shows this

Exit code: 0 written, 2 a folder, name or option that cannot be used.
`;
