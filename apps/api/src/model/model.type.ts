/** A stored network, of the product or of a workspace. */
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar, JsonScalar } from "../scalars.ts";

export const ModelStateEnum = {
  AVAILABLE: "AVAILABLE",
  NOT_DOWNLOADED: "NOT_DOWNLOADED",
  CHECKING: "CHECKING",
  REFUSED: "REFUSED",
} as const;

registerEnumType(ModelStateEnum, {
  name: "ModelState",
  description: "Whether a model can be used.",
  valuesConfig: {
    AVAILABLE: { description: "It can." },
    NOT_DOWNLOADED: { description: "It can, and its file is downloaded first; `checkModel` does that beforehand." },
    CHECKING: { description: "A worker fetches its file, opens it and measures it." },
    REFUSED: { description: "It cannot; `refusal` says why." },
  },
});

@Requires("model:read")
@ObjectType("Model", { implements: NodeInterface, description: "A stored network that can be fooled." })
export class ModelType extends NodeInterface {
  @Field(() => String, { description: "Its short name in the zoo, such as `lenet`." })
  readonly slug!: string;

  @Field(() => String, { description: "For people." })
  readonly name!: string;

  @Field(() => String, { description: "What it is and what it was trained on." })
  readonly description!: string;

  @Field(() => String, { description: "Under which terms its weights may be used." })
  readonly licence!: string;

  @Field(() => String, { description: "Where its weights come from." })
  readonly source!: string;

  @Field(() => String, {
    description: "SHA-256 of its file, in hexadecimal; empty while a file that is to be fetched from `url` was not found good.",
  })
  readonly sha256!: string;

  @Field(() => Int, { description: "Width of its input in pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "Height of its input in pixels." })
  readonly height!: number;

  @Field(() => Int, { description: "1 for grey input, 3 for colour." })
  readonly channels!: number;

  @Field(() => [String], { description: "The names of its classes, in order: a run has one niche for each." })
  readonly labels!: readonly string[];

  @Field(() => Float, { nullable: true, description: "Share of its test set that it labels wrongly, when known." })
  readonly testError!: number | null;

  @Field(() => ModelStateEnum, { description: "Whether it can be used." })
  readonly state!: string;

  @Field(() => String, { nullable: true, description: "Why it was refused, for people." })
  readonly refusal!: string | null;

  @Field(() => String, { description: "`zoo`: of the product. `upload`: brought by somebody. `chain`: made by a retraining chain." })
  readonly origin!: string;

  @Field(() => Int, { nullable: true, description: "Size of its file in bytes, when known." })
  readonly byteLength!: number | null;

  @Field(() => String, { nullable: true, description: "From where its file is downloaded; null where it need not be." })
  readonly url!: string | null;

  @Field(() => String, { description: "Models with equal classes have one; only these are compared with one another." })
  readonly labelSpace!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      "What happens to an image before its first operator: { width, height, channels, channelOrder, layout, mean, deviation }; null where the network does it itself.",
  })
  readonly preprocessing!: unknown;

  @Field(() => JsonScalar, {
    nullable: true,
    description: "What its last check found: format, operators, parameters, and engines with their speeds; null before the first.",
  })
  readonly report!: unknown;

  @Field(() => DateTimeScalar, { description: "When it was stored here." })
  readonly createdAt!: Date;
}

export const modelConnection = connectionTypesOf({ noun: "Model", plural: "models", node: ModelType, action: "model:read" });

@Requires("model:register")
@ObjectType("RegisterModelSuccess", { description: "The model is registered, now or by an earlier request with the same idempotency key." })
export class RegisterModelSuccess {
  @Field(() => ModelType, { description: "The model, which a worker checks now." })
  readonly model!: unknown;
}

export const RegisterModelPayload = payloadOf({
  name: "RegisterModelPayload",
  description: "What `registerModel` answers.",
  success: RegisterModelSuccess,
  missing: true,
});

@Requires("model:check")
@ObjectType("CheckModelSuccess", { description: "A worker fetches the model's file, opens it and measures it." })
export class CheckModelSuccess {
  @Field(() => ModelType, { description: "The model as it is now." })
  readonly model!: unknown;
}

export const CheckModelPayload = payloadOf({
  name: "CheckModelPayload",
  description: "What `checkModel` answers.",
  success: CheckModelSuccess,
  missing: true,
});
