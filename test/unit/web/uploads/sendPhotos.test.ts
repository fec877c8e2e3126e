/** A page sends photographs: with a post for each and a few requests for all, again while the API is busy, and without leaving an upload that failed. */
import type { Client } from "urql";
import { afterEach, describe, expect, it, vi } from "vitest";
import { sendPhoto, sendPhotos } from "../../../../apps/web/src/features/uploads/sendPhotos.ts";

const file = new File([new Uint8Array(9)], "owl.jpg");
const filesOf = (count: number, byteLength = 9): File[] =>
  Array.from({ length: count }, (_, i) => new File([new Uint8Array(byteLength)], `photo-${i}.jpg`));
const photo = { id: "photo of upload-0", name: "owl.jpg" };
const options = () => ({ onProgress: () => undefined, signal: new AbortController().signal });
const busy = { status: 503, responseText: JSON.stringify({ errors: [{ message: "You already have 4 uploads in progress." }] }) };
const sent = { status: 204 };
const refused = (message: string) => ({ __typename: "InvalidInputError", message });

interface Files {
  readonly files: readonly { readonly fileName: string }[];
}
interface Photos {
  readonly photos: readonly { readonly uploadId: string; readonly name: string }[];
}
type Answer = (item: { readonly name: string }) => object | null;

/** Answers posts in turn, repeating the last answer, and returns the names of all requests. */
function answering(
  posts: readonly { readonly status: number; readonly responseText?: string }[],
  { refuseRequest = () => null, refusePhoto = () => null }: { readonly refuseRequest?: Answer; readonly refusePhoto?: Answer } = {},
): { readonly client: Client; readonly requests: { readonly name: string; readonly variables?: unknown }[] } {
  const requests: { name: string; variables?: unknown }[] = [];
  let posted = 0;
  let issued = 0;
  class FakeRequest {
    readonly upload = {};
    status = 0;
    responseText = "";
    onload: () => void = () => undefined;
    open() {}
    abort() {}
    send() {
      requests.push({ name: "post" });
      Object.assign(this, posts[Math.min(posted++, posts.length - 1)]);
      queueMicrotask(() => this.onload());
    }
  }
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  // Ends each pause at once, as if the browser were back online.
  vi.stubGlobal("addEventListener", (_: string, listener: () => void) => queueMicrotask(listener));
  vi.stubGlobal("removeEventListener", () => undefined);
  const issue = ({ fileName }: Files["files"][number]) =>
    refuseRequest({ name: fileName }) ?? {
      __typename: "RequestUploadSuccess",
      upload: { id: `upload-${issued++}` },
      form: { url: "/uploads", fields: [] },
    };
  const store = ({ uploadId, name }: Photos["photos"][number]) =>
    refusePhoto({ name }) ?? { __typename: "UploadImageSuccess", photo: { id: `photo of ${uploadId}`, name } };
  const answers: Readonly<Record<string, (variables: never) => object>> = {
    RequestPhotos: ({ files }: Files) => ({ requestUploads: { __typename: "RequestUploadsSuccess", results: files.map(issue) } }),
    StorePhotos: ({ photos }: Photos) => ({ storePhotos: { __typename: "StorePhotosSuccess", results: photos.map(store) } }),
    DeleteUpload: () => ({}),
  };
  const mutation = (document: { definitions: readonly { name: { value: string } }[] }, variables: unknown) => {
    const name = document.definitions[0]?.name.value ?? "";
    requests.push({ name, variables });
    const result = Promise.resolve({ data: answers[name]?.(variables as never) });
    return Object.assign(result, { toPromise: () => result });
  };
  return { client: { mutation } as unknown as Client, requests };
}
afterEach(() => vi.unstubAllGlobals());

async function sendAll(client: Client, files: readonly File[], signal = new AbortController().signal) {
  const stored: string[] = [];
  const problems: string[] = [];
  const arrived = new Set<string>();
  await sendPhotos(client, files, {
    signal,
    onProgress: ({ name }, share) => share === 1 && arrived.add(name),
    onStored: ({ name }) => stored.push(name),
    onRefused: ({ name }, problem) => problems.push(`${name}: ${problem}`),
  });
  return { stored, problems, arrived };
}

describe("a photograph", () => {
  it("is stored with three requests", async () => {
    const { client, requests } = answering([sent]);
    expect(await sendPhoto(client, file, options())).toEqual(photo);
    expect(requests.map(({ name }) => name)).toEqual(["RequestPhotos", "post", "StorePhotos"]);
    expect(requests[2]?.variables).toEqual({ photos: [{ uploadId: "upload-0", name: "owl.jpg" }] });
  });

  it("is posted again while the API is busy", async () => {
    const { client, requests } = answering([busy, busy, sent]);
    expect(await sendPhoto(client, file, options())).toEqual(photo);
    expect(requests.map(({ name }) => name)).toEqual(["RequestPhotos", "post", "post", "post", "StorePhotos"]);
  });

  it("is given up while the API stays busy, and its upload deleted", async () => {
    const { client, requests } = answering([busy]);
    await expect(sendPhoto(client, file, options())).rejects.toThrow("You already have 4 uploads in progress.");
    expect(requests.filter(({ name }) => name === "post")).toHaveLength(10);
    expect(requests.at(-1)?.name).toBe("DeleteUpload");
  });

  it("that is none is refused with the reason, and its upload deleted", async () => {
    const { client, requests } = answering([sent], { refusePhoto: () => refused("The photo is damaged or too large.") });
    await expect(sendPhoto(client, file, options())).rejects.toThrow("The photo is damaged or too large.");
    expect(requests.at(-1)?.name).toBe("DeleteUpload");
  });
});

describe("fifty photographs", () => {
  it("are posted one by one, and requested and stored together", async () => {
    const { client, requests } = answering([sent]);
    const { stored, problems, arrived } = await sendAll(client, filesOf(50));
    expect([new Set(stored).size, arrived.size, problems]).toEqual([50, 50, []]);
    const countOf = (wanted: string) => requests.filter(({ name }) => name === wanted).length;
    expect([countOf("RequestPhotos"), countOf("post"), countOf("DeleteUpload")]).toEqual([2, 50, 0]);
    expect(countOf("StorePhotos")).toBeLessThanOrEqual(7);
  });

  it("reserve at most 64 MB at a time", async () => {
    const { client, requests } = answering([sent]);
    await sendAll(client, filesOf(7, 20 * 1024 * 1024));
    const groups = requests.filter(({ name }) => name === "RequestPhotos").map(({ variables }) => (variables as Files).files.length);
    expect(groups).toEqual([3, 3, 1]);
  });

  it("are refused one by one, each with its reason, and leave no uploads", async () => {
    const { client, requests } = answering([sent], {
      refuseRequest: ({ name }) => (name === "photo-3.jpg" ? refused("There is no room.") : null),
      refusePhoto: ({ name }) => (name === "photo-30.jpg" ? refused("The photo is damaged.") : null),
    });
    const { stored, problems } = await sendAll(client, filesOf(50));
    expect([stored.length, problems.toSorted()]).toEqual([48, ["photo-3.jpg: There is no room.", "photo-30.jpg: The photo is damaged."]]);
    expect(requests.filter(({ name }) => name === "DeleteUpload")).toHaveLength(1);
  });

  it("stop when the page is left, and free what was reserved", async () => {
    const { client, requests } = answering([sent]);
    const leaving = new AbortController();
    leaving.abort(new Error("left"));
    const { stored } = await sendAll(client, filesOf(50), leaving.signal);
    expect([stored, requests]).toEqual([[], []]);
  });
});
