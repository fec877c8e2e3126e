/** Multipart forms, in whatever chunks they arrive. */
import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { readMultipartForm } from "@pareidolia/api/upload/multipartForm";
import { describe, expect, it } from "vitest";

async function* chunksOf(bytes: Uint8Array, sizeOf: () => number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const end = Math.min(bytes.length, start + sizeOf());
    yield bytes.subarray(start, end);
    start = end;
  }
}

/** As the platform's own FormData writes it. */
async function written(fields: Readonly<Record<string, string>>, file: Uint8Array): Promise<{ bytes: Uint8Array; type: string }> {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  data.append("file", new Blob([new Uint8Array(file)]), 'a "quoted"; name="key".onnx');
  const response = new Response(data);
  return { bytes: new Uint8Array(await response.arrayBuffer()), type: response.headers.get("content-type") ?? "" };
}

const type = "multipart/form-data; boundary=b";
const read = (text: string, contentType: string | undefined = type) =>
  readMultipartForm(
    chunksOf(Buffer.from(text, "latin1"), () => 7),
    contentType,
  );

describe("a form", () => {
  it.each([1, 2, 3, 17, 64, 1_000, 100_000])("is read in chunks of %i bytes", async (size) => {
    const file = new Uint8Array(randomBytes(5_000));
    const { bytes, type: contentType } = await written({ key: "uploads/x", policy: "ü=" }, file);
    const form = await readMultipartForm(
      chunksOf(bytes, () => size),
      contentType,
    );
    expect([...form.fields]).toEqual([
      ["key", "uploads/x"],
      ["policy", "ü="],
    ]);
    expect(Buffer.compare(await buffer(form.file), file)).toBe(0);
  });

  it("keeps bytes of the file that look like the beginning of its end, wherever chunks are cut", async () => {
    const tricky = Buffer.from("\r\n--\r\n--b\r\n\r\n--boundar\r\r\n--boundar--\n--boundary\r\n-", "latin1");
    for (let size = 1; size < 40; size++) {
      const body = Buffer.concat([
        Buffer.from('--boundary\r\nContent-Disposition: form-data; name="file"\r\n\r\n', "latin1"),
        tricky,
        Buffer.from("\r\n--boundary--\r\n", "latin1"),
      ]);
      const form = await readMultipartForm(
        chunksOf(body, () => size),
        'multipart/form-data; charset=utf-8; boundary="boundary"',
      );
      expect(await buffer(form.file), `chunks of ${size}`).toEqual(tricky);
    }
  });

  it("may have an empty file", async () => {
    const form = await read('--b\r\ncontent-disposition: form-data; name="file"\r\n\r\n\r\n--b--');
    expect(await buffer(form.file)).toHaveLength(0);
  });
});

const field = (name: string, value = "v") => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

describe("a malformed form is refused:", () => {
  it.each([
    ["another content type", "bytes", "application/octet-stream"],
    ["no content type", "bytes", undefined],
    ["no boundary", "bytes", "multipart/form-data"],
    ["a boundary that is too long", "bytes", `multipart/form-data; boundary=${"b".repeat(71)}`],
    ["text before the boundary", `text${field("key")}`, type],
    ["no file", `${field("key")}--b--`, type],
    ["a field twice", `${field("key")}${field("key")}--b--`, type],
    ["a field without a name", "--b\r\ncontent-disposition: form-data\r\n\r\nv\r\n--b--", type],
    ["a part without headers", "--b\r\n\r\n\r\nv\r\n--b--", type],
    ["a field that is too long", field("key", "v".repeat(5_000)), type],
    ["headers that are too long", `--b\r\nx: ${"y".repeat(5_000)}`, type],
    ["too many fields", Array.from({ length: 20 }, (_, i) => field(`f${i}`)).join(""), type],
    ["an empty body", "", type],
    ["a body that ends in a field", field("key").slice(0, -4), type],
  ])("%s", async (_words, body, contentType) => {
    await expect(
      readMultipartForm(
        chunksOf(Buffer.from(body), () => 7),
        contentType,
      ),
    ).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it.each([
    ["a file that is cut off", `${field("file", "bytes").slice(0, -2)}`],
    ["a file that is not the last field", `${field("file", "bytes")}${field("key")}--b--`],
  ])("%s", async (_words, body) => {
    const { file } = await read(body);
    await expect(buffer(file)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});
