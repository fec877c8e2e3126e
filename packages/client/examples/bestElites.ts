/** Prints the images that a network is most confident about, one per line, from all pages of the list. */
import { createClient } from "@pareidolia/client";
import { bestElites } from "@pareidolia/client/operations";

const client = createClient({ url: process.env.PAREIDOLIA_URL ?? "http://localhost:3000", token: process.env.PAREIDOLIA_KEY });

let count = 0;
const filter = { minimumConfidence: 0.9 };
for await (const elite of client.nodes(bestElites, { filter, first: 100 }, (data) => data.elites)) {
  console.log(`${elite.run.key}  ${elite.label}  ${(100 * elite.storedConfidence).toFixed(2)} %  ${elite.image.url}`);
  count += 1;
}
console.log(`${count} elites of at least 90 %`);
