/** Unsaved texts of notes and comments, so that leaving the editor or the page loses none. */
import { clientState } from "../../graphql/client/clientState.ts";

export const draftsOf = clientState(() => new Map<string, string>());
