/** Headers of the web application's responses. */
import { expect } from "@playwright/test";
import { test } from "../support/browser.ts";

test("no response names the internal address of the API", async ({ request }) => {
  for (const [method, address] of [
    ["POST", "/graphql"],
    ["GET", "/graphiql"],
    ["GET", "/healthz"],
  ] as const) {
    const response = await request.fetch(address, { method, ...(method === "POST" ? { data: { query: "{ __typename }" } } : {}) });
    expect(response.ok(), address).toBe(true);
    expect(Object.keys(response.headers()).filter((name) => name.startsWith("x-middleware"))).toEqual([]);
  }
});

test("behind a proxy with HTTPS, browsers are told to use nothing else", async ({ request }) => {
  for (const address of ["/", "/healthz"]) {
    const secure = await request.get(address, { headers: { "x-forwarded-proto": "https" } });
    expect(secure.headers()["strict-transport-security"], address).toBe("max-age=31536000");
    expect((await request.get(address)).headers()["strict-transport-security"]).toBeUndefined();
  }
});

test("pages and the API keep idle connections open longer than proxies do", async ({ request }) => {
  for (const address of ["/icon.svg", "/healthz"]) {
    const response = await request.get(address, { headers: { connection: "keep-alive" } });
    expect(response.headers()["keep-alive"], address).toBe("timeout=75");
  }
});
