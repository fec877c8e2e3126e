/** ONNX files with false or excessive information on their external weights. */
import type { Tensor } from "@pareidolia/onnx/graph";
import type { ProtoWriter } from "@pareidolia/onnx/proto/protoWriter";
import { dataName, dataOf, type ExternalTensor, graphFile, weightFile } from "./externalOnnx.ts";
import { repeat, weights } from "./onnxVariants.ts";
import { packedZeros, type ZipPart, zipOf } from "./zipFiles.ts";

interface HostileFiles {
  readonly what: string;
  readonly file: () => Uint8Array;
  readonly sidecars?: () => ReadonlyMap<string, Uint8Array>;
  readonly reason: RegExp;
}

const withEntries = (entries: ExternalTensor["entries"]) => () => graphFile([{ entries: entries ?? null }]);
const tensor = (changes: Partial<Tensor>) => weights(changes);
const archive =
  (...parts: readonly ZipPart[]) =>
  () =>
    zipOf([{ name: "net.onnx", content: graphFile() }, ...parts]);
const weightPart = (change: Partial<ZipPart> = {}): ZipPart => ({ name: dataName, content: dataOf(weights()), ...change });

function writeManyEntries(tensor: ProtoWriter): void {
  let key = 0;
  repeat(100_000, () => tensor.message(13, (entry) => entry.string(1, `key ${key++}`)));
}

const locations = [
  "../../../../etc/passwd",
  "/etc/passwd",
  "a/../../net.onnx.data",
  "..\\net.onnx.data",
  "C:\\net.onnx.data",
  "C:net.onnx.data",
  "file:///etc/passwd",
  "https://10.0.0.1/net.onnx.data",
  ".hidden",
  "a//b",
  "",
  "net.onnx.data\u0000",
  "net\u202e.data",
  "n".repeat(300),
];

export const hostileExternalOnnx: readonly HostileFiles[] = [
  ...locations.map((location) => ({
    what: `weights at ${JSON.stringify(location.slice(0, 40))}`,
    file: withEntries({ location }),
    sidecars: () => weightFile(dataOf(weights()), dataName),
    reason: /external data at .*not a plain file name/s,
  })),
  { what: "weights in a missing file", file: () => graphFile(), reason: /are in "net\.onnx\.data", which is missing/ },
  {
    what: "weights in a file other than the uploaded one",
    file: withEntries({ location: "other.data" }),
    sidecars: weightFile,
    reason: /"other\.data", which is missing/,
  },
  { what: "weights in another file without a name", file: () => graphFile([{ entries: null }]), reason: /without a location/ },
  {
    what: "an offset beyond the file",
    file: withEntries({ offset: "769" }),
    sidecars: weightFile,
    reason: /ends at byte 1537 .* which has 768/,
  },
  {
    what: "an offset of 2^63",
    file: withEntries({ offset: "9223372036854775808" }),
    sidecars: weightFile,
    reason: /offset .* not a whole number/,
  },
  { what: "a negative offset", file: withEntries({ offset: "-1" }), sidecars: weightFile, reason: /offset .* not a whole number/ },
  { what: "an offset in hexadecimal", file: withEntries({ offset: "0x10" }), sidecars: weightFile, reason: /offset .* not a whole number/ },
  {
    what: "an offset that is not a number",
    file: withEntries({ offset: "NaN" }),
    sidecars: weightFile,
    reason: /offset .* not a whole number/,
  },
  {
    what: "a length above its shape",
    file: withEntries({ length: "772" }),
    sidecars: weightFile,
    reason: /needs 768 bytes, but reads 772/,
  },
  { what: "a length below its shape", file: withEntries({ length: "4" }), sidecars: weightFile, reason: /needs 768 bytes, but reads 4/ },
  { what: "a negative length", file: withEntries({ length: "-768" }), sidecars: weightFile, reason: /length .* not a whole number/ },
  {
    what: "a shape of gigabytes in a short file",
    file: () => graphFile([{ tensor: tensor({ dims: [2 ** 30, 2] }), entries: { length: String(2 ** 33) } }]),
    sidecars: weightFile,
    reason: /ends at byte 8589934592/,
  },
  {
    what: "a shape of more bytes than an integer can hold",
    file: () => graphFile([{ tensor: tensor({ dims: Array<number>(8).fill(2 ** 31) }), entries: { length: "1" } }]),
    sidecars: weightFile,
    reason: /needs .* bytes, but reads 1/,
  },
  {
    what: "forty thousand tensors over the same bytes",
    file: () => graphFile([{}, ...Array.from({ length: 40_000 }, (_, i) => ({ tensor: tensor({ name: `w${i}` }) }))]),
    sidecars: weightFile,
    reason: /read more than the 768 bytes/,
  },
  {
    what: "weights both in the file and external",
    file: () => graphFile([{ write: (t) => t.bytes(9, dataOf(weights())) }]),
    sidecars: weightFile,
    reason: /both inside and outside the file/,
  },
  {
    what: "two locations of one tensor",
    file: () =>
      graphFile([
        {
          write: (t) =>
            t.message(13, (entry) => {
              entry.string(1, "location");
              entry.string(2, "first.data");
            }),
        },
      ]),
    sidecars: weightFile,
    reason: /has the external data entry "location" twice/,
  },
  {
    what: "a hundred thousand data entries of one tensor",
    file: () => graphFile([{ write: writeManyEntries }]),
    sidecars: weightFile,
    reason: /more than 8 external data entries/,
  },
  {
    what: "a program next to its weights",
    file: () => graphFile(),
    sidecars: () => new Map([...weightFile(), ["run.exe", Uint8Array.of(77, 90)]]),
    reason: /no tensor refers to the file "run\.exe"/,
  },
  { what: "an archive without the weights", file: archive(), reason: /are in "net\.onnx\.data", which is missing/ },
  {
    what: "an archive with a program next to the weights",
    file: archive(weightPart(), { name: "run.exe", content: Uint8Array.of(77, 90) }),
    reason: /no tensor refers to the file "run\.exe"/,
  },
  {
    what: "an archive with its weights above the model",
    file: archive(weightPart({ name: `../${dataName}` })),
    reason: /not a plain path/,
  },
  { what: "an archive with its weights at the root", file: archive(weightPart({ name: `/${dataName}` })), reason: /not a plain path/ },
  {
    what: "an archive with two networks",
    file: archive(weightPart(), { name: "other.onnx", content: graphFile() }),
    reason: /it contains 2 models/,
  },
  {
    what: "an archive whose network is a program",
    file: () => zipOf([{ name: "net.onnx", content: Buffer.from("\u007fELF\u0002\u0001", "latin1") }]),
    reason: /program/,
  },
  {
    what: "an archive whose weights would unpack to gigabytes",
    file: archive(weightPart({ declared: { bytes: 2 ** 32 - 1 } })),
    reason: /unpacks to 429/,
  },
  {
    what: "an archive of half a gigabyte of zeros",
    file: () =>
      zipOf([
        {
          name: "net.onnx",
          content: graphFile([{ tensor: tensor({ dims: [2 ** 27] }), entries: { length: String(2 ** 29) } }]),
        },
        { name: dataName, content: new Uint8Array(2 ** 29), packed: packedZeros(2 ** 9) },
      ]),
    reason: /more than 100 times its size/,
  },
];
