/**
 * The part of the package that this project uses. Declared here because the package is optional: the program must
 * compile without it, and then run on the other engine.
 */
declare module '@tensorflow/tfjs-node' {
  export interface Tensor {
    readonly shape: number[];
    readonly dtype: string;
    data(): Promise<Float32Array | Int32Array | Uint8Array>;
    dispose(): void;
  }

  export interface SavedModel {
    predict(inputs: Record<string, Tensor>): Record<string, Tensor>;
    dispose(): void;
  }

  export interface TensorInfo {
    readonly tfDtype: string;
  }

  export interface MetaGraph {
    readonly tags: string[];
    readonly signatureDefs: Record<
      string,
      { readonly inputs: Record<string, TensorInfo>; readonly outputs: Record<string, TensorInfo> }
    >;
  }

  /** The result of `require`. */
  export interface Package {
    tensor4d(values: Int32Array, shape: [number, number, number, number], dtype: 'int32'): Tensor;
    memory(): { readonly numTensors: number };
    readonly node: {
      loadSavedModel(path: string, tags: string[], signature: string): Promise<SavedModel>;
      getMetaGraphsFromSavedModel(path: string): Promise<MetaGraph[]>;
    };
  }
}
