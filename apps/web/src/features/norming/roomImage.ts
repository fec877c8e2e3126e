/** A norming room and its image as the page has loaded them. */
import type { NormingRoomPageQuery } from "../../graphql/generated/graphql.ts";

export type LoadedRoom = Extract<NonNullable<NormingRoomPageQuery["node"]>, { readonly __typename: "NormingRoom" }>;
export type LoadedImage = NonNullable<LoadedRoom["image"]>;
