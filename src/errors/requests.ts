import type { ErrorEntry } from './entry.ts';

/** Errors of HTTP requests. */
export const requestsErrors = {
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
    en: 'What was sent is larger than {most}. Send less at a time.',
    fr: 'Ce qui a été envoyé dépasse {most}. Envoyez moins à la fois.',
  },
  'body-not-file': {
    status: 415,
    en: 'The body was sent as {type}. Send the file itself with the header Content-Type: {wanted}.',
    fr: "Le corps a été envoyé en {type}. Envoyez le fichier lui-même avec l'en-tête Content-Type: {wanted}.",
  },
  'project-missing': {
    status: 404,
    en: 'No QGIS project is stored in this workspace. Store one with PUT /api/project, or from the Rivage panel in QGIS.',
    fr: "Aucun projet QGIS n'est enregistré dans cet espace de travail. Enregistrez-en un par PUT /api/project, ou depuis le panneau Rivage de QGIS.",
  },
  'project-not-qgz': {
    status: 422,
    en: 'What was sent is not a QGIS project: {why}. In QGIS save the project as .qgz, and send that file.',
    fr: "Ce qui a été envoyé n'est pas un projet QGIS : {why}. Dans QGIS, enregistrez le projet en .qgz, et envoyez ce fichier.",
  },
  'token-missing': {
    status: 401,
    en: 'This service asks for a token. Give the one that it was started with (RIVAGE_TOKEN): in QGIS in the connection settings; in a browser as the password, with any user name; from a program as Authorization: Bearer.',
    fr: "Ce service demande un jeton. Donnez celui avec lequel il a été démarré (RIVAGE_TOKEN) : dans QGIS, dans les réglages de connexion ; dans un navigateur, comme mot de passe, avec n'importe quel nom ; depuis un programme, par Authorization: Bearer.",
  },
  'token-wrong': {
    status: 401,
    en: 'The token given is not that of this service. Check it against RIVAGE_TOKEN where the service was started; somebody may have changed it.',
    fr: "Le jeton donné n'est pas celui de ce service. Comparez-le à RIVAGE_TOKEN là où le service a été démarré ; quelqu'un l'a peut-être changé.",
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
  'port-taken': {
    status: 500,
    en: 'Port {port} is in use by another program, perhaps another Rivage. Stop it, or choose a port with --port.',
    fr: 'Le port {port} est utilisé par un autre programme, peut-être un autre Rivage. Arrêtez-le, ou choisissez un port avec --port.',
  },
} as const satisfies Record<string, ErrorEntry>;
