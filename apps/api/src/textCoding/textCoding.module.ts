/** API module for the coding of texts. */
import type { NounModule } from "../assembly/nounModule.ts";
import { researchers } from "../policy/actions.ts";
import { CodeExportService } from "./codeExport.service.ts";
import {
  StudyTextCodingResolver,
  StudyTextResolver,
  TextCodingMutations,
  TextCodingResolver,
  TextDecisionResolver,
} from "./textCoding.resolver.ts";
import { TextCodingService } from "./textCoding.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly textCodings: TextCodingService;
    readonly codeExports: CodeExportService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = {
  "textCoding:code": researchers,
  "textCoding:undo": researchers,
  "textCoding:reveal": researchers,
  "textCoding:settle": researchers,
};

export const textCodingModule: NounModule = {
  resolvers: [StudyTextCodingResolver, TextCodingResolver, StudyTextResolver, TextDecisionResolver, TextCodingMutations],
  actions,
  services: {
    textCodings: ({ database, services }) => new TextCodingService({ database, shelf: services.studyShelf, studies: services.studies }),
    codeExports: ({ database, services }) => new CodeExportService({ database, shelf: services.studyShelf, studies: services.studies }),
  },
};
