import type { CodeWords } from './code-words.ts';

const RESTARTING = 'Elle redémarre\u00a0; appuyez de nouveau.';
const CHOOSE = 'Choisissez une image PNG ou JPEG.';
const CLINICAL = 'Évaluation clinique requise.';

export const FR_CODES: CodeWords = {
  reasons: {
    'too-small': {
      message: 'L’image est trop petite pour être évaluée.',
      cure: 'Utilisez une image d’au moins 100\u00a0×\u00a0100 pixels.',
    },
    damaged: {
      message: 'L’image est endommagée.',
      cure: 'Appuyez de nouveau\u00a0; si cela persiste, vérifiez la caméra et son câble.',
    },
    'too-dark': {
      message: 'Trop sombre.',
      cure: 'Allumez la lumière du dermatoscope et appuyez de nouveau.',
    },
    'too-bright': {
      message: 'Trop clair.',
      cure: 'Baissez la lumière ou l’exposition et appuyez de nouveau.',
    },
    'no-detail': {
      message: 'L’image ne montre qu’une surface unie.',
      cure: 'Posez le dermatoscope sur la lésion et appuyez de nouveau.',
    },
    'too-blurred': {
      message: 'Trop flou.',
      cure: 'Ne bougez pas, faites la mise au point sur la lésion et appuyez de nouveau.',
    },
    moved: {
      message: 'L’image est floue à cause d’un mouvement.',
      cure: 'Tenez le dermatoscope immobile et appuyez de nouveau.',
    },
    'no-lesion': {
      message: 'Aucune lésion trouvée\u00a0: visez de nouveau.',
      cure: 'Placez le dermatoscope sur la lésion, remplissez-en l’anneau et appuyez de nouveau.',
    },
    hair: {
      message: 'Des poils couvrent la lésion.',
      cure: 'Écartez ou mouillez les poils et appuyez de nouveau.',
    },
    glare: {
      message: 'Des reflets masquent la lésion.',
      cure: 'Mettez plus de gel ou inclinez le dermatoscope et appuyez de nouveau.',
    },
    ink: {
      message: 'Il y a de l’encre ou un repère dans l’image.',
      cure: 'Essuyez l’encre ou retirez le repère et appuyez de nouveau.',
    },
    'lesion-cut': {
      message: 'La lésion dépasse de l’image.',
      cure: 'Centrez la lésion dans l’anneau et appuyez de nouveau.',
    },
    'lesion-blurred': {
      message: 'La lésion elle-même est floue.',
      cure: 'Faites la mise au point sur la lésion, non sur la peau autour, et appuyez de nouveau.',
    },
    'lesion-small': {
      message: 'La lésion est trop petite dans l’image.',
      cure: 'Zoomez jusqu’à ce qu’elle remplisse mieux l’anneau et appuyez de nouveau.',
    },
    'not-finite': { message: 'Le modèle n’a pas donné de valeurs utilisables.', cure: CLINICAL },
    'not-a-lesion': {
      message: 'Cela ne ressemble pas à une lésion cutanée.',
      cure: 'Posez le dermatoscope sur la lésion, remplissez-en l’anneau et appuyez de nouveau.',
    },
    'unlike-training': {
      message: 'Cela ne ressemble pas aux images d’entraînement du modèle.',
      cure: 'Vérifiez objectif, lumière et cadrage et appuyez de nouveau\u00a0; si cela persiste, une évaluation clinique est requise.',
    },
    unsure: { message: 'Le modèle n’est pas sûr.', cure: CLINICAL },
    'contra-indicated': {
      message: 'Le modèle ne doit pas être utilisé sur une telle lésion.',
      cure: CLINICAL,
    },
    'camera/lost': {
      message: 'Pas de caméra.',
      cure: 'Vérifiez que la caméra est branchée\u00a0; elle se reconnecte automatiquement.',
    },
    'camera/stalled': {
      message: 'La caméra n’envoie plus d’images.',
      cure: 'Elle redémarre\u00a0; attendez ou rebranchez-la.',
    },
    'camera/timeout': {
      message: 'Aucune image récente de la caméra.',
      cure: 'Vérifiez la caméra et appuyez de nouveau.',
    },
    'model/none': {
      message: 'Pas de modèle\u00a0: aucune probabilité.',
      cure: 'Lancez «\u00a0kiosk doctor\u00a0» et installez un paquet de modèle valide\u00a0; il se charge automatiquement.',
    },
    'model/loading': {
      message: 'Le modèle est en cours de chargement.',
      cure: 'Attendez quelques secondes et appuyez de nouveau.',
    },
    'inference/died': { message: 'L’analyse s’est arrêtée de façon inattendue.', cure: RESTARTING },
    'inference/timeout': { message: 'L’analyse a duré trop longtemps et a été arrêtée.', cure: RESTARTING },
    'inference/failed': {
      message: 'L’analyse a échoué.',
      cure: 'Appuyez de nouveau\u00a0; si cela persiste, lancez «\u00a0kiosk doctor\u00a0».',
    },
    'picture/empty': { message: 'Le fichier est vide.', cure: CHOOSE },
    'picture/missing': {
      message: 'Aucune image n’a été envoyée.',
      cure: 'Choisissez une image PNG ou JPEG et envoyez-la dans le champ «\u00a0file\u00a0».',
    },
    'picture/unsupported': { message: 'Ce n’est pas une image PNG ou JPEG.', cure: CHOOSE },
    'picture/broken': {
      message: 'L’image est endommagée ou incomplète.',
      cure: 'Enregistrez-la ou envoyez-la de nouveau, ou choisissez-en une autre.',
    },
    'picture/too-many-pixels': {
      message: 'L’image a trop de pixels.',
      cure: 'Utilisez une image de 25 mégapixels au plus.',
    },
    'picture/too-large': {
      message: 'Le fichier est trop volumineux.',
      cure: 'Utilisez un fichier de 20 Mo au plus.',
    },
    'picture/not-kept': {
      message: 'Cet appareil ne conserve aucune image.',
      cure: 'Réglez KIOSK_RETENTION sur ask ou always.',
    },
    'picture/no-room': {
      message: 'Il n’y a pas de place pour conserver l’image.',
      cure: 'Libérez de l’espace sur le disque de données\u00a0; le résultat, lui, est enregistré.',
    },
    'picture/key-lost': {
      message: 'La clé des images conservées est absente ou incorrecte.',
      cure: 'Restaurez le fichier de la clé\u00a0; sans lui, les images sont illisibles.',
    },
    'picture/kept-damaged': {
      message: 'L’image conservée est endommagée ou a été modifiée.',
      cure: 'Supprimez-la\u00a0; le résultat reste dans l’historique.',
    },
    'session/busy': {
      message: 'Une capture est en cours.',
      cure: 'Attendez qu’elle se termine et réessayez.',
    },
    'session/repeated-press': {
      message: 'Double appui\u00a0: seul le premier compte.',
      cure: 'Pour une nouvelle capture, attendez une demi-seconde et appuyez une fois.',
    },
    'session/aborted': {
      message: 'La session a été interrompue sans résultat.',
      cure: 'Appuyez de nouveau.',
    },
    'session/timeout': {
      message: 'La session a duré trop longtemps et a été interrompue.',
      cure: 'Appuyez de nouveau.',
    },
    'session/unknown': {
      message: 'Cette session n’existe pas.',
      cure: 'Cherchez la session dans l’historique.',
    },
    'session/not-assessable': {
      message: 'Cette session n’a pas de résultat à évaluer.',
      cure: 'Choisissez une session avec un résultat, ou «\u00a0Sans conclusion\u00a0».',
    },
    'session/picture-gone': {
      message: 'L’image de cette session n’est plus conservée.',
      cure: 'Les images sont supprimées à la fermeture du résultat ou à l’échéance.',
    },
    'reference/invalid': {
      message: 'Ce n’est pas une référence de patient valide.',
      cure: 'Scannez à nouveau le code-barres ou vérifiez la saisie.',
    },
    'reference/taken': {
      message: 'Un autre patient a cette référence.',
      cure: 'Vérifiez la saisie ; s’il s’agit de la même personne, fusionnez les deux.',
    },
    'reference/unknown': {
      message: 'Aucun patient n’a cette référence.',
      cure: 'Vérifiez la saisie.',
    },
    'reference/none': {
      message: 'Aucun patient n’est sélectionné.',
      cure: 'Scannez ou saisissez d’abord la référence.',
    },
    'lesion/unknown': {
      message: 'Ce patient n’a pas cette lésion.',
      cure: 'Choisissez-en une dans la liste ou ajoutez-la.',
    },
    'lesion/closed': {
      message: 'Cette lésion est clôturée.',
      cure: 'Rouvrez-la d’abord sur sa page.',
    },
    'lesion/contra-indicated': {
      message: 'L’appareil ne doit pas être utilisé sur cette lésion.',
      cure: CLINICAL,
    },
    'overview/under-way': {
      message: 'Une vue d’ensemble est en cours.',
      cure: 'Conservez-la ou annulez-la d’abord.',
    },
    'overview/gone': {
      message: 'Cette vue d’ensemble n’est plus disponible.',
      cure: 'Reprenez-la. Une vue non conservée est abandonnée au changement de patient ou en l’absence d’utilisateur.',
    },
    'comparison/other-lesion': {
      message: 'Ces deux captures ne montrent pas la même lésion.',
      cure: 'Choisissez des captures dans l’historique d’une seule lésion.',
    },
    'comparison/failed': {
      message: 'Les deux captures n’ont pas pu être comparées.',
      cure: 'Réessayez\u00a0; si cela persiste, consultez le journal système.',
    },
    'rescore/same-model': {
      message: 'Le dernier résultat de cette session provient déjà du modèle actuel.',
      cure: 'Il n’y a rien à faire.',
    },
    'export/none': {
      message: 'Aucun dossier d’export n’est configuré sur cet appareil.',
      cure: 'Réglez KIOSK_EXPORT_DIR sur le dossier où la clé USB est montée.',
    },
    'export/nothing': {
      message: 'Il n’y a rien à exporter : aucune session ne correspond.',
      cure: 'Choisissez d’autres dates ou modifiez le filtre.',
    },
    'export/no-medium': {
      message: 'Aucune clé USB détectée.',
      cure: 'Branchez-la, attendez quelques secondes et réessayez.',
    },
    'export/failed': {
      message: 'L’export n’a pas pu être enregistré\u00a0; il n’en reste aucun fichier incomplet.',
      cure: 'Libérez de l’espace sur la clé USB ou utilisez-en une autre.',
    },
    'drive/none': {
      message: 'Aucun dossier n’est configuré sur cet appareil pour les images d’une clé USB.',
      cure: 'Réglez KIOSK_UPLOAD_DIR sur le dossier où la clé USB est montée.',
    },
    'drive/no-medium': {
      message: 'Aucune clé USB détectée.',
      cure: 'Branchez-la, attendez quelques secondes et relancez la recherche.',
    },
    'drive/no-pictures': {
      message: 'La clé USB ne contient aucune image PNG ou JPEG.',
      cure: 'Copiez-y des images, à trois niveaux de dossiers au plus, et relancez la recherche.',
    },
    'drive/unreadable': {
      message: 'La clé USB est illisible.',
      cure: 'Débranchez-la et rebranchez-la, ou utilisez-en une autre.',
    },
    'drive/changed': {
      message: 'La clé USB a été changée ou retirée.',
      cure: 'Relancez la recherche d’images.',
    },
    'drive/own-screen': {
      message: 'La clé USB n’est accessible que sur l’écran de l’appareil lui-même.',
      cure: 'Importez plutôt un fichier depuis ce poste.',
    },
    'store/full': {
      message: 'Disque plein\u00a0: rien ne peut être enregistré.',
      cure: 'Libérez de l’espace sur le disque\u00a0; l’appareil reprend automatiquement.',
    },
    'store/read-only': {
      message: 'Disque en lecture seule\u00a0: rien ne peut être enregistré.',
      cure: 'Vérifiez le disque de données et ses droits.',
    },
    'store/failed': {
      message: 'La session n’a pas pu être enregistrée.',
      cure: 'Vérifiez le disque de données et lancez «\u00a0kiosk doctor\u00a0».',
    },
    'settings/locked': {
      message: 'Les réglages sont verrouillés.',
      cure: 'Déverrouillez-les avec le code PIN.',
    },
    'settings/pinned': {
      message: 'Ce réglage est fixé par l’installation.',
      cure: 'Modifiez la variable dans l’installation ou dans la flotte.',
    },
    'operator/locked': {
      message: 'Verrouillé.',
      cure: 'Scannez votre badge ou saisissez votre code PIN.',
    },
    'operator/unknown': {
      message: 'Cette personne n’est pas enregistrée.',
      cure: 'Choisissez-en une autre ou demandez au technicien.',
    },
    'operator/taken': {
      message: 'Une autre personne a déjà ce nom ou ce badge.',
      cure: 'Choisissez un autre nom ou un autre badge.',
    },
    'badge/unknown': {
      message: 'Ce badge est inconnu.',
      cure: 'Scannez-le de nouveau ou saisissez votre code PIN.',
    },
    'badge/unusable': {
      message: 'Ce code ne peut pas être un badge.',
      cure: 'Utilisez un badge de 6 à 80 caractères avec le préfixe attendu.',
    },
    'pin/wrong': { message: 'Code PIN incorrect.', cure: 'Réessayez.' },
    'pin/wait': { message: 'Trop de codes PIN incorrects.', cure: 'Attendez, puis réessayez.' },
    'pin/weak': {
      message: 'Ce code PIN est trop facile à deviner.',
      cure: 'Utilisez 6 à 12 chiffres (code personnel\u00a0: 4 à 12), sans suite, répétition, année ni date.',
    },
    'pin/own-screen': {
      message: 'Le premier code PIN se définit sur l’écran même de l’appareil.',
      cure: 'Ouvrez-y les réglages.',
    },
    'practice/on': {
      message: 'Un exercice est en cours sur l’appareil.',
      cure: 'Terminez d’abord l’exercice à l’écran de l’appareil.',
    },
    'request/refused': {
      message: 'La requête n’est pas autorisée.',
      cure: 'Ouvrez l’écran à l’adresse de l’appareil ou réglez KIOSK_ALLOWED_HOSTS.',
    },
    'request/invalid': {
      message: 'La requête n’est pas valide.',
      cure: 'Vérifiez l’adresse et les champs envoyés.',
    },
    'request/too-many': {
      message: 'Trop de requêtes en peu de temps.',
      cure: 'Attendez un instant et réessayez.',
    },
    'request/not-found': { message: 'Il n’y a rien à cette adresse.', cure: 'Vérifiez l’adresse.' },
    'internal/error': {
      message: 'Une erreur interne s’est produite.',
      cure: 'Appuyez de nouveau\u00a0; les détails sont dans le journal système.',
    },
  },
  board: {
    'under-voltage': {
      message: 'La tension d’alimentation est trop basse.',
      cure: 'Utilisez l’alimentation d’origine de la carte et un câble court et épais.',
    },
    hot: {
      message: 'La carte est trop chaude.',
      cure: 'Dégagez les aérations ou posez un dissipateur ou un ventilateur.',
    },
    throttled: {
      message: 'Le processeur a réduit sa vitesse.',
      cure: 'Vérifiez l’alimentation et le refroidissement de la carte.',
    },
  },
  checks: {
    camera: 'Caméra',
    picture: 'Image',
    colour: 'Couleur',
    button: 'Bouton',
    lamp: 'Lampe',
    model: 'Modèle',
    engine: 'Moteur',
    disk: 'Disque',
    memory: 'Mémoire',
    clock: 'Horloge',
    power: 'Alimentation',
    heat: 'Température',
    board: 'Carte',
    versions: 'Versions',
  },
  cures: {
    'camera-slow':
      'Choisissez une image plus petite ou vérifiez l’alimentation, la température et les autres programmes.',
    'not-calibrated': 'Étalonnez la caméra avec une carte blanche.',
    'no-white-card': 'Posez l’optique sur la carte blanche et testez à nouveau.',
    'colour-cast':
      'Nettoyez l’optique et la lumière\u00a0; si cela persiste, étalonnez avec la carte blanche.',
    'button-stuck': 'Relâchez-le. D’ici là, utilisez le bouton à l’écran.',
    'button-missing': 'D’ici là, utilisez le bouton à l’écran.',
    'lamp-failed': 'Vérifiez le câblage ou réglez KIOSK_LAMP=none.',
    'model-loading': 'Attendez quelques secondes et testez à nouveau.',
    'model-none': 'Installez un paquet de modèle valide ou indiquez-en un par KIOSK_MODEL.',
    'disk-full': 'Libérez de l’espace sur le disque de données.',
    'memory-short': 'Fermez d’autres programmes ou redémarrez la carte.',
    'clock-unset': 'Reliez la carte à une source de temps ou posez une pile d’horloge.',
  },
  noPress: {
    message: 'Aucun appui détecté.',
    cure: 'Vérifiez le câblage du bouton et le réglage KIOSK_BUTTON.',
  },
  classes: {
    akiec: 'Kératose actinique / maladie de Bowen',
    bcc: 'Carcinome basocellulaire',
    bkl: 'Kératose bénigne',
    df: 'Dermatofibrome',
    mel: 'Mélanome',
    nv: 'Nævus mélanocytaire',
    vasc: 'Lésion vasculaire',
  },
  tags: {
    akiec: 'précancéreuse ou carcinome in situ',
    bcc: 'cancer',
    df: 'bénin',
    mel: 'cancer',
    nv: 'bénin',
    vasc: 'bénigne',
  },
  sites: {
    chest: 'Poitrine',
    abdomen: 'Abdomen',
    'upper-arm-front': 'Bras, face antérieure',
    'forearm-front': 'Avant-bras, face antérieure',
    'thigh-front': 'Cuisse, face antérieure',
    shin: 'Jambe, face antérieure',
    'upper-back': 'Haut du dos',
    'lower-back': 'Bas du dos',
    buttock: 'Fesse',
    'upper-arm-back': 'Bras, face postérieure',
    'forearm-back': 'Avant-bras, face postérieure',
    'thigh-back': 'Cuisse, face postérieure',
    calf: 'Mollet',
    eye: 'Contour de l’œil',
    ear: 'Oreille',
    cheek: 'Joue',
    'hand-back': 'Dos de la main',
    'fingers-back': 'Doigts, face dorsale',
    palm: 'Paume',
    'fingers-palm': 'Doigts, face palmaire',
    'foot-top': 'Dos du pied',
    toes: 'Orteils',
    sole: 'Plante du pied',
    heel: 'Talon',
    scalp: 'Cuir chevelu',
    forehead: 'Front',
    nose: 'Nez',
    mouth: 'Bouche et menton',
    neck: 'Cou',
    'scalp-back': 'Région occipitale',
    nape: 'Nuque',
  },
  contraIndications: {
    'special-site': 'Sur un ongle, une muqueuse, une paupière ou les organes génitaux',
    ulceration: 'Ulcérée',
    bleeding: 'Saignante',
    ulcerated: 'Ulcérée ou qui saigne',
    hidden: 'Masquée par des poils, de l’encre, un tatouage ou une cicatrice',
    'too-large': 'Plus grande que le champ',
    'dark-skin': 'Peau foncée (phototype V ou VI)',
  },
  use: {
    headline: 'Réservé à la recherche. Aide au clinicien formé, pour une lésion déjà jugée suspecte.',
    not: 'Ni dépistage, ni diagnostic\u00a0; un score bas n’exclut pas un cancer.',
    notValidatedOn: [
      'ongles, muqueuses, paupières, organes génitaux',
      'lésions ulcérées ou qui saignent',
      'lésions masquées par poils, encre, tatouage ou cicatrice',
      'lésions plus grandes que le champ',
      'peau foncée (phototypes V–VI)',
      'carcinome épidermoïde et tout autre diagnostic hors des sept classes',
    ],
  },
  fields: {
    width: 'Largeur',
    height: 'Hauteur',
    brightness: 'Luminosité',
    contrast: 'Contraste',
    darkShare: 'Part sombre',
    brightShare: 'Part claire',
    focus: 'Netteté',
    detail: 'Détail',
    motion: 'Mouvement',
    damage: 'Dommages',
    grain: 'Bruit',
    evidence: 'Lésion visible',
    share: 'Part',
    distance: 'Distance',
    hair: 'Poils',
    glare: 'Reflet',
    ink: 'Encre',
    cut: 'Coupée',
    lesionFocus: 'Netteté lésion',
    open: 'Ouverture',
    capture: 'Capture',
    assess: 'Contrôle',
    classify: 'Analyse',
    record: 'Enregistrement',
    total: 'Total',
    burstDecode: 'décoder la rafale',
    quality: 'qualité',
    decode: 'décoder',
    prepare: 'préparer',
    network: 'réseau',
    verdict: 'décision',
    explain: 'expliquer',
  },
};
