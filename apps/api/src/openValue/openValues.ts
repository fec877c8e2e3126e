/**
 * Scalars of values that are JSON because their shape depends on a kind, a method or a model, such as the parameters of a run. Each has a JSON
 * Schema, which the API serves at the scalar's `@specifiedBy` address.
 */
import { GraphQLScalarType } from "graphql";
import { GraphQLJSON } from "graphql-scalars";
import { type JsonSchema, type OpenValueName, openValueSchemas } from "./openValueSchemas.ts";

export const openValuesPath = "/value-schemas";

const json = GraphQLJSON.toConfig();

function openValue(name: OpenValueName): GraphQLScalarType {
  const { description }: JsonSchema = openValueSchemas[name];
  return new GraphQLScalarType({ ...json, name, description, specifiedByURL: `${openValuesPath}/${name}.json` });
}

export const AnalysisInputScalar = openValue("AnalysisInput");
export const AnalysisResultScalar = openValue("AnalysisResult");
export const AuditValuesScalar = openValue("AuditValues");
export const CellValueScalar = openValue("CellValue");
export const FieldValueScalar = openValue("FieldValue");
export const GenomeDocumentScalar = openValue("GenomeDocument");
export const MetricValuesScalar = openValue("MetricValues");
export const ModelReportScalar = openValue("ModelReport");
export const ParameterValueScalar = openValue("ParameterValue");
export const ParameterValuesScalar = openValue("ParameterValues");
export const PreprocessingScalar = openValue("Preprocessing");
export const QueryVariablesScalar = openValue("QueryVariables");
export const RunManifestScalar = openValue("RunManifest");
export const StudyComparisonScalar = openValue("ComparedStudies");
export const StudyDraftScalar = openValue("StudyDraft");
export const StudyFiguresScalar = openValue("StudyFigures");
export const SweepBaseScalar = openValue("SweepBase");
