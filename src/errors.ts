/**
 * The one table of coded errors. Each message says what is wrong, which thing, and what to do,
 * in English and in French; `{name}` is replaced by the parameter of that name.
 */
export type Language = 'en' | 'fr';
export type Bilingual = Readonly<Record<Language, string>>;

interface ErrorEntry extends Bilingual {
  /** HTTP status of the answer when this error reaches a request. */
  readonly status: number;
}

export const errorTable = {
  internal: {
    status: 500,
    en: 'Something failed inside Rivage: {why}. Please report it with the log.',
    fr: 'Une erreur interne de Rivage est survenue : {why}. Merci de la signaler avec le journal.',
  },
  'bad-request': {
    status: 400,
    en: 'The request is not valid: {why}. Correct it and send it again.',
    fr: "La requête n'est pas valide : {why}. Corrigez-la et renvoyez-la.",
  },
  'not-found': {
    status: 404,
    en: 'There is no {what} named {id}. See the list at {list}.',
    fr: "Il n'existe pas de {what} nommé {id}. Voir la liste : {list}.",
  },
  'bad-option': {
    status: 400,
    en: 'Option {option} has the value "{value}": {why}. See --help.',
    fr: "L'option {option} a la valeur « {value} » : {why}. Voir --help.",
  },
  'file-missing': {
    status: 404,
    en: 'The file {file} does not exist or cannot be read ({why}). Check the path.',
    fr: "Le fichier {file} n'existe pas ou ne peut pas être lu ({why}). Vérifiez le chemin.",
  },
  'file-invalid': {
    status: 422,
    en: '{file}, line {line}: {why}. {mend}',
    fr: '{file}, ligne {line} : {why}. {mend}',
  },
  'photo-empty': {
    status: 422,
    en: 'The photo {photo} has no bytes. Copy it again from the card.',
    fr: 'La photo {photo} est vide (0 octet). Copiez-la de nouveau depuis la carte.',
  },
  'photo-not-a-picture': {
    status: 422,
    en: 'The file {photo} is neither a JPEG nor a PNG, whatever its name says. Remove it from the photo folder.',
    fr: "Le fichier {photo} n'est ni un JPEG ni un PNG, quel que soit son nom. Retirez-le du dossier de photos.",
  },
  'photo-truncated': {
    status: 422,
    en: 'The photo {photo} ends too early: part of its picture is missing. Copy it again from the card.',
    fr: "La photo {photo} s'arrête trop tôt : une partie de l'image manque. Copiez-la de nouveau depuis la carte.",
  },
  'photo-damaged': {
    status: 422,
    en: 'The photo {photo} cannot be decoded ({why}). Copy it again from the card.',
    fr: 'La photo {photo} ne peut pas être décodée ({why}). Copiez-la de nouveau depuis la carte.',
  },
  'photo-too-large': {
    status: 422,
    en: 'The photo {photo} has {size} pixels, more than {maxMegapixels} million. Make it smaller, or remove it.',
    fr: 'La photo {photo} compte {size} pixels, plus de {maxMegapixels} millions. Réduisez-la ou retirez-la.',
  },
  'epsg-unknown': {
    status: 422,
    en: 'EPSG:{epsg} is not a coordinate system that Rivage can convert. Check the number at https://epsg.io.',
    fr: "EPSG:{epsg} n'est pas un système de coordonnées que Rivage sait convertir. Vérifiez le numéro sur https://epsg.io.",
  },
  'dem-unreadable': {
    status: 422,
    en: 'The elevation model {file} cannot be read as a GeoTIFF: {why}. Convert it with gdal_translate -of GTiff.',
    fr: "Le modèle d'altitude {file} n'est pas lisible comme GeoTIFF : {why}. Convertissez-le avec gdal_translate -of GTiff.",
  },
  'dem-without-epsg': {
    status: 422,
    en: 'The elevation model {file} does not say its coordinate system. Name it: "epsg" beside the DEM in rivage.json, or --dem-epsg.',
    fr: "Le modèle d'altitude {file} ne dit pas son système de coordonnées. Nommez-le : « epsg » près du DEM dans rivage.json, ou --dem-epsg.",
  },
  'dem-not-covering': {
    status: 422,
    en: 'The elevation model {file} (EPSG:{epsg}, {extent}) does not cover the camera at {at}. Check both coordinate systems, or use a DEM of that place.',
    fr: "Le modèle d'altitude {file} (EPSG:{epsg}, {extent}) ne couvre pas la caméra à {at}. Vérifiez les deux systèmes de coordonnées, ou prenez un DEM de ce lieu.",
  },
  'dem-empty': {
    status: 422,
    en: 'The elevation model {file} has no elevation within {radiusM} m of {at}: every cell there is nodata. Use a DEM that is filled there.',
    fr: "Le modèle d'altitude {file} n'a aucune altitude à moins de {radiusM} m de {at} : toutes les cellules y sont vides. Prenez un DEM rempli à cet endroit.",
  },
  'parameter-invalid': {
    status: 400,
    en: 'The parameter {parameter} is not valid: {why}. Correct it; the page /api describes every parameter.',
    fr: "Le paramètre {parameter} n'est pas valide : {why}. Corrigez-le ; la page /api décrit chaque paramètre.",
  },
  'parameter-unknown': {
    status: 400,
    en: 'There is no parameter named {parameter} here. Those known are: {known}.',
    fr: "Il n'y a pas ici de paramètre nommé {parameter}. Ceux qui sont connus : {known}.",
  },
  'body-invalid': {
    status: 400,
    en: 'The field {field} of the JSON sent is not valid: {why}. Correct it; the page /api describes the body.',
    fr: "Le champ {field} du JSON envoyé n'est pas valide : {why}. Corrigez-le ; la page /api décrit le corps.",
  },
  'body-not-json': {
    status: 415,
    en: 'The body was sent as {type}. Send JSON with the header Content-Type: application/json.',
    fr: "Le corps a été envoyé en {type}. Envoyez du JSON avec l'en-tête Content-Type: application/json.",
  },
  'body-too-large': {
    status: 413,
    en: 'The JSON sent is larger than 100 kB. Ask for less at a time.',
    fr: 'Le JSON envoyé dépasse 100 ko. Demandez moins à la fois.',
  },
  'host-refused': {
    status: 403,
    en: 'The service was called by the name "{host}". It answers this machine alone: use http://127.0.0.1 or http://localhost.',
    fr: "Le service a été appelé par le nom « {host} ». Il ne répond qu'à cette machine : utilisez http://127.0.0.1 ou http://localhost.",
  },
  'origin-refused': {
    status: 403,
    en: 'A page of {origin} tried to use the service. Only its own pages may: open them from this machine.',
    fr: "Une page de {origin} a tenté d'utiliser le service. Seules ses propres pages le peuvent : ouvrez-les depuis cette machine.",
  },
  'route-missing': {
    status: 404,
    en: 'Nothing is served at {path}. The page /api lists what is.',
    fr: "Rien n'est servi à {path}. La page /api liste ce qui l'est.",
  },
  'method-not-allowed': {
    status: 405,
    en: '{path} does not answer {method}. Use {allowed}.',
    fr: '{path} ne répond pas à {method}. Utilisez {allowed}.',
  },
  'outside-folders': {
    status: 403,
    en: 'The file {file} lies outside the workspace and the folders of its cameras, so it is not read. Check cameras/*.json.',
    fr: "Le fichier {file} se trouve hors de l'espace de travail et des dossiers de ses caméras : il n'est pas lu. Vérifiez cameras/*.json.",
  },
  'port-taken': {
    status: 500,
    en: 'Port {port} is in use by another program, perhaps another Rivage. Stop it, or choose a port with --port.',
    fr: 'Le port {port} est utilisé par un autre programme, peut-être un autre Rivage. Arrêtez-le, ou choisissez un port avec --port.',
  },
  'photo-without-time': {
    status: 422,
    en: 'The photo {photo} does not say when it was taken (no EXIF time). If its file name does, set "timeFromFileName": true in cameras/{camera}.json.',
    fr: 'La photo {photo} ne dit pas quand elle a été prise (pas d\'heure EXIF). Si le nom du fichier le dit, mettez "timeFromFileName": true dans cameras/{camera}.json.',
  },
  'photo-time-implausible': {
    status: 422,
    en: "The photo {photo} says it was taken at {takenAt}: {why}. Its camera's clock was probably reset. Check mountedFrom, mountedTo and clockOffsetS in cameras/{camera}.json.",
    fr: "La photo {photo} dit avoir été prise le {takenAt} : {why}. L'horloge de l'appareil a sans doute été remise à zéro. Vérifiez mountedFrom, mountedTo et clockOffsetS dans cameras/{camera}.json.",
  },
  'photo-file-too-big': {
    status: 422,
    en: 'The file {photo} has {megabytes} MB, more than a photo ever has ({maxMegabytes} MB). Remove it from the photo folder.',
    fr: "Le fichier {photo} fait {megabytes} Mo, plus qu'une photo n'en fait jamais ({maxMegabytes} Mo). Retirez-le du dossier de photos.",
  },
  'model-unknown': {
    status: 404,
    en: 'There is no model {id}. Models that are here: {known}.',
    fr: "Le modèle {id} n'existe pas. Modèles présents : {known}.",
  },
  'model-default': {
    status: 500,
    en: 'The folder {folder} has {count} default models; exactly one is needed. Set "default" in its model.json files.',
    fr: 'Le dossier {folder} contient {count} modèles par défaut ; il en faut exactement un. Réglez « default » dans ses fichiers model.json.',
  },
  'model-invalid': {
    status: 500,
    en: 'The network of model {model} cannot be read: {why}. Use another model, or install Rivage again.',
    fr: 'Le réseau du modèle {model} est illisible : {why}. Choisissez un autre modèle ou réinstallez Rivage.',
  },
  'model-op-unsupported': {
    status: 500,
    en: 'Model {model} has a layer that Rivage cannot convert: {op} at {node}. Give the model as ONNX instead.',
    fr: 'Le modèle {model} contient une couche que Rivage ne sait pas convertir : {op}, nœud {node}. Fournissez le modèle au format ONNX.',
  },
  'weights-missing': {
    status: 500,
    en: 'The weights {file} of model {model} are not there. Run npm ci again.',
    fr: 'Les poids {file} du modèle {model} sont absents. Relancez npm ci.',
  },
  'weights-mismatch': {
    status: 500,
    en: 'The weights {file} are not the ones that were tested: SHA-256 {expected} expected, {found} found. Run npm ci again, and do not use this file.',
    fr: "Les poids {file} ne sont pas ceux qui ont été testés : SHA-256 {expected} attendu, {found} trouvé. Relancez npm ci et n'utilisez pas ce fichier.",
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
/** Values for the `{name}` places of a message; a value in both languages takes the reader's. */
export type ErrorParams = Readonly<Record<string, string | number | Bilingual>>;

/** An error with a code of the table. `message` is English; `describeError` gives the other language. */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options: { cause?: unknown } = {}) {
    super(fillTemplate(errorTable[code].en, params, 'en'), options);
    this.name = 'ServiceError';
    this.code = code;
    this.params = params;
  }
}

/** The message of a coded error in the reader's language. */
export function describeError(error: ServiceError, language: Language): string {
  return fillTemplate(errorTable[error.code][language], error.params, language);
}

/** Any thrown thing as a coded error: itself when it is one, else 'internal'. */
export function toServiceError(thrown: unknown): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new ServiceError('internal', { why }, { cause: thrown });
}

function fillTemplate(template: string, params: ErrorParams, language: Language): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name] ?? whole;
    return typeof value === 'object' ? value[language] : String(value);
  });
}
