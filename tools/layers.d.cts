/** Folders that know nothing of each other, and what each of them is for. */
export interface Layer {
  readonly folders: readonly string[];
  readonly duty: string;
}

export declare const LAYERS: readonly Layer[];
