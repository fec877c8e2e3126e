/**
 * Gives every mutation an idempotency key: `input.idempotencyKey`, which this adds to the inputs that do not declare it. Mutations that
 * create something declare a key of their own and store it with what they create, in the same transaction; their key never expires.
 * Another input with it is a conflict for 24 hours, unless the mutation's extension `inputMayDiffer` is true.
 */
import { AppError } from "@pareidolia/core/appError";
import {
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLField,
  GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  isInputObjectType,
} from "graphql";
import type { ApiContext } from "../context.ts";
import { describeFailure } from "../errors/payload.ts";
import { readIdempotencyKey } from "../text.ts";
import type { Answer } from "./firstAnswer.service.ts";
import type { ReadAgain } from "./readAgain.ts";

const keyName = "idempotencyKey";

const description =
  "A unique key, such as a UUID, of 1 to 200 characters. For 24 hours, a second request with the same key and input gets the first answer and changes nothing; another input is a conflict.";

interface KeyedArguments {
  readonly input?: Readonly<Record<string, unknown>> | null;
}

/** Names of input fields, from `input` to an idempotency key. */
type KeyPath = readonly [string, ...string[]];

/** Where an input declares a key; a sweep also does in the run that it varies, one path for each kind. */
function findKeyPaths(type: GraphQLInputType, path: KeyPath = ["input"], seen: ReadonlySet<GraphQLInputType> = new Set()): KeyPath[] {
  const named = getNamedType(type) as GraphQLInputType;
  if (!isInputObjectType(named) || seen.has(named)) return [];
  return Object.values(named.getFields()).flatMap(({ name, type: of }) =>
    name === keyName ? [[...path, name]] : findKeyPaths(of, [...path, name], new Set([...seen, named])),
  );
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (inner as Readonly<Record<string, unknown>> | null | undefined)?.[name], value);
}

/** The properties that arguments and input fields share. */
const plain = { defaultValue: undefined, deprecationReason: undefined, extensions: {}, astNode: undefined };

function addKey(input: GraphQLInputObjectType): void {
  input.getFields()[keyName] = { ...plain, name: keyName, description, type: GraphQLString };
}

/** For a mutation without other input: an optional input that has only the key. */
function addInput(mutation: GraphQLField<unknown, ApiContext>, schema: GraphQLSchema): GraphQLInputObjectType {
  const name = `${mutation.name.charAt(0).toUpperCase()}${mutation.name.slice(1)}Input`;
  const about = `Input of \`${mutation.name}\`.`;
  const input = new GraphQLInputObjectType({ name, description: about, fields: {} });
  schema.getTypeMap()[name] = input;
  (mutation.args as GraphQLArgument[]).push({ ...plain, name: "input", description: about, type: input });
  return input;
}

function inputOf(mutation: GraphQLField<unknown, ApiContext>, schema: GraphQLSchema): GraphQLInputObjectType {
  const [argument, ...others] = mutation.args;
  if (argument === undefined) return addInput(mutation, schema);
  const type = getNamedType(argument.type);
  if (argument.name !== "input" || others.length > 0 || !isInputObjectType(type))
    throw new AppError("INTERNAL", `Mutation.${mutation.name} must take one argument, \`input\`.`);
  return type;
}

function answerOnce(mutation: GraphQLField<unknown, ApiContext>): void {
  const { name, resolve = defaultFieldResolver } = mutation;
  const readAgain = (mutation.extensions["readAgain"] as ReadAgain | undefined) ?? {};
  mutation.resolve = async (source, args: KeyedArguments, context, info) => {
    if (args.input?.[keyName] == null) return resolve(source, args, context, info);
    const { [keyName]: given, ...input } = args.input;
    const carryOut = async (): Promise<Answer> => (await resolve(source, { ...args, input }, context, info)) as Answer;
    try {
      const idempotencyKey = readIdempotencyKey(given as string) as string;
      const keyed = { name, idempotencyKey, input, notKept: Object.keys(readAgain) };
      const { answer, isFirst } = await context.services.firstAnswers.answerOnce(context.actor, keyed, carryOut);
      if (isFirst) return answer;
      const read = Object.entries(readAgain).map(async ([field, again]) => [field, await again(context, input as never)] as const);
      return { ...answer, ...Object.fromEntries(await Promise.all(read)) };
    } catch (error) {
      return describeFailure(error);
    }
  };
}

function requireSameInput(mutation: GraphQLField<unknown, ApiContext>, paths: readonly KeyPath[]): void {
  const { name, resolve = defaultFieldResolver } = mutation;
  mutation.resolve = async (source, args, context, info) => {
    const carryOut = async (): Promise<Answer> => (await resolve(source, args, context, info)) as Answer;
    const path = paths.find((each) => valueAt(args, each) != null);
    if (path === undefined) return carryOut();
    try {
      const idempotencyKey = readIdempotencyKey(valueAt(args, path) as string) as string;
      const keyed = { name, idempotencyKey, input: args["input"], field: path.join(".") };
      return await context.services.firstAnswers.requireSameInput(context.actor, keyed, carryOut);
    } catch (error) {
      return describeFailure(error);
    }
  };
}

/** Changes the schema in place. */
export function acceptKeys(schema: GraphQLSchema): GraphQLSchema {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).map((mutation) => ({
    mutation,
    input: inputOf(mutation, schema),
  }));
  for (const { mutation, input } of mutations) {
    // Of several keys, the outermost counts.
    const paths = findKeyPaths(input).toSorted((one, other) => one.length - other.length);
    if (paths.length > 0 && mutation.extensions["inputMayDiffer"] !== true) requireSameInput(mutation, paths);
  }
  const withoutKey = mutations.filter(({ input }) => findKeyPaths(input).length === 0);
  for (const input of new Set(withoutKey.map(({ input }) => input))) addKey(input);
  for (const { mutation } of withoutKey) answerOnce(mutation);
  return schema;
}
