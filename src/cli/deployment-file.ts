import { fromCamtrapDp } from '../camera/camtrap-dp.ts';
import { type CsvTable, numberIn, parseCsv } from '../csv.ts';
import { ServiceError } from '../errors.ts';

/** The options --heading and --pitch, deg. */
interface RoughAim {
  readonly heading: number;
  readonly pitch: number;
}

/**
 * Where a camera looks, roughly, as the one row of a Camtrap DP deployments.csv tells it.
 * @throws ServiceError file-invalid
 */
export function parseDeploymentHeading(text: string, file: string): RoughAim {
  const table = parseCsv(text, file);
  const [row, ...others] = table.rows;
  if (!row || others.length > 0) {
    const count = table.rows.length;
    fail(table, { en: `it has ${count} deployments`, fr: `il contient ${count} déploiements` });
  }
  const value = (column: string) => (row.cells[column] ? numberIn(table, row, column) : undefined);
  const [cameraTilt, cameraHeading] = [value('cameraTilt'), value('cameraHeading')];
  const { aim } = fromCamtrapDp({
    latitude: numberIn(table, row, 'latitude'),
    longitude: numberIn(table, row, 'longitude'),
    ...(cameraTilt === undefined ? {} : { cameraTilt }),
    ...(cameraHeading === undefined ? {} : { cameraHeading }),
  });
  if (aim && Math.abs(aim.pitchDeg) <= 90) return { heading: aim.headingDeg, pitch: aim.pitchDeg };
  return fail(table, {
    en: 'cameraHeading (0–360) and cameraTilt (−90–90) are not both told',
    fr: 'cameraHeading (0–360) et cameraTilt (−90–90) ne sont pas tous deux donnés',
  });
}

function fail({ file }: CsvTable, why: { en: string; fr: string }): never {
  const mend = {
    en: 'Needed: the header of deployments.csv and the one row of this camera.',
    fr: "Il faut : l'en-tête de deployments.csv et la seule ligne de cet appareil.",
  };
  throw new ServiceError('file-invalid', { file, line: 1, why, mend });
}
