import type { HelpTexts } from './topics.ts';

export const HELP_FR: HelpTexts = {
  live: {
    shows: 'L’image en direct. L’anneau devient vert quand une capture passerait le contrôle de qualité.',
    keys: {
      'ready.capture': 'prend une image, comme le bouton du dermatoscope.',
      patient: 'choisit patient et lésion pour la prochaine capture.',
      'nav.upload': 'analyse un fichier image.',
      'nav.log': 'montre les sessions passées.',
      'nav.menu': 'ouvre réglages, langue, autotest et informations.',
    },
    cases: [
      ['L’image est noire ou absente', 'vérifiez le câble de la caméra, puis lancez l’autotest.'],
      ['Le bouton ne réagit pas', 'capturez à l’écran et testez le bouton dans l’autotest.'],
    ],
  },
  working: {
    shows: 'L’image est prise, contrôlée et analysée. Cela dure environ une seconde.',
    keys: {},
    cases: [['Un autre appui', 'est ignoré jusqu’à la fin de cette capture.']],
  },
  asking: {
    shows: 'Quelque chose contre-indique-t-il le modèle ici ? Le résultat suit votre réponse.',
    keys: {
      'contra.none': 'note qu’aucun cas ne s’applique.',
      'contra.done': 'note ceux qui sont cochés.',
      'contra.leave': 'note que la question est restée ouverte.',
    },
    cases: [['Vous n’êtes pas sûr', 'laissez sans réponse plutôt que de choisir « Aucun de ces cas ».']],
  },
  opinion: {
    shows:
      'Votre propre avis, avant que l’appareil n’affiche son résultat. Ni le voyant, ni le journal, ni un autre écran ne le révèlent.',
    keys: { 'opinion.leave': 'affiche le résultat et note qu’aucun avis n’a été donné.' },
    cases: [['Vous ne pouvez pas trancher', 'choisissez « Incertain » : c’est aussi un avis.']],
  },
  retake: {
    shows: 'Pourquoi l’image est refusée et comment mieux faire. Rien n’en a été calculé.',
    keys: { 'again.press': 'prend aussitôt une autre image.', back: 'revient à l’image en direct.' },
    cases: [
      [
        'Le même motif revient',
        'nettoyez la lentille, mettez du liquide de contact, ne bougez pas une seconde.',
      ],
    ],
  },
  fault: {
    shows: 'Ce qui a échoué. Il n’y a pas de résultat et rien n’est perdu.',
    keys: { 'again.press': 'essaie encore.', back: 'revient à l’image en direct.' },
    cases: [['Cela échoue encore', 'lancez l’autotest et montrez-le au technicien.']],
  },
  result: {
    shows:
      'En haut : le nombre est au-dessus, au niveau ou au-dessous du seuil d’orientation. Dessous : le nombre et les sept classes.',
    keys: {
      'result.save.agree': 'enregistre avec votre accord.',
      'result.save.disagree': 'enregistre avec votre désaccord.',
      'result.retake': 'reprend la même lésion.',
      'result.discard': 'maintenu : écarte ; la session reste dans l’historique.',
    },
    cases: [
      ['Il est au-dessous du seuil', 'un cancer n’est pas exclu : votre examen décide.'],
      ['Vous voulez en voir plus', 'touchez l’image : plein écran, contour, carte de chaleur.'],
    ],
  },
  withheld: {
    shows: 'Le modèle ne se prononce pas sur cette lésion. Cela ne veut pas dire qu’elle est bénigne.',
    keys: {
      'result.save.agree': 'enregistre la session.',
      'result.retake': 'prend une autre image.',
      'result.discard': 'maintenu : écarte ; la session reste dans l’historique.',
    },
    cases: [['Une autre image ne donne rien non plus', 'évaluez la lésion sans le modèle.']],
  },
  patient: {
    shows: 'À qui est la prochaine capture : la référence, puis la lésion.',
    keys: {
      'patient.next': 'prend la référence saisie ; un scan aussi.',
      'patient.yes': 'confirme le patient.',
      'patient.new-lesion': 'enregistre une lésion : site et libellé.',
      'patient.clear': 'ne choisit personne ; les données restent.',
    },
    cases: [['La référence est mal saisie', 'choisissez le patient et corrigez la référence.']],
  },
  patients: {
    shows: 'Les patients, leurs lésions sur le corps et leurs visites.',
    keys: {
      'patients.search': 'cherche par une partie de la référence.',
      'patients.select': 'le choisit pour la prochaine capture.',
    },
    cases: [['Vous avez un code-barres', 'scannez-le : le patient s’ouvre aussitôt.']],
  },
  'new-lesion': {
    shows: 'Où est la lésion et son libellé, pour la retrouver à la prochaine visite.',
    keys: {},
    cases: [['Il y en a plusieurs au même site', 'donnez à chacune un libellé, par exemple « A » et « B ».']],
  },
  lesion: {
    shows: 'Cette lésion au fil du temps.',
    keys: {
      'lesion.course': 'montre le nombre de chaque visite avec le seuil.',
      'lesion.compare': 'aligne deux images et mesure le changement.',
    },
    cases: [
      ['Il n’y a rien à comparer', 'il faut deux captures dont l’image est conservée.'],
      ['Le nombre a changé', 'cela seul ne veut pas dire que la lésion a changé.'],
    ],
  },
  assign: {
    shows: 'À quel patient appartient une session. Le changement est noté dans le journal.',
    keys: { 'assign.yes': 'attribue la session à ce patient.' },
    cases: [['C’était un autre patient', 'attribuez-la de nouveau, autant de fois qu’il le faut.']],
  },
  overview: {
    shows:
      'La région autour de la lésion, avec la caméra sans contact ou depuis un fichier. Le modèle ne la voit jamais.',
    keys: {
      'overview.keep': 'la conserve avec la lésion indiquée.',
      'overview.again': 'l’abandonne et revient à l’image en direct.',
      'overview.file': 'prend un fichier image au lieu de la caméra.',
    },
    cases: [
      ['Le patient n’est pas le bon', 'annulez, sélectionnez le bon et recommencez.'],
      ['Personne ne la conserve', 'elle est abandonnée : rien n’est conservé avant « Conserver ».'],
    ],
  },
  upload: {
    shows: 'Des fichiers image. Ils passent le même contrôle et la même analyse qu’une capture.',
    keys: {
      'upload.choose': 'ouvre un fichier de cet ordinateur.',
      'drive.search': 'relit la clé USB.',
      'drive.analyse': 'analyse l’image choisie.',
    },
    cases: [['Un fichier est refusé', 'utilisez PNG ou JPEG : gros plan d’une lésion, 20 Mo au plus.']],
  },
  log: {
    shows: 'Toutes les sessions, la plus récente d’abord. Touchez-en une pour l’ouvrir.',
    keys: {
      'log.search': 'cherche par numéro, référence ou date.',
      'log.filter': 'n’en montre qu’une partie.',
      'log.statistics': 'compte celles affichées.',
      'filter.last-month': 'montre le mois précédent.',
    },
    cases: [['Une session manque', 'effacez le filtre et regardez l’onglet qui les montre toutes.']],
  },
  find: {
    shows: 'Ce qu’on cherche dans l’historique. Les choix de types différents s’ajoutent.',
    keys: { 'filter.show-all': 'montre celles trouvées.', 'filter.clear': 'les montre toutes.' },
    cases: [['Rien n’est trouvé', 'ôtez un choix en le touchant encore.']],
  },
  export: {
    shows: 'Écrit sur une clé USB les sessions affichées dans l’historique.',
    keys: { 'export.csv': 'est pour les tableurs.', 'export.json': 'est pour les logiciels.' },
    cases: [['Vous retirez la clé', 'attendez quelques secondes après le message.']],
  },
  statistics: {
    shows: 'Nombre et exactitude des sessions affichées dans l’historique.',
    keys: { 'statistics.table': 'montre les valeurs en tableau.' },
    cases: [['Un chiffre manque', 'trop peu de lésions ont un avis ou une histologie.']],
  },
  session: {
    shows: 'Une session : résultat, évaluation, image, mesures et chaque changement.',
    keys: {
      'detail.findings': 'note votre avis et l’histologie.',
      'detail.picture': 'montre l’image, si elle est conservée.',
      'detail.journal': 'liste chaque changement avec son heure.',
    },
    cases: [['Elle est d’un autre patient', 'touchez le nom du patient pour l’attribuer.']],
  },
  menu: {
    shows: 'Les pages dont une capture n’a pas besoin.',
    keys: {
      'settings.title': 'change le fonctionnement de l’appareil ; avec PIN.',
      'setting.language': 'change la langue ; avec PIN.',
      'test.title': 'contrôle chaque partie de l’appareil.',
      'nav.about': 'donne l’usage prévu, les limites et les performances.',
    },
    cases: [['Le PIN est oublié', 'le technicien le réinitialise par la commande : kiosk pin reset']],
  },
  language: {
    shows: 'La langue de l’écran. Elle change aussitôt.',
    keys: {},
    cases: [['Aucune autre ne peut être choisie', 'l’installation l’a fixée par KIOSK_LANGUAGE.']],
  },
  guide: {
    shows: 'Configure un nouvel appareil pas à pas. Après un redémarrage, il reprend ici.',
    keys: {
      'guide.next': 'continue, que l’étape soit faite ou non.',
      'guide.end': 'ferme l’assistant ; le menu le rouvre.',
    },
    cases: [['Un réglage est fixé', 'l’installation l’a fixé ; la variable est affichée.']],
  },
  practice: {
    shows:
      'Des captures d’images simulées : un défaut, le message, la solution. Rien n’est enregistré, aucun résultat n’est calculé.',
    keys: {
      'guide.skip': 'passe à l’étape suivante.',
      'practice.end': 'revient à l’image en direct de votre caméra.',
    },
    cases: [
      [
        'Un patient arrive',
        'terminez d’abord l’exercice : d’ici là, aucun patient ni fichier ne peut être choisi.',
      ],
    ],
  },
  about: {
    shows: 'Usage prévu, limites, seuils et performances mesurées du modèle, et versions du logiciel.',
    keys: {},
    cases: [['Vous signalez un problème', 'donnez les versions du logiciel.']],
  },
  'self-test': {
    shows: 'Chaque partie de l’appareil, les problèmes d’abord, avec le remède.',
    keys: {
      'test.again': 'contrôle tout de nouveau.',
      'test.details': 'ajoute ce qui a été relevé, en termes techniques.',
      'test.button': 'attend un appui ; rien n’est capturé.',
      'test.lamp': 'fait clignoter le voyant du bouton.',
    },
    cases: [['Une partie est en échec', 'suivez le conseil à côté, puis recommencez.']],
  },
  settings: {
    shows: 'Les réglages du technicien. Chaque changement est noté dans le journal.',
    keys: { 'settings.lock': 'les verrouille ; quitter la page aussi.' },
    cases: [['Un réglage ne change pas', 'l’installation l’a fixé ; son nom est à côté.']],
  },
  unlock: {
    shows: 'Demande qui vous êtes avant de montrer patients, historique ou réglages.',
    keys: {},
    cases: [
      ['Vous avez un badge', 'scannez-le.'],
      ['Votre PIN est refusé', 'demandez-en un autre au technicien.'],
    ],
  },
  offline: {
    shows: 'L’écran a perdu la connexion avec l’appareil et la rétablit de lui-même.',
    keys: {},
    cases: [['Cela dure une minute', 'éteignez et rallumez l’appareil ; ce qui est enregistré reste.']],
  },
};
