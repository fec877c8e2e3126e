/**
 * What a bulk query reads: one list with pages, under a path of single objects, and lists with pages inside its rows. Their paging arguments
 * are replaced by the bulk query's own, and fragments by their fields.
 */
import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { fieldOf } from "../limits/countCost.ts";
import { type BulkDocument, refuseNode } from "./readDocument.ts";

/** Besides the list of the query. */
export const maxNestedLists = 5;
export const maxNestedLevels = 2;
/** A fragment may spread others several times. */
const maxSelections = 2_000;

/** The occurrences of a list under one key: fragments on several types may select it. */
export interface BulkList {
  readonly key: string;
  readonly fields: readonly { readonly parentType: string; readonly field: FieldNode }[];
  /** The selections on its rows. */
  readonly rows: readonly { readonly type: GraphQLNamedType; readonly selections: SelectionSetNode }[];
  readonly nested: readonly BulkList[];
}

/** A single object on the way to the list. */
export interface BulkStep {
  readonly field: FieldNode;
  /** The type of the fragment in which the next field is. */
  readonly type: string;
}

export interface BulkPlan {
  readonly document: BulkDocument;
  readonly path: readonly BulkStep[];
  readonly list: BulkList;
}

interface Planning {
  readonly schema: GraphQLSchema;
  readonly document: BulkDocument;
  selections: number;
  lists: number;
}

interface Selected {
  readonly field: FieldNode;
  readonly parent: GraphQLNamedType;
}

/** A type such as RunConnection. */
export function isListOfPages(type: GraphQLNamedType): type is GraphQLObjectType {
  return isObjectType(type) && type.name.endsWith("Connection") && type.getFields()["nodes"] !== undefined;
}

/** The fields of a selection, with those of its fragments. */
function fieldsOf({ selections }: SelectionSetNode, parent: GraphQLNamedType, planning: Planning): Selected[] {
  return selections.flatMap((selection) => {
    planning.selections += 1;
    if (planning.selections > maxSelections)
      refuseNode(selection, `This query has more than ${maxSelections} fields, those of its fragments counted each time.`);
    if (selection.kind === Kind.FIELD) return [{ field: selection, parent }];
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? planning.document.fragments.get(selection.name.value) : selection;
    const condition = fragment?.typeCondition?.name.value;
    const type = condition === undefined ? parent : (planning.schema.getType(condition) ?? parent);
    return fragment === undefined ? [] : fieldsOf(fragment.selectionSet, type, planning);
  });
}

const typeOf = ({ field, parent }: Selected): GraphQLNamedType | undefined => {
  const definition = fieldOf(field, parent as GraphQLObjectType);
  return definition === undefined ? undefined : getNamedType(definition.type);
};

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** @throws AppError INVALID_INPUT for arguments that choose a page. */
function withoutPaging(selected: Selected, { document }: Planning): FieldNode {
  const { field, parent } = selected;
  const definition = fieldOf(field, parent as GraphQLObjectType);
  const values: Record<string, unknown> = definition === undefined ? {} : getArgumentValues(definition, field, document.values);
  for (const argument of field.arguments ?? [])
    if (["after", "before", "last"].includes(argument.name.value) && values[argument.name.value] != null)
      refuseNode(argument, `A bulk query reads all pages. Remove "${argument.name.value}".`);
  const paging = ["first", "after", "before", "last"];
  return { ...field, arguments: (field.arguments ?? []).filter(({ name }) => !paging.includes(name.value)) };
}

/** Fields of a list that say nothing about its rows. */
const ignored: ReadonlySet<string> = new Set(["__typename", "pageInfo", "totalCount", "totalCountIsCapped", "cursor"]);

/** The selections of the rows: those of `nodes` and of `edges { node }`. */
function rowsOf(selected: Selected, planning: Planning): { type: GraphQLNamedType; selections: SelectionSetNode }[] {
  const type = typeOf(selected);
  const { selectionSet } = selected.field;
  if (type === undefined || selectionSet === undefined) return [];
  return fieldsOf(selectionSet, type, planning).flatMap((inner) => {
    const name = inner.field.name.value;
    const found = typeOf(inner);
    if (ignored.has(name) || inner.field.selectionSet === undefined || found === undefined) return [];
    return name === "edges" ? rowsOf(inner, planning) : [{ type: found, selections: inner.field.selectionSet }];
  });
}

interface Row {
  readonly selections: SelectionNode[];
  readonly lists: Selected[];
}

/** The selections on a row, without its lists. @throws AppError INVALID_INPUT for a list in an object or list of the row. */
function readRow(set: SelectionSetNode, parent: GraphQLNamedType, planning: Planning): Row {
  const lists: Selected[] = [];
  const strip = (selections: readonly SelectionNode[], type: GraphQLNamedType, isTop: boolean): SelectionNode[] =>
    selections.flatMap((selection): SelectionNode[] => {
      planning.selections += 1;
      if (planning.selections > maxSelections)
        refuseNode(selection, `This query has more than ${maxSelections} fields, those of its fragments counted each time.`);
      if (selection.kind === Kind.FIELD) {
        const found = typeOf({ field: selection, parent: type });
        if (selection.selectionSet === undefined || found === undefined) return [selection];
        if (isListOfPages(found)) {
          if (!isTop)
            refuseNode(selection, `"${keyOf(selection)}" is inside an object of the row. A list must be a field of the row itself.`);
          lists.push({ field: selection, parent: type });
          return [];
        }
        const inner = strip(selection.selectionSet.selections, found, false);
        return [{ ...selection, selectionSet: { ...selection.selectionSet, selections: inner } }];
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? planning.document.fragments.get(selection.name.value) : selection;
      if (fragment === undefined) return [];
      const condition = fragment.typeCondition;
      const inner = strip(
        fragment.selectionSet.selections,
        condition === undefined ? type : (planning.schema.getType(condition.name.value) ?? type),
        isTop,
      );
      if (inner.length === 0) return [];
      const inline = { kind: Kind.INLINE_FRAGMENT, selectionSet: { kind: Kind.SELECTION_SET, selections: inner } } as const;
      return [{ ...inline, ...(condition === undefined ? {} : { typeCondition: condition }), directives: selection.directives ?? [] }];
    });
  return { selections: strip(set.selections, parent, true), lists };
}

function planLists(occurrences: readonly Selected[], level: number, planning: Planning): BulkList[] {
  const keys = [...new Set(occurrences.map(({ field }) => keyOf(field)))];
  return keys.map((key) => {
    const found = occurrences.filter(({ field }) => keyOf(field) === key);
    const [first] = found as [Selected];
    planning.lists += 1;
    if (planning.lists > 1 + maxNestedLists) refuseNode(first.field, `A bulk query has at most ${maxNestedLists} lists inside its rows.`);
    if (level > maxNestedLevels) refuseNode(first.field, `Lists may be nested at most ${maxNestedLevels} levels deep inside the rows.`);
    const read = found.flatMap((each) =>
      rowsOf(each, planning).map(({ type, selections }) => ({ type, ...readRow(selections, type, planning) })),
    );
    if (read.length === 0) refuseNode(first.field, `Select the rows of "${key}", such as ${key} { nodes { id } }.`);
    const lists = read.flatMap((row) => row.lists);
    for (const inner of lists) requireId(inner, read);
    return {
      key,
      fields: found.map((each) => ({ parentType: each.parent.name, field: withoutPaging(each, planning) })),
      rows: read.map(({ type, selections }) => ({ type, selections: { kind: Kind.SELECTION_SET, selections } })),
      nested: planLists(lists, level + 1, planning),
    };
  });
}

/** The rows of a list inside a row name that row by its ID, with which the list is continued. */
function requireId({ field, parent }: Selected, rows: readonly { readonly selections: readonly SelectionNode[] }[]): void {
  const isNode = (isObjectType(parent) || isInterfaceType(parent)) && parent.getFields()["id"] !== undefined;
  if (!isNode) refuseNode(field, `"${parent.name}" has no ID, so its list "${keyOf(field)}" cannot be read page by page.`);
  const selectsId = ({ selections }: { readonly selections: readonly SelectionNode[] }): boolean =>
    selections.some((each) =>
      each.kind === Kind.FIELD
        ? each.name.value === "id" && keyOf(each) === "id"
        : each.kind === Kind.INLINE_FRAGMENT && selectsId(each.selectionSet),
    );
  if (!rows.some(selectsId)) refuseNode(field, `Select "id" beside "${keyOf(field)}": rows of the list refer to it (__parentId).`);
}

/** @throws AppError INVALID_INPUT with the place of a part that a bulk query cannot read. */
export function planBulkQuery(schema: GraphQLSchema, document: BulkDocument): BulkPlan {
  const planning: Planning = { schema, document, selections: 0, lists: 0 };
  const path: BulkStep[] = [];
  let set = document.operation.selectionSet;
  let parent: GraphQLNamedType = schema.getQueryType() as GraphQLObjectType;
  for (;;) {
    const [selected, other] = fieldsOf(set, parent, planning).filter(({ field }) => field.name.value !== "__typename");
    if (selected === undefined) return refuseNode(document.operation, "Select one list with pages, such as runs { nodes { key } }.");
    if (other !== undefined) refuseNode(other.field, "A bulk query reads one list. Remove this field, or start another bulk query for it.");
    const { field } = selected;
    const type = typeOf(selected);
    const definition = fieldOf(field, selected.parent as GraphQLObjectType);
    const isMany = definition !== undefined && isListType(getNullableType(definition.type));
    if (type === undefined || field.selectionSet === undefined || isMany)
      return refuseNode(
        field,
        `"${keyOf(field)}" is not a list with pages. Bulk queries read connections, such as runs, elites or images.`,
      );
    if (isListOfPages(type)) {
      const [list] = planLists([selected], 0, planning);
      return { document, path, list: list as BulkList };
    }
    path.push({ field, type: selected.parent.name });
    set = field.selectionSet;
    parent = type;
  }
}
