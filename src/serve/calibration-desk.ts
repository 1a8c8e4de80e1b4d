import type { MultiPolygon } from 'geojson';
import type { CalibrationJson } from '../calibrate/calibration-json.ts';
import type { FreeGroup } from '../calibrate/free.ts';
import type { WrittenGcp } from '../calibrate/gcp.ts';
import type { Bilingual, Language } from '../errors.ts';

/** Ground control points of one photo, to solve its camera from. */
export interface CalibrationWish {
  readonly gcps: readonly WrittenGcp[];
  readonly epsg: number;
  /** Path of the photo that they were clicked in, relative to the workspace. */
  readonly photoPath: string | undefined;
  /** What to solve; undefined: what so many points can carry. */
  readonly free: readonly FreeGroup[] | undefined;
  readonly validFrom: Date | undefined;
  readonly validTo: Date | undefined;
  /** True: the answer has the ground that the camera would see. */
  readonly viewshed: boolean;
}

/** A solved camera as JSON, with what to think of it. */
export interface SolvedCamera {
  /** As `rivage calibrate --json` writes it. */
  readonly calibration: CalibrationJson;
  readonly checks: readonly {
    readonly check: string;
    readonly passed: boolean;
    /** Names of the points that it is about. */
    readonly gcps: readonly string[];
    readonly sentence: Bilingual;
  }[];
}

/** With the ground that the camera sees, EPSG:4326; undefined: it was not asked for. */
export interface SeenCamera extends SolvedCamera {
  readonly viewshed: MultiPolygon | undefined;
}

/** A pixel on the ground, or why it has no place there. */
export type LocatedPixel =
  | {
      readonly kind: 'no-sighting';
      readonly reason: string;
      /** Where the pixel's own ray comes down, though no ellipse there would be true. */
      readonly nearest?: {
        readonly point: { readonly lng: number; readonly lat: number };
        readonly heightM: number;
        readonly rangeM: number;
      };
    }
  | {
      readonly kind: 'sighting';
      readonly point: { readonly lng: number; readonly lat: number };
      readonly heightM: number;
      readonly surface: 'water' | 'ground';
      readonly rangeM: number;
      readonly ellipse: { readonly semiMajorM: number; readonly semiMinorM: number; readonly azimuthDeg: number };
      readonly shares: {
        readonly camera: number;
        readonly pixel: number;
        readonly height: number;
        readonly extent: number;
      };
    };

/** Where cameras are calibrated, and their pixels put on the ground. */
export interface CalibrationDesk {
  /** Solves without storing. @throws ServiceError camera-unknown and those of the solver */
  solve(cameraId: string, wish: CalibrationWish): Promise<SeenCamera>;
  /** Solves and stores; the number of the calibration. Old sightings keep theirs. */
  save(cameraId: string, wish: CalibrationWish): Promise<SeenCamera & { readonly calibrationId: number }>;
  /** A stored calibration. @throws ServiceError not-found */
  read(calibrationId: number): Promise<SolvedCamera & { readonly cameraId: string }>;
  /** Takes a calibration out of use. @throws ServiceError not-found */
  withdraw(calibrationId: number): Promise<void>;
  /** Draws a calibration on its photo (JPEG): points, ground grid, horizon, zones. At most `widthPx` wide. */
  draw(
    calibrationId: number,
    photo: Uint8Array,
    options: { readonly widthPx: number | undefined; readonly language: Language },
  ): Promise<Uint8Array>;
  /** Pixels on the ground, by the calibration that holds at an instant; undefined: now. `sigmaPx`: 1 σ of each pixel. */
  locate(
    cameraId: string,
    pixels: readonly { readonly u: number; readonly v: number }[],
    options: { readonly at: Date | undefined; readonly sigmaPx: number },
  ): Promise<readonly LocatedPixel[]>;
}
