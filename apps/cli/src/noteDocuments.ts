/** The operations of `pareidolia comment` and `pareidolia view`, with what they answer. A test checks each against the API's schema. */
import { mutationText } from "./mutationText.ts";

const commentFields = "id body createdAt editedAt author { name }";

export interface CommentRow {
  readonly id: string;
  readonly body: string;
  readonly createdAt: string;
  readonly editedAt: string | null;
  readonly author: { readonly name: string } | null;
}

const commentPage = `comments(first: 100, after: $after) { nodes { ${commentFields} } pageInfo { hasNextPage endCursor } }`;

export const comments = `query Comments($id: ID!, $after: String) { node(id: $id) { ... on Run { ${commentPage} } ... on Experiment { ${commentPage} } } }`;

export interface CommentsRead {
  readonly node: {
    readonly comments?: {
      readonly nodes: readonly CommentRow[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
}

export const addComment = mutationText("addComment", "AddCommentInput", "AddCommentSuccess", `comment { ${commentFields} }`);
export const deleteComment = mutationText("deleteComment", "CommentInput", "DeleteCommentSuccess", "deletedId");

const viewFields = "id key list name search columns groupBy sort shared isDefault createdBy { name }";

export interface ViewRow {
  readonly id: string;
  readonly key: string;
  readonly list: "RUNS" | "EXPERIMENTS";
  readonly name: string;
  readonly search: string;
  readonly columns: readonly string[];
  readonly groupBy: readonly string[];
  readonly sort: string;
  readonly shared: boolean;
  readonly isDefault: boolean;
  readonly createdBy: { readonly name: string } | null;
}

export const views = `query Views { runs: views(list: RUNS) { ${viewFields} } experiments: views(list: EXPERIMENTS) { ${viewFields} } }`;

export interface ViewsRead {
  readonly runs: readonly ViewRow[];
  readonly experiments: readonly ViewRow[];
}

export const createView = mutationText("createView", "CreateViewInput", "ViewSuccess", `view { ${viewFields} }`);
export const deleteView = mutationText("deleteView", "ViewInput", "DeleteViewSuccess", "deletedId");
