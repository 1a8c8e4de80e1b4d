import { type Bilingual, ServiceError } from '../errors.ts';
import { type Crs, getCrs } from '../geo/crs.ts';

/** What is wrong with an EPSG code at a place of a file; undefined: nothing. 'metric': its unit must be the metre. */
export function findEpsgFault(
  epsg: number,
  need: 'any' | 'metric',
  file: string,
  line: number,
): ServiceError | undefined {
  const crs = findCrs(epsg);
  if (crs && (need === 'any' || (!crs.geographic && crs.metresPerUnit === 1))) return undefined;
  const why: Bilingual = crs
    ? { en: `EPSG:${epsg} (${crs.name}) is not in metres`, fr: `EPSG:${epsg} (${crs.name}) n'est pas en mètres` }
    : {
        en: `EPSG:${epsg} is not a coordinate system that Rivage can convert`,
        fr: `EPSG:${epsg} n'est pas un système de coordonnées que Rivage sait convertir`,
      };
  const mend = {
    en: 'In France it is mostly 2154 (Lambert-93); see https://epsg.io.',
    fr: "En France, c'est le plus souvent 2154 (Lambert-93) ; voir https://epsg.io.",
  };
  return new ServiceError('file-invalid', { file, line, why, mend });
}

function findCrs(epsg: number): Crs | undefined {
  try {
    return getCrs(epsg);
  } catch {
    return undefined;
  }
}
