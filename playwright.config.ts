/**
 * End-to-end tests against the real system: `npm start` with a data folder of its own, production build, one worker.
 * Tests run side by side on one system. Those tagged @alone do not: they stop a part of it, or count or predict what others
 * create. `npm test` gives them a system of their own, one test at a time.
 * `npm test` finds the browser and names it in PAREIDOLIA_CHROMIUM; without that Playwright uses its own.
 */
import path from "node:path";
import { defineConfig } from "@playwright/test";

const port = Number(process.env["PAREIDOLIA_E2E_PORT"] ?? 3290);
const home = process.env["PAREIDOLIA_E2E_HOME"] ?? path.join(import.meta.dirname, "test/results/e2e-home");
const systemBrowser = process.env["PAREIDOLIA_CHROMIUM"];
const quiet = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

export default defineConfig({
  testDir: "test/e2e",
  outputDir: "test/results/e2e",
  fullyParallel: false,
  // The project "alone" runs beside them with a browser of its own.
  workers: 2,
  projects: [
    // Without motion: a running animation has every open page drawn 60 times a second. The other project's pages move.
    { name: "together", grepInvert: /@alone/, use: { contextOptions: { reducedMotion: "reduce" } } },
    { name: "alone", grep: /@alone/, workers: 1 },
  ],
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] ?? "test/results/playwright.json" }]],
  use: {
    baseURL: `http://localhost:${port}`,
    // A film of every page, or a copy of it at every step, would cost a sixth of the processor's time each.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    screenshot: "only-on-failure",
    launchOptions: systemBrowser === undefined ? {} : { executablePath: systemBrowser, args: quiet },
  },
  webServer: {
    command: "node --conditions=source --disable-warning=ExperimentalWarning apps/launcher/src/start.ts",
    env: {
      PORT: String(port),
      PAREIDOLIA_HOME: home,
      // The servers that tests name to a worker are on this machine.
      PAREIDOLIA_FETCH_FROM_LOOPBACK: "true",
      API_PORT: "",
      DATABASE_URL: "",
      S3_ENDPOINT: "",
      NODE_ENV: "production",
    },
    wait: { stdout: /Pareidolia is ready/ },
    timeout: 300_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
  },
});
