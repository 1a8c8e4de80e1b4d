import type { ErrorEntry } from './entry.ts';

/** Errors of places: CRS, elevations, control points, polygons. */
export const geographyErrors = {
  'epsg-unknown': {
    status: 422,
    en: 'EPSG:{epsg} is not a coordinate system that Rivage can convert. Check the number at https://epsg.io.',
    fr: "EPSG:{epsg} n'est pas un système de coordonnées que Rivage sait convertir. Vérifiez le numéro sur https://epsg.io.",
  },
  'dem-absent': {
    status: 409,
    en: 'The workspace has no elevation model, so the height of the ground is not known. Name one under "dem" in rivage.json, then start the service again.',
    fr: "L'espace de travail n'a pas de modèle d'altitude : l'altitude du sol n'est pas connue. Nommez-en un sous « dem » dans rivage.json, puis redémarrez le service.",
  },
  'dem-unreadable': {
    status: 422,
    en: 'The elevation model {file} cannot be read as a GeoTIFF: {why}. Convert it with gdal_translate -of GTiff.',
    fr: "Le modèle d'altitude {file} n'est pas lisible comme GeoTIFF : {why}. Convertissez-le avec gdal_translate -of GTiff.",
  },
  'dem-without-epsg': {
    status: 422,
    en: 'The elevation model {file} does not say its coordinate system. Name it: "epsg" beside the DEM in rivage.json, or --dem-epsg.',
    fr: "Le modèle d'altitude {file} ne dit pas son système de coordonnées. Nommez-le : « epsg » près du MNT dans rivage.json, ou --dem-epsg.",
  },
  'dem-not-covering': {
    status: 422,
    en: 'The elevation model {file} (EPSG:{epsg}, {extent}) does not cover the camera at {at}, which in EPSG:{epsg} is {place}. If these numbers look alike, the EPSG code of the DEM or of the camera is wrong (another zone, perhaps); else use a DEM of that place.',
    fr: "Le modèle d'altitude {file} (EPSG:{epsg}, {extent}) ne couvre pas l'appareil à {at}, soit en EPSG:{epsg} {place}. Si ces nombres se ressemblent, le code EPSG du MNT ou de l'appareil est faux (un autre fuseau, peut-être) ; sinon prenez un MNT de ce lieu.",
  },
  'dem-axes': {
    status: 422,
    en: 'The elevation model {file} cannot be in EPSG:{epsg} ({name}): its axes, {extent}, are in {seen}, and that system counts in {needed}. Give the code that belongs to such axes, like {example}.',
    fr: "Le modèle d'altitude {file} ne peut pas être en EPSG:{epsg} ({name}) : ses axes, {extent}, sont en {seen}, or ce système compte en {needed}. Donnez le code qui convient à de tels axes, comme {example}.",
  },
  'dem-in-feet': {
    status: 422,
    en: 'The heights of the elevation model {file} seem to be in feet: at {at} it has {ground}, and the camera there stands at {camera} m; {ground} ft are {metres} m. Convert it: gdal_translate -a_scale 0.3048 dem.tif dem-metres.tif',
    fr: "Les altitudes du modèle {file} semblent être en pieds : en {at} il indique {ground}, et l'appareil y est à {camera} m ; {ground} pieds font {metres} m. Convertissez-le : gdal_translate -a_scale 0.3048 dem.tif dem-metres.tif",
  },
  'dem-empty': {
    status: 422,
    en: 'The elevation model {file} has no elevation within {radiusM} m of {at}: every cell there is nodata. Use a DEM that is filled there.',
    fr: "Le modèle d'altitude {file} n'a aucune altitude à moins de {radiusM} m de {at} : toutes les cellules y sont vides. Prenez un MNT rempli à cet endroit.",
  },
  'photo-other-size': {
    status: 422,
    en: 'The photo has {photo} px, and the camera was solved for {camera} px. Use a photo of that size: the one that the points were clicked in.',
    fr: "La photo fait {photo} px, or l'appareil a été résolu pour {camera} px. Prenez une photo de cette taille : celle où les points ont été cliqués.",
  },
  'geometry-invalid': {
    status: 422,
    en: 'The outline of {what} {id} is not a valid polygon: {why} near {place}. Correct it in QGIS (Vector > Geometry tools > Check validity).',
    fr: "Le contour de {what} {id} n'est pas un polygone valide : {why} près de {place}. Corrigez-le dans QGIS (Vecteur > Outils de géométrie > Vérifier la validité).",
  },
  'cells-too-many': {
    status: 422,
    en: 'Hexagons {width} m wide would be {cells} around this lake, and at most {most} are drawn. Make them {least} m wide or wider.',
    fr: 'Des hexagones de {width} m de large seraient {cells} autour de ce lac, et au plus {most} sont dessinés. Donnez-leur {least} m de large ou plus.',
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
  'gcps-too-few': {
    status: 422,
    en: '{count} ground control points cannot solve {free}: at least {needed} are needed. Add points, say where the camera stands, or free less.',
    fr: "{count} points d'appui ne suffisent pas pour résoudre {free} : il en faut au moins {needed}. Ajoutez des points, dites où est l'appareil, ou libérez moins de paramètres.",
  },
  'opencv-crs': {
    status: 422,
    en: 'EPSG:{epsg} ({name}) is not east and north in metres, as the world of an OpenCV camera must be. Name a projected system, such as a UTM zone.',
    fr: "EPSG:{epsg} ({name}) n'est pas en mètres vers l'est et le nord, comme doit l'être le monde d'un appareil OpenCV. Donnez un système projeté, par exemple une zone UTM.",
  },
  'opencv-lens': {
    status: 422,
    en: 'The lens of the OpenCV camera has {what}, which no lens of Rivage has. Needed: no skew, and k1,k2,p1,p2 or k1,k2,p1,p2,k3 (others 0), or the k1,k2,k3,k4 of a fisheye. Calibrate again without CALIB_RATIONAL_MODEL, CALIB_THIN_PRISM_MODEL and CALIB_TILTED_MODEL.',
    fr: "L'objectif de l'appareil OpenCV a {what}, qu'aucun objectif de Rivage n'a. Il faut : pas de biais, et k1,k2,p1,p2 ou k1,k2,p1,p2,k3 (les autres à 0), ou les k1,k2,k3,k4 d'un fisheye. Refaites la calibration sans CALIB_RATIONAL_MODEL, CALIB_THIN_PRISM_MODEL ni CALIB_TILTED_MODEL.",
  },
  'lens-without-parameter': {
    status: 422,
    en: 'A {lens} lens has no {names}. What can be solved with it: {free}.',
    fr: "Un objectif {lens} n'a pas de {names}. Ce qui peut être résolu avec lui : {free}.",
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
} as const satisfies Record<string, ErrorEntry>;
