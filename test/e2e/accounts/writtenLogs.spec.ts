/** The logs of the system on which all tests of accounts ran before. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";

const home = process.env["PAREIDOLIA_E2E_HOME"] ?? path.join(import.meta.dirname, "../../results/e2e-home");

const secrets = {
  "e-mail addresses": /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi,
  "links that let in": /\/(?:first|reset|join|verify|unsubscribe|shared|vote)\/[\w-]{20,}/g,
  "keys of the API": /\bpdl_[\w-]{20,}/g,
  "cookies and headers that sign in": /(?:session_token|authorization|cookie)"?\s*[:=]\s*"?[\w.%-]{16,}/gi,
};

test("no log has an address, a link with a token, a key or a cookie", () => {
  const folder = path.join(home, "logs");
  const logs = readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")] as const);
  expect(logs.find(([name]) => name === "api.log")?.[1].length).toBeGreaterThan(0);
  for (const [name, text] of logs)
    for (const [what, pattern] of Object.entries(secrets))
      expect([...new Set(text.match(pattern) ?? [])].slice(0, 5), `${what} in ${name}`).toEqual([]);
});
