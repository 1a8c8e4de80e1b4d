import type { Enu, Ray } from '../geo/frames.ts';
import { bendAlong, pointOn } from '../geo/ray.ts';
import { type DemGrid, evaluate } from './grid.ts';
import { unknownHeight } from './raster.ts';

/** Why a ray meets no ground. 'above-horizon': it rises over all the ground that the DEM holds; 'no-elevation': it comes down where nodes are unknown. */
type GroundMiss = 'starts-below-ground' | 'leaves-dem' | 'beyond-range' | 'above-horizon' | 'no-elevation';

/** Where a ray first meets the ground, or why it does not. */
export type GroundHit =
  | { readonly kind: 'hit'; readonly point: Enu; readonly rangeM: number }
  | { readonly kind: 'miss'; readonly reason: GroundMiss };

/** c0 + c1·t + c2·t², with t in m along a ray. */
type Quadratic = readonly [c0: number, c1: number, c2: number];

/** A light path in the frame of the grid. */
interface Track {
  readonly col: Quadratic;
  readonly row: Quadratic;
  /** Height in the datum of the DEM, m. */
  readonly height: Quadratic;
}

/** How far a straight piece of a track may lie beside it, m. */
const sagittaM = 0.002;

/**
 * The first point of the DEM's bilinear ground on a ray. The ray is followed cell by cell (2-D DDA over a max-pyramid);
 * within a cell its height over the ground is an exact quadratic.
 */
export function firstHit(ray: Ray, dem: DemGrid, maxRangeM: number): GroundHit {
  return hitFrom(0, ray, dem, maxRangeM);
}

/** The first hit at a distance of `fromM` or more: on this grid, then on the coarser one beyond it. */
function hitFrom(fromM: number, ray: Ray, dem: DemGrid, maxRangeM: number): GroundHit {
  const track = trackOf(ray, dem);
  const pieceM = Math.min(pieceLength(track, dem), maxRangeM);
  for (let start = fromM; start < maxRangeM; start += pieceM) {
    if (risesClear(track.height, start, maxRangeM, dem.peaks.highestM))
      return dem.beyond ? hitFrom(start, ray, dem.beyond, maxRangeM) : { kind: 'miss', reason: 'above-horizon' };
    const end = Math.min(start + pieceM, maxRangeM);
    const walk = new PieceWalk(track, start, end, dem);
    const outcome = walk.follow();
    if (typeof outcome === 'number') return { kind: 'hit', point: pointOn(ray, outcome), rangeM: outcome };
    if (outcome === 'end') continue;
    if (outcome === 'leaves-dem' && dem.beyond) return hitFrom(walk.t, ray, dem.beyond, maxRangeM);
    const clear = outcome === 'leaves-dem' && risesClear(track.height, walk.t, maxRangeM, dem.peaks.highestM);
    return { kind: 'miss', reason: clear ? 'above-horizon' : outcome };
  }
  return { kind: 'miss', reason: 'beyond-range' };
}

function trackOf(ray: Ray, dem: DemGrid): Track {
  const [c0, c1, c2] = along(dem.placement.height, ray);
  const height: Quadratic = [c0, c1, c2 - bendAlong(ray)];
  return { col: along(dem.placement.col, ray), row: along(dem.placement.row, ray), height };
}

/** One polynomial of a placement along a ray. */
function along(terms: Float64Array, { origin: o, direction: d }: Ray): Quadratic {
  const [, ke = 0, kn = 0, ku = 0, kee = 0, ken = 0, knn = 0, keu = 0, knu = 0] = terms;
  const linear =
    d.eastM * (ke + 2 * kee * o.eastM + ken * o.northM + keu * o.upM) +
    d.northM * (kn + 2 * knn * o.northM + ken * o.eastM + knu * o.upM) +
    d.upM * (ku + keu * o.eastM + knu * o.northM);
  const square =
    kee * d.eastM * d.eastM + (ken * d.eastM + knn * d.northM) * d.northM + (keu * d.eastM + knu * d.northM) * d.upM;
  return [evaluate(terms, o), linear, square];
}

/** Length at which the chord of a track lies `sagittaM` beside it, m. */
function pieceLength(track: Track, dem: DemGrid): number {
  const [, ke = 0, kn = 0] = dem.placement.col;
  const bow = Math.max(Math.abs(track.col[2]), Math.abs(track.row[2]));
  return Math.sqrt((4 * sagittaM * Math.hypot(ke, kn)) / Math.max(bow, 1e-30));
}

/** True when a height is over `highestM` from `start` to `end` and does not come down again. */
function risesClear([c0, c1, c2]: Quadratic, start: number, end: number, highestM: number): boolean {
  return c0 + (c1 + c2 * start) * start > highestM && c1 + 2 * c2 * start >= 0 && c1 + 2 * c2 * end >= 0;
}

/** A walk over the cells under one straight piece of a track. A class because it owns where the walk stands. */
class PieceWalk {
  private readonly dem: DemGrid;
  private readonly track: Track;
  private readonly end: number;
  /** Column and row along the piece: c0 + c1·t, r0 + r1·t. */
  private readonly c0: number;
  private readonly c1: number;
  private readonly r0: number;
  private readonly r1: number;
  /** Distance walked, m, and the cell that begins there. */
  t: number;
  private col: number;
  private row: number;
  /** 0: one cell; n: a block of peaks.levels[n − 1]. */
  private level = 0;

  constructor(track: Track, start: number, end: number, dem: DemGrid) {
    this.dem = dem;
    this.track = track;
    this.end = end;
    this.c1 = track.col[1] + track.col[2] * (start + end);
    this.r1 = track.row[1] + track.row[2] * (start + end);
    this.c0 = track.col[0] - track.col[2] * start * end;
    this.r0 = track.row[0] - track.row[2] * start * end;
    this.t = start;
    this.col = firstCell(this.c0 + this.c1 * start, this.c1, dem.cols);
    this.row = firstCell(this.r0 + this.r1 * start, this.r1, dem.rows);
  }

  /** Distance of the first hit, why there is none, or 'end' when the piece ends in the air. */
  follow(): number | 'leaves-dem' | 'starts-below-ground' | 'no-elevation' | 'end' {
    while (this.t < this.end) {
      if (this.col < 0 || this.row < 0 || this.col > this.dem.cols - 2 || this.row > this.dem.rows - 2) {
        return 'leaves-dem';
      }
      const exit = this.exitOf(this.span());
      if (this.level > 0 && this.lowest(exit) <= this.topOfBlock()) {
        this.level--;
        continue;
      }
      if (this.level === 0) {
        const found = this.searchCell(exit);
        if (found !== 'air') return found;
      }
      this.step(exit);
    }
    return 'end';
  }

  private span(): number {
    return this.level === 0 ? 1 : (this.dem.peaks.levels[this.level - 1]?.span ?? 1);
  }

  private topOfBlock(): number {
    const block = this.dem.peaks.levels[this.level - 1];
    if (!block) return Infinity;
    return block.tops[Math.floor(this.row / block.span) * block.cols + Math.floor(this.col / block.span)] ?? Infinity;
  }

  /** Distance at which the piece leaves the block of `span` cells around the current one. */
  private exitOf(span: number): number {
    const byCol = crossing(this.c0, this.c1, this.col, span);
    const byRow = crossing(this.r0, this.r1, this.row, span);
    return Math.max(this.t, Math.min(byCol, byRow, this.end));
  }

  /** The lowest height of the light between here and `exit`, m. */
  private lowest(exit: number): number {
    const [c0, c1, c2] = this.track.height;
    const ends = Math.min(c0 + (c1 + c2 * this.t) * this.t, c0 + (c1 + c2 * exit) * exit);
    const bottom = c2 > 0 ? -c1 / (2 * c2) : this.t;
    return bottom > this.t && bottom < exit ? Math.min(ends, c0 + (c1 + c2 * bottom) * bottom) : ends;
  }

  /** Goes on to the cell behind `exit`, on a coarser level when that lies in another block. */
  private step(exit: number): void {
    const span = this.span();
    const firstCol = Math.floor(this.col / span) * span;
    const firstRow = Math.floor(this.row / span) * span;
    const byCol = crossing(this.c0, this.c1, this.col, span);
    const byRow = crossing(this.r0, this.r1, this.row, span);
    const parent = this.dem.peaks.levels[this.level]?.span;
    const [oldCol, oldRow] = [this.col, this.row];
    if (byCol <= byRow) {
      this.col = this.c1 > 0 ? firstCol + span : firstCol - 1;
      this.row = within(Math.floor(this.r0 + this.r1 * exit), firstRow, firstRow + span - 1);
    } else {
      this.row = this.r1 > 0 ? firstRow + span : firstRow - 1;
      this.col = within(Math.floor(this.c0 + this.c1 * exit), firstCol, firstCol + span - 1);
    }
    if (parent && (changesBlock(oldCol, this.col, parent) || changesBlock(oldRow, this.row, parent))) this.level++;
    this.t = exit;
  }

  /** The first point of the current cell's ground on the way to `exit`. */
  private searchCell(exit: number): number | 'starts-below-ground' | 'no-elevation' | 'air' {
    const { heights, cols } = this.dem;
    const at = this.row * cols + this.col;
    const h00 = heights[at] ?? unknownHeight;
    const east = heights[at + 1] ?? unknownHeight;
    const south = heights[at + cols] ?? unknownHeight;
    const far = heights[at + cols + 1] ?? unknownHeight;
    if (h00 === unknownHeight || east === unknownHeight || south === unknownHeight || far === unknownHeight) {
      return this.lowest(exit) > this.dem.peaks.highestM ? 'air' : 'no-elevation';
    }
    const x = this.c0 + this.c1 * this.t - this.col;
    const y = this.r0 + this.r1 * this.t - this.row;
    const dx = east - h00;
    const dy = south - h00;
    const dxy = far - east - south + h00;
    const [height0, height1, height2] = this.track.height;
    // Height over the ground from here: a + b·s + c·s².
    const a = height0 + (height1 + height2 * this.t) * this.t - (h00 + dx * x + dy * y + dxy * x * y);
    const b = height1 + 2 * height2 * this.t - (dx * this.c1 + dy * this.r1 + dxy * (x * this.r1 + y * this.c1));
    const c = height2 - dxy * this.c1 * this.r1;
    if (a < 0) return this.t === 0 ? 'starts-below-ground' : this.t;
    const s = firstRoot(a, b, c);
    return s <= exit - this.t ? this.t + s : 'air';
  }
}

/** The cell that a coordinate lies in; on the far border of the grid, the last one when the ray goes inwards. */
function firstCell(coordinate: number, slope: number, nodes: number): number {
  const cell = Math.floor(coordinate);
  return cell === coordinate && (slope < 0 || cell === nodes - 1) && cell > 0 ? cell - 1 : cell;
}

/** Distance at which c0 + c1·t leaves the block of `span` cells that holds `cell`. */
function crossing(c0: number, c1: number, cell: number, span: number): number {
  if (c1 === 0) return Infinity;
  const first = Math.floor(cell / span) * span;
  return ((c1 > 0 ? first + span : first) - c0) / c1;
}

/** True when two cells of one axis lie in different blocks. */
function changesBlock(one: number, two: number, span: number): boolean {
  return Math.floor(one / span) !== Math.floor(two / span);
}

function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** The smallest s ≥ 0 with a + b·s + c·s² = 0, for a ≥ 0; Infinity when there is none. */
function firstRoot(a: number, b: number, c: number): number {
  const discriminant = b * b - 4 * a * c;
  if (discriminant < 0) return Infinity;
  // The form that does not cancel: q has the sign of −b.
  const q = -0.5 * (b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant));
  const one = c === 0 ? Infinity : q / c;
  const two = q === 0 ? Infinity : a / q;
  return Math.min(one >= 0 ? one : Infinity, two >= 0 ? two : Infinity);
}
