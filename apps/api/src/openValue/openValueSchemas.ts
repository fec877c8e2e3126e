/** The JSON Schemas of the API's open values, with what each of them is. */

export interface JsonSchema {
  readonly description: string;
  readonly [keyword: string]: unknown;
}

const anyValue = { type: ["number", "string", "boolean", "array", "object", "null"] } as const;
const byName = (values: object): object => ({ type: "object", additionalProperties: values });
const count = { type: "integer", minimum: 0 } as const;

/** Statistics of all voters, and of those whom the plan counts. */
const twice = { type: "object", required: ["planned", "everyone"], properties: { planned: anyValue, everyone: anyValue } } as const;

export const openValueSchemas = {
  AnalysisInput: {
    description:
      "The analysed objects by their IDs or hashes, and all parameter values of an analysis; `AnalysisKind` lists the parameters.",
    ...byName(anyValue),
  },
  AnalysisResult: {
    description: "Result of an analysis; its kind decides the shape. Survival, ablation and detectors have typed fields, too.",
    type: "object",
  },
  AuditValues: {
    description: "Values of what an entry of the audit log is about, by name, as its hash covers them.",
    ...anyValue,
  },
  CellValue: {
    description: "What a run has in a column of the search language: a number, a text, true or false, a list of tags, or null.",
    type: ["number", "string", "boolean", "array", "null"],
    items: { type: "string" },
  },
  ComparedStudies: {
    description: "What the images that studies share say about each two of them, as planned and for all voters.",
    ...twice,
  },
  FieldValue: {
    description: "The stored value of a field, in the form in which the input of a mutation takes it.",
    ...anyValue,
  },
  GenomeDocument: {
    description:
      "A genome with all that is needed to redraw its image: its encoding, the shape of the image, the parameters of the encoding, and the genome as read by the encoding's `fromJson`.",
    type: "object",
    required: ["encoding", "image", "parameters", "genome"],
    additionalProperties: false,
    properties: {
      encoding: { type: "string" },
      image: {
        type: "object",
        required: ["width", "height", "channels"],
        properties: { width: count, height: count, channels: { enum: [1, 3] } },
      },
      parameters: byName(anyValue),
      genome: { type: ["object", "array"] },
    },
  },
  MetricValues: {
    description: "Measured values by name, such as the losses of the epochs of a network, or the figures of an imported run.",
    ...byName(anyValue),
  },
  ModelReport: {
    description: "What the check of a network found: its format, its operators with their numbers, and its speed on each engine.",
    type: "object",
    properties: {
      format: { type: "string" },
      nodes: count,
      parameters: count,
      multiplications: count,
      engines: { type: "array", items: { type: "object" } },
    },
  },
  ParameterValue: {
    description: "The value of a parameter or another setting: a number, a text, true or false, a list or an object of these, or null.",
    ...anyValue,
  },
  ParameterValues: {
    description: "Values of parameters by name; `ParameterSpec` describes each parameter of a method.",
    ...byName(anyValue),
  },
  Preprocessing: {
    description:
      "The conversion of an image to a network's input: (pixel - mean) / deviation for pixels from 0 to 255, in an order of channels.",
    type: "object",
    required: ["width", "height", "channels", "channelOrder", "layout", "mean", "deviation"],
    additionalProperties: false,
    properties: {
      width: { type: "integer", minimum: 1, maximum: 1024 },
      height: { type: "integer", minimum: 1, maximum: 1024 },
      channels: { enum: [1, 3] },
      channelOrder: { enum: ["RGB", "BGR"] },
      layout: { enum: ["NCHW", "NHWC"] },
      mean: { type: "array", items: { type: "number" }, minItems: 1, maxItems: 3 },
      deviation: { type: "array", items: { type: "number", exclusiveMinimum: 0 }, minItems: 1, maxItems: 3 },
    },
  },
  QueryVariables: { description: "The variables of a GraphQL document by name.", ...byName(anyValue) },
  RunManifest: {
    description: "What computed a run: engines, instruction sets, versions of the code, and the network's hash.",
    ...byName(anyValue),
  },
  StudyDraft: {
    description: "The rules of a study that researchers edit: phases, assignment, checks, exclusion, stopping, consent and names.",
    type: "object",
    required: ["phases", "assignment", "languages", "consent", "selection", "overlap"],
  },
  StudyFigures: {
    description: "Statistics of a study. Each figure has its number of cases and its interval, or the reason why it is undefined.",
    type: "object",
  },
  SweepBase: {
    description:
      "The input of a sweep's runs, as for the mutation that starts one of them, without the values of the axes, the experiment and the seed.",
    ...byName(anyValue),
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

export type OpenValueName = keyof typeof openValueSchemas;
