/** Inputs that filter, register, check and delete models. */
import { Extensions, Field, Float, ID, InputType, Int, registerEnumType } from "type-graphql";
import { ModelStateEnum } from "./model.type.ts";

export const maxLabels = 10_000;

export const ChannelOrder = { RGB: "RGB", BGR: "BGR" } as const;
export const TensorLayout = { NCHW: "NCHW", NHWC: "NHWC" } as const;

registerEnumType(ChannelOrder, {
  name: "ChannelOrder",
  description: "Order of the colour channels in a network's input.",
  valuesConfig: { RGB: { description: "Red, green, blue." }, BGR: { description: "Blue, green, red, as in Caffe's networks." } },
});

registerEnumType(TensorLayout, {
  name: "TensorLayout",
  description: "Order of the axes of a network's input.",
  valuesConfig: { NCHW: { description: "Batch, channels, height, width." }, NHWC: { description: "Batch, height, width, channels." } },
});

@InputType("ModelFilter", { description: "Filters for models. A model must match all of them; null leaves a filter out." })
export class ModelFilter {
  @Field(() => String, { nullable: true, description: "Only models of this label space." })
  labelSpace?: string | null;

  @Field(() => [ModelStateEnum], {
    nullable: true,
    description: "Only models in one of these states. Default: all states except REFUSED.",
  })
  state?: string[] | null;
}

@InputType("PreprocessingInput", { description: "Conversion of an image to a network's input." })
export class PreprocessingInput {
  @Field(() => Int, { description: "Width of the network's input, in pixels: 1 to 1024." })
  width!: number;

  @Field(() => Int, { description: "Height of the network's input, in pixels: 1 to 1024." })
  height!: number;

  @Field(() => Int, { description: "Number of channels: 1 (grey) or 3 (colour)." })
  channels!: number;

  @Field(() => ChannelOrder, { description: "Order of the colour channels in the network's input." })
  channelOrder!: "RGB" | "BGR";

  @Field(() => TensorLayout, {
    description: "Order of the input's axes. Used only for ONNX files with dynamic sizes; other files specify it.",
  })
  layout!: "NCHW" | "NHWC";

  @Field(() => [Float], {
    description: "Mean to subtract from pixel values of 0 to 255: one value for all channels, or one per channel in `channelOrder`.",
  })
  mean!: number[];

  @Field(() => [Float], {
    description:
      "Deviation to divide by after the mean is subtracted, above 0: one value for all channels, or one per channel in `channelOrder`.",
  })
  deviation!: number[];
}

@InputType("ModelDataFileInput", { description: "A file with weights of a model." })
export class ModelDataFileInput {
  @Field(() => String, {
    description:
      "Path by which the model's file refers to this file, such as `net.onnx.data`. It may be in a subfolder of the model's folder.",
  })
  name!: string;

  @Field(() => ID, { description: "ID of a finished upload of the kind MODEL." })
  uploadId!: string;
}

@InputType("RegisterModelInput", { description: "Input of `registerModel`. Give either `uploadId` or `url`." })
export class RegisterModelInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "ID of a finished upload of the kind MODEL: an ONNX, TFLite or tfjs file of at most 256 MB. Required unless `url` is given.",
  })
  uploadId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Name of the uploaded file, such as `net.onnx` or `model.json`. Required if `dataFiles` is given.",
  })
  fileName?: string | null;

  @Field(() => [ModelDataFileInput], {
    nullable: true,
    description:
      "Files with the model's weights, such as the `.data` file of a PyTorch ONNX export or the shards of a model.json: " +
      "at most 64 files, and 256 MB together with the model's file. They are stored with it in one ZIP archive, and `Model.sha256` is " +
      "the archive's. You can also upload such an archive as the model's file.",
  })
  dataFiles?: ModelDataFileInput[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "An https URL of the model's file on the public internet, at most 2000 characters. A worker downloads it once; " +
      "if that fails, the model is refused. Required unless `uploadId` is given.",
  })
  url?: string | null;

  @Field(() => String, { description: "Display name, 1 to 200 characters." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: "Description of the model and its training data, at most 2000 characters. Default: empty.",
  })
  description?: string | null;

  @Field(() => String, { nullable: true, description: "Licence of the model's weights, at most 2000 characters. Default: empty." })
  licence?: string | null;

  @Extensions({ longest: maxLabels })
  @Field(() => [String], {
    description: `Names of the model's classes, in the order of its outputs: 2 to ${maxLabels} names of 1 to 200 characters.`,
  })
  labels!: string[];

  @Field(() => ID, {
    nullable: true,
    description:
      "ID of a model with the same classes in the same order. The new model joins its label space even if the labels differ. " +
      "Default: models with equal labels share a label space.",
  })
  sameClassesAsId?: string | null;

  @Field(() => PreprocessingInput, { description: "Conversion of an image to the model's input." })
  preprocessing!: PreprocessingInput;

  @Field(() => String, {
    nullable: true,
    description: "A unique string, such as a UUID, of at most 200 characters. A repeated request with the same key returns the same model.",
  })
  idempotencyKey?: string | null;
}

@InputType("DeleteModelInput", { description: "Input of `deleteModel`." })
export class DeleteModelInput {
  @Field(() => ID, { description: "ID of the model to delete." })
  modelId!: string;
}

@InputType("CheckModelInput", { description: "Input of `checkModel`." })
export class CheckModelInput {
  @Field(() => ID, { description: "ID of the model to check." })
  modelId!: string;
}
