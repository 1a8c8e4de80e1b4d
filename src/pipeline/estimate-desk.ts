import { type Bilingual, ServiceError } from '../errors.ts';
import { type CountEstimate, estimateCounts } from '../interpret/estimate.ts';
import type { Figure } from '../interpret/estimate-draws.ts';
import { describeMethod, listUncorrected } from '../interpret/estimate-words.ts';
import type { Db } from '../store/db.ts';
import {
  type EstimateQuestion,
  listCountedCameras,
  listShownLabels,
  listWatchedZones,
  readReviewedPhotos,
  readWatchedHours,
} from '../store/estimates.ts';

const resamples = 1000;

/** Answers questions about how much there was, as JSON: one estimate a camera, since what two cameras see is not added up. */
export function openEstimateDesk(db: Db, newRandom: () => () => number) {
  return {
    estimate: async (question: EstimateQuestion, say: (text: Bilingual) => string) => {
      const { label, zoneId, from, to, wholeDays, meanStay } = question;
      if (from !== undefined && to !== undefined && to < from) {
        throw new ServiceError('estimate-days-reversed', { from, to });
      }
      const labels = await listShownLabels(db);
      if (!labels.includes(label)) throw unknown({ en: 'label', fr: 'catégorie' }, label, labels);
      const cameraIds = await chooseCameras(db, question);
      const reviewed = await readReviewedPhotos(db, label);
      const estimates = [];
      for (const cameraId of cameraIds) {
        const watched = await readWatchedHours(db, { cameraId, label, zoneId, from, to });
        const days = wholeDays ? daysBetween(from ?? watched[0]?.day, to ?? watched.at(-1)?.day) : undefined;
        const wish = { wholeDays: days, meanStay, resamples, unit: newRandom() };
        const estimate = estimateCounts({ cameraId, watched, reviewed }, wish);
        const texts = {
          notCorrected: listUncorrected(estimate, { inZone: zoneId !== undefined, meanStay }).map(({ code, text }) => ({
            code,
            text: say(text),
          })),
          method: say(describeMethod(estimate, resamples)),
        };
        const [first, last] = [watched[0]?.day ?? null, watched.at(-1)?.day ?? null];
        estimates.push({ ...toJson(estimate), firstDay: first, lastDay: last, ...texts });
      }
      return { label, zoneId: zoneId ?? null, from: from ?? null, to: to ?? null, wholeDays, estimates };
    },
  };
}

async function chooseCameras(db: Db, { lakeId, cameraId, zoneId }: EstimateQuestion): Promise<readonly string[]> {
  const cameras = await listCountedCameras(db);
  const lakes = [...new Set(cameras.map((camera) => camera.lakeId))];
  if (lakeId !== undefined && !lakes.includes(lakeId)) throw unknown({ en: 'lake', fr: 'lac' }, lakeId, lakes);
  const ofLake = cameras.filter((camera) => lakeId === undefined || camera.lakeId === lakeId);
  const known = ofLake.map((camera) => camera.cameraId);
  if (cameraId !== undefined && !known.includes(cameraId)) {
    throw unknown({ en: 'camera', fr: 'appareil' }, cameraId, known);
  }
  const asked = cameraId === undefined ? known : [cameraId];
  if (zoneId === undefined) return asked;
  const zones = (await listWatchedZones(db)).filter((zone) => lakeId === undefined || zone.lakeId === lakeId);
  const zone = zones.find((candidate) => candidate.zoneId === zoneId);
  if (!zone) {
    const ids = zones.map((candidate) => candidate.zoneId);
    throw unknown({ en: 'zone', fr: 'zone' }, zoneId, ids);
  }
  const watching = asked.filter((id) => zone.cameraIds.includes(id));
  if (watching.length === 0) throw new ServiceError('estimate-zone-unseen', { zone: zoneId });
  return watching;
}

function unknown(what: Bilingual, id: string, known: readonly string[]): ServiceError {
  return new ServiceError('estimate-name-unknown', { what, id, known: known.join(', ') || '–' });
}

function daysBetween(from: string | undefined, to: string | undefined): number {
  return from === undefined || to === undefined ? 0 : 1 + Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function toJson({ occupancy, objectHours, visits, foundObjectHours, corrections, ...rest }: CountEstimate) {
  const { hoursOfDay = null, ...counts } = rest;
  return {
    ...counts,
    hoursOfDay,
    occupancy: toFigureJson(occupancy),
    objectHours: toFigureJson(objectHours),
    visits: toFigureJson(visits),
    foundObjectHours: foundObjectHours ?? null,
    corrections: corrections.map(({ source = null, precision = null, recall = null, ...correction }) => ({
      ...correction,
      source,
      precision,
      recall,
    })),
  };
}

function toFigureJson(figure: Figure | undefined) {
  return figure ? { value: figure.value, low: figure.low ?? null, high: figure.high ?? null } : null;
}
