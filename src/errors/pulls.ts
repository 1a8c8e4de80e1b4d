import type { ErrorEntry } from './entry.ts';

/** Errors of getting the weights of models. */
export const pullsErrors = {
  'pull-refused': {
    status: 502,
    en: '{source} is not given: {why}. Check the address, or name another place with --mirror or --from.',
    fr: "{source} n'est pas fourni : {why}. Vérifiez l'adresse, ou indiquez un autre endroit avec --mirror ou --from.",
  },
  'pull-not-there': {
    status: 404,
    en: '{place} has no file with the weights of model {model} ({why}); looked for: {names}. Put it there under one of these names.',
    fr: "{place} ne contient aucun fichier des poids du modèle {model} ({why}) ; cherché : {names}. Déposez-l'y sous l'un de ces noms.",
  },
  'pull-other-file': {
    status: 502,
    en: '{source} is another file than the one that was tested: {why}. Nothing of it was kept. If a login page or a filter answers in its place, get the file elsewhere and use --from or --mirror.',
    fr: "{source} n'est pas le fichier qui a été testé : {why}. Rien n'en a été gardé. Si une page de connexion ou un filtre répond à sa place, obtenez le fichier ailleurs et utilisez --from ou --mirror.",
  },
  'pull-broken': {
    status: 502,
    en: '{source} could not be fetched: {why}, {tries} times. {kept} are kept: the same command goes on from there. Check the network, or name a proxy (HTTPS_PROXY), --mirror or --from.',
    fr: "{source} n'a pas pu être téléchargé : {why}, {tries} fois. {kept} sont gardés : la même commande reprendra de là. Vérifiez le réseau, ou indiquez un mandataire (HTTPS_PROXY), --mirror ou --from.",
  },
  'pull-stopped': {
    status: 503,
    en: 'Stopped. {kept} of {source} are kept: the same command goes on from there.',
    fr: 'Arrêté. {kept} de {source} sont gardés : la même commande reprendra de là.',
  },
  'pull-unsafe': {
    status: 502,
    en: '{source} leads to {target}, which is not encrypted. Name that place with --mirror if you want it so; the SHA-256 is checked anyhow.',
    fr: "{source} renvoie à {target}, qui n'est pas chiffré. Indiquez cet endroit avec --mirror si vous l'acceptez ; le SHA-256 est vérifié dans tous les cas.",
  },
  'pull-untrusted': {
    status: 502,
    en: 'The certificate of {source} is not trusted ({why}). If your organisation looks into encrypted traffic, give Node its certificate: NODE_EXTRA_CA_CERTS=/path/ca.pem',
    fr: "Le certificat de {source} n'est pas reconnu ({why}). Si votre organisation inspecte le trafic chiffré, donnez son certificat à Node : NODE_EXTRA_CA_CERTS=/chemin/ca.pem",
  },
  'pull-proxy': {
    status: 502,
    en: 'The proxy refuses to fetch {source}: {why}. Check HTTPS_PROXY or HTTP_PROXY, such as http://name:password@host:3128.',
    fr: 'Le mandataire refuse de chercher {source} : {why}. Vérifiez HTTPS_PROXY ou HTTP_PROXY, par exemple http://nom:motdepasse@hôte:3128.',
  },
  'pull-disk-full': {
    status: 507,
    en: 'The disk of {folder} has no room for {needed} (free: {free}). Make room or name another folder with RIVAGE_WEIGHTS; the same command then goes on.',
    fr: "Le disque de {folder} n'a pas la place pour {needed} (libre : {free}). Faites de la place ou indiquez un autre dossier avec RIVAGE_WEIGHTS ; la même commande reprendra ensuite.",
  },
  'weights-folder': {
    status: 500,
    en: 'The folder of weights cannot be written in: {file} ({why}). Allow it, or name another folder with RIVAGE_WEIGHTS.',
    fr: "Impossible d'écrire dans le dossier des poids : {file} ({why}). Autorisez-le, ou indiquez un autre dossier avec RIVAGE_WEIGHTS.",
  },
} as const satisfies Record<string, ErrorEntry>;
