/** Where tests get an S3 server from: the first of one's own, MinIO in Docker, Ceph, and Debian's packages of Ceph; else the reason for skipping. */
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cephPrograms } from "../../support/s3/cephGateway.ts";
import { findS3Source } from "../../support/s3/findS3Source.ts";
import { skippedFor } from "../../support/skippedFor.ts";

let folder: string;

/** A machine with these programs only. */
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-programs-"));
  for (const name of ["sh", "touch", "test"]) await symlink(`/bin/${name}`, path.join(folder, name));
  vi.stubEnv("PATH", folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function addProgram(name: string, script: string): Promise<void> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

const named = { PAREIDOLIA_TEST_S3_ENDPOINT: "http://s3.example", PAREIDOLIA_TEST_S3_ACCESS_KEY: "a", PAREIDOLIA_TEST_S3_SECRET_KEY: "s" };

it("takes the server that PAREIDOLIA_TEST_S3_* names before all others", async () => {
  await addProgram("docker", "exit 0");
  const server = { endpoint: "http://s3.example", accessKey: "a", secretKey: "s", region: "us-east-1" };
  expect(await findS3Source(named)).toEqual({ kind: "own", server });
  await expect(findS3Source({ ...named, PAREIDOLIA_TEST_S3_SECRET_KEY: undefined })).rejects.toThrow("needs PAREIDOLIA_TEST_S3_ACCESS_KEY");
});

it("takes MinIO where a Docker daemon answers, and Ceph where none does", async () => {
  for (const name of cephPrograms) await addProgram(name, "exit 0");
  await addProgram("docker", "exit 0");
  expect(await findS3Source({})).toEqual({ kind: "docker" });
  await addProgram("docker", "exit 1");
  expect(await findS3Source({})).toEqual({ kind: "ceph" });
});

it("says what an ordinary user can do who has none", async () => {
  await addProgram("apt-get", `touch "${folder}/was-called"`);
  vi.spyOn(process, "getuid").mockReturnValue(1000);
  expect(await findS3Source({})).toEqual({
    kind: "none",
    reason: "no S3 server: set PAREIDOLIA_TEST_S3_ENDPOINT, start Docker, or install radosgw, ceph-mon, ceph-osd",
  });
  expect(existsSync(path.join(folder, "was-called"))).toBe(false);
});

const notDebian = existsSync("/etc/debian_version") ? null : "not Debian";

it("installs Debian's packages as root, with the list of packages where there is none", skippedFor(notDebian), async () => {
  vi.spyOn(process, "getuid").mockReturnValue(0);
  // The list comes with `update`, and each program with `install`.
  const programs = cephPrograms.map((name) => `printf '#!/bin/sh\\n' >"${folder}/${name}"; "${folder}/chmod" 755 "${folder}/${name}"`);
  await symlink("/bin/chmod", path.join(folder, "chmod"));
  await addProgram(
    "apt-get",
    `case "$*" in *update*) touch "${folder}/list" ;; *install*) test -e "${folder}/list" || exit 100; ${programs.join("; ")} ;; esac`,
  );
  expect(await findS3Source({})).toEqual({ kind: "ceph" });
});

it("gives the reason where root cannot install them", skippedFor(notDebian), async () => {
  vi.spyOn(process, "getuid").mockReturnValue(0);
  await addProgram("apt-get", "exit 100");
  expect(await findS3Source({})).toEqual({
    kind: "none",
    reason:
      "no S3 server: set PAREIDOLIA_TEST_S3_ENDPOINT, start Docker, or connect to the network, so that apt-get can install radosgw, ceph-mon, ceph-osd",
  });
});
