/** The registration form's values, their errors in the API's words, and the mutation's input. */
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
  /** The files with its weights. */
  readonly dataFiles: readonly Pick<File, "name" | "size">[];
  readonly address: string;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly labelText: string;
  /** Number of outputs of the network, for a check of the labels; may be empty. */
  readonly expected: string;
  readonly shape: Shape;
}

const fields = ["file", "address", "name", "description", "licence", "labels", "expected", "width", "height", "mean", "deviation"] as const;
export type RegistrationField = (typeof fields)[number];
export type Problems = Readonly<Partial<Record<RegistrationField, string>>>;

export const emptyRegistration: Registration = {
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

const modelName = /\.(?:onnx|tflite|json|zip)$/i;
const weightsName = /\.(?:data|bin)$/i;
/** Models that may have their weights in other files. */
const splitModelName = /\.onnx$|^model\.json$/i;
const maxFileSize = 256 * 1024 * 1024;
const maxAddressLength = 2_000;
/** Workers reject these hosts, unless configured to download from their own machine, also over http. */
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

export function problemWithAddress(text: string): string | null {
  const address = text.trim();
  if (address === "") return "Give the address of the model's file.";
  if (address.length > maxAddressLength) return `An address has at most ${maxAddressLength} characters.`;
  if (!URL.canParse(address)) return "This is not a valid address. Write it as https://host/file.";
  const { protocol, hostname, username, password } = new URL(address);
  if (protocol !== "https:" && !(protocol === "http:" && loopback.test(hostname)))
    return "Models are downloaded over https only. Write the address as https://host/file.";
  if (username !== "" || password !== "")
    return "Leave the user name and password out of the address. Every member of the workspace could read them.";
  return null;
}

function problemWithFiles({ file, dataFiles }: Registration): string | null {
  if (file === null && dataFiles.length > 0) return `Choose the model's file too. ${dataFiles[0]?.name} contains only weights.`;
  if (file === null) return "Choose the model's file.";
  if (dataFiles.length > 0 && !splitModelName.test(file.name))
    return "Only an .onnx file or a model.json can have data files. Choose one file.";
  const total = dataFiles.reduce((sum, { size }) => sum + size, file.size);
  if (total <= maxFileSize) return null;
  return `${dataFiles.length === 0 ? "This file has" : "These files total"} ${formatBytes(total)}; the limit is 256 MB.`;
}

/** Text that is not a number becomes NaN, which `checkPreprocessing` reports. */
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

/** The errors of all fields. */
export function problemsWith(registration: Registration): Problems {
  const labels = readModelLabels(registration.labelText);
  const expected = registration.expected.trim();
  const found: Partial<Record<RegistrationField, string | null>> = {
    [registration.origin]: registration.origin === "file" ? problemWithFiles(registration) : problemWithAddress(registration.address),
    name: registration.name.trim() === "" ? "Give the model a name." : null,
    labels:
      problemWithLabels(labels) ??
      (/^\d+$/.test(expected) && Number(expected) !== labels.length
        ? `There are ${labels.length} labels, but the network has ${expected} outputs.`
        : null),
    expected: expected === "" || /^\d+$/.test(expected) ? null : "Enter a whole number, or leave this empty.",
    ...problemWithShape(registration.shape),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null));
}

const fileFields: ReadonlySet<string> = new Set(["uploadId", "fileName", "dataFiles"]);

/** The form's field for the path in an API error, such as `input.preprocessing.mean` or `input.labels.3`. */
export function fieldOfPath(path: string | null | undefined): RegistrationField | null {
  const [first, second] = (path ?? "").replace(/^input\./, "").split(".");
  const word = first === "preprocessing" ? second : first;
  const name = word === "url" ? "address" : fileFields.has(word ?? "") ? "file" : word;
  return fields.find((field) => field === name) ?? null;
}

/** The file name without its extension: `resnet18` for `https://host/models/resnet18.onnx?download=1`. Empty if the path has no file name. */
export function nameFromPath(path: string): string {
  const last = (URL.canParse(path) ? new URL(path).pathname : path).split("/").at(-1) ?? "";
  return last.replace(/\.[^.]+$/, "");
}

/** The IDs of the uploaded files. */
export interface UploadedFiles {
  readonly uploadId: string;
  readonly dataUploadIds: readonly string[];
}

/** The mutation's input. */
export function toInput(registration: Registration, uploaded: UploadedFiles | null): Omit<RegisterModelInput, "idempotencyKey"> {
  const { mean, deviation, ...shape } = readShape(registration.shape);
  return {
    ...(registration.origin === "file" ? filesOf(registration, uploaded) : { url: registration.address.trim() }),
    name: registration.name,
    description: registration.description,
    licence: registration.licence,
    labels: [...readModelLabels(registration.labelText)],
    preprocessing: { ...shape, mean: [...mean], deviation: [...deviation] },
  };
}

function filesOf({ file, dataFiles }: Registration, uploaded: UploadedFiles | null): Partial<RegisterModelInput> {
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

/** Distinguishes the model from its data files by name. Data files may be chosen before or after their model. */
export function sortFiles<F extends Pick<File, "name">>(chosen: readonly F[], previous: ChosenFiles<F>): ChosenFiles<F> {
  const [only] = chosen.length === 1 ? chosen : [];
  const model = chosen.find(({ name }) => modelName.test(name)) ?? (only === undefined || isDataFile(only, previous.file) ? null : only);
  const data = chosen.filter((file) => file !== model);
  const names = new Set(data.map(({ name }) => name));
  const kept = model === null || previous.file === null ? previous.dataFiles : [];
  return { file: model ?? previous.file, dataFiles: [...kept.filter(({ name }) => !names.has(name)), ...data] };
}

function isDataFile({ name }: Pick<File, "name">, model: Pick<File, "name"> | null): boolean {
  return weightsName.test(name) || (model !== null && splitModelName.test(model.name));
}
