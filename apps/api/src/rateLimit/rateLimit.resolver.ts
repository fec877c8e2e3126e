/** Resolves what operations cost. */
import { AppError } from "@pareidolia/core/appError";
import { type DocumentNode, GraphQLError, type GraphQLResolveInfo, getOperationAST, parse, validate } from "graphql";
import { Arg, Ctx, Info, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { checkDocument } from "../limits/checkDocument.ts";
import { computationCost } from "../limits/costs.ts";
import { limits } from "../limits/limits.ts";
import { countOperation } from "../limits/measureOperation.ts";
import { QueryVariablesScalar } from "../openValue/openValues.ts";
import { everySender, Requires } from "../policy/requires.ts";
import { QueryCostType, RateLimitType } from "./rateLimit.type.ts";

const mostErrors = 3;
/** Of GraphQL's integers. */
const maxCost = 2 ** 31 - 1;

const invalid = (message: string, field: string): AppError => new AppError("INVALID_INPUT", message, { field });

function parseDocument(text: string): DocumentNode {
  checkDocument(text);
  try {
    return parse(text, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) throw invalid(error.message, "query");
    throw error;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

@Resolver()
export class RateLimitResolver {
  @Requires(everySender)
  @Query(() => RateLimitType, { description: "What this operation costs, and what you may spend on others." })
  rateLimit(@Ctx() { charge }: ApiContext): RateLimitType {
    const { cost = 0, balance = null } = charge ?? {};
    if (balance === null) return { cost, limit: null, remaining: null, drainPerSecond: null, resetAt: null };
    const { limit, remaining, drainPerSecond, resetAt } = balance;
    return { cost, limit, remaining, drainPerSecond, resetAt };
  }

  @Requires(everySender)
  @Query(() => QueryCostType, {
    complexity: computationCost,
    description: "What an operation would cost, without executing it: a dry run.",
  })
  queryCost(
    @Arg("query", () => String, { description: "The GraphQL document, of at most 20,000 characters." }) query: string,
    @Info() { schema }: GraphQLResolveInfo,
    @Arg("variables", () => QueryVariablesScalar, {
      nullable: true,
      description: "Its variables, as an object; list lengths depend on them.",
    })
    variables?: unknown,
    @Arg("operationName", () => String, { nullable: true, description: "Which of its operations; required if it has several." })
    operationName?: string | null,
  ): QueryCostType {
    const document = parseDocument(query);
    const errors = validate(schema, document, undefined, { maxErrors: mostErrors, hideSuggestions: true });
    if (errors.length > 0) throw invalid(errors.map(({ message }) => message).join(" "), "query");
    if (getOperationAST(document, operationName) == null)
      throw invalid("The document does not contain this operation. Name one of its operations.", "operationName");
    if (variables != null && !isObject(variables)) throw invalid('Variables are an object, such as {"first": 10}.', "variables");
    const measured = countOperation(schema, { document, operationName, variables: variables ?? {} });
    const { depth, aliases, cost } = measured;
    return {
      cost: Math.min(cost, maxCost),
      maximum: limits.cost,
      depth,
      maximumDepth: limits.depth,
      aliases,
      maximumAliases: limits.aliases,
      costliest: measured.costliest(limits.cost),
    };
  }
}
