/** The text of `draw --help`. */
export const USAGE = `Usage: cdk8s-pod-patterns draw [options] [file|folder|-]...

Shows each pod in Kubernetes manifests as a picture: the order in which its containers start and the gates between them, who
listens where and who calls whom, the volumes with who writes and reads them, the time from deletion to SIGKILL, and what the
rules have against it at the place that it is about. Reads what "check" reads: YAML and JSON from files, folders, globs in quotes
and standard input. All inputs are one set: a Service leads to the pods that it selects.

Options:
  --format text|svg|mermaid        the picture (default: text)
  --out <folder>                   writes a file for each pod: Deployment.web.svg, .mmd or .txt
  --pod <kind>/<name>              this pod only, as in Deployment/web; may be repeated
  --no-findings                    leaves out what the rules find
  --columns <number>               columns of a text, 40 at least (default: those of the terminal, or 80)
  --ascii                          a text without lines and signs beyond ASCII
  --help, -h                       shows this

Settings of "check" in pod-rules.yaml hold here, too. SVG and Mermaid go to standard output where there is one pod.

Exit code: 0 drawn, 2 an input or option that cannot be used, or no pod to draw.
`;
