export {
  createInferencePredictor,
  type InferencePredictor,
  type InferencePredictorOptions,
} from './create-inference-predictor.ts';
