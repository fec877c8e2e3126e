/** The other side of P10: streams the files of a folder over `node:http`, and nothing else. */
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

const folder = process.argv[2] ?? ".";
const server = createServer((request, response) => {
  const file = path.join(folder, path.basename(request.url ?? ""));
  response.writeHead(200, { "content-type": "image/png", "content-length": statSync(file).size });
  createReadStream(file).pipe(response);
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.once("SIGTERM", () => process.exit(0));
