import type { Box } from '../geo/frames.ts';

/** A photo with all that models said of it: what must be hidden is decided from that. */
export interface PictureRequest {
  /** As the database stores it, relative to the workspace folder. */
  readonly path: string;
  /** One entry for each model that analysed the photo; empty: nobody has looked at it. */
  readonly looks: readonly Look[];
}

/** What one model said of a photo: every label it can find, and what it found. */
export interface Look {
  readonly labels: readonly string[];
  readonly detections: readonly { readonly label: string; readonly confidence: number; readonly box: Box }[];
}

/** Where pictures come from. Persons are hidden in all of them; a photo that nobody looked at is hidden whole. */
export interface PictureSource {
  /** JPEG of the whole photo, at most `widthPx` wide. */
  readonly photo: (photo: PictureRequest, widthPx: number | undefined) => Promise<Uint8Array>;
  /** JPEG of a box and its surroundings, at most `widthPx` wide. */
  readonly crop: (photo: PictureRequest, box: Box, widthPx: number | undefined) => Promise<Uint8Array>;
}

/** A picture of the terrain around a lake, to lie under the map. */
export interface Relief {
  /** West, south, east, north of the picture's edges; degrees, EPSG:4326; the picture is in EPSG:3857. */
  readonly bbox: readonly [number, number, number, number];
  readonly png: Uint8Array;
}
