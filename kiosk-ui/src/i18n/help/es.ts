import type { HelpTexts } from './topics.ts';

export const HELP_ES: HelpTexts = {
  live: {
    shows: 'La imagen en vivo. El anillo se pone verde cuando una captura pasaría el control de calidad.',
    keys: {
      'ready.capture': 'toma una imagen, como el botón del dermatoscopio.',
      patient: 'elige paciente y lesión para la próxima captura.',
      'nav.upload': 'analiza un archivo de imagen.',
      'nav.log': 'muestra sesiones anteriores.',
      'nav.menu': 'abre ajustes, idioma, autotest e información.',
    },
    cases: [
      ['La imagen está negra o falta', 'revise el cable de la cámara y haga el autotest.'],
      ['El botón no responde', 'capture con la pantalla y pruebe el botón en el autotest.'],
    ],
  },
  working: {
    shows: 'La imagen se toma, se comprueba y se analiza. Tarda más o menos un segundo.',
    keys: {},
    cases: [['Otra pulsación', 'se ignora hasta que termine esta captura.']],
  },
  asking: {
    shows: '¿Hay algo que desaconseje el modelo en esta lesión? El resultado sigue a su respuesta.',
    keys: {
      'contra.none': 'registra que no se da ninguna.',
      'contra.done': 'registra las marcadas.',
      'contra.leave': 'registra que no se respondió.',
    },
    cases: [['No está seguro', 'deje sin responder antes que elegir «Ninguna de ellas».']],
  },
  opinion: {
    shows:
      'Su propia opinión, antes de que el equipo muestre el resultado. Tampoco lo indican la lámpara, el registro ni otras pantallas.',
    keys: { 'opinion.leave': 'muestra el resultado y registra que no se dio opinión.' },
    cases: [['No puede decidirse', 'elija «Dudosa»: también es una opinión.']],
  },
  retake: {
    shows: 'Por qué se rechazó la imagen y cómo mejorarla. No se calculó nada con ella.',
    keys: { 'again.press': 'toma otra imagen enseguida.', back: 'vuelve a la imagen en vivo.' },
    cases: [
      ['Se repite el mismo motivo', 'limpie la lente, use líquido de contacto y no se mueva un segundo.'],
    ],
  },
  fault: {
    shows: 'Qué ha fallado. No hay resultado y no se ha perdido nada.',
    keys: { 'again.press': 'lo intenta de nuevo.', back: 'vuelve a la imagen en vivo.' },
    cases: [['Vuelve a fallar', 'haga el autotest y muéstrelo al servicio técnico.']],
  },
  result: {
    shows:
      'Arriba, si el número está por encima, en o por debajo del umbral de derivación. Debajo, el número y las siete clases.',
    keys: {
      'result.save.agree': 'guarda con su acuerdo.',
      'result.save.disagree': 'guarda con su desacuerdo.',
      'result.retake': 'captura de nuevo la misma lesión.',
      'result.discard': 'mantenido: descarta; la sesión queda en el historial.',
    },
    cases: [
      ['Está por debajo del umbral', 'no descarta un cáncer: decide su exploración.'],
      ['Quiere ver más', 'toque la imagen: pantalla completa, contorno y mapa de calor.'],
    ],
  },
  withheld: {
    shows: 'El modelo no da respuesta para esta lesión. No significa que sea benigna.',
    keys: {
      'result.save.agree': 'guarda la sesión.',
      'result.retake': 'toma otra imagen.',
      'result.discard': 'mantenido: descarta; la sesión queda en el historial.',
    },
    cases: [['Tampoco responde con otra imagen', 'evalúe la lesión sin el modelo.']],
  },
  patient: {
    shows: 'De quién es la próxima captura: primero la referencia, luego la lesión.',
    keys: {
      'patient.next': 'toma la referencia escrita; un escaneo también.',
      'patient.yes': 'confirma el paciente.',
      'patient.new-lesion': 'registra una lesión: lugar y etiqueta.',
      'patient.clear': 'no elige a nadie; los datos se conservan.',
    },
    cases: [['La referencia está mal escrita', 'elija el paciente y corrija la referencia.']],
  },
  patients: {
    shows: 'Pacientes con sus lesiones en el cuerpo y sus visitas.',
    keys: {
      'patients.search': 'busca por parte de la referencia.',
      'patients.select': 'lo elige para la próxima captura.',
    },
    cases: [['Hay un código de barras', 'escanéelo: el paciente se abre enseguida.']],
  },
  'new-lesion': {
    shows: 'Dónde está la lesión y su etiqueta, para encontrarla en la próxima visita.',
    keys: {},
    cases: [['Hay varias en el mismo lugar', 'dé a cada una su etiqueta, por ejemplo «A» y «B».']],
  },
  lesion: {
    shows: 'Esta lesión a lo largo del tiempo.',
    keys: {
      'lesion.course': 'muestra el número de cada visita con el umbral.',
      'lesion.compare': 'alinea dos imágenes y mide el cambio.',
    },
    cases: [
      ['No hay nada que comparar', 'hacen falta dos capturas con imagen guardada.'],
      ['El número cambió', 'eso solo no significa que la lesión haya cambiado.'],
    ],
  },
  assign: {
    shows: 'A qué paciente pertenece una sesión. El cambio queda en el registro de auditoría.',
    keys: { 'assign.yes': 'asigna la sesión a este paciente.' },
    cases: [['Era otro paciente', 'asígnela de nuevo: puede hacerlo cuantas veces haga falta.']],
  },
  overview: {
    shows:
      'La región alrededor de la lesión, con la cámara sin contacto o desde un archivo. El modelo nunca la ve.',
    keys: {
      'overview.keep': 'la guarda con la lesión indicada.',
      'overview.again': 'la descarta y muestra de nuevo la imagen en vivo.',
      'overview.file': 'usa un archivo de imagen en lugar de la cámara.',
    },
    cases: [
      ['El paciente no es el correcto', 'cancele, seleccione al correcto y empiece de nuevo.'],
      ['Nadie la guarda', 'se descarta: nada se conserva antes de «Guardar».'],
    ],
  },
  upload: {
    shows: 'Archivos de imagen. Pasan el mismo control y análisis que una captura.',
    keys: {
      'upload.choose': 'abre un archivo de este ordenador.',
      'drive.search': 'lee de nuevo la memoria USB.',
      'drive.analyse': 'analiza la imagen elegida.',
    },
    cases: [['Se rechaza un archivo', 'use PNG o JPEG: primer plano de una lesión, máximo 20 MB.']],
  },
  log: {
    shows: 'Todas las sesiones, la más reciente primero. Toque una para abrirla.',
    keys: {
      'log.search': 'busca por número, referencia o fecha.',
      'log.filter': 'muestra solo una parte.',
      'log.statistics': 'cuenta las mostradas.',
      'filter.last-month': 'muestra el mes anterior.',
    },
    cases: [['Falta una sesión', 'quite el filtro y mire en la pestaña de todas.']],
  },
  find: {
    shows: 'Qué buscar en el historial. Deben cumplirse todas las condiciones de distinto tipo.',
    keys: { 'filter.show-all': 'muestra las encontradas.', 'filter.clear': 'muestra de nuevo todas.' },
    cases: [['No se encuentra nada', 'quite una condición tocándola otra vez.']],
  },
  export: {
    shows: 'Escribe en una memoria USB las sesiones mostradas en el historial.',
    keys: { 'export.csv': 'es para hojas de cálculo.', 'export.json': 'es para programas.' },
    cases: [['Va a retirar la memoria', 'espere unos segundos después del aviso.']],
  },
  statistics: {
    shows: 'Recuento y exactitud de las sesiones mostradas en el historial.',
    keys: { 'statistics.table': 'muestra los valores en una tabla.' },
    cases: [['Falta una cifra', 'aún hay pocas lesiones con valoración o histología.']],
  },
  session: {
    shows: 'Una sesión: resultado, hallazgos, imagen, medidas y cada cambio.',
    keys: {
      'detail.findings': 'registra su valoración y la histología.',
      'detail.picture': 'muestra la imagen, si se guardó.',
      'detail.journal': 'lista cada cambio con su hora.',
    },
    cases: [['Es de otro paciente', 'toque el nombre del paciente para asignarla.']],
  },
  menu: {
    shows: 'Páginas que no hacen falta para una captura.',
    keys: {
      'settings.title': 'cambia cómo funciona el equipo; con PIN.',
      'setting.language': 'cambia el idioma; con PIN.',
      'test.title': 'comprueba cada parte del equipo.',
      'nav.about': 'indica uso previsto, límites y rendimiento.',
    },
    cases: [['Se olvidó el PIN', 'el servicio técnico lo restablece con la orden: kiosk pin reset']],
  },
  language: {
    shows: 'El idioma de la pantalla. Cambia enseguida.',
    keys: {},
    cases: [['No se puede elegir otro', 'la instalación lo ha fijado con KIOSK_LANGUAGE.']],
  },
  guide: {
    shows: 'Configura un equipo nuevo paso a paso. Tras un reinicio continúa aquí.',
    keys: {
      'guide.next': 'sigue, esté o no hecho el paso.',
      'guide.end': 'cierra el asistente; el menú lo abre de nuevo.',
    },
    cases: [['Un ajuste está fijado', 'lo ha fijado la instalación; se muestra la variable.']],
  },
  practice: {
    shows:
      'Capturas con imágenes simuladas: un defecto, lo que indica el equipo y la solución. No se guarda ni se calcula nada.',
    keys: {
      'guide.skip': 'pasa al paso siguiente.',
      'practice.end': 'vuelve a la imagen en vivo de su cámara.',
    },
    cases: [
      [
        'Llega un paciente',
        'termine antes la práctica: mientras tanto no se puede elegir paciente ni analizar archivos.',
      ],
    ],
  },
  about: {
    shows: 'Uso previsto, límites, umbrales y rendimiento medido del modelo, y las versiones del software.',
    keys: {},
    cases: [['Comunica un problema', 'indique las versiones de «Software».']],
  },
  'self-test': {
    shows: 'Cada parte del equipo, los problemas primero, con su solución.',
    keys: {
      'test.again': 'comprueba todo otra vez.',
      'test.details': 'añade lo encontrado, con palabras de técnico.',
      'test.button': 'espera una pulsación; no captura nada.',
      'test.lamp': 'hace parpadear la luz del botón.',
    },
    cases: [['Una parte falla', 'siga el consejo de al lado y repita el autotest.']],
  },
  settings: {
    shows: 'Los ajustes del servicio técnico. Cada cambio queda en el registro de auditoría.',
    keys: { 'settings.lock': 'los bloquea; salir de la página también.' },
    cases: [['Un ajuste no cambia', 'la instalación lo ha fijado; su nombre está al lado.']],
  },
  unlock: {
    shows: 'Pregunta quién es antes de mostrar pacientes, historial o ajustes.',
    keys: {},
    cases: [
      ['Tiene tarjeta', 'escanéela.'],
      ['No se acepta su PIN', 'pida otro al servicio técnico.'],
    ],
  },
  offline: {
    shows: 'La pantalla ha perdido la conexión con el equipo y la recupera por sí sola.',
    keys: {},
    cases: [['Sigue así un minuto', 'apague y encienda el equipo; lo guardado no se pierde.']],
  },
};
