import { FluentBitOutput } from '../companions/logs/fluent-bit/output';
import { WebServer } from '../web/web-server';

let web: WebServer | undefined;
let output: FluentBitOutput | undefined;

/** nginx as a pattern has it where nobody says otherwise. It keeps nothing of the pods that it is added to, so that one does for all. */
export function ensureDefaultWeb(): WebServer {
  web ??= WebServer.nginx();
  return web;
}

/** The receiver of logs where nobody names one: the agent's own output. One does for all, too. */
export function ensureDefaultOutput(): FluentBitOutput {
  output ??= FluentBitOutput.stdout();
  return output;
}
