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
    fr: "Le fichier {file} se trouve hors de l'espace de travail et des dossiers de ses appareils : il n'est pas lu. Vérifiez cameras/*.json.",
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
  'database-locked': {
    status: 503,
    en: 'The database in {folder} is in use by process {pid}. Stop that program (rivage serve?), or set RIVAGE_DATABASE_URL to a PostgreSQL server that several programs can use. If no such process runs, delete {lockFile}.',
    fr: "La base de données de {folder} est utilisée par le processus {pid}. Arrêtez ce programme (rivage serve ?), ou indiquez dans RIVAGE_DATABASE_URL un serveur PostgreSQL que plusieurs programmes peuvent utiliser. Si ce processus n'existe pas, supprimez {lockFile}.",
  },
  'database-broken': {
    status: 500,
    en: 'The embedded database in {folder} cannot be opened: {why}. Restore the folder from a backup, or move it away and process the photos again.',
    fr: "La base de données intégrée de {folder} ne s'ouvre pas : {why}. Restaurez le dossier depuis une sauvegarde, ou déplacez-le et traitez à nouveau les photos.",
  },
  'database-unreachable': {
    status: 503,
    en: 'The database {url} cannot be reached: {why}. Check RIVAGE_DATABASE_URL and that the server runs.',
    fr: 'La base de données {url} est injoignable : {why}. Vérifiez RIVAGE_DATABASE_URL et que le serveur fonctionne.',
  },
  'database-refused': {
    status: 500,
    en: 'The database refused the statement "{statement}": {why}. Please report it with the log.',
    fr: "La base de données a refusé l'instruction « {statement} » : {why}. Merci de le signaler avec le journal.",
  },
  'postgis-missing': {
    status: 503,
    en: 'The database has no PostGIS and it cannot be added ({why}). Ask its administrator to run: create extension postgis',
    fr: "La base de données n'a pas PostGIS et il ne peut pas être ajouté ({why}). Demandez à son administrateur d'exécuter : create extension postgis",
  },
  'migration-edited': {
    status: 500,
    en: 'Migration {migration} was changed after it had been applied to this database. Restore the released file; put changes in a new migration.',
    fr: 'La migration {migration} a été modifiée après son application à cette base. Rétablissez le fichier publié ; mettez les changements dans une nouvelle migration.',
  },
  'database-newer': {
    status: 500,
    en: 'The database has migration {migration}, which this version of Rivage does not know. Install a newer version of Rivage.',
    fr: 'La base de données contient la migration {migration}, que cette version de Rivage ne connaît pas. Installez une version plus récente de Rivage.',
  },
  'view-in-use': {
    status: 409,
    en: 'The views of schema rivage cannot be made again, because others depend on them: {dependents}. Drop those, run rivage migrate, and create them again.',
    fr: "Les vues du schéma rivage ne peuvent pas être recréées, car d'autres objets en dépendent : {dependents}. Supprimez ceux-ci, lancez rivage migrate, puis recréez-les.",
  },
  'geometry-invalid': {
    status: 422,
    en: 'The outline of {what} {id} is not a valid polygon: {why} near {place}. Correct it in QGIS (Vector > Geometry tools > Check validity).',
    fr: "Le contour de {what} {id} n'est pas un polygone valide : {why} près de {place}. Corrigez-le dans QGIS (Vecteur > Outils de géométrie > Vérifier la validité).",
  },
  'workspace-missing': {
    status: 404,
    en: 'The folder {folder} is no workspace: it has no rivage.json. Name one with --workspace, or make one with rivage init.',
    fr: "Le dossier {folder} n'est pas un espace de travail : il n'a pas de rivage.json. Nommez-en un avec --workspace, ou créez-en un avec rivage init.",
  },
  'id-duplicate': {
    status: 422,
    en: '{file}, line {line}: the id "{id}" is used twice. Give each its own.',
    fr: "{file}, ligne {line} : l'identifiant « {id} » est utilisé deux fois. Donnez à chacun le sien.",
  },
  'lake-unknown': {
    status: 422,
    en: '{file}, line {line}: no lake has the id "{lake}". Lakes of lakes.geojson: {known}.',
    fr: "{file}, ligne {line} : aucun lac n'a l'identifiant « {lake} ». Lacs de lakes.geojson : {known}.",
  },
  'camera-unknown': {
    status: 404,
    en: 'No camera has the id "{camera}". Cameras of the workspace: {known}.',
    fr: "Aucun appareil n'a l'identifiant « {camera} ». Appareils de l'espace de travail : {known}.",
  },
  'camera-far': {
    status: 422,
    en: '{file}, line {line}: the camera is {km} km from the lake "{lake}". Check lng and lat: are they exchanged?',
    fr: "{file}, ligne {line} : l'appareil est à {km} km du lac « {lake} ». Vérifiez lng et lat : sont-ils échangés ?",
  },
  'geojson-crs': {
    status: 422,
    en: '{file}, line {line}: its coordinates are in {crs}, and longitude and latitude are needed. In QGIS: Export > Save Features As, CRS EPSG:4326.',
    fr: '{file}, ligne {line} : ses coordonnées sont en {crs}, or il faut longitude et latitude. Dans QGIS : Exporter > Sauvegarder les entités sous, SCR EPSG:4326.',
  },
  'geojson-range': {
    status: 422,
    en: '{file}, line {line}: {at} is no longitude and latitude in degrees. In QGIS: Export > Save Features As, CRS EPSG:4326.',
    fr: "{file}, ligne {line} : {at} n'est pas une longitude et une latitude en degrés. Dans QGIS : Exporter > Sauvegarder les entités sous, SCR EPSG:4326.",
  },
  'geojson-geometry': {
    status: 422,
    en: '{file}, line {line}: a single polygon is needed here, not {type}. In QGIS: Vector > Geometry Tools > Multipart to Singleparts, then give each part its own id.',
    fr: '{file}, ligne {line} : il faut ici un seul polygone, et non {type}. Dans QGIS : Vecteur > Outils de géométrie > De morceaux multiples à morceaux uniques, puis donnez à chaque partie son identifiant.',
  },
  'polygon-invalid': {
    status: 422,
    en: '{file}, line {line}: the polygon is not valid: {why}. Redraw it, or in QGIS: Processing > Fix Geometries.',
    fr: "{file}, ligne {line} : le polygone n'est pas valide : {why}. Redessinez-le, ou dans QGIS : Traitement > Réparer les géométries.",
  },
  'time-zone-unknown': {
    status: 422,
    en: '{file}, line {line}: "{zone}" is no time zone. Did you mean "{near}"?',
    fr: "{file}, ligne {line} : « {zone} » n'est pas un fuseau horaire. Vouliez-vous dire « {near} » ?",
  },
  'photo-folder-missing': {
    status: 422,
    en: '{file}, line {line}: the photo folder {folder} does not exist. Make it, correct the path, or connect its disk.',
    fr: "{file}, ligne {line} : le dossier de photos {folder} n'existe pas. Créez-le, corrigez le chemin ou branchez son disque.",
  },
  'photo-folder-shared': {
    status: 422,
    en: '{file}, line {line}: the photo folder {folder} is also claimed by the camera "{other}", or lies in its folder or around it. Give each camera a folder of its own.',
    fr: "{file}, ligne {line} : le dossier de photos {folder} est aussi celui de l'appareil « {other} », ou se trouve dans le sien ou autour. Donnez à chaque appareil un dossier à lui.",
  },
  'named-file-missing': {
    status: 422,
    en: '{file}, line {line}: the file {named} does not exist. Correct the path, or put the file there.',
    fr: "{file}, ligne {line} : le fichier {named} n'existe pas. Corrigez le chemin, ou mettez-y le fichier.",
  },
  'disk-full': {
    status: 507,
    en: 'The disk of {folder} is full: {done} photos were copied whole and nothing was lost. Make room, then start the import again: it goes on where it stopped.',
    fr: "Le disque de {folder} est plein : {done} photos ont été copiées en entier et rien n'est perdu. Faites de la place, puis relancez l'import : il reprendra où il s'est arrêté.",
  },
  'copy-differs': {
    status: 500,
    en: 'The copy of {file} differs from the original; it was removed. Check the disk and the card reader, then start the import again.',
    fr: "La copie de {file} diffère de l'original ; elle a été supprimée. Vérifiez le disque et le lecteur de carte, puis relancez l'import.",
  },
  'folders-overlap': {
    status: 400,
    en: 'The folder {from} and the photo folder {to} are one, or one lies in the other. Name the folder of the card.',
    fr: "Le dossier {from} et le dossier de photos {to} sont le même, ou l'un est dans l'autre. Nommez le dossier de la carte.",
  },
  'folder-not-empty': {
    status: 409,
    en: 'The folder {folder} is not empty ({found}, …) and nothing in it is overwritten. Name a new folder.',
    fr: "Le dossier {folder} n'est pas vide ({found}, …) et rien n'y est écrasé. Nommez un nouveau dossier.",
  },
  'folder-without-photos': {
    status: 404,
    en: 'The folder {folder} holds no JPEG or PNG file. Check the path.',
    fr: 'Le dossier {folder} ne contient aucun fichier JPEG ou PNG. Vérifiez le chemin.',
  },
  'gcps-too-few': {
    status: 422,
    en: '{count} ground control points cannot solve {free}: at least {needed} are needed. Add points, say where the camera stands, or free less.',
    fr: "{count} points d'appui ne suffisent pas pour résoudre {free} : il en faut au moins {needed}. Ajoutez des points, dites où est la caméra, ou libérez moins de paramètres.",
  },
  'gcps-no-solution': {
    status: 422,
    en: 'The {count} ground control points do not fix {free}. Are they on one line, or in another coordinate system than said? Add points across the picture.',
    fr: "Les {count} points d'appui ne déterminent pas {free}. Sont-ils alignés, ou dans un autre système de coordonnées ? Ajoutez des points répartis dans la photo.",
  },
  'gcp-outside-picture': {
    status: 422,
    en: 'Ground control point {name} is at pixel {pixel}, outside the picture of {size} px. Check its u and v, and the size.',
    fr: "Le point d'appui {name} est au pixel {pixel}, hors de la photo de {size} px. Vérifiez u et v, et la taille.",
  },
  'gcp-far': {
    status: 422,
    en: 'Ground control point {name} lies {km} km away, at {lng}, {lat}. Check the EPSG code and the order of its coordinates.',
    fr: "Le point d'appui {name} est à {km} km, en {lng}, {lat}. Vérifiez le code EPSG et l'ordre des coordonnées.",
  },
  'doctor-found': {
    status: 500,
    en: '{count} checks failed. Mend them in the order above, then run rivage doctor again.',
    fr: "{count} vérifications ont échoué. Corrigez-les dans l'ordre ci-dessus, puis relancez rivage doctor.",
  },
  'package-broken': {
    status: 500,
    en: 'The package {package} does not load on this machine: {why}. Run npm ci again.',
    fr: 'Le paquet {package} ne se charge pas sur cette machine : {why}. Relancez npm ci.',
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
