/** What the form of a registration holds, what of it would be refused, and what is sent. The sentences are those of the API. */
import { AppError } from "@pareidolia/core/appError";
import { checkPreprocessing, type Preprocessing } from "@pareidolia/core/preprocessing";
import type { RegisterModelInput } from "../../graphql/generated/graphql.ts";
import { formatBytes } from "./bytes.ts";
import { problemWithLabels, readModelLabels } from "./modelLabels.ts";
import { type PreprocessingPreset, preprocessingPresets, readNumbers } from "./preprocessing.ts";

export type ModelOrigin = "file" | "address";
export type Shape = Omit<PreprocessingPreset, "label"> & { readonly width: string; readonly height: string };

export interface Registration {
  readonly origin: ModelOrigin;
  readonly file: Pick<File, "name" | "size"> | null;
  /** The files that hold its weights. */
  readonly dataFiles: readonly Pick<File, "name" | "size">[];
  readonly address: string;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly labelText: string;
  /** How many outputs the network has, where somebody knows. */
  readonly expected: string;
  readonly shape: Shape;
}

const fields = ["file", "address", "name", "description", "licence", "labels", "expected", "width", "height", "mean", "deviation"] as const;
export type RegistrationField = (typeof fields)[number];
export type Problems = Readonly<Partial<Record<RegistrationField, string>>>;

export const firstRegistration: Registration = {
  origin: "file",
  file: null,
  dataFiles: [],
  address: "",
  name: "",
  description: "",
  licence: "",
  labelText: "",
  expected: "",
  shape: { ...(preprocessingPresets[0] as PreprocessingPreset), width: "28", height: "28" },
};

const modelFile = /\.(?:onnx|tflite|json|zip)$/i;
const weightsFile = /\.(?:data|bin)$/i;
const keepsWeightsOutside = /\.onnx$|^model\.json$/i;
const largestFile = 256 * 1024 * 1024;
const longestAddress = 2_000;
/** Whether a worker fetches from its own machine is the worker's setting; where it does not, its check says so. */
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

export function problemWithAddress(text: string): string | null {
  const address = text.trim();
  if (address === "") return "Give the address of the model's file.";
  if (address.length > longestAddress) return "An address has at most 2,000 characters.";
  if (!URL.canParse(address)) return "This is no address: write it as https://host/file.";
  const { protocol, hostname, username, password } = new URL(address);
  if (protocol !== "https:" && !(protocol === "http:" && loopback.test(hostname)))
    return "A model is fetched by https only: write its address as https://host/file.";
  if (username !== "" || password !== "") return "Leave the name and password out of the address: everybody here could read them.";
  return null;
}

function problemWithFiles({ file, dataFiles }: Registration): string | null {
  if (file === null && dataFiles.length > 0) return `Choose the model's file too: ${dataFiles[0]?.name} holds weights only.`;
  if (file === null) return "Choose the model's file.";
  if (dataFiles.length > 0 && !keepsWeightsOutside.test(file.name))
    return "Only an .onnx file or a model.json can have data files. Choose one file.";
  const total = dataFiles.reduce((sum, { size }) => sum + size, file.size);
  if (total <= largestFile) return null;
  return `${dataFiles.length === 0 ? "The file is" : "The files total"} ${formatBytes(total)}; the limit is 256 MB.`;
}

/** Numbers that are none are left as NaN, for the check to name. */
function readShape({ channels, channelOrder, layout, ...typed }: Shape): Preprocessing {
  const [width, height] = [typed.width, typed.height].map((text) => (text.trim() === "" ? Number.NaN : Number(text))) as [number, number];
  const [mean, deviation] = [typed.mean, typed.deviation].map((text) => readNumbers(text) ?? [Number.NaN]) as [number[], number[]];
  return { width, height, channels, channelOrder, layout, mean, deviation };
}

function problemWithShape(shape: Shape): Problems {
  try {
    checkPreprocessing(readShape(shape));
    return {};
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const field = fieldOfPath(error.field);
    return field === null ? {} : { [field]: error.message };
  }
}

/** All that would be refused, by the field that it stands at. */
export function problemsWith(given: Registration): Problems {
  const labels = readModelLabels(given.labelText);
  const expected = given.expected.trim();
  const found: Partial<Record<RegistrationField, string | null>> = {
    [given.origin]: given.origin === "file" ? problemWithFiles(given) : problemWithAddress(given.address),
    name: given.name.trim() === "" ? "Give the model a name." : null,
    labels:
      problemWithLabels(labels) ??
      (/^\d+$/.test(expected) && Number(expected) !== labels.length
        ? `These are ${labels.length} names, and the network has ${expected} outputs.`
        : null),
    expected: expected === "" || /^\d+$/.test(expected) ? null : "A whole number, or nothing.",
    ...problemWithShape(given.shape),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null));
}

const fileFields: ReadonlySet<string> = new Set(["uploadId", "fileName", "dataFiles"]);

/** The form's field for the path that an error names, such as `input.preprocessing.mean` or `input.labels.3`. */
export function fieldOfPath(path: string | null | undefined): RegistrationField | null {
  const [first, second] = (path ?? "").replace(/^input\./, "").split(".");
  const word = first === "preprocessing" ? second : first;
  const name = word === "url" ? "address" : fileFields.has(word ?? "") ? "file" : word;
  return fields.find((field) => field === name) ?? null;
}

/** `resnet18` out of `https://host/models/resnet18.onnx?download=1`; nothing where the address names no file. */
export function nameFromPath(path: string): string {
  const last = (URL.canParse(path) ? new URL(path).pathname : path).split("/").at(-1) ?? "";
  return last.replace(/\.[^.]+$/, "");
}

/** The ids of files that have been uploaded. */
export interface Uploaded {
  readonly uploadId: string;
  readonly dataUploadIds: readonly string[];
}

/** The mutation's input. */
export function toInput(given: Registration, uploaded: Uploaded | null): Omit<RegisterModelInput, "idempotencyKey"> {
  const { mean, deviation, ...shape } = readShape(given.shape);
  return {
    ...(given.origin === "file" ? filesOf(given, uploaded) : { url: given.address.trim() }),
    name: given.name,
    description: given.description,
    licence: given.licence,
    labels: [...readModelLabels(given.labelText)],
    preprocessing: { ...shape, mean: [...mean], deviation: [...deviation] },
  };
}

function filesOf({ file, dataFiles }: Registration, uploaded: Uploaded | null): Partial<RegisterModelInput> {
  if (uploaded === null || file === null || dataFiles.length === 0) return { uploadId: uploaded?.uploadId ?? null };
  return {
    uploadId: uploaded.uploadId,
    fileName: file.name,
    dataFiles: dataFiles.map(({ name }, i) => ({ name, uploadId: uploaded.dataUploadIds[i] ?? "" })),
  };
}

export interface ChosenFiles<F> {
  readonly file: F | null;
  readonly dataFiles: readonly F[];
}

/** Tells the model from its data files by their names. Data files may be chosen before or after their model. */
export function sortFiles<F extends Pick<File, "name">>(chosen: readonly F[], before: ChosenFiles<F>): ChosenFiles<F> {
  const [only] = chosen.length === 1 ? chosen : [];
  const model = chosen.find(({ name }) => modelFile.test(name)) ?? (only === undefined || isData(only, before.file) ? null : only);
  const data = chosen.filter((file) => file !== model);
  const names = new Set(data.map(({ name }) => name));
  const earlier = model === null || before.file === null ? before.dataFiles : [];
  return { file: model ?? before.file, dataFiles: [...earlier.filter(({ name }) => !names.has(name)), ...data] };
}

function isData({ name }: Pick<File, "name">, model: Pick<File, "name"> | null): boolean {
  return weightsFile.test(name) || (model !== null && keepsWeightsOutside.test(model.name));
}
