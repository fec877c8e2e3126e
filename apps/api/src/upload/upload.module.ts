/** API module for uploads. */
import type { NounModule } from "../assembly/nounModule.ts";
import { readers, researchers } from "../policy/actions.ts";
import { UploadResolver } from "./upload.resolver.ts";
import { UploadService } from "./upload.service.ts";
import { uploadConnection } from "./upload.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly uploads: UploadService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "upload:create": researchers, "upload:finish": researchers, "upload:read": readers, "upload:delete": researchers };

export const uploadModule: NounModule = {
  resolvers: [UploadResolver, uploadConnection.resolver],
  actions,
  services: {
    uploads: ({ database, objectStore, logger, quotas, largestImport, uploadLimits }) =>
      new UploadService({ database, objectStore, logger, quotas, largestImport, limits: uploadLimits }),
  },
};
