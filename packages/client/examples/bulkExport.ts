/** Exports all rows, images and genomes of the workspace as one ZIP archive, and checks its hash; a broken download resumes. */
import { createClient } from "@pareidolia/client";
import { exportTo } from "@pareidolia/client/jobs/exportData";

const client = createClient({ url: process.env.PAREIDOLIA_URL ?? "http://localhost:3000", token: process.env.PAREIDOLIA_KEY });

const {
  export: made,
  sha256,
  byteLength,
} = await exportTo(client, { subject: "WORKSPACE", formats: ["CSV", "PARQUET"] }, "workspace.zip", {
  onProgress: ({ done, total }) => console.log(total === null ? `${done} rows read` : `${done} of ${total} rows and files`),
});
console.log(`${made.key}: ${made.rowCount} rows, ${made.fileCount} files, ${byteLength} bytes, SHA-256 ${sha256}`);
