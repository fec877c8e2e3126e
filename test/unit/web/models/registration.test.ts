/** Validation of the registration form, and the input that it sends to the API. */
import { describe, expect, it } from "vitest";
import {
  emptyRegistration,
  fieldOfPath,
  nameFromPath,
  problemsWith,
  problemWithAddress,
  type Registration,
  sortFiles,
  toInput,
} from "../../../../apps/web/src/features/models/registration.ts";

const valid: Registration = {
  ...emptyRegistration,
  file: { name: "net.onnx", size: 1000 },
  name: "Mine",
  labelText: "cat\ndog",
};

const uploaded = { uploadId: "u1", dataUploadIds: [] };

describe("a registration", () => {
  it("sends either the upload of the file or the address", () => {
    expect(problemsWith(valid)).toEqual({});
    expect(toInput(valid, uploaded)).toMatchObject({
      uploadId: "u1",
      labels: ["cat", "dog"],
      preprocessing: { width: 28, mean: [0], deviation: [255] },
    });
    expect(toInput(valid, uploaded)).not.toHaveProperty("url");
    const byAddress = { ...valid, origin: "address", address: " https://host/net.onnx " } as const;
    expect(toInput(byAddress, null)).toMatchObject({ url: "https://host/net.onnx" });
    expect(toInput(byAddress, null)).not.toHaveProperty("uploadId");
  });

  it("requires only the fields of its origin", () => {
    expect(problemsWith({ ...valid, file: null })).toEqual({ file: "Choose the model's file." });
    expect(problemsWith({ ...valid, origin: "address", file: null })).toEqual({ address: "Give the address of the model's file." });
  });

  it("reports all invalid fields at once", () => {
    const shape = { ...valid.shape, deviation: "0" };
    const wrong = problemsWith({ ...valid, name: " ", labelText: "cat", expected: "two", shape });
    expect(Object.keys(wrong).sort()).toEqual(["deviation", "expected", "labels", "name"]);
  });

  it("reports a size, mean or deviation that is not a number or does not fit the channels", () => {
    const problem = (shape: Partial<Registration["shape"]>) => Object.keys(problemsWith({ ...valid, shape: { ...valid.shape, ...shape } }));
    expect(problem({ width: "" })).toEqual(["width"]);
    expect(problem({ height: "1025" })).toEqual(["height"]);
    expect(problem({ mean: "1, x" })).toEqual(["mean"]);
    expect(problem({ channels: 3, mean: "1, 2" })).toEqual(["mean"]);
    expect(problem({ channels: 3, mean: "1, 2, 3" })).toEqual([]);
  });

  it("compares the number of labels with the stated number of outputs", () => {
    expect(problemsWith({ ...valid, expected: "2" })).toEqual({});
    expect(problemsWith({ ...valid, expected: "3" }).labels).toContain("2 labels");
  });
});

describe("files", () => {
  const [model, weights, more] = ["net.onnx", "net.onnx.data", "more.data"].map((name) => ({ name, size: 1000 })) as [
    Pick<File, "name" | "size">,
    Pick<File, "name" | "size">,
    Pick<File, "name" | "size">,
  ];
  const none = { file: null, dataFiles: [] };

  it("are distinguished by name, whether selected together or one after the other", () => {
    const both = { file: model, dataFiles: [weights] };
    expect(sortFiles([weights, model], none)).toEqual(both);
    expect(sortFiles([weights], sortFiles([model], none))).toEqual(both);
    expect(sortFiles([model], sortFiles([weights], none))).toEqual(both);
    expect(sortFiles([more], both)).toEqual({ file: model, dataFiles: [weights, more] });
    expect(sortFiles([weights], both)).toEqual(both);
    const other = { name: "other.onnx", size: 1 };
    expect(sortFiles([other], both)).toEqual({ file: other, dataFiles: [] });
    const unnamed = { name: "letter", size: 1 };
    expect(sortFiles([unnamed], none)).toEqual({ file: unnamed, dataFiles: [] });
  });

  it("are sent with the names that the model uses for them", () => {
    const given = { ...valid, dataFiles: [weights, more] };
    expect(problemsWith(given)).toEqual({});
    expect(toInput(given, { uploadId: "u1", dataUploadIds: ["u2", "u3"] })).toMatchObject({
      uploadId: "u1",
      fileName: "net.onnx",
      dataFiles: [
        { name: "net.onnx.data", uploadId: "u2" },
        { name: "more.data", uploadId: "u3" },
      ],
    });
    expect(toInput(valid, uploaded)).not.toHaveProperty("fileName");
  });

  it("are rejected without a model, with a model that cannot have external data, and above 256 MB in total", () => {
    expect(problemsWith({ ...valid, file: null, dataFiles: [weights] }).file).toContain("net.onnx.data contains only weights");
    expect(problemsWith({ ...valid, file: { name: "net.tflite", size: 1 }, dataFiles: [weights] }).file).toContain("Choose one file.");
    const large = { name: "net.onnx.data", size: 256 * 2 ** 20 };
    expect(problemsWith({ ...valid, dataFiles: [large] }).file).toBe("These files total 256.0 MB; the limit is 256 MB.");
  });
});

describe("an address", () => {
  it.each(["https://host/net.onnx", "http://127.0.0.1:8000/net.onnx", "http://localhost/net.onnx", "http://[::1]/net.onnx"])(
    "may be %s",
    (address) => expect(problemWithAddress(address)).toBeNull(),
  );

  it.each([
    ["", /Give the address/],
    ["net.onnx", /not a valid address/],
    ["http://host/net.onnx", /https only/],
    ["file:///etc/passwd", /https only/],
    ["https://me:secret@host/net.onnx", /user name and password/],
    [`https://host/${"a".repeat(2000)}`, /2000/],
  ])("may not be %.40s", (address, reason) => expect(problemWithAddress(address)).toMatch(reason));

  it("suggests the file name in its path as the model's name", () => {
    expect(nameFromPath("https://host/models/resnet18.v1.onnx?download=1")).toBe("resnet18.v1");
    expect(nameFromPath("letter.onnx")).toBe("letter");
    expect(nameFromPath("https://host/")).toBe("");
  });
});

describe("the path in an API error", () => {
  it("maps to the form field that shows it, or to none", () => {
    expect(fieldOfPath("input.url")).toBe("address");
    for (const part of ["uploadId", "fileName", "dataFiles.0.name"]) expect(fieldOfPath(`input.${part}`)).toBe("file");
    expect(fieldOfPath("input.labels.3")).toBe("labels");
    expect(fieldOfPath("input.preprocessing.mean")).toBe("mean");
    expect(fieldOfPath("input.sameClassesAsId")).toBeNull();
    expect(fieldOfPath(null)).toBeNull();
  });
});
