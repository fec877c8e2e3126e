/** Inputs of the mutations of saved views. */
import { Field, ID, InputType } from "type-graphql";
import { SearchSubject } from "../search/search.input.ts";
import { previousValue } from "../tracking/previousValue.ts";

@InputType("ViewStateInput", { description: "By what a list is shown." })
export class ViewStateInput {
  @Field(() => String, { defaultValue: "", description: "In the search language; `searchFields` lists its fields. Default: everything." })
  search!: string;

  @Field(() => [String], { defaultValue: [], description: "Names of the columns in their order, at most 40." })
  columns!: string[];

  @Field(() => [String], { defaultValue: [], description: "At most 4 groupable fields. Default: not grouped." })
  groupBy!: string[];

  @Field(() => String, { description: "A column, such as `median`; with a minus sign before it, such as `-median`, descending." })
  sort!: string;
}

@InputType("CreateViewInput", { description: "Input of `createView`." })
export class CreateViewInput {
  @Field(() => SearchSubject, { description: "The list that it is a view of." })
  list!: SearchSubject;

  @Field(() => String, { description: "1 to 80 characters." })
  name!: string;

  @Field(() => ViewStateInput, { description: "By what the list is shown." })
  state!: ViewStateInput;

  @Field(() => Boolean, { defaultValue: false, description: "Whether all members see it. Default: only you." })
  shared!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Text that makes a repeated request return the view of the first one; at most 200 characters.",
  })
  idempotencyKey?: string | null;
}

@InputType("UpdateViewInput", { description: "Input of `updateView`. Null fields stay unchanged." })
export class UpdateViewInput {
  @Field(() => ID, { description: "ID of the view, or its key such as VIEW-7." })
  viewId!: string;

  @Field(() => String, { nullable: true, description: "The new name: 1 to 80 characters." })
  name?: string | null;

  @Field(() => String, previousValue("The name"))
  previousName?: string | null;

  @Field(() => ViewStateInput, { nullable: true, description: "By what the list is shown." })
  state?: ViewStateInput | null;

  @Field(() => ViewStateInput, previousValue("The state"))
  previousState?: ViewStateInput | null;

  @Field(() => Boolean, { nullable: true, description: "Whether all members see it." })
  shared?: boolean | null;

  @Field(() => Boolean, previousValue("The value of `shared`"))
  previousShared?: boolean | null;
}

@InputType("ViewInput", { description: "Input of `deleteView` and `restoreView`." })
export class ViewInput {
  @Field(() => ID, { description: "ID of the view; of one that is not deleted, also its key such as VIEW-7." })
  viewId!: string;
}

@InputType("SetDefaultViewInput", { description: "Input of `setDefaultView`." })
export class SetDefaultViewInput {
  @Field(() => SearchSubject, { description: "The list that opens with the view." })
  list!: SearchSubject;

  @Field(() => ID, {
    nullable: true,
    description: "ID of a view of this list, or its key such as VIEW-7. Null: the list opens without a view.",
  })
  viewId?: string | null;
}
