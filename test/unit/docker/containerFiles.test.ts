/** Checks of docker/ that need no Docker daemon; `npm run test:containers` runs the containers. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const folder = path.resolve(import.meta.dirname, "../../../docker");
const read = (name: string): string => readFileSync(path.join(folder, name), "utf8");
const dockerfiles = readdirSync(folder).filter((name) => name.endsWith(".Dockerfile"));

/** Stages by name; the last stage has the name "". */
function stagesOf(text: string): ReadonlyMap<string, string> {
  const parts = text.split(/^(?=FROM )/m).slice(1);
  return new Map(parts.map((part) => [/^FROM \S+ AS (\S+)/.exec(part)?.[1] ?? "", part.replaceAll(/^#.*\n/gm, "").trim()]));
}

describe("a Dockerfile", () => {
  it.each(dockerfiles)("installs dependencies before it copies the sources, without onnxruntime-node's download: %s", (name) => {
    const installing = [...stagesOf(read(name))].filter(([, stage]) => stage.includes("npm ci"));
    expect(installing.map(([stage]) => stage)).toContain("build");
    for (const [, stage] of installing) {
      expect(stage).toContain("ONNXRUNTIME_NODE_INSTALL=skip");
      const [beforeInstall] = stage.split("npm ci");
      expect(beforeInstall).not.toContain("COPY . .");
    }
  });

  it("has exactly the same shared stages as the others, so that they are built once", () => {
    const shared = dockerfiles.map((name) => ["manifests", "build"].map((stage) => stagesOf(read(name)).get(stage)));
    expect(shared.length).toBeGreaterThan(2);
    for (const stages of shared) expect(stages).toEqual(shared[0]);
  });

  it.each(dockerfiles)("ends in an image that runs as an unprivileged user and does not contain the build stage: %s", (name) => {
    const last = stagesOf(read(name)).get("") ?? "";
    expect(last).toContain("USER node");
    expect(last).not.toMatch(/COPY --from=build (?:--\S+ )*\/app (?:\/app|\.\/)/);
  });
});

describe("compose.yaml", () => {
  const services = new Map(
    read("compose.yaml")
      .split(/^services:$/m)[1]
      ?.split(/^volumes:$/m)[0]
      ?.split(/^ {2}(?=\w+:$)/m)
      .slice(1)
      .map((text) => [text.slice(0, text.indexOf(":")), text]),
  );

  it("can be read by Compose 1.29 too", () => {
    expect(read("compose.yaml")).not.toMatch(/^name:/m);
  });

  it("restarts every service and checks its health, except for the one that sets up the database", () => {
    expect([...services.keys()].toSorted()).toEqual(["api", "database", "minio", "postgres", "web", "worker"]);
    for (const [name, text] of services) {
      expect(text, name).toContain(name === "database" ? 'restart: "no"' : "restart: unless-stopped");
      if (name !== "database") expect(text, name).toContain("healthcheck:");
    }
  });

  it("stops the API and the worker before the database and the object store", () => {
    for (const name of ["api", "worker"])
      for (const needed of ["postgres", "minio"])
        expect(services.get(name), name).toContain(`      ${needed}: { condition: service_healthy }`);
  });

  it("passes the limits that the operator sets to the API and to the worker, which both enforce them", () => {
    const [shared = ""] = read("compose.yaml").split(/^services:$/m);
    for (const name of ["PAREIDOLIA_STORAGE_QUOTA_GB", "PAREIDOLIA_IMPORT_GB"]) expect(shared).toContain(`\n  ${name}: \${${name}:-20}\n`);
    for (const name of ["api", "worker"]) expect(services.get(name), name).toContain("<<: *environment");
  });

  it("checks the database over TCP, and keeps downloads in a volume", () => {
    expect(services.get("postgres")).toContain("pg_isready, -h, 127.0.0.1");
    for (const name of ["api", "database", "worker"]) expect(services.get(name), name).toContain("[data:/data]");
  });
});
