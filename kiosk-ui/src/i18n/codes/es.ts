import type { CodeWords } from './code-words.ts';

const RESTARTING = 'Se está reiniciando; pulse de nuevo.';
const CHOOSE = 'Elija una imagen PNG o JPEG.';
const CLINICAL = 'Se requiere evaluación clínica.';

export const ES_CODES: CodeWords = {
  reasons: {
    'too-small': {
      message: 'La imagen es demasiado pequeña para evaluarla.',
      cure: 'Use una imagen de al menos 100\u00a0×\u00a0100 píxeles.',
    },
    damaged: {
      message: 'La imagen está dañada.',
      cure: 'Pulse de nuevo; si se repite, revise la cámara y su cable.',
    },
    'too-dark': { message: 'Demasiado oscura.', cure: 'Encienda la luz del dermatoscopio y pulse de nuevo.' },
    'too-bright': { message: 'Demasiado clara.', cure: 'Baje la luz o la exposición y pulse de nuevo.' },
    'no-detail': {
      message: 'La imagen solo muestra una superficie uniforme.',
      cure: 'Coloque el dermatoscopio sobre la lesión y pulse de nuevo.',
    },
    'too-blurred': {
      message: 'Demasiado borrosa.',
      cure: 'No se mueva, enfoque la lesión y pulse de nuevo.',
    },
    moved: { message: 'La imagen está movida.', cure: 'Mantenga quieto el dermatoscopio y pulse de nuevo.' },
    'no-lesion': {
      message: 'No se encontró ninguna lesión: apunte de nuevo.',
      cure: 'Coloque el dermatoscopio sobre la lesión, llene el anillo con ella y pulse de nuevo.',
    },
    hair: { message: 'El pelo cubre la lesión.', cure: 'Aparte o moje el pelo y pulse de nuevo.' },
    glare: {
      message: 'Los reflejos ocultan la lesión.',
      cure: 'Use más gel o incline el dermatoscopio y pulse de nuevo.',
    },
    ink: { message: 'Hay tinta o una marca en la imagen.', cure: 'Límpiela o retírela y pulse de nuevo.' },
    'lesion-cut': {
      message: 'La lesión se sale de la imagen.',
      cure: 'Centre la lesión en el anillo y pulse de nuevo.',
    },
    'lesion-blurred': {
      message: 'La lesión está desenfocada.',
      cure: 'Enfoque la lesión, no la piel de alrededor, y pulse de nuevo.',
    },
    'lesion-small': {
      message: 'La lesión es demasiado pequeña en la imagen.',
      cure: 'Acérquese hasta que ocupe más el anillo y pulse de nuevo.',
    },
    'not-finite': { message: 'El modelo no dio valores utilizables.', cure: CLINICAL },
    'not-a-lesion': {
      message: 'Esto no parece una lesión cutánea.',
      cure: 'Coloque el dermatoscopio sobre la lesión, llene el anillo con ella y pulse de nuevo.',
    },
    'unlike-training': {
      message: 'No se parece a las imágenes con las que se entrenó el modelo.',
      cure: 'Revise lente, luz y encuadre y pulse de nuevo; si persiste, se requiere evaluación clínica.',
    },
    unsure: { message: 'El modelo no está seguro.', cure: CLINICAL },
    'contra-indicated': {
      message: 'El modelo no debe usarse en una lesión así.',
      cure: CLINICAL,
    },
    'camera/lost': {
      message: 'No hay cámara.',
      cure: 'Compruebe que la cámara está conectada; se reconecta automáticamente.',
    },
    'camera/stalled': {
      message: 'La cámara dejó de enviar imágenes.',
      cure: 'Se está reiniciando; espere o vuelva a conectarla.',
    },
    'camera/timeout': {
      message: 'No llegó ninguna imagen nueva de la cámara.',
      cure: 'Revise la cámara y pulse de nuevo.',
    },
    'model/none': {
      message: 'Sin modelo: no hay probabilidad.',
      cure: 'Ejecute «kiosk doctor» e instale un paquete de modelo válido; se carga automáticamente.',
    },
    'model/loading': {
      message: 'El modelo aún se está cargando.',
      cure: 'Espere unos segundos y pulse de nuevo.',
    },
    'inference/died': { message: 'El análisis se detuvo de forma inesperada.', cure: RESTARTING },
    'inference/timeout': { message: 'El análisis tardó demasiado y se detuvo.', cure: RESTARTING },
    'inference/failed': {
      message: 'El análisis falló.',
      cure: 'Pulse de nuevo; si persiste, ejecute «kiosk doctor».',
    },
    'picture/empty': { message: 'El archivo está vacío.', cure: CHOOSE },
    'picture/missing': {
      message: 'No se envió ninguna imagen.',
      cure: 'Elija una imagen PNG o JPEG y envíela en el campo «file».',
    },
    'picture/unsupported': { message: 'No es una imagen PNG ni JPEG.', cure: CHOOSE },
    'picture/broken': {
      message: 'La imagen está dañada o incompleta.',
      cure: 'Guárdela o envíela de nuevo, o elija otra.',
    },
    'picture/too-many-pixels': {
      message: 'La imagen tiene demasiados píxeles.',
      cure: 'Use una imagen de 25 megapíxeles como máximo.',
    },
    'picture/too-large': {
      message: 'El archivo es demasiado grande.',
      cure: 'Use un archivo de 20 MB como máximo.',
    },
    'picture/not-kept': {
      message: 'Este equipo no conserva imágenes.',
      cure: 'Ponga KIOSK_RETENTION en ask o always.',
    },
    'picture/no-room': {
      message: 'No hay espacio para conservar la imagen.',
      cure: 'Libere espacio en el disco de datos; el resultado sí está registrado.',
    },
    'picture/key-lost': {
      message: 'La clave de las imágenes conservadas falta o es incorrecta.',
      cure: 'Restaure el archivo de la clave; sin él las imágenes no se pueden leer.',
    },
    'picture/kept-damaged': {
      message: 'La imagen conservada está dañada o fue modificada.',
      cure: 'Elimínela; el resultado permanece en el historial.',
    },
    'session/busy': {
      message: 'Hay una captura en curso.',
      cure: 'Espere a que termine e inténtelo de nuevo.',
    },
    'session/repeated-press': {
      message: 'Se pulsó dos veces: solo cuenta la primera.',
      cure: 'Para otra captura, espere medio segundo y pulse una vez.',
    },
    'session/aborted': {
      message: 'La sesión se interrumpió antes de tener un resultado.',
      cure: 'Pulse de nuevo.',
    },
    'session/timeout': { message: 'La sesión tardó demasiado y se interrumpió.', cure: 'Pulse de nuevo.' },
    'session/unknown': { message: 'Esa sesión no existe.', cure: 'Busque la sesión en el historial.' },
    'session/not-assessable': {
      message: 'Esta sesión no tiene un resultado que valorar.',
      cure: 'Elija una sesión con resultado o una «Sin conclusión».',
    },
    'session/picture-gone': {
      message: 'La imagen de esta sesión ya no se conserva.',
      cure: 'Las imágenes se eliminan al cerrar el resultado o al vencer su plazo.',
    },
    'reference/invalid': {
      message: 'Esta no es una referencia de paciente válida.',
      cure: 'Escanee de nuevo el código de barras o compruebe lo introducido.',
    },
    'reference/taken': {
      message: 'Otro paciente tiene esta referencia.',
      cure: 'Compruebe lo introducido; si son la misma persona, fusiónelas.',
    },
    'reference/unknown': {
      message: 'Ningún paciente tiene esta referencia.',
      cure: 'Compruebe lo introducido.',
    },
    'reference/none': {
      message: 'No hay ningún paciente seleccionado.',
      cure: 'Primero escanee o introduzca la referencia.',
    },
    'lesion/unknown': {
      message: 'Este paciente no tiene esa lesión.',
      cure: 'Elija una de la lista o añádala.',
    },
    'lesion/closed': {
      message: 'Esta lesión está cerrada.',
      cure: 'Reábrala antes en su página.',
    },
    'lesion/contra-indicated': {
      message: 'El equipo no debe usarse en esta lesión.',
      cure: CLINICAL,
    },
    'overview/under-way': {
      message: 'Se está tomando una imagen panorámica.',
      cure: 'Guárdela o cancélela primero.',
    },
    'overview/gone': {
      message: 'Esta imagen panorámica ya no está disponible.',
      cure: 'Tómela de nuevo. Una imagen sin guardar se descarta al cambiar de paciente o si no hay nadie.',
    },
    'comparison/other-lesion': {
      message: 'Estas dos capturas no son de la misma lesión.',
      cure: 'Elija capturas del historial de una sola lesión.',
    },
    'comparison/failed': {
      message: 'No se pudieron comparar las dos capturas.',
      cure: 'Inténtelo de nuevo; si persiste, consulte el registro del sistema.',
    },
    'rescore/same-model': {
      message: 'El último resultado de esta sesión ya es del modelo actual.',
      cure: 'No hay que hacer nada.',
    },
    'export/none': {
      message: 'Este equipo no tiene configurada una carpeta de exportación.',
      cure: 'Ponga en KIOSK_EXPORT_DIR la carpeta donde se monta la memoria USB.',
    },
    'export/nothing': {
      message: 'No hay nada que exportar: ninguna sesión coincide.',
      cure: 'Elija otras fechas o cambie el filtro.',
    },
    'export/no-medium': {
      message: 'No se encontró ninguna memoria USB.',
      cure: 'Conéctela, espere unos segundos e inténtelo de nuevo.',
    },
    'export/failed': {
      message: 'No se pudo guardar la exportación; no quedó ningún archivo incompleto.',
      cure: 'Libere espacio en la memoria USB o use otra.',
    },
    'drive/none': {
      message: 'Este equipo no tiene configurada una carpeta para imágenes de una memoria USB.',
      cure: 'Ponga en KIOSK_UPLOAD_DIR la carpeta donde se monta la memoria USB.',
    },
    'drive/no-medium': {
      message: 'No se encontró ninguna memoria USB.',
      cure: 'Conéctela, espere unos segundos y busque de nuevo.',
    },
    'drive/no-pictures': {
      message: 'En la memoria USB no hay ninguna imagen PNG o JPEG.',
      cure: 'Copie imágenes en ella, en tres niveles de carpetas como máximo, y busque de nuevo.',
    },
    'drive/unreadable': {
      message: 'No se puede leer la memoria USB.',
      cure: 'Desconéctela y vuelva a conectarla, o use otra.',
    },
    'drive/changed': {
      message: 'La memoria USB se cambió o se retiró.',
      cure: 'Busque imágenes de nuevo.',
    },
    'drive/own-screen': {
      message: 'La memoria USB solo puede usarse en la pantalla del propio equipo.',
      cure: 'Suba en su lugar un archivo desde aquí.',
    },
    'store/full': {
      message: 'Disco lleno: no se puede registrar nada.',
      cure: 'Libere espacio en el disco de datos; el equipo se recupera automáticamente.',
    },
    'store/read-only': {
      message: 'Disco de solo lectura: no se puede registrar nada.',
      cure: 'Revise el disco de datos y sus permisos.',
    },
    'store/failed': {
      message: 'No se pudo registrar la sesión.',
      cure: 'Revise el disco de datos y ejecute «kiosk doctor».',
    },
    'settings/locked': { message: 'Los ajustes están bloqueados.', cure: 'Desbloquéelos con el PIN.' },
    'settings/pinned': {
      message: 'La instalación fija este ajuste.',
      cure: 'Cambie la variable en la instalación o en la flota.',
    },
    'operator/locked': {
      message: 'Bloqueado.',
      cure: 'Escanee su tarjeta o introduzca su PIN.',
    },
    'operator/unknown': {
      message: 'Esta persona no está registrada.',
      cure: 'Elija otra o consulte al servicio técnico.',
    },
    'operator/taken': {
      message: 'Otra persona ya tiene este nombre o esta tarjeta.',
      cure: 'Elija otro nombre u otra tarjeta.',
    },
    'badge/unknown': {
      message: 'Esta tarjeta no se reconoce.',
      cure: 'Escanéela de nuevo o introduzca su PIN.',
    },
    'badge/unusable': {
      message: 'Este código no puede ser una tarjeta.',
      cure: 'Use una tarjeta de 6 a 80 caracteres con el prefijo previsto.',
    },
    'pin/wrong': { message: 'El PIN es incorrecto.', cure: 'Inténtelo de nuevo.' },
    'pin/wait': { message: 'Demasiados PIN incorrectos.', cure: 'Espere e inténtelo de nuevo.' },
    'pin/weak': {
      message: 'Este PIN es demasiado fácil de adivinar.',
      cure: 'Use de 6 a 12 cifras (PIN personal: de 4 a 12), sin secuencias, repeticiones, años ni fechas.',
    },
    'pin/own-screen': {
      message: 'El primer PIN debe establecerse en la pantalla del propio equipo.',
      cure: 'Abra los ajustes allí.',
    },
    'practice/on': {
      message: 'Alguien está practicando en el equipo.',
      cure: 'Termine antes la práctica en la pantalla del equipo.',
    },
    'request/refused': {
      message: 'La solicitud no está permitida.',
      cure: 'Abra la pantalla en la dirección del propio equipo o ajuste KIOSK_ALLOWED_HOSTS.',
    },
    'request/invalid': {
      message: 'La solicitud no es válida.',
      cure: 'Revise la dirección y los campos enviados.',
    },
    'request/too-many': {
      message: 'Demasiadas solicitudes en poco tiempo.',
      cure: 'Espere un momento e inténtelo de nuevo.',
    },
    'request/not-found': { message: 'No hay nada en esta dirección.', cure: 'Revise la dirección.' },
    'internal/error': {
      message: 'Se produjo un error interno.',
      cure: 'Pulse de nuevo; los detalles están en el registro del sistema.',
    },
  },
  board: {
    'under-voltage': {
      message: 'La tensión de alimentación es demasiado baja.',
      cure: 'Use la fuente original de la placa y un cable corto y grueso.',
    },
    hot: {
      message: 'La placa está demasiado caliente.',
      cure: 'Despeje la ventilación o ponga un disipador o un ventilador.',
    },
    throttled: {
      message: 'El procesador ha reducido su velocidad.',
      cure: 'Revise la alimentación y la refrigeración.',
    },
  },
  checks: {
    camera: 'Cámara',
    picture: 'Imagen',
    colour: 'Color',
    button: 'Botón',
    lamp: 'Lámpara',
    model: 'Modelo',
    engine: 'Motor',
    disk: 'Disco',
    memory: 'Memoria',
    clock: 'Reloj',
    power: 'Energía',
    heat: 'Temperatura',
    board: 'Placa',
    versions: 'Versiones',
  },
  cures: {
    'camera-slow': 'Elija una imagen más pequeña o revise la alimentación, la temperatura y otros programas.',
    'not-calibrated': 'Calibre la cámara con una tarjeta blanca.',
    'no-white-card': 'Coloque la lente sobre la tarjeta blanca y repita la prueba.',
    'colour-cast': 'Limpie la lente y la luz; si persiste, calibre con la tarjeta blanca.',
    'button-stuck': 'Libérelo. Hasta entonces use el botón de la pantalla.',
    'button-missing': 'Hasta entonces use el botón de la pantalla.',
    'lamp-failed': 'Revise el cableado o ponga KIOSK_LAMP=none.',
    'model-loading': 'Espere unos segundos y repita la prueba.',
    'model-none': 'Instale un paquete de modelo válido o indíquelo con KIOSK_MODEL.',
    'disk-full': 'Libere espacio en el disco de datos.',
    'memory-short': 'Cierre otros programas o reinicie la placa.',
    'clock-unset': 'Conecte la placa a una fuente de hora o instale una pila de reloj.',
  },
  noPress: {
    message: 'No se detectó ninguna pulsación.',
    cure: 'Revise el cableado del botón y el ajuste KIOSK_BUTTON.',
  },
  classes: {
    akiec: 'Queratosis actínica / enfermedad de Bowen',
    bcc: 'Carcinoma basocelular',
    bkl: 'Queratosis benigna',
    df: 'Dermatofibroma',
    mel: 'Melanoma',
    nv: 'Nevo melanocítico',
    vasc: 'Lesión vascular',
  },
  tags: {
    akiec: 'precancerosa o carcinoma in situ',
    bcc: 'cáncer',
    df: 'benigno',
    mel: 'cáncer',
    nv: 'benigno',
    vasc: 'benigna',
  },
  sites: {
    chest: 'Pecho',
    abdomen: 'Abdomen',
    'upper-arm-front': 'Brazo, cara anterior',
    'forearm-front': 'Antebrazo, cara anterior',
    'thigh-front': 'Muslo, cara anterior',
    shin: 'Pierna, cara anterior',
    'upper-back': 'Parte superior de la espalda',
    'lower-back': 'Zona lumbar',
    buttock: 'Glúteo',
    'upper-arm-back': 'Brazo, cara posterior',
    'forearm-back': 'Antebrazo, cara posterior',
    'thigh-back': 'Muslo, cara posterior',
    calf: 'Pantorrilla',
    eye: 'Región periocular',
    ear: 'Oreja',
    cheek: 'Mejilla',
    'hand-back': 'Dorso de la mano',
    'fingers-back': 'Dedos de la mano, dorso',
    palm: 'Palma',
    'fingers-palm': 'Dedos de la mano, cara palmar',
    'foot-top': 'Dorso del pie',
    toes: 'Dedos del pie',
    sole: 'Planta del pie',
    heel: 'Talón',
    scalp: 'Cuero cabelludo',
    forehead: 'Frente',
    nose: 'Nariz',
    mouth: 'Boca y mentón',
    neck: 'Cuello',
    'scalp-back': 'Región occipital',
    nape: 'Nuca',
  },
  contraIndications: {
    'special-site': 'En uña, mucosa, párpado o genitales',
    ulceration: 'Ulcerada',
    bleeding: 'Sangrante',
    ulcerated: 'Ulcerada o sangrante',
    hidden: 'Oculta por pelo, tinta, un tatuaje o una cicatriz',
    'too-large': 'Mayor que el campo de visión',
    'dark-skin': 'Piel oscura (fototipo V o VI)',
  },
  use: {
    headline: 'Solo para investigación. Ayuda al profesional con formación ante una lesión ya sospechosa.',
    not: 'No es cribado ni diagnóstico; un valor bajo no descarta el cáncer.',
    notValidatedOn: [
      'uñas, mucosas, párpados, genitales',
      'lesiones ulceradas o sangrantes',
      'lesiones ocultas por pelo, tinta, tatuaje o cicatriz',
      'lesiones mayores que el campo de visión',
      'piel oscura (fototipos V–VI)',
      'carcinoma espinocelular y cualquier otro diagnóstico fuera de las siete clases',
    ],
  },
  fields: {
    width: 'Ancho',
    height: 'Alto',
    brightness: 'Brillo',
    contrast: 'Contraste',
    darkShare: 'Parte oscura',
    brightShare: 'Parte clara',
    focus: 'Enfoque',
    detail: 'Detalle',
    motion: 'Movimiento',
    damage: 'Daños',
    grain: 'Ruido',
    evidence: 'Lesión visible',
    share: 'Proporción',
    distance: 'Distancia',
    hair: 'Pelo',
    glare: 'Reflejo',
    ink: 'Tinta',
    cut: 'Cortada',
    lesionFocus: 'Enfoque lesión',
    open: 'Apertura',
    capture: 'Captura',
    assess: 'Control',
    classify: 'Análisis',
    record: 'Registro',
    total: 'Total',
    burstDecode: 'decodificar la ráfaga',
    quality: 'calidad',
    decode: 'decodificar',
    prepare: 'preparar',
    network: 'red',
    verdict: 'decisión',
    explain: 'explicar',
  },
};
