/** Networks whose answers to a study's images are compared with people's, besides the network that gave the labels. */
import { Prisma } from "../../generated/client.ts";

/** For statements with a study `s`, the network `own` of an image's label and a network `m`: whether `m` is one. */
export const isOtherNetwork = Prisma.sql`m.id <> own.id AND m.label_space = own.label_space AND own.label_space <> ''
  AND (m.workspace_id IS NULL OR m.workspace_id = s.workspace_id)`;
