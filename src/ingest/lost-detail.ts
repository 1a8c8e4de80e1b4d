import { blockGrid, codesPerDoubling, type PictureStatistics } from './picture-statistics.ts';
import type { UsualDetail, UsualPicture } from './usual-picture.ts';

/** What a picture lost of what its camera usually shows. Shares are of the blocks that usually have detail, 0–1. */
export interface LostDetail {
  /** Blocks that usually have fine detail. */
  readonly blocks: number;
  readonly fineShare: number;
  readonly coarseShare: number;
  /** Lost fine detail, kept the coarse: blurred. */
  readonly blurredShare: number;
  /** The largest connected part of which both are lost. */
  readonly part: LostPart;
}

export interface LostPart {
  readonly share: number;
  /** Grey levels brighter than usual; negative: darker. */
  readonly brighter: number;
  /** Share of it in the lower three of eight rows, where the near ground is. */
  readonly nearShare: number;
}

/** Detail counts as lost from a fall to 1 / 2.2 on, and beyond three times what is usual between pictures. */
const leastFall = 1.15 * codesPerDoubling;
const fallSpreads = 3;
/** A block can lose detail when it usually has this much: 1 grey level of fine, 1.8 of coarse. */
const texturedFine = codesPerDoubling;
const texturedCoarse = 1.5 * codesPerDoubling;
const nearFromRow = 5;

/** Compares a picture with what its camera usually shows in like light. */
export function findLostDetail(picture: PictureStatistics, usual: UsualPicture): LostDetail {
  const fine = judgeBlocks(picture.fine, usual.fine, texturedFine);
  const coarse = judgeBlocks(picture.coarse, usual.coarse, texturedCoarse);
  const gone = fine.map((state, block) => state === 'lost' && coarse[block] !== 'kept');
  const blurred = fine.filter((state, block) => state === 'lost' && coarse[block] === 'kept').length;
  const blocks = fine.filter((state) => state !== 'bare').length;
  const part = findLargestPart(gone);
  return {
    blocks,
    fineShare: shareOf(fine, 'lost'),
    coarseShare: shareOf(coarse, 'lost'),
    blurredShare: blurred / Math.max(1, blocks),
    part: {
      share: part.length / Math.max(1, blocks),
      brighter: mean(part, (block) => (picture.light[block] ?? 0) - (usual.light[block] ?? 0)),
      nearShare: mean(part, (block) => (block >= nearFromRow * blockGrid.columns ? 1 : 0)),
    },
  };
}

type BlockState = 'kept' | 'lost' | 'bare';

function judgeBlocks(values: Uint8Array, { median, spread }: UsualDetail, textured: number): readonly BlockState[] {
  return Array.from(values, (value, block) => {
    const usual = median[block] ?? 0;
    if (usual < textured) return 'bare';
    return value <= usual - Math.max(leastFall, fallSpreads * (spread[block] ?? 0)) ? 'lost' : 'kept';
  });
}

function shareOf(states: readonly BlockState[], wished: BlockState): number {
  const count = (state: BlockState) => states.filter((one) => one === state).length;
  return count(wished) / Math.max(1, states.length - count('bare'));
}

function mean(blocks: readonly number[], of: (block: number) => number): number {
  return blocks.reduce((sum, block) => sum + of(block), 0) / Math.max(1, blocks.length);
}

/** Blocks of the largest part whose blocks share sides. */
function findLargestPart(isIn: readonly boolean[]): readonly number[] {
  const seen = new Set<number>();
  let largest: readonly number[] = [];
  for (const [start, isStart] of isIn.entries()) {
    if (!isStart || seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (const block of part) {
      for (const next of beside(block)) {
        if (!isIn[next] || seen.has(next)) continue;
        seen.add(next);
        part.push(next);
      }
    }
    if (part.length > largest.length) largest = part;
  }
  return largest;
}

function beside(block: number): readonly number[] {
  const { columns, rows } = blockGrid;
  const column = block % columns;
  return [
    ...(column > 0 ? [block - 1] : []),
    ...(column < columns - 1 ? [block + 1] : []),
    ...(block >= columns ? [block - columns] : []),
    ...(block < columns * (rows - 1) ? [block + columns] : []),
  ];
}
