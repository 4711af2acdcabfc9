export interface Node {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Link {
  readonly from: string;
  readonly to: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the left upper corners of nodes are. */
export interface Placement {
  readonly places: ReadonlyMap<string, Point>;
  readonly width: number;
  readonly height: number;
}

/** Between two nodes of a layer, and between two layers. */
export const NODE_GAP = 24;
export const LAYER_GAP = 130;
