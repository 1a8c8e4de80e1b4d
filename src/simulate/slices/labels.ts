/** In the order of their ids in the file, from 1. `nothing` is what one could take for one of the others. */
export const sliceLabels = ['person', 'tent', 'boat', 'animal', 'nothing'] as const;
export type SliceLabel = (typeof sliceLabels)[number];
