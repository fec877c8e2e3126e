/** A network of the zoo or of a workspace. */
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { ModelReportScalar, PreprocessingScalar } from "../openValue/openValues.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

export const ModelStateEnum = {
  AVAILABLE: "AVAILABLE",
  NOT_DOWNLOADED: "NOT_DOWNLOADED",
  CHECKING: "CHECKING",
  REFUSED: "REFUSED",
} as const;

registerEnumType(ModelStateEnum, {
  name: "ModelState",
  description: "State of a model.",
  valuesConfig: {
    AVAILABLE: { description: "Ready to use." },
    NOT_DOWNLOADED: { description: "Usable, but its file is downloaded first. `checkModel` downloads it in advance." },
    CHECKING: { description: "Being checked by a worker, or waiting to be." },
    REFUSED: { description: "Failed its check and cannot be used (see `Model.refusal`)." },
  },
});

@Requires("model:read")
@ObjectType("Model", { implements: NodeInterface, description: "A network that classifies images and that runs try to fool." })
export class ModelType extends NodeInterface {
  @Field(() => String, { description: "Short name in the zoo, such as `lenet`; a generated identifier for other models." })
  readonly slug!: string;

  @Field(() => String, { description: "Display name." })
  readonly name!: string;

  @Field(() => String, { description: "Description of the model and its training data; empty if unknown." })
  readonly description!: string;

  @Field(() => String, { description: "Licence of the model's weights; empty if unknown." })
  readonly licence!: string;

  @Field(() => String, { description: "Source of the model's weights." })
  readonly source!: string;

  @Field(() => String, {
    description: "SHA-256 of the model's file, in hexadecimal; empty until a file from a user's `url` has passed its check.",
  })
  readonly sha256!: string;

  @Field(() => Int, { description: "Width of the model's input, in pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "Height of the model's input, in pixels." })
  readonly height!: number;

  @Field(() => Int, { description: "Channels of the model's input: 1 (grey) or 3 (colour)." })
  readonly channels!: number;

  @Field(() => [String], {
    description: "Names of the model's classes, in the order of its outputs. An evolution has one niche per class.",
  })
  readonly labels!: readonly string[];

  @Field(() => Float, { nullable: true, description: "Share of the test set that the model labels wrongly, 0 to 1; null if unknown." })
  readonly testError!: number | null;

  @Field(() => ModelStateEnum, { description: "Whether runs may use the model: still checked, ready, or refused with a reason." })
  readonly state!: string;

  @Field(() => String, { nullable: true, description: "Why the model was refused, as a sentence; null otherwise." })
  readonly refusal!: string | null;

  @Field(() => String, {
    description: "Origin of the model. `zoo`: built in. `upload`: registered by a user. `chain`: trained by a retraining chain.",
  })
  readonly origin!: string;

  @Field(() => Int, { nullable: true, description: "Size of the model's file, in bytes; null if unknown." })
  readonly byteLength!: number | null;

  @Field(() => String, { nullable: true, description: "URL from which the model's file is downloaded; null if it needs no download." })
  readonly url!: string | null;

  @Field(() => String, {
    description: "ID of the model's label space. Models with the same classes in the same order share it, and only these are compared.",
  })
  readonly labelSpace!: string;

  @Field(() => PreprocessingScalar, {
    nullable: true,
    description:
      "Conversion of an image to the model's input: { width, height, channels, channelOrder, layout, mean, deviation }; " +
      "null if the network does it itself.",
  })
  readonly preprocessing!: unknown;

  @Field(() => ModelReportScalar, {
    nullable: true,
    description:
      "Report of the last check: format, operators, number of parameters, and speed on each engine; null before the first check.",
  })
  readonly report!: unknown;

  @Field(() => DateTimeScalar, { description: "When the model was added." })
  readonly createdAt!: Date;
}

export const modelConnection = connectionTypesOf({ noun: "Model", plural: "models", node: ModelType, action: "model:read" });

@Requires("model:register")
@ObjectType("RegisterModelSuccess", {
  description: "The model was registered by this request or by an earlier one with the same idempotency key.",
})
export class RegisterModelSuccess {
  @Field(() => ModelType, { description: "The model. A worker checks it before it can be used." })
  readonly model!: unknown;
}

export const RegisterModelPayload = payloadOf({
  name: "RegisterModelPayload",
  description: "Result of `registerModel`.",
  success: RegisterModelSuccess,
  missing: true,
  quota: true,
});

@Requires("model:check")
@ObjectType("CheckModelSuccess", { description: "The check is queued or already running." })
export class CheckModelSuccess {
  @Field(() => ModelType, { description: "The model in its current state." })
  readonly model!: unknown;
}

export const CheckModelPayload = payloadOf({
  name: "CheckModelPayload",
  description: "Result of `checkModel`.",
  success: CheckModelSuccess,
  missing: true,
  quota: true,
});
