import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { hideRewrite } from "../../../../apps/web/src/server/hideRewrites.ts";

it("a response does not name the address of the API, but the path of another page", async () => {
  const server = createServer((request, response) => {
    hideRewrite(response);
    response.setHeader("X-Middleware-Rewrite", request.url === "/api" ? "http://api:4000/graphql" : "/no-such-page");
    response.setHeader("x-kept", "yes").end();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  try {
    const read = async (address: string) => {
      const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${address}`);
      return [headers.get("x-middleware-rewrite"), headers.get("x-kept")];
    };
    expect(await read("/api")).toEqual([null, "yes"]);
    expect(await read("/page")).toEqual(["/no-such-page", "yes"]);
  } finally {
    server.close();
  }
});
