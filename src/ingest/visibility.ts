import type { Image } from '../picture/image.ts';
import type { Visibility } from './photo.ts';
import { measurePicture, type PictureStatistics } from './picture-statistics.ts';

/**
 * Mean luminance (0–255) below which a frame is dark: four and a half stops under a frame whose mean is 100, where
 * a person hardly stands out of the sensor's noise. 54 daylight photos outdoors measured 84 to 200.
 */
const darkBelow = 25;

/**
 * Contrast (grey levels) below which a frame is fog. Clear photos of lakes, beaches and mountains measured 7 (a bare
 * desert) to 51; fixed mountain cameras 14 to 48; the same cameras behind a veil that leaves a tenth of the contrast,
 * 1.4 to 4.8. A first, absolute rule: the camera's own history says better what is usual for it.
 */
const fogBelow = 4;

/** What a picture says by itself, whatever its camera sees otherwise. */
export function judgeAlone({ luminance, contrast }: PictureStatistics): Visibility {
  return luminance < darkBelow ? 'dark' : contrast < fogBelow ? 'fog' : 'usable';
}

/** Judges a thumbnail of `thumbnailSizePx` by itself. */
export function judgeVisibility(thumbnail: Image): { visibility: Visibility; statistics: PictureStatistics } {
  const statistics = measurePicture(thumbnail);
  return { visibility: judgeAlone(statistics), statistics };
}
