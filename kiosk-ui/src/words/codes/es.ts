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
    'too-dark': { message: 'Demasiado oscura.', cure: 'Encienda la luz del dermatoscopio y pulse de nuevo.' },
    'too-bright': { message: 'Demasiado clara.', cure: 'Baje la luz o la exposición y pulse de nuevo.' },
    'no-detail': {
      message: 'La imagen no muestra nada: es una superficie lisa.',
      cure: 'Ponga el dermatoscopio en la lesión y pulse de nuevo.',
    },
    'too-blurred': {
      message: 'Demasiado borrosa.',
      cure: 'No se mueva, enfoque la lesión y pulse de nuevo.',
    },
    moved: { message: 'La imagen se movió.', cure: 'Mantenga quieto el dermatoscopio y pulse de nuevo.' },
    hair: { message: 'El pelo cubre la lesión.', cure: 'Aparte o moje el pelo y pulse de nuevo.' },
    glare: {
      message: 'La lesión refleja la luz.',
      cure: 'Use más gel o incline el cabezal y pulse de nuevo.',
    },
    ink: { message: 'Hay tinta o una marca en la imagen.', cure: 'Límpiela o retírela y pulse de nuevo.' },
    'lesion-cut': {
      message: 'La lesión se sale de la imagen.',
      cure: 'Ponga la lesión en el centro del anillo y pulse de nuevo.',
    },
    'lesion-blurred': {
      message: 'La lesión está desenfocada.',
      cure: 'Enfoque la lesión, no la piel de alrededor, y pulse de nuevo.',
    },
    'lesion-small': {
      message: 'La lesión es muy pequeña en la imagen.',
      cure: 'Acérquese hasta que llene más el anillo y pulse de nuevo.',
    },
    'not-finite': { message: 'El modelo no dio números utilizables.', cure: CLINICAL },
    'not-a-lesion': {
      message: 'Esto no parece una lesión cutánea.',
      cure: 'Ponga el dermatoscopio en la lesión, llene el anillo con ella y pulse de nuevo.',
    },
    'unlike-training': {
      message: 'No se parece a nada de lo que aprendió el modelo.',
      cure: 'Revise lente, luz y encuadre y pulse de nuevo; si persiste, se requiere evaluación clínica.',
    },
    unsure: { message: 'El modelo no está seguro.', cure: CLINICAL },
    'camera/lost': {
      message: 'No hay cámara.',
      cure: 'Compruebe que la cámara está conectada; vuelve sola.',
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
      cure: 'Ejecute «kiosk doctor» e instale un paquete válido; se carga solo.',
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
      message: 'Este quiosco no conserva imágenes.',
      cure: 'Ponga KIOSK_RETENTION en ask o always.',
    },
    'picture/no-room': {
      message: 'No hay espacio para conservar la imagen.',
      cure: 'Libere espacio en el disco de datos; el resultado sí está registrado.',
    },
    'picture/key-lost': {
      message: 'La clave de las imágenes conservadas falta o es otra.',
      cure: 'Devuelva el archivo de la clave; sin él las imágenes no se pueden leer.',
    },
    'picture/kept-damaged': {
      message: 'La imagen conservada está dañada o fue modificada.',
      cure: 'Elimínela; el resultado permanece en el historial.',
    },
    'session/busy': {
      message: 'Hay una captura en curso.',
      cure: 'Espere a que termine e inténtelo de nuevo.',
    },
    'session/aborted': { message: 'La sesión terminó antes de tener un resultado.', cure: 'Pulse de nuevo.' },
    'session/timeout': { message: 'La sesión tardó demasiado y se terminó.', cure: 'Pulse de nuevo.' },
    'session/unknown': { message: 'Esa sesión no existe.', cure: 'Busque la sesión en el historial.' },
    'session/not-assessable': {
      message: 'Esta sesión no se puede valorar.',
      cure: 'Elija una sesión con resultado, o una «Sin resultado».',
    },
    'session/picture-gone': {
      message: 'La imagen de esta sesión ya no se guarda.',
      cure: 'Las imágenes se eliminan al dejar el resultado o al vencer su plazo.',
    },
    'store/full': {
      message: 'Disco lleno: no se puede registrar nada.',
      cure: 'Libere espacio en el disco de datos; el kiosco se recupera solo.',
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
      cure: 'Cambie la variable donde está instalado el kiosco, o en la flota.',
    },
    'pin/wrong': { message: 'El PIN es incorrecto.', cure: 'Inténtelo de nuevo.' },
    'pin/wait': { message: 'Demasiados PIN incorrectos.', cure: 'Espere e inténtelo de nuevo.' },
    'pin/weak': {
      message: 'Este PIN es demasiado sencillo.',
      cure: 'Use de 6 a 12 cifras, ni todas iguales ni seguidas.',
    },
    'pin/own-screen': {
      message: 'El primer PIN se fija en la pantalla propia del kiosco.',
      cure: 'Abra los ajustes allí.',
    },
    'request/refused': {
      message: 'La solicitud no está permitida.',
      cure: 'Abra la pantalla con la dirección propia del kiosco o ajuste KIOSK_ALLOWED_HOSTS.',
    },
    'request/invalid': {
      message: 'La solicitud no se entiende.',
      cure: 'Revise la dirección y los campos enviados.',
    },
    'request/too-many': {
      message: 'Demasiadas solicitudes en poco tiempo.',
      cure: 'Espere un momento e inténtelo de nuevo.',
    },
    'request/not-found': { message: 'No hay nada en esta dirección.', cure: 'Revise la dirección.' },
    'internal/error': {
      message: 'Algo falló dentro del kiosco.',
      cure: 'Pulse de nuevo; el registro interno del kiosco dice más.',
    },
  },
  board: {
    'under-voltage': {
      message: 'La alimentación es demasiado débil.',
      cure: 'Use la fuente propia de la placa y un cable corto y grueso.',
    },
    hot: {
      message: 'La placa está demasiado caliente.',
      cure: 'Despeje la ventilación o ponga un disipador o un ventilador.',
    },
    throttled: {
      message: 'La placa ha bajado su velocidad.',
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
    power: 'Corriente',
    heat: 'Calor',
    board: 'Placa',
    versions: 'Versiones',
  },
  noPress: {
    message: 'No se pulsó el botón.',
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
  kinds: { cancer: 'cáncer', 'pre-cancer': 'precáncer o carcinoma in situ', benign: 'benigna' },
  use: {
    headline: 'Solo para investigación. Ayuda al clínico formado ante una lesión ya sospechosa.',
    not: 'No es cribado ni diagnóstico; un número bajo no descarta el cáncer.',
    notValidatedOn: [
      'uñas, mucosas, párpados, genitales',
      'lesiones ulceradas o sangrantes',
      'lesiones ocultas por pelo, tinta, tatuaje o cicatriz',
      'lesiones mayores que el campo',
      'piel oscura (fototipos V–VI)',
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
    evidence: 'Evidencia',
    share: 'Proporción',
    distance: 'Distancia',
    hair: 'Pelo',
    glare: 'Reflejo',
    ink: 'Tinta',
    cut: 'Cortado',
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
    verdict: 'veredicto',
    explain: 'explicar',
  },
};
