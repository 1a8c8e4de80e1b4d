import { chi2At99, chi2Between } from '../geo/separation.ts';
import type { Stay, StayFrame, StaySighting } from './stay.ts';

export interface StayRules {
  /** Frames in a row in which a thing may go unseen before its stay ends. */
  readonly maxMissedFrames: number;
  /** Sightings that confirm a stay. */
  readonly minFrames: number;
}

/** Two frames confirm a tent; two missed frames in a row do not end its stay. Source: docs/glossary.md, "stay". */
export const tentRules: StayRules = { maxMissedFrames: 2, minFrames: 2 };

interface Track {
  readonly frames: { readonly takenAt: Date; readonly seen: StaySighting }[];
  missed: number;
}

/**
 * Links sightings of one label and one camera over time. Distances are measured in the sightings' own error
 * ellipses (99 % of a thing's own sightings pass); in each frame the nearest pairs are joined first, one to one.
 */
export function linkStays(frames: readonly StayFrame[], rules: StayRules): readonly Stay[] {
  const open = new Set<Track>();
  const ended: Track[] = [];
  for (const frame of frames.toSorted((a, b) => a.takenAt.getTime() - b.takenAt.getTime())) {
    const joined = joinFrame(open, frame);
    for (const track of open) {
      if (joined.has(track)) continue;
      track.missed += 1;
      if (track.missed > rules.maxMissedFrames && open.delete(track)) ended.push(track);
    }
    for (const track of joined) open.add(track);
  }
  return [...ended, ...open].filter((track) => track.frames.length >= rules.minFrames).map(toStay);
}

/** Gives each sighting of the frame to its track, or to a new one; the tracks that were seen. */
function joinFrame(open: ReadonlySet<Track>, { takenAt, sightings }: StayFrame): ReadonlySet<Track> {
  const pairs = sightings
    .flatMap((seen) =>
      [...open].map((track) => ({ seen, track, chi2: chi2Between(lastOf(track).sighting, seen.sighting) })),
    )
    .filter(({ chi2 }) => chi2 <= chi2At99)
    .sort((a, b) => a.chi2 - b.chi2);
  const owners = new Map<StaySighting, Track>();
  const joined = new Set<Track>();
  for (const { seen, track } of pairs) {
    if (owners.has(seen) || joined.has(track)) continue;
    owners.set(seen, track);
    joined.add(track);
  }
  for (const seen of sightings) {
    const track = owners.get(seen) ?? { frames: [], missed: 0 };
    track.frames.push({ takenAt, seen });
    track.missed = 0;
    joined.add(track);
  }
  return joined;
}

function lastOf(track: Track): StaySighting {
  const last = track.frames.at(-1);
  if (!last) throw new RangeError('a track has at least one sighting');
  return last.seen;
}

/** The mean place. Its covariance is the mean one, not smaller: the calibration's error is the same in every frame. */
function toStay({ frames }: Track): Stay {
  const mean = (value: (seen: StaySighting['sighting']) => number) =>
    frames.reduce((sum, { seen }) => sum + value(seen.sighting), 0) / frames.length;
  const times = frames.map(({ takenAt }) => takenAt.getTime());
  return {
    point: { lng: mean(({ point }) => point.lng), lat: mean(({ point }) => point.lat) },
    covariance: {
      eeM2: mean(({ covariance }) => covariance.eeM2),
      enM2: mean(({ covariance }) => covariance.enM2),
      nnM2: mean(({ covariance }) => covariance.nnM2),
    },
    firstSeen: new Date(Math.min(...times)),
    lastSeen: new Date(Math.max(...times)),
    keys: frames.map(({ seen }) => seen.key),
  };
}
