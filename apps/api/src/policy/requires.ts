/** Declares the action that guards a root field or an object type, like `complexity` declares a cost. docs/authorization.md lists them. */
import { Extensions } from "type-graphql";
import type { Action } from "./actions.ts";

/** For types that every signed-in user may read. */
export const signedIn = "signed in";

/** For types without data of a workspace, such as errors, and for `node`, which requires the action of the type that it returns. */
export const everySender = "every sender";

export type Guard = Action | typeof signedIn | typeof everySender;

export function Requires(guard: Guard): MethodDecorator & PropertyDecorator & ClassDecorator {
  return Extensions({ action: guard });
}
