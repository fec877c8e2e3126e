/** Opens the object store that the environment names, and makes its bucket where it is missing; says in a sentence why that fails. */
import { openObjectStore } from "@pareidolia/persistence/objectStores/openObjectStore";
import { runEntry } from "./runEntry.ts";

await runEntry(async () => {
  await openObjectStore(process.env);
  return 0;
});
