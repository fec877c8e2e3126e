/** ONNX node tests that this platform refuses, with the reason. Names omit the prefix "test_". */
export interface RefusedTests {
  /** Part of the error message. */
  readonly message: string;
  readonly reason: string;
  readonly tests: string;
}

/** Refused when the file is read, for every engine. */
export const refusedFiles: readonly RefusedTests[] = [
  {
    message: "does not slide over rows and columns",
    reason: "Only one- and two-dimensional windows are supported; images have no depth.",
    tests: `
      averagepool_3d_default averagepool_3d_dilations_large_count_include_pad_is_0_ceil_mode_is_False
      averagepool_3d_dilations_large_count_include_pad_is_0_ceil_mode_is_True
      averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_False
      averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_True averagepool_3d_dilations_small convtranspose_3d
      maxpool_3d_default maxpool_3d_dilations maxpool_3d_dilations_use_ref_impl maxpool_3d_dilations_use_ref_impl_large
    `,
  },
  {
    message: "is in training mode",
    reason: "Only inference is supported.",
    tests: `
      batchnorm_epsilon_training_mode batchnorm_example_training_mode training_dropout training_dropout_default
      training_dropout_default_mask training_dropout_mask training_dropout_zero_ratio training_dropout_zero_ratio_mask
    `,
  },
  {
    message: "returns column-major indices",
    reason: "No engine here counts indices by columns.",
    tests: `
      maxpool_with_argmax_2d_precomputed_strides
    `,
  },
  {
    message: 'places pixels by "tf_crop_and_resize"',
    reason: "Classifiers do not crop while resizing; tfjs and the gradients have no such form.",
    tests: `
      resize_tf_crop_and_resize resize_tf_crop_and_resize_axes_2_3 resize_tf_crop_and_resize_axes_3_2
      resize_tf_crop_and_resize_extrapolation_value
    `,
  },
  {
    message: "resizes with antialiasing",
    reason: "Neither tfjs nor our gradients support antialiasing.",
    tests: `
      resize_downsample_scales_cubic_antialias resize_downsample_scales_linear_antialias resize_downsample_sizes_cubic_antialias
      resize_downsample_sizes_linear_antialias
    `,
  },
  {
    message: "is a training loss",
    reason: "A loss belongs to training.",
    tests: `
      sce_NCd1_mean_weight_negative_ii sce_NCd1_mean_weight_negative_ii_log_prob sce_NCd1d2d3_none_no_weight_negative_ii
      sce_NCd1d2d3_none_no_weight_negative_ii_log_prob sce_NCd1d2d3_sum_weight_high_ii sce_NCd1d2d3_sum_weight_high_ii_log_prob
      sce_NCd1d2d3d4d5_mean_weight sce_NCd1d2d3d4d5_mean_weight_log_prob sce_NCd1d2d3d4d5_none_no_weight
      sce_NCd1d2d3d4d5_none_no_weight_log_prob sce_mean sce_mean_3d sce_mean_3d_log_prob sce_mean_log_prob sce_mean_no_weight_ii
      sce_mean_no_weight_ii_3d sce_mean_no_weight_ii_3d_log_prob sce_mean_no_weight_ii_4d sce_mean_no_weight_ii_4d_log_prob
      sce_mean_no_weight_ii_log_prob sce_mean_weight sce_mean_weight_ii sce_mean_weight_ii_3d sce_mean_weight_ii_3d_log_prob
      sce_mean_weight_ii_4d sce_mean_weight_ii_4d_log_prob sce_mean_weight_ii_log_prob sce_mean_weight_log_prob sce_none
      sce_none_log_prob sce_none_weights sce_none_weights_log_prob sce_sum sce_sum_log_prob
    `,
  },
  {
    message: "element type 8 (string)",
    reason: "Classifiers compute with numbers only.",
    tests: `
      equal_string equal_string_broadcast
    `,
  },
  {
    message: "element type 13 (uint64)",
    reason: "Not supported; export these values as int64.",
    tests: `
      add_uint64 div_uint64 equal_uint64 max_uint64 min_uint64 mul_uint64 pow_types_float32_uint64 sub_uint64
    `,
  },
  {
    message: "element type 16 (bfloat16)",
    reason: "Not supported; export the network in 32-bit floats.",
    tests: `
      cast_BFLOAT16_to_FLOAT cast_FLOAT_to_BFLOAT16 castlike_BFLOAT16_to_FLOAT_expanded castlike_FLOAT_to_BFLOAT16_expanded
    `,
  },
  {
    message: "element type 17 (float8e4m3fn)",
    reason: "Not supported; export the network in 32-bit floats.",
    tests: `
      cast_FLOAT16_to_FLOAT8E4M3FN cast_FLOAT8E4M3FN_to_FLOAT cast_FLOAT8E4M3FN_to_FLOAT16 cast_FLOAT_to_FLOAT8E4M3FN
      cast_no_saturate_FLOAT16_to_FLOAT8E4M3FN cast_no_saturate_FLOAT_to_FLOAT8E4M3FN castlike_FLOAT16_to_FLOAT8E4M3FN_expanded
      castlike_FLOAT8E4M3FN_to_FLOAT16_expanded castlike_FLOAT8E4M3FN_to_FLOAT_expanded castlike_FLOAT_to_FLOAT8E4M3FN_expanded
      castlike_no_saturate_FLOAT16_to_FLOAT8E4M3FN_expanded castlike_no_saturate_FLOAT_to_FLOAT8E4M3FN_expanded
    `,
  },
  {
    message: "element type 18 (float8e4m3fnuz)",
    reason: "Not supported; export the network in 32-bit floats.",
    tests: `
      cast_FLOAT16_to_FLOAT8E4M3FNUZ cast_FLOAT8E4M3FNUZ_to_FLOAT cast_FLOAT8E4M3FNUZ_to_FLOAT16 cast_FLOAT_to_FLOAT8E4M3FNUZ
      cast_no_saturate_FLOAT16_to_FLOAT8E4M3FNUZ cast_no_saturate_FLOAT_to_FLOAT8E4M3FNUZ castlike_FLOAT16_to_FLOAT8E4M3FNUZ_expanded
      castlike_FLOAT8E4M3FNUZ_to_FLOAT16_expanded castlike_FLOAT8E4M3FNUZ_to_FLOAT_expanded castlike_FLOAT_to_FLOAT8E4M3FNUZ_expanded
      castlike_no_saturate_FLOAT16_to_FLOAT8E4M3FNUZ_expanded castlike_no_saturate_FLOAT_to_FLOAT8E4M3FNUZ_expanded
    `,
  },
  {
    message: "element type 19 (float8e5m2)",
    reason: "Not supported; export the network in 32-bit floats.",
    tests: `
      cast_FLOAT16_to_FLOAT8E5M2 cast_FLOAT8E5M2_to_FLOAT cast_FLOAT8E5M2_to_FLOAT16 cast_FLOAT_to_FLOAT8E5M2
      cast_no_saturate_FLOAT16_to_FLOAT8E5M2 cast_no_saturate_FLOAT_to_FLOAT8E5M2 castlike_FLOAT16_to_FLOAT8E5M2_expanded
      castlike_FLOAT8E5M2_to_FLOAT16_expanded castlike_FLOAT8E5M2_to_FLOAT_expanded castlike_FLOAT_to_FLOAT8E5M2_expanded
      castlike_no_saturate_FLOAT16_to_FLOAT8E5M2_expanded castlike_no_saturate_FLOAT_to_FLOAT8E5M2_expanded
    `,
  },
  {
    message: "element type 20 (float8e5m2fnuz)",
    reason: "Not supported; export the network in 32-bit floats.",
    tests: `
      cast_FLOAT16_to_FLOAT8E5M2FNUZ cast_FLOAT8E5M2FNUZ_to_FLOAT cast_FLOAT8E5M2FNUZ_to_FLOAT16 cast_FLOAT_to_FLOAT8E5M2FNUZ
      cast_no_saturate_FLOAT16_to_FLOAT8E5M2FNUZ cast_no_saturate_FLOAT_to_FLOAT8E5M2FNUZ castlike_FLOAT16_to_FLOAT8E5M2FNUZ_expanded
      castlike_FLOAT8E5M2FNUZ_to_FLOAT16_expanded castlike_FLOAT8E5M2FNUZ_to_FLOAT_expanded castlike_FLOAT_to_FLOAT8E5M2FNUZ_expanded
      castlike_no_saturate_FLOAT16_to_FLOAT8E5M2FNUZ_expanded castlike_no_saturate_FLOAT_to_FLOAT8E5M2FNUZ_expanded
    `,
  },
  {
    message: "element type 21 (uint4)",
    reason: "Not supported; export the network in 32-bit floats.",
    tests: `
      cast_FLOAT16_to_UINT4 cast_FLOAT_to_UINT4 cast_UINT4_to_FLOAT cast_UINT4_to_FLOAT16 cast_UINT4_to_UINT8
      castlike_FLOAT16_to_UINT4_expanded castlike_FLOAT_to_UINT4_expanded castlike_UINT4_to_FLOAT16_expanded
      castlike_UINT4_to_FLOAT_expanded castlike_UINT4_to_UINT8_expanded
    `,
  },
  {
    message: "element type 22 (int4)",
    reason: "Not supported; export the network in 32-bit floats.",
    tests: `
      cast_FLOAT16_to_INT4 cast_FLOAT_to_INT4 cast_INT4_to_FLOAT cast_INT4_to_FLOAT16 cast_INT4_to_INT8
      castlike_FLOAT16_to_INT4_expanded castlike_FLOAT_to_INT4_expanded castlike_INT4_to_FLOAT16_expanded
      castlike_INT4_to_FLOAT_expanded castlike_INT4_to_INT8_expanded
    `,
  },
  {
    message: "element type 23 (float4e2m1)",
    reason: "Not supported; export the network in 32-bit floats.",
    tests: `
      cast_FLOAT16_to_FLOAT4E2M1 cast_FLOAT4E2M1_to_FLOAT cast_FLOAT4E2M1_to_FLOAT16 cast_FLOAT_to_FLOAT4E2M1
      castlike_FLOAT16_to_FLOAT4E2M1_expanded castlike_FLOAT4E2M1_to_FLOAT16_expanded castlike_FLOAT4E2M1_to_FLOAT_expanded
      castlike_FLOAT_to_FLOAT4E2M1_expanded
    `,
  },
  {
    message: "element type 24 (float8e8m0)",
    reason: "Not supported; export the network in 32-bit floats.",
    tests: `
      cast_e8m0_FLOAT16_to_FLOAT8E8M0 cast_e8m0_FLOAT8E8M0_to_FLOAT cast_e8m0_FLOAT8E8M0_to_FLOAT16 cast_e8m0_FLOAT_to_FLOAT8E8M0
    `,
  },
  {
    message: "element type 25 (uint2)",
    reason: "Not supported; export the network in 32-bit floats.",
    tests: `
      cast_FLOAT16_to_UINT2 cast_FLOAT_to_UINT2 cast_UINT2_to_FLOAT cast_UINT2_to_FLOAT16 cast_UINT2_to_UINT8
      castlike_FLOAT16_to_UINT2_expanded castlike_FLOAT_to_UINT2_expanded castlike_UINT2_to_FLOAT16_expanded
      castlike_UINT2_to_FLOAT_expanded castlike_UINT2_to_UINT8_expanded
    `,
  },
  {
    message: "element type 26 (int2)",
    reason: "Not supported; export the network in 32-bit floats.",
    tests: `
      cast_FLOAT16_to_INT2 cast_FLOAT_to_INT2 cast_INT2_to_FLOAT cast_INT2_to_FLOAT16 cast_INT2_to_INT8
      castlike_FLOAT16_to_INT2_expanded castlike_FLOAT_to_INT2_expanded castlike_INT2_to_FLOAT16_expanded
      castlike_INT2_to_FLOAT_expanded castlike_INT2_to_INT8_expanded
    `,
  },
  {
    message: "and only tensors are supported",
    reason: "Classifiers compute with tensors only.",
    tests: `
      identity_opt identity_sequence
    `,
  },
];

/** Refused by tfjs engines only, when the network runs. */
export const refusedByTfjs: readonly RefusedTests[] = [
  {
    message: "returns the indices of its maxima",
    reason: "tfjs finds maxima without their indices; only MaxUnpool needs them, which is not supported.",
    tests: "maxpool_with_argmax_2d_precomputed_pads",
  },
];

/**
 * Tests on which all engines differ from ONNX's data, and agree with PyTorch and onnxruntime: they align corners by the output's integer
 * size (3), where ONNX's data uses the unrounded product of size and scale (4 x .8 = 3.2).
 */
export const differingTests = "resize_downsample_scales_cubic_align_corners resize_downsample_scales_linear_align_corners";

export function testNames(tests: string): readonly string[] {
  return tests
    .trim()
    .split(/\s+/)
    .map((name) => `test_${name}`);
}
