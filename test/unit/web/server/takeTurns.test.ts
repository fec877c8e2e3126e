import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { takeTurns } from "../../../../apps/web/src/server/takeTurns.ts";

const limits = { atOnce: 4, atOnceOfSender: 2, waitingOfSender: 3, waiting: 10 };

it("answers another network while one has more requests in progress than it may, and refuses those that are too many", async () => {
  const end = takeTurns(limits);
  const held: ServerResponse[] = [];
  const server = createServer((request, response) => {
    if (request.url === "/slow") held.push(response);
    else response.end();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const send = async (path: string, from: string) => {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
      headers: { "x-forwarded-for": from },
    });
    return [response.status, response.headers.get("retry-after"), await response.text()];
  };
  try {
    const flood = ["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4", "2001:db8::5"].map((from) => send("/slow", from));
    await expect.poll(() => held.length).toBe(2);
    const refused = await send("/quick", "2001:db8::6");
    expect(refused.slice(0, 2)).toEqual([429, "5"]);
    expect(JSON.parse(String(refused[2]))).toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED" } }] });
    expect((await send("/quick", "203.0.113.7"))[0]).toBe(200);
    expect(held).toHaveLength(2);
    for (let answered = 0; answered < flood.length; answered++) {
      await expect.poll(() => held.length).toBeGreaterThan(answered);
      held[answered]?.end();
    }
    expect((await Promise.all(flood)).map(([status]) => status)).toEqual([200, 200, 200, 200, 200]);
  } finally {
    end();
    server.close();
  }
});
