import type { Box } from '../../geo/frames.ts';
import { type BoxGrid, gridOf } from './box-grid.ts';
import type { SliceDetection } from './nms.ts';
import { byConfidence, limitOf, type MergeRule, overlapOf } from './overlap.ts';

/** What one view found, each object once. */
export interface View {
  readonly found: readonly SliceDetection[];
  /** Whether the view showed all of a place, large enough for the network. */
  readonly shows: (box: Box) => boolean;
}

/** One object as several views found it, at most one box a view. */
interface Ballot {
  /** Of the most confident view. */
  readonly box: Box;
  readonly votes: Map<View, SliceDetection>;
}

/**
 * Box voting over views of one photo at several scales: boxes that are one object by the rule become their mean,
 * weighted by confidence, and the confidence is the mean over all views that showed the place. A view that showed it
 * and found nothing counts as 0, for what only one scale sees is often no object.
 * Source: after Solovyev, Wang & Gabruseva, Weighted boxes fusion, 2021.
 */
export function vote(views: readonly View[], rule: MergeRule): readonly SliceDetection[] {
  const all = views.flatMap((view) => view.found.map((one) => ({ one, view })));
  all.sort((a, b) => byConfidence(a.one, b.one));
  const ballots = new Map<string, BoxGrid<Ballot>>();
  const order: Ballot[] = [];
  for (const { one, view } of all) {
    const others = gridOf(ballots, one.label);
    const ballot = findBallot(one, view, others, rule);
    if (ballot) {
      ballot.votes.set(view, one);
      continue;
    }
    const opened = { box: one.box, votes: new Map([[view, one]]) };
    others.add(opened);
    order.push(opened);
  }
  return order.map((ballot) => count(ballot, views));
}

/** The one that a box overlaps most, of those in which its view has not voted. */
function findBallot(one: SliceDetection, view: View, ballots: BoxGrid<Ballot>, rule: MergeRule): Ballot | undefined {
  const { measure, limit } = limitOf(rule, one.label);
  let best: Ballot | undefined;
  let bestOverlap = limit;
  for (const ballot of ballots.near(one.box)) {
    const overlap = ballot.votes.has(view) ? 0 : overlapOf(one.box, ballot.box, measure);
    if (overlap <= bestOverlap) continue;
    bestOverlap = overlap;
    best = ballot;
  }
  return best;
}

function count({ box, votes }: Ballot, views: readonly View[]): SliceDetection {
  const cast = [...votes.values()].sort(byConfidence);
  const voters = views.filter((view) => votes.has(view) || view.shows(box)).length;
  const confidence = cast.reduce((total, one) => total + one.confidence, 0) / voters;
  const whole = cast.filter(({ cut }) => cut === undefined);
  const shown = whole.length > 0 ? whole : cast;
  const [first, second] = shown;
  if (!first) throw new RangeError('a ballot without a vote');
  return { ...first, confidence, box: second ? meanBox(shown) : first.box };
}

/** Weighted by confidence. */
function meanBox(shown: readonly SliceDetection[]): Box {
  const weight = shown.reduce((total, { confidence }) => total + confidence, 0);
  const mean = (side: keyof Box): number =>
    shown.reduce((total, { confidence, box }) => total + confidence * box[side], 0) / weight;
  return { x: mean('x'), y: mean('y'), w: mean('w'), h: mean('h') };
}
