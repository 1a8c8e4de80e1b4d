import type { ErrorEntry } from './entry.ts';

/** Errors of the workspace. */
export const workspaceErrors = {
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
  'outline-refused': {
    status: 422,
    en: '{what} is not stored, and nothing was changed: {why}. Correct it in QGIS, then send it again.',
    fr: "{what} : contour non enregistré, et rien n'a été modifié : {why}. Corrigez-le dans QGIS, puis renvoyez-le.",
  },
  'zone-id-taken': {
    status: 422,
    en: 'The zones are not stored, and nothing was changed: the id "{id}" of the zone "{zone}" is already that of {owner}. Leave it out, and the zone gets one made from its name.',
    fr: "Les zones ne sont pas enregistrées, et rien n'a été modifié : l'identifiant « {id} » de la zone « {zone} » est déjà celui de {owner}. Ne le donnez pas, et la zone en recevra un tiré de son nom.",
  },
  'zones-changed': {
    status: 409,
    en: 'The zones of the lake "{lake}" were changed by somebody else since you read them; nothing of yours was stored. Read them again, do your change once more, then send it.',
    fr: "Les zones du lac « {lake} » ont été modifiées par quelqu'un d'autre depuis que vous les avez lues ; rien de vos modifications n'est enregistré. Relisez-les, refaites votre modification, puis renvoyez-la.",
  },
  'shoreline-changed': {
    status: 409,
    en: 'The shoreline of the lake "{lake}" was changed by somebody else since you read it; nothing of yours was stored. Read it again, do your change once more, then send it.',
    fr: "La rive du lac « {lake} » a été modifiée par quelqu'un d'autre depuis que vous l'avez lue ; rien de vos modifications n'est enregistré. Relisez-la, refaites votre modification, puis renvoyez-la.",
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
