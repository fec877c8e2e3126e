/** What clients may ask of models, and how they bring their own. */
import { Extensions, Field, Float, ID, InputType, Int, registerEnumType } from "type-graphql";
import { ModelStateEnum } from "./model.type.ts";

export const mostLabels = 10_000;

export const ChannelOrder = { RGB: "RGB", BGR: "BGR" } as const;
export const TensorLayout = { NCHW: "NCHW", NHWC: "NHWC" } as const;

registerEnumType(ChannelOrder, {
  name: "ChannelOrder",
  description: "In which order a network reads colours.",
  valuesConfig: { RGB: { description: "Red first." }, BGR: { description: "Blue first, as Caffe's networks." } },
});

registerEnumType(TensorLayout, {
  name: "TensorLayout",
  description: "In which order a network's input has its axes.",
  valuesConfig: { NCHW: { description: "Channels before rows." }, NHWC: { description: "Channels last." } },
});

@InputType("ModelFilter", { description: "Filters models; all conditions must hold." })
export class ModelFilter {
  @Field(() => String, { nullable: true, description: "Only those of this label space." })
  labelSpace?: string | null;

  @Field(() => [ModelStateEnum], {
    nullable: true,
    description: "Only models in these states. Default: all states except REFUSED.",
  })
  state?: string[] | null;
}

@InputType("PreprocessingInput", { description: "What happens to an image before a network's first operator." })
export class PreprocessingInput {
  @Field(() => Int, { description: "Width of the network's input in pixels, 1 to 1024." })
  width!: number;

  @Field(() => Int, { description: "Height of the network's input in pixels, 1 to 1024." })
  height!: number;

  @Field(() => Int, { description: "1 for grey input, 3 for colour." })
  channels!: number;

  @Field(() => ChannelOrder, { description: "In which order the network reads colours." })
  channelOrder!: "RGB" | "BGR";

  @Field(() => TensorLayout, {
    description: "Order of the input's axes. Used only for ONNX files with dynamic sizes; otherwise the file determines it.",
  })
  layout!: "NCHW" | "NHWC";

  @Field(() => [Float], {
    description: "Subtracted from pixel values of 0 to 255: one for all channels, or one each in the network's order.",
  })
  mean!: number[];

  @Field(() => [Float], { description: "What the difference is divided by: one for all channels, or one each." })
  deviation!: number[];
}

@InputType("ModelDataFileInput", { description: "A file that holds a model's weights." })
export class ModelDataFileInput {
  @Field(() => String, {
    description: "Its path as the model refers to it, such as `net.onnx.data`. Subfolders of the model's folder are allowed.",
  })
  name!: string;

  @Field(() => ID, { description: "The `id` returned by POST /uploads." })
  uploadId!: string;
}

@InputType("RegisterModelInput", { description: "A model of your own." })
export class RegisterModelInput {
  @Field(() => ID, {
    nullable: true,
    description: "The `id` that POST /uploads answered: an ONNX, TFLite or tfjs file of at most 256 MB. Either this or `url` is given.",
  })
  uploadId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The name of the uploaded file, such as `net.onnx` or `model.json`. Required together with `dataFiles`.",
  })
  fileName?: string | null;

  @Field(() => [ModelDataFileInput], {
    nullable: true,
    description:
      "Files that hold the model's weights: the `.data` file of a PyTorch ONNX export, or the shards of a model.json. At most 64 files, and 256 MB including the model. All are stored as one ZIP archive, whose SHA-256 becomes the model's. You can also upload such an archive directly.",
  })
  dataFiles?: ModelDataFileInput[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Where such a file can be fetched: an https address on the public internet. A worker fetches it once, and refuses the model where it cannot.",
  })
  url?: string | null;

  @Field(() => String, { description: "For people, 1 to 200 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "What it is and what it was trained on." })
  description?: string | null;

  @Field(() => String, { nullable: true, description: "Under which terms its weights may be used." })
  licence?: string | null;

  @Extensions({ longest: mostLabels })
  @Field(() => [String], { description: `The names of its classes, in the order of its outputs: 2 to ${mostLabels}.` })
  labels!: string[];

  @Field(() => ID, {
    nullable: true,
    description: "A model whose classes are the same in the same order: this one joins its label space, whatever its labels are called.",
  })
  sameClassesAsId?: string | null;

  @Field(() => PreprocessingInput, { description: "What happens to an image before its first operator." })
  preprocessing!: PreprocessingInput;

  @Field(() => String, {
    nullable: true,
    description: "A word of your own, such as a UUID: a second request with it returns the first one's model.",
  })
  idempotencyKey?: string | null;
}

@InputType("DeleteModelInput", { description: "Names a model." })
export class DeleteModelInput {
  @Field(() => ID, { description: "The model's ID." })
  modelId!: string;
}

@InputType("CheckModelInput", { description: "Names a model." })
export class CheckModelInput {
  @Field(() => ID, { description: "Its id." })
  modelId!: string;
}
