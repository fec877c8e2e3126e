/** One presentation to one voter. A voter's browser receives `screen` and nothing else. */
import type { PlannedScreen } from "../protocols/screen.ts";
import type { TrialRole } from "./voterStreams.ts";

export interface Trial extends PlannedScreen {
  /** Place in the voter's session, from 0. */
  readonly number: number;
  /** Index of the phase. */
  readonly phase: number;
  /** Secret: voters must not know which trials are checks. `item` is an index in the role's list of images. */
  readonly role: TrialRole;
}
