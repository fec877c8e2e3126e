/** All types of the API, as the schema has them at the build. */
import { referenceJson } from "../../graphql/generated/apiReference.ts";
import type { ReferenceType } from "./referenceType.ts";

export const referenceTypes = JSON.parse(referenceJson) as readonly ReferenceType[];
