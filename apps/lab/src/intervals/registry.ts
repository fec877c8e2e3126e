/** Every kind of interval that the product shows, for `npm run repro -- intervals`. To add one, describe how its samples are drawn. */
import { agreementKinds } from "./agreementKinds.ts";
import type { IntervalKind } from "./intervalKind.ts";
import { modelKinds } from "./modelKinds.ts";
import { runKinds } from "./runKinds.ts";
import { shareKinds } from "./shareKinds.ts";

export const intervalKinds: readonly IntervalKind[] = [...shareKinds, ...agreementKinds, ...modelKinds, ...runKinds];
