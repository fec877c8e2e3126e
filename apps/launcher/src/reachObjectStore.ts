/** Opens the object store that the environment specifies and creates its bucket if missing. A failure is one line on standard error. */
import { openObjectStore } from "@pareidolia/persistence/server/objectStores/openObjectStore";
import { runEntry } from "./runEntry.ts";

await runEntry(async () => {
  await openObjectStore(process.env);
  return 0;
});
