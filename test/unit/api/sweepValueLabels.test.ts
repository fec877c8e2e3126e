import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { labelValue } from "@pareidolia/api/sweep/labelValue";
import { describe, expect, it } from "vitest";

type Named = Parameters<typeof labelValue>[2];
const known = { lenet: "LeNet", sunset: "sunset.jpg" } as const;
const load = async (id: string) => (id in known ? { name: known[id as keyof typeof known] } : null);
const loaders = { model: { load }, photo: { load } } as unknown as Named;
const label = (path: string, value: Parameters<typeof labelValue>[1]) => labelValue(path, value, loaders);

describe("the text of an axis's value", () => {
  it("names models and photos", async () => {
    expect(await label("modelId", encodeGlobalId("Model", "lenet"))).toBe("LeNet");
    expect(await label("sourceId", encodeGlobalId("Photo", "sunset"))).toBe("sunset.jpg");
  });

  it("is the key of a stored image", async () => {
    expect(await label("sourceId", encodeGlobalId("Image", "9f3a".repeat(16)))).toBe("IMG-9f3a9f3a9f3a");
    expect(await label("sourceId", "IMG-9F3A9F3A11")).toBe("IMG-9f3a9f3a11");
  });

  it("is the ID of a photo that is gone", async () => {
    const gone = encodeGlobalId("Photo", "gone");
    expect(await label("sourceId", gone)).toBe(gone);
  });

  it("is any other value as users type it", async () => {
    expect(await label("classes", [0, 3, 5])).toBe("0 3 5");
    expect(await label("encoding", "cppn")).toBe("cppn");
    expect(await label("parameters.mutationRate", 0.05)).toBe("0.05");
  });
});
