import { findLostDetail } from './lost-detail.ts';
import type { Visibility } from './photo.ts';
import type { PictureStatistics } from './picture-statistics.ts';
import { PictureTally, type UsualPicture } from './usual-picture.ts';
import { judgeAlone } from './visibility.ts';

/** A photo of one camera, as it is held against the camera's others. */
export interface PhotoOfHistory {
  readonly takenAt: Date;
  /** Height of the sun over a level horizon, degrees. */
  readonly sunAltitudeDeg: number;
  /** Photos of one view have the same: calibration and size of the picture. */
  readonly view: string;
  /** The camera looked elsewhere: says nothing of what is usual, and is not held against it. */
  readonly isMoved: boolean;
  readonly statistics: PictureStatistics;
}

/** What became of a photo, and by what: the picture by itself, or the camera's history. */
export interface HistoryJudgement<Photo extends PhotoOfHistory> {
  readonly photo: Photo;
  readonly visibility: Visibility;
  readonly origin: 'picture' | 'history';
}

/** Days before and after a photo from which its history comes. */
const historyDays = 15;
/** Fewer photos in like light tell nothing of what is usual. */
const minHistory = 12;
/** Fewer blocks with detail tell nothing of what is lost. */
const minBlocks = 12;

/** From these heights of the sun on, degrees, light is alike. */
const lightsFromDeg = [25, 6, -6, -90] as const;
const lowestDayDeg = 6;

interface Dated<Photo extends PhotoOfHistory> {
  readonly photo: Photo;
  /** Its place in the question and in the answer. */
  readonly index: number;
  readonly day: number;
  readonly alone: Visibility;
}

/**
 * Judges all photos of a camera, each against those of its view in like light within 15 days. The answer has their
 * order, and does not depend on it.
 */
export function judgeAgainstHistory<Photo extends PhotoOfHistory>(
  photos: readonly Photo[],
): readonly HistoryJudgement<Photo>[] {
  const dated = photos.map(
    (photo, index): Dated<Photo> => ({
      ...{ photo, index, day: Math.floor(photo.takenAt.getTime() / 86_400_000) },
      alone: judgeAlone(photo.statistics),
    }),
  );
  const judged = dated.map(
    ({ photo, alone }): HistoryJudgement<Photo> => ({ photo, visibility: alone, origin: 'picture' }),
  );
  const standing = dated.filter(({ photo }) => !photo.isMoved).sort((a, b) => a.day - b.day);
  for (const alike of groupBy(standing, likenessOf)) {
    for (const { ofDay, usual } of eachDay(alike)) {
      for (const { photo, index, alone } of ofDay) {
        judged[index] = { photo, visibility: judgeAgainst(photo, usual, alone), origin: 'history' };
      }
    }
  }
  return judged;
}

function likenessOf({ photo }: Dated<PhotoOfHistory>): string {
  return `${photo.view} ${lightsFromDeg.findIndex((from) => photo.sunAltitudeDeg >= from)}`;
}

/** Days of photos that are in order of days, each with what was usual around it; not those of which nothing is known. */
function* eachDay<Photo extends PhotoOfHistory>(
  alike: readonly Dated<Photo>[],
): Generator<{ readonly ofDay: readonly Dated<Photo>[]; readonly usual: UsualPicture }> {
  const clear = alike.filter(({ alone }) => alone === 'usable');
  const tally = new PictureTally();
  let first = 0;
  let next = 0;
  for (const ofDay of groupBy(alike, ({ day }) => day)) {
    const day = ofDay[0]?.day ?? 0;
    for (let one = clear[next]; one && one.day <= day + historyDays; one = clear[++next]) {
      tally.count(one.photo.statistics, 1);
    }
    for (let one = clear[first]; one && one.day < day - historyDays; one = clear[++first]) {
      tally.count(one.photo.statistics, -1);
    }
    if (tally.size >= minHistory) yield { ofDay, usual: tally.usual() };
  }
}

function groupBy<One, Key>(all: readonly One[], keyOf: (one: One) => Key): Iterable<readonly One[]> {
  const groups = new Map<Key, One[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups.values();
}

/** Shares of the blocks that usually have detail, from which a picture is not usable. */
const lostFrom = { part: 0.15, blurred: 0.15, coarse: 0.5, fine: 0.25 };
/** A part that is so much darker than usual, in grey levels: neither light nor haze does that. */
const muchDarker = -35;
/** Haze takes what is far first. A part that lies so much in the near ground, while the far is there, is no haze. */
const nearFrom = 0.25;

function judgeAgainst(photo: PhotoOfHistory, usual: UsualPicture, alone: Visibility): Visibility {
  const { statistics, sunAltitudeDeg } = photo;
  if (alone !== 'usable') {
    const isFarDarker = statistics.luminance < usual.luminance / 2 && sunAltitudeDeg >= lowestDayDeg;
    return isFarDarker ? 'blocked' : alone;
  }
  const { blocks, part, ...lost } = findLostDetail(statistics, usual);
  if (blocks < minBlocks) return alone;
  if (part.share >= lostFrom.part && part.brighter <= muchDarker) return 'blocked';
  if (lost.coarseShare >= lostFrom.coarse && lost.fineShare >= lostFrom.fine) return 'fog';
  if (part.share >= lostFrom.part && part.nearShare >= nearFrom) return 'blocked';
  if (lost.blurredShare >= lostFrom.blurred && lost.blurredShare > 2 * lost.coarseShare) return 'wet';
  return 'usable';
}
