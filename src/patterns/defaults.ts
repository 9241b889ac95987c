import { WebServer } from '../web/web-server';

let web: WebServer | undefined;

/** nginx as a pattern has it where nobody says otherwise. It keeps nothing of the pods that it is added to, so that one does for all. */
export function ensureDefaultWeb(): WebServer {
  web ??= WebServer.nginx();
  return web;
}
