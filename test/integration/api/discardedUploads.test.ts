/** A finished upload stays finished if the file that was sent cannot be deleted; the log says why, unless the store is out. */
import "reflect-metadata";
import { UploadService } from "@pareidolia/api/upload/upload.service";
import { defaultQuotas } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { Logger } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { localOwner } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { formDataOf } from "../../support/sendUpload.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await seedLocalOwner(api.database.connection);
});
afterAll(() => api.close());

const outage = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
const denied = Object.assign(new Error("permission denied"), { code: "EACCES" });

it.each([
  ["nothing during an outage", outage, []],
  ["any other failure", denied, [denied]],
])("logs %s", async (_, failure, logged) => {
  const problems: unknown[] = [];
  const logger = { error: ({ err }: { readonly err: unknown }) => problems.push(err) } as unknown as Logger;
  const objectStore = { ...api.objectStore, posted: { ...api.objectStore.posted, discard: () => Promise.reject(failure) } };
  const service = new UploadService({ database: api.database, objectStore, logger, quotas: defaultQuotas });
  const bytes = new Uint8Array(100).fill(7);
  const { upload, form } = await service.request(localOwner, { kind: "PHOTO", fileName: "owl.jpg", byteLength: bytes.length });
  const sent = new Response(formDataOf(form.fields, bytes));
  const body = (async function* () {
    yield new Uint8Array(await sent.arrayBuffer());
  })();
  await service.receive(localOwner, { body, contentType: sent.headers.get("content-type") ?? "" });
  expect(await service.finish(localOwner, upload.id)).toMatchObject({ id: upload.id, sha256: expect.any(String) });
  expect(problems).toEqual(logged);
});
