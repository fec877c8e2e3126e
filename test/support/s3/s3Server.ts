/** An S3 server for tests. */
import type { S3StoreOptions } from "@pareidolia/persistence/server/objectStores/s3Store";

export interface S3Server extends Omit<S3StoreOptions, "bucket"> {
  stop(): Promise<void>;
}
